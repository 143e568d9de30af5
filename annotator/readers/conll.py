"""Reads CoNLL files: a token a line with its tag in the last column, IOB1, IOB2, BILOU or BIOES.

The format does not keep the text: it is rebuilt, one space between tokens and one line a sentence, and
said so. Documents end at `-DOCSTART-` or `# newdoc`; a file without either is one document.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.readers.claims import Claim, Claims
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.encoding import decode
from annotator.readers.sniffing import DOCSTART, OUTSIDE, TAG
from annotator.readers.source import (
    MAX_CHARACTERS,
    checked_text,
    first_line_title,
    read_bytes,
    refuse_binary,
)

VERSION = "1"

_MAX_BYTES = 10 * MAX_CHARACTERS
_BEGINS, _ENDS = "BUS", "LUES"
_NEW_DOCUMENT = re.compile(r"#\s*newdoc\b(?:\s+id\s*=\s*(?P<id>.+))?")
_MOST_LISTED = 20


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file; UnreadableSource if it has no tokens with tags."""
    data = read_bytes(source, _MAX_BYTES)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, source.name)
    lines = decoded.text.replace("\r\n", "\n").split("\n")
    token_column, width = _shape(lines)
    number = 0
    for draft in _drafts(lines, token_column, width):
        number += 1
        try:
            yield draft.document(source, number=number, warnings=decoded.warnings)
        except UnreadableSource as error:
            yield RefusedSource(f"document {number}, line {draft.line}", str(error))
    if not number:
        raise UnreadableSource(f"“{source.name}” holds no tokens with tags, one a line.")


def _shape(lines: list[str]) -> tuple[int, int]:
    """The column of the words, the second where the first numbers them; and how many most lines have."""
    rows = [line.split() for line in lines[:200] if line.strip() and not line.startswith(("#", DOCSTART))]
    is_numbered = bool(rows) and all(len(row) > 2 and row[0].isdecimal() for row in rows)
    widths = Counter(len(row) for row in rows)
    return (1 if is_numbered else 0), (widths.most_common(1)[0][0] if widths else 0)


def _is_comment(line: str, columns: list[str], width: int) -> bool:
    """Whether a line is no token; a number sign can be one, too, if the line is as those of the others."""
    if not line.startswith("# ") and not (line.startswith("#") and len(columns) < 2):
        return False
    return len(columns) != width or not (columns[-1] in OUTSIDE or TAG.fullmatch(columns[-1]))


def _drafts(lines: list[str], token_column: int, width: int) -> Iterator["_Draft"]:
    draft = _Draft(1)
    for number, line in enumerate(lines, start=1):
        new = _NEW_DOCUMENT.match(line)
        columns = line.split("\t") if "\t" in line else line.split()
        if new or (columns and columns[0] == DOCSTART):
            if draft.tokens:
                yield draft
            draft = _Draft(number, name=(new["id"] or "").strip() if new else "")
        elif not line.strip():
            draft.end_sentence()
        elif not _is_comment(line, columns, width):
            draft.add([column.strip() for column in columns if column.strip()], number, token_column)
    draft.end_sentence()
    if draft.tokens:
        yield draft


@dataclass(slots=True)
class _Draft:
    """One document while its lines come in; `line` is where it begins."""

    line: int
    name: str = ""
    tokens: int = 0
    sentences: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    at: int = 0  # behind the last token
    start: int = 0
    label: str = ""  # of the span that is open

    def add(self, columns: list[str], number: int, token_column: int) -> None:
        """Take a token; one without a tag is kept, and listed."""
        word = columns[min(token_column, len(columns) - 1)]
        tag = columns[-1] if len(columns) > token_column + 1 else ""
        found = TAG.fullmatch(tag)
        if not found and tag not in OUTSIDE:
            self.doubts.append(f"line {number} has {f'“{tag}”' if tag else 'nothing'} in the place of a tag")
        place, label = (found["place"], found["label"]) if found else ("O", "")
        if self.label and (place in _BEGINS or label != self.label):
            self._close()
        if self.words:
            self.at += 1
        if label and not self.label:
            self.label, self.start = label, self.at
        self.words.append(word)
        self.tokens += 1
        self.at += len(word)
        if place in _ENDS:
            self._close()

    def end_sentence(self) -> None:
        """Close the line of the text; spans never run over it."""
        self._close()
        if self.words:
            self.sentences.append(" ".join(self.words))
            self.words = []
            self.at += 1

    def _close(self) -> None:
        if self.label:
            number = len(self.claims) + 1
            self.claims.append(Claim(f"span {number}", self.label, ((self.start, self.at),)))
            self.label = ""

    def document(self, source: Path, *, number: int, warnings: tuple[str, ...]) -> ReadDocument:
        """The document; UnreadableSource if its text is too long."""
        self.end_sentence()
        raw = "\n".join(self.sentences)
        place = f"document {number}, line {self.line}"
        text = checked_text(raw, place)
        claims = Claims(raw, "code points", place=place)
        part = claims.part("", self.claims)
        listed = "; ".join(self.doubts[:_MOST_LISTED])
        more = f"; and {len(self.doubts) - _MOST_LISTED} more" if len(self.doubts) > _MOST_LISTED else ""
        tags = (f"Taken as outside of any span: {listed}{more}.",) if self.doubts else ()
        rebuilt = "The format does not keep the text: it was rebuilt with one space between tokens."
        return ReadDocument(
            title=self.name or first_line_title(text, f"{source.stem}, document {number}"),
            text=text,
            source=text.encode(),
            source_name=source.name,
            reader="conll",
            reader_version=VERSION,
            key=f"document {number}",
            sets=(part,),
            warnings=(*warnings, rebuilt, *tags, *claims.warnings),
        )
