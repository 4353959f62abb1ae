"""Guidance: what helps a pupil to look, to see what grew, and to choose."""
