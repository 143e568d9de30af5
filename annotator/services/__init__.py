"""The verbs on an open project that the window and the command line share; each is given its store."""
