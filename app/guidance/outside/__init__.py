"""Somebody from outside, who was there, says something about one experience; a link by mail and a code, no account."""
