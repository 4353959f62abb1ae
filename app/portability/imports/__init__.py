"""Bringing in what was made elsewhere: our own export, or Leap2A of another portfolio."""
