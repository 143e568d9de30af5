"""The progress screen: how far the work of a project stands, counted in a worker."""
