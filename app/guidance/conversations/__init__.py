"""The choice conversation: planned, prepared by the pupil, held, recorded in two voices, and agreed to by the pupil."""
