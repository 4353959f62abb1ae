"""What a person takes along, shows, leaves behind, and has forgotten."""
