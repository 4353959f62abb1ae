"""Counts for the city and for each school: how many, never who; set on fixed days and rounded down to tens."""
