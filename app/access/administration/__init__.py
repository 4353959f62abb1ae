"""What a school's admin does: people, groups, placements, roles, cards, sessions. Accounts, never content."""
