"""Talks of a whole class: who had one this year and who did not yet, and planning them in one go."""
