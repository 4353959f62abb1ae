"""Why somebody looks outside the own classes: said first, kept, and shown to the pupil."""
