"""Reads plain text and Markdown.

Markdown is kept as it is written, marks and front matter included: what is annotated is the source,
so that offsets hold in the file that the user has.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.model import JsonValue
from annotator.readers.document import ReadDocument
from annotator.readers.encoding import decode
from annotator.readers.source import (
    MAX_CHARACTERS,
    SAID_MAX,
    checked_text,
    first_line_title,
    read_bytes,
    refuse_binary,
)

VERSION = "1"

# No encoding needs more than four bytes a character, so a larger file is too long whatever it holds.
_MAX_BYTES = 4 * MAX_CHARACTERS
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\s#>*-].*)\n=+[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_FRONT_KEYS = ("title", "author", "date", "publisher", "url", "language")


def read(source: Path) -> Iterator[ReadDocument]:
    """The one document of a text file; UnreadableSource when it is binary, blank or too long."""
    data = read_bytes(source, _MAX_BYTES, said_limit=SAID_MAX)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, source.name)
    text = checked_text(decoded.text, source.name)
    is_markdown = source.suffix.lower() != ".txt"
    metadata = front_matter(text) if is_markdown else {}
    title = str(metadata.get("title", "")) or (_heading(text) if is_markdown else "")
    yield ReadDocument(
        title=title or first_line_title(text, source.stem),
        text=text,
        source=data,
        source_name=source.name,
        reader="text",
        reader_version=VERSION,
        options={"encoding": decoded.encoding, "encoding_guessed": decoded.guessed},
        metadata=metadata,
        warnings=decoded.warnings,
    )


def front_matter(text: str) -> dict[str, JsonValue]:
    """What the lines `key: value` at the head of a Markdown file state about it.

    Only plain values of the keys that documents have are taken; lists and nested values stay in the
    text alone.
    """
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}
    stated = {key.lower(): _unquoted(value) for key, value in _FRONT_LINE.findall(block[1])}
    return {key: stated[key] for key in _FRONT_KEYS if stated.get(key, "") and stated[key][0] not in "[{|>&*"}


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"[ \t]+#.*$", "", value)


def _heading(text: str) -> str:
    body = _FRONT_MATTER.sub("", text, count=1)
    found = [match for match in (_HEADING.search(body), _UNDERLINED.search(body)) if match is not None]
    if not found:
        return ""
    first = min(found, key=lambda match: match.start())[1]
    return _LINK.sub(r"\1", first).replace("*", "").replace("`", "").strip()
