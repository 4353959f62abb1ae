"""Thuisopdracht: a card that child and parent fill in together, in two languages at once."""
