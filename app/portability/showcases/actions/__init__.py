"""What is written: by the pupil and a parent, and by who holds a link."""
