"""Activities that school plans with pupils; who was there finds a story ready to be filled in."""
