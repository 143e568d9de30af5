"""Training rounds in the window: what a lead begins and ends, and one's own work beside the key."""
