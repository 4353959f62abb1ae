"""What is held about somebody, put right, kept as long as it may be, and forgotten (docs/privacy)."""
