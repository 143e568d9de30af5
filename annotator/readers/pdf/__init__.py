"""Reading court PDFs: `read` gives a document's running text with the place of every word.

One step a module: `opening`, `scan` (with `glyphs` and `shapes`), `lines`, `paragraphs`, `hyphens`,
`assemble`; `reader` puts them in order. What a newcomer would get wrong: offsets count code points of
the finished text, and every length is in PDF points from the top left of the page as it is shown.
"""

from annotator.readers.pdf.reader import read

__all__ = ["read"]
