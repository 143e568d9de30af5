"""Qt models: what the lists of the window show, without how they look."""
