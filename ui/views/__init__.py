"""The views of a document: its text, later its pages and columns of review, with one model of spans."""
