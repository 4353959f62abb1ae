"""Coming in by card or class code; and what the teacher does for it."""
