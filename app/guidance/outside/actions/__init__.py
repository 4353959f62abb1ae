"""What the pupil, mentor and parent do with a link, and what who holds one does."""
