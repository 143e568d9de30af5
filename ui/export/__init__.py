"""The export dialog: the choices at the left, the first record and what the format drops at the right."""
