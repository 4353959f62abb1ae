"""Rosters: what a school's administration says about who is where, brought in as often as one likes."""
