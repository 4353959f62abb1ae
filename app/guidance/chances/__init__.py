"""Chances on work, as the region's figures say it: about jobs, never about a pupil."""
