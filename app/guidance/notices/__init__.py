"""Notices: that something happened, and where; quiet at night and in holidays. Facts fill the list by themselves."""
