"""Measures of agreement between annotators: pure functions over spans."""
