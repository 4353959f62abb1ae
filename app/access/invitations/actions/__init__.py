"""What is done with invitations: by the school, and by whoever holds a code."""
