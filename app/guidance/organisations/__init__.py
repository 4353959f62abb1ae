"""A small directory of organisations, shared by the schools of the city: who they are and what they offered."""
