"""Texts put back into a dataset that was exported without them, and verified by their SHA-256.

Whoever receives offsets and addresses fetches the articles; where the same reader makes the same text of
them, its hash is the same and the spans fit. A text that differs by one character is not taken.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from annotator.cutting import CUT, cut_text
from annotator.errors import UnreadableSource
from annotator.text import text_sha256

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rejoined:
    """A line of the dataset with its text, and whether that was found; else the line is as it was."""

    title: str
    sha256: str
    address: str
    line: bytes
    is_complete: bool


def rejoin(lines: Iterable[bytes], text_of: Callable[[str], str | None]) -> Iterator[Rejoined]:
    """Each line with the text that its hash names. Raises UnreadableSource for what is no dataset."""
    return _each(lines, lambda row: _rejoined(row, text_of))


def wanted(lines: Iterable[bytes]) -> set[str]:
    """The hashes of the texts that the lines lack. Raises UnreadableSource for what is no dataset."""
    return {sha256 for sha256 in _each(lines, lambda row: None if row["text"] else _sought(row)[0]) if sha256}


def _each(lines: Iterable[bytes], made: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    for number, line in enumerate(lines, start=1):
        try:
            made_of_row = made(orjson.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableSource(f"Line {number} is not of a dataset written by Annotator.") from error
        yield made_of_row


def _rejoined(row: dict[str, Any], text_of: Callable[[str], str | None]) -> Rejoined:
    sha256, ranges = _sought(row)
    text = row["text"]
    if text is None:
        text = text_of(sha256)
        if text is not None and ranges is not None:
            text = cut_text(text, ranges)
    if text is not None and text_sha256(text) != row["text_sha256"]:
        text = None
    if text is not None:
        row["text"] = text
        for span in row["spans"]:
            span["text"] = " ".join(text[start:end] for start, end in span["fragments"])
    address = str(row["metadata"].get("url", ""))
    line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    return Rejoined(row["title"], sha256, address, line, text is not None)


def _sought(row: dict[str, Any]) -> tuple[str, list[list[int]] | None]:
    """The hash of the text that a row's is from, and the ranges of that text; None if it is the whole."""
    cut = row["metadata"].get(CUT)
    return (row["text_sha256"], None) if cut is None else (cut["text_sha256"], cut["ranges"])
