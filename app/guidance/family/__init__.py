"""A parent's own page: the children, what each shared with home, and what is new since last time."""
