"""What every reader of a file does alike: take its bytes, and check the text that it made.

Limits are counted in bytes before a file is read and in code points (characters) after, since a
small archive can hold a large text.
"""

from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.text import normalise

MAX_CHARACTERS = 10_000_000
SAID_MAX = f"{MAX_CHARACTERS:,} characters (about 10 MB)"
MAX_TITLE = 120

_LOOKS_LIKE = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a Word document or another zip archive", ".docx"),
)


def read_bytes(source: Path, limit: int, *, said_limit: str = "") -> bytes:
    """The bytes of a file of at most `limit` bytes; an empty or larger one is refused unread.

    `said_limit` is the limit in the user's terms, where it is not one of bytes.
    """
    try:
        size = source.stat().st_size
        if size > limit:
            raise UnreadableSource(
                f"“{source.name}” is too large: it has {megabytes(size)}, and at most "
                f"{said_limit or megabytes(limit)} can be read. Split it into smaller files."
            )
        data = source.read_bytes()
    except OSError as error:
        raise UnreadableSource(
            f"“{source.name}” cannot be opened: {error.strerror or error}. Check that it is there and "
            "that you may read it."
        ) from error
    if not data:
        raise UnreadableSource(f"“{source.name}” is empty: there is nothing to annotate.")
    return data


def megabytes(count: int) -> str:
    """A number of bytes as people read it."""
    return f"{count / 1_000_000:,.0f} MB"


def checked_text(text: str, name: str) -> str:
    """The text as documents store it; a blank one, or one above MAX_CHARACTERS, is refused."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(
            f"“{name}” is too large: its text has {len(text):,} characters, and at most "
            f"{SAID_MAX} can be read. Split it into smaller files."
        )
    text = normalise(text)
    if not text.strip():
        raise UnreadableSource(f"“{name}” holds no text: there is nothing to annotate.")
    return text


def first_line_title(text: str, otherwise: str) -> str:
    """The first line with text on it where it is short enough for a title, else what is given."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    folded = " ".join(line.removeprefix("•").split())
    return folded if 0 < len(folded) <= MAX_TITLE else otherwise


def refuse_binary(data: bytes, name: str) -> UnreadableSource:
    """The refusal of bytes that are no text, with what they look like and what to do."""
    for magic, what, suffix in _LOOKS_LIKE:
        if data.startswith(magic):
            return UnreadableSource(f"“{name}” is not text but {what}. Rename it to end in {suffix}.")
    return UnreadableSource(
        f"“{name}” is not text: it holds binary data. Open it with the program that made it and "
        "save it as text."
    )
