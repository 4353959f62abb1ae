"""What stands on the pupil's home today: a kind reminder, a step, and what was a year ago."""
