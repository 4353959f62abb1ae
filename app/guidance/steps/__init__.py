"""Small steps that a pupil chose: what, when, and what came of it."""
