"""What comes, by day: as a page, as a file of one activity, and as an address for one's own calendar app."""
