"""Nobody forgotten: of whom nothing was heard, what waits long, and a kind reminder. Never a score."""
