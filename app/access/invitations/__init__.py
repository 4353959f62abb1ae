"""Codes on paper or by mail: a parent for a child, an account for a colleague, a new password."""
