"""The review screen: annotators side by side, the disagreement in focus, and what is decided of it."""
