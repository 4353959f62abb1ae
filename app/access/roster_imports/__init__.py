"""Rosters from the screen: an admin sends a file, sees what it would do, and has it done by the worker."""
