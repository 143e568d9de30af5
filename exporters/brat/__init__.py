"""brat standoff: a text and a `.ann` file for each annotator's document, with brat's own configuration."""
