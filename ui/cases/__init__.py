"""The cases of a project in a window of their own: documents, timeline, coverage, and what is proposed."""
