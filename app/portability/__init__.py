"""It is the pupil's: what they take along and bring with them."""
