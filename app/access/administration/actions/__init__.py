"""What an admin does, each in one transaction, each written down."""
