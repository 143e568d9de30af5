"""Reads tables of spans: a row a span with its offsets and label, under the names people give to columns.

The text is in the row, in a file beside the table, or in the project, which has it from elsewhere. Cells that
our own export defused get their words back.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import cast, get_args

import orjson

from annotator.errors import UnreadableSource
from annotator.formulas import restored
from annotator.model import Attributes, AttributeValue, Certainty, Origin
from annotator.readers.claims import Claim, short
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.encoding import decode
from annotator.readers.json_fields import Fault
from annotator.readers.loose import LooseDocument, LoosePart, ReadPart, placed_on, unit_of
from annotator.readers.offset_units import Pair
from annotator.readers.sniffing import SPAN_COLUMNS, csv_delimiter, csv_heads
from annotator.readers.source import MAX_CHARACTERS, first_line_title, read_bytes, refuse_binary

VERSION = "1"

_MAX_BYTES = 100_000_000
_PATIENCE = 50  # rows that are refused before the table is given up
_LONGEST_NAME = 1000
_ATTRIBUTE = "attribute."
_OTHERS = "other_attributes"
_TRUTH = {"true": True, "false": False}


def read(source: Path) -> Iterator[ReadPart]:
    """The documents that the rows are on, in the order of their first rows.

    Raises UnreadableSource for a table without the columns of a span, and for one that is hardly any.
    """
    data = read_bytes(source, _MAX_BYTES)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, source.name)
    table = _Table(source, decoded.warnings)
    table.take(decoded.text)
    yield from table.refused
    documents = [(table.loose(group), table.text_of(group)) for group in table.groups.values()]
    unit = unit_of((loose, read.text) for loose, read in documents if read is not None)
    for loose, read in documents:
        yield loose if read is None else placed_on(loose, read, unit)


@dataclass(slots=True)
class _Group:
    """The rows on one document; `line` is that of the first, `whole` its text where rows bring it."""

    line: int
    names: tuple[str, ...]
    whole: str
    sha256: str
    claims: dict[tuple[str, bool], list[Claim]] = field(default_factory=lambda: defaultdict(list))


class _Table:
    """The rows of a table, put together by their documents."""

    def __init__(self, source: Path, warnings: tuple[str, ...]) -> None:
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.refused: list[RefusedSource] = []
        self._source = source
        self._warnings = warnings

    def take(self, text: str) -> None:
        """Read all rows. Raises UnreadableSource."""
        first = text.partition("\n")[0].rstrip("\r")
        columns = csv_heads(first)
        missing = sorted(SPAN_COLUMNS - columns.keys())
        if missing:
            raise UnreadableSource(
                f"“{self._source.name}” is no table of spans: its first line names no column for "
                f"{', '.join(missing)}."
            )
        before = csv.field_size_limit(MAX_CHARACTERS)
        try:
            self._rows(csv.DictReader(io.StringIO(text, newline=""), delimiter=csv_delimiter(first)), columns)
        finally:
            csv.field_size_limit(before)
        if not self.groups:
            why = f" {self.refused[0].name}: {self.refused[0].reason}" if self.refused else ""
            raise UnreadableSource(f"“{self._source.name}” holds no span.{why}")

    def _rows(self, rows: "csv.DictReader[str]", columns: Mapping[str, str]) -> None:
        numbered = list(self._numbered(rows, columns))
        if "whole" not in columns and _are_whole(row for _, row in numbered):
            moved = {**columns, "whole": columns["words"]}
            del moved["words"]
            numbered = [(line, row.with_columns(moved)) for line, row in numbered]
        for line, row in numbered:
            try:
                self._row(row, line)
            except Fault as fault:
                self.refused.append(RefusedSource(f"line {line}", str(fault)))
                if len(self.refused) > _PATIENCE and not self.groups:
                    return

    def _numbered(
        self, rows: "csv.DictReader[str]", columns: Mapping[str, str]
    ) -> Iterator[tuple[int, "_Row"]]:
        """The rows with the lines that they begin in. Raises UnreadableSource where they are no table."""
        line = 1
        try:
            _ = rows.fieldnames  # reads the first line
            line = rows.line_num + 1
            for cells in rows:
                yield line, _Row(cells, columns)
                line = rows.line_num + 1
        except csv.Error as error:
            raise UnreadableSource(
                f"“{self._source.name}” cannot be read: in the row that begins in line {line}, {error}."
            ) from error

    def _row(self, row: "_Row", line: int) -> None:
        names = row.names()
        whole = row.text("whole")
        claim = row.claim(f"row {line}")
        key = names or (whole,)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = _Group(line, names, whole, row.text("text_sha256"))
        group.claims[row.owner()].append(claim)

    def loose(self, group: _Group) -> LooseDocument:
        """The document without its text."""
        parts = tuple(
            LoosePart("" if is_gold else name, tuple(claims), "gold" if is_gold else "annotator")
            for (name, is_gold), claims in group.claims.items()
        )
        return LooseDocument(
            names=group.names or (self._source.stem,),
            parts=parts,
            place=f"line {group.line}",
            reader="csv",
            reader_version=VERSION,
            text_sha256=group.sha256,
        )

    def text_of(self, group: _Group) -> ReadDocument | None:
        """The document with its text but nothing on it, None where neither row nor folder has the text."""
        title, text = "", group.whole
        names = group.names or (self._source.stem,)
        beside = None if text else _beside(self._source, names)
        if beside is not None:
            decoded = decode(read_bytes(beside, 4 * MAX_CHARACTERS))
            title, text = beside.stem, "" if decoded is None else decoded.text
        if not text:
            return None
        return ReadDocument(
            title=title or first_line_title(text, names[0]),
            text=text,
            source=text.encode(),
            source_name=self._source.name if beside is None else beside.name,
            reader="csv",
            reader_version=VERSION,
            key=f"line {group.line}",
            warnings=self._warnings,
        )


def _beside(source: Path, names: tuple[str, ...]) -> Path | None:
    """The text file in the folder of the table that one of the names is of."""
    for name in names:
        plain = PurePath(name.replace("\\", "/")).name
        for path in (source.with_name(plain), source.with_name(f"{plain}.txt")) if plain else ():
            if path.suffix == ".txt" and path.is_file():
                return path
    return None


class _Row:
    """One row, its cells asked for by what they mean; a Fault tells what is wrong with one."""

    def __init__(self, cells: Mapping[str, str | None], columns: Mapping[str, str]) -> None:
        self._cells = cells
        self._columns = columns
        # Only our own table has this column; other programs mean their apostrophes.
        self._is_ours = _OTHERS in cells

    def text(self, meaning: str) -> str:
        name = self._columns.get(meaning)
        return "" if name is None else self._cell(name)

    def _cell(self, name: str) -> str:
        cell = self._cells.get(name)
        if cell is None:
            raise Fault(f"It has no cell for {name}.")
        return restored(cell) if self._is_ours else cell

    def names(self) -> tuple[str, ...]:
        """What the row calls its document: id, title, name of the source; those that it has."""
        found = [self.text(meaning).strip() for meaning in ("document", "title", "source")]
        for name in found:
            if len(name) > _LONGEST_NAME:
                raise Fault(f"The name of its document has {len(name):,} characters.")
        return tuple(dict.fromkeys(filter(None, found)))

    def is_whole(self) -> bool | None:
        """Whether the words are the text of a document rather than of the span; None if they may be both."""
        words, start, end = self.text("words"), self._number("start"), self._number("end")
        return None if (start, end) == (0, len(words)) else len(words) >= end and len(words) > end - start

    def with_columns(self, columns: Mapping[str, str]) -> "_Row":
        """The row, its columns meaning something else."""
        return _Row(self._cells, columns)

    def owner(self) -> tuple[str, bool]:
        return self.text("annotator").strip(), self.text("gold").casefold() == "true"

    def claim(self, key: str) -> Claim:
        certainty, origin = self.text("certainty"), self.text("origin")
        return Claim(
            self.text("id") or key,
            self.text("label"),
            self._pairs(),
            self.text("words"),
            attributes=dict(self._attributes()),
            note=self.text("note"),
            certainty=cast(Certainty, certainty) if certainty in get_args(Certainty) else "sure",
            origin=cast(Origin, origin) if origin in get_args(Origin) else "import",
        )

    def _pairs(self) -> tuple[Pair, ...]:
        pieces = self.text("fragments").split()
        if not pieces:
            return ((self._number("start"), self._number("end")),)
        pairs = []
        for piece in pieces:
            start, _, end = piece.partition("-")
            if not (start.isdecimal() and end.isdecimal()):
                raise Fault(f"Its fragments “{short(piece)}” are no offsets.")
            pairs.append((int(start), int(end)))
        return tuple(pairs)

    def _number(self, meaning: str) -> int:
        cell = self.text(meaning).strip()
        try:
            return int(cell)
        except ValueError as error:
            raise Fault(f"Its {meaning} “{short(cell)}” is no whole number.") from error

    def _attributes(self) -> Iterator[tuple[str, AttributeValue]]:
        for name in self._cells:
            if name is not None and name.startswith(_ATTRIBUTE) and self._cell(name):
                yield name.removeprefix(_ATTRIBUTE), _value(self._cell(name))
        others = self._cell(_OTHERS) if self._is_ours else ""
        if others:
            try:
                values = orjson.loads(others)
            except orjson.JSONDecodeError as error:
                raise Fault(f"Its {_OTHERS} are no JSON.") from error
            yield from _plain(values).items()


def _are_whole(rows: Iterable[_Row]) -> bool:
    """Whether most rows have the text of their document where others have the words of the span."""
    votes: Counter[bool] = Counter()
    for row in rows:
        with suppress(Fault):
            found = row.is_whole()
            if found is not None:
                votes[found] += 1
    return votes[True] > votes[False]


def _value(cell: str) -> AttributeValue:
    """A value out of its cell; several are parted by "; "."""
    if cell in _TRUTH:
        return _TRUTH[cell]
    return tuple(cell.split("; ")) if "; " in cell else cell


def _plain(values: object) -> Attributes:
    if not isinstance(values, dict):
        raise Fault(f"Its {_OTHERS} are no JSON object.")
    found: dict[str, AttributeValue] = {}
    for name, value in values.items():
        if isinstance(value, list):
            found[str(name)] = tuple(map(str, value))
        elif isinstance(value, str | int | float):
            found[str(name)] = value
    return found
