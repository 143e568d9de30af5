"""The window of the label schema: a draft, a page for labels, attributes and relation types each, saving."""
