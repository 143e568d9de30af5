"""Makes a document of text from the clipboard, which has no file behind it."""

from annotator.readers.document import ReadDocument
from annotator.readers.source import checked_text, first_line_title

NAME = "Pasted text"
VERSION = "1"


def read_pasted(text: str, title: str = "") -> ReadDocument:
    """The pasted text as a document; without a title its first line is one, if it is short enough.

    The text itself stands for the source, so that pasting it again is "already here". Raises
    UnreadableSource for blank and for too long text.
    """
    checked = checked_text(text, NAME)
    return ReadDocument(
        title=" ".join(title.split()) or first_line_title(checked, NAME),
        text=checked,
        source=checked.encode(),
        source_name=NAME,
        reader="pasted",
        reader_version=VERSION,
    )
