"""Reads WebAnno TSV 3, as WebAnno and INCEpTION write it: spans, relations, slots and chains.

The text comes from the `#Text=` lines; what stood between sentences is not in the file, only how long it
was. Offsets are UTF-16 units, unless more tokens stand at other ones; every token is checked.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.model import AttributeValue
from annotator.readers.claims import Claim, Claims, folded_name, short
from annotator.readers.document import ReadDocument, ReadRelation
from annotator.readers.encoding import decode
from annotator.readers.offset_units import UNITS, Pair, Unit, converter, length_in
from annotator.readers.source import (
    MAX_CHARACTERS,
    checked_text,
    first_line_title,
    read_bytes,
    refuse_binary,
)
from annotator.readers.uima_cas import ANNOTATION, annotator_of_path, label_of
from annotator.readers.webanno_cells import Entry, LayerColumns, entries, entry, layer_of, split, unescaped

VERSION = "1"

_MAX_BYTES = 20 * MAX_CHARACTERS
_FORMAT = "#FORMAT=WebAnno TSV 3"
_TEXT = "#Text="
_FIRST_CELL = 3
_MOST_LISTED = 20
_UNIT: Unit = "UTF-16 units"  # by the format


def read(source: Path) -> Iterator[ReadDocument]:
    """The one document of the file; UnreadableSource for other versions and for lines that are no rows."""
    data = read_bytes(source, _MAX_BYTES)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, source.name)
    lines = decoded.text.replace("\r\n", "\n").split("\n")
    if not lines[0].startswith(_FORMAT):
        raise UnreadableSource(
            f"“{source.name}” is no WebAnno TSV of version 3. Export it as WebAnno TSV 3 or as UIMA CAS XMI."
        )
    file = _File(source.name)
    for number, line in enumerate(lines, start=1):
        file.take(line, number)
    unit = file.unit()
    raw = file.text(unit)
    text = checked_text(raw, source.name)
    claims = Claims(raw, unit)
    part = claims.part(annotator_of_path(source), file.claims(), file.relations())
    between = (
        ("Line breaks and spaces between sentences are not in the format and were rebuilt.",)
        if file.sentences > 1
        else ()
    )
    yield ReadDocument(
        title=source.parent.name if part.annotator else first_line_title(text, source.stem),
        text=text,
        source=text.encode(),
        source_name=source.name,
        reader="webanno-tsv",
        reader_version=VERSION,
        key="document",
        sets=(part,),
        warnings=(*decoded.warnings, *between, *file.doubts(raw, unit), *claims.warnings),
    )


@dataclass(slots=True)
class _Span:
    """An annotation while its rows come in; offsets are UTF-16 units."""

    type: str
    start: int
    end: int
    values: dict[str, AttributeValue] = field(default_factory=dict)
    chain: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Reference:
    """A place in another row: its unit ("1-2", "1-3.1") and the number of the annotation there, or 0."""

    unit: str
    number: int
    type: str


@dataclass(frozen=True, slots=True)
class _Link:
    type: str
    source: _Reference
    target: _Reference
    attributes: Mapping[str, AttributeValue]


class _File:
    """What the lines of a file have told so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._layers: list[LayerColumns] = []
        self._width = _FIRST_CELL
        self._pieces: list[
            tuple[int, str, str]
        ] = []  # (offset of the first token, what is before it, sentence)
        self._sentence: list[str] = []
        self._tokens: list[tuple[int, Pair, str]] = []
        self._spans: dict[tuple[str, str], _Span] = {}
        self._at: dict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)
        self._links: list[_Link] = []

    @property
    def sentences(self) -> int:
        return len(self._pieces)

    def take(self, line: str, number: int) -> None:
        """Take the next line; UnreadableSource if it is none of the format."""
        if line.startswith(_TEXT):
            self._sentence.append(unescaped(line.removeprefix(_TEXT)))
        elif line.startswith("#"):
            layer = layer_of(line, self._width)
            if layer is not None:
                self._layers.append(layer)
                self._width += len(layer.columns)
        elif line.strip():
            self._row(line.split("\t"), number)

    def _row(self, cells: Sequence[str], number: int) -> None:
        begin, _, end = cells[1].partition("-") if len(cells) >= _FIRST_CELL else ("", "", "")
        if not (begin.isdecimal() and end.isdecimal()):
            raise UnreadableSource(f"“{self._name}” cannot be read: line {number} is no row of WebAnno TSV.")
        pair, unit, words = (int(begin), int(end)), cells[0], unescaped(cells[2])
        if self._sentence:
            sentence = "\n".join(self._sentence)
            ahead = sentence[: max(0, sentence.find(words))]
            self._pieces.append((pair[0], ahead, sentence))
            self._sentence = []
        self._tokens.append((number, pair, words))
        for layer in self._layers:
            own = [*cells[layer.first : layer.first + len(layer.columns)]]
            own += ["_"] * (len(layer.columns) - len(own))
            stacked = [entries(cell) for cell in own]
            for place in range(max(map(len, stacked), default=0)):
                parts = [column[place] if place < len(column) else Entry(None) for column in stacked]
                if layer.kind == "relation":
                    self._relation(layer, parts, unit)
                else:
                    self._span(layer, parts, unit, pair)

    def _span(self, layer: LayerColumns, parts: Sequence[Entry], unit: str, pair: Pair) -> None:
        number = self._number(layer, parts)
        # What a chain numbers is itself; its links are told apart by their place in it.
        name = (parts[0].value or "").rpartition("->")[2] if layer.kind == "chain" else str(number or unit)
        key = (layer.type, name)
        span = self._spans.get(key)
        if span is None:
            span = self._spans[key] = _Span(layer.type, *pair)
            if layer.kind == "chain":
                self._chained(span, layer, parts)
            else:
                self._features(span, layer, parts, _Reference(unit, number, layer.type))
        span.start, span.end = min(span.start, pair[0]), max(span.end, pair[1])
        self._at[unit, number][layer.type] = key

    def _number(self, layer: LayerColumns, parts: Sequence[Entry]) -> int:
        """The number that names the annotation, out of the columns that are no references."""
        own = [
            part.ids[0]
            for column, part in zip(layer.columns, parts, strict=True)
            if part.ids and not column.target
        ]
        return own[0] if own else 0

    def _chained(self, span: _Span, layer: LayerColumns, parts: Sequence[Entry]) -> None:
        relation, _, place = (parts[0].value or "").rpartition("->")
        chain, _, position = place.partition("-")
        if chain.isdecimal() and position.isdecimal():
            span.chain = (int(chain), int(position))
        if relation not in ("", "*"):
            span.values[layer.columns[0].feature] = relation
        if len(parts) > 1 and parts[1].value is not None:
            span.values[layer.columns[1].feature] = parts[1].value

    def _features(self, span: _Span, layer: LayerColumns, parts: Sequence[Entry], host: _Reference) -> None:
        roles: list[str] = []
        for column, part in zip(layer.columns, parts, strict=True):
            if column.is_role:
                roles = split(part.value or "", ";")
            elif column.target:
                shown = part.value or ""
                ids = f"[{part.ids[0]}]" if part.ids else ""
                for place, target in enumerate(split(shown + ids, ";") if shown else ()):
                    role = roles[place] if place < len(roles) else ""
                    name = column.feature if role in ("", "*") else role
                    self._links.append(_Link(name, host, _reference(target, column.target), {}))
            elif column.feature and part.value is not None:
                span.values[column.feature] = part.value

    def _relation(self, layer: LayerColumns, parts: Sequence[Entry], unit: str) -> None:
        place = parts[-1]
        if place.value is None:
            return
        source, target = (*place.ids, 0, 0)[:2] if len(place.ids) != 1 else (place.ids[0], 0)
        values: dict[str, AttributeValue] = {
            column.feature: part.value
            for column, part in zip(layer.columns[:-1], parts[:-1], strict=True)
            if column.feature and part.value is not None
        }
        label, feature = label_of(layer.type, values)
        values.pop(feature, None)
        self._links.append(
            _Link(
                label,
                _Reference(place.value, source, layer.base),
                _Reference(unit, target, layer.base),
                values,
            )
        )

    def unit(self) -> Unit:
        """The unit under which most tokens stand at their offsets; the format's own at a tie."""
        if all(sentence.isascii() for _, _, sentence in self._pieces):
            return _UNIT
        units = dict.fromkeys((_UNIT, *UNITS))
        return min(units, key=lambda unit: len(self._misplaced(self.text(unit), unit)))

    def text(self, unit: Unit) -> str:
        """The text that the sentences make, each at its offset."""
        text, length = "", 0
        for first, ahead, sentence in self._pieces:
            gap = max(0, first - length_in(ahead, unit) - length)
            text += " " * (gap - 1) + "\n" * (gap > 0 and bool(text)) + " " * (gap > 0 and not text)
            text += sentence
            length += gap + length_in(sentence, unit)
        return text

    def _misplaced(self, raw: str, unit: Unit) -> list[str]:
        """The tokens that do not stand where their rows say."""
        convert = converter(raw, unit)
        return [
            f"line {number} has “{short(words)}”"
            for number, (start, end), words in self._tokens
            if (begin := convert(start)) is None or (stop := convert(end)) is None or raw[begin:stop] != words
        ]

    def doubts(self, raw: str, unit: Unit) -> Iterator[str]:
        """A sentence about the tokens that do not stand where their rows say."""
        if unit != _UNIT:
            yield f"Offsets were counted as {unit}, where more tokens stand at them, not as {_UNIT}."
        wrong = self._misplaced(raw, unit)
        if wrong:
            more = f"; and {len(wrong) - _MOST_LISTED} more" if len(wrong) > _MOST_LISTED else ""
            yield f"Tokens that do not stand at their offsets: {'; '.join(wrong[:_MOST_LISTED])}{more}."

    def claims(self) -> Iterator[Claim]:
        """The spans in the order of the file."""
        for key, span in self._spans.items():
            label, feature = label_of(span.type, span.values)
            attributes = {
                name: value
                for name, value in span.values.items()
                if name not in (feature, "referenceRelation")
            }
            yield Claim(" ".join(key), label, ((span.start, span.end),), attributes=attributes)

    def relations(self) -> Iterator[ReadRelation]:
        """Relations, slots, and the steps of chains."""
        for number, link in enumerate(self._links, start=1):
            yield ReadRelation(
                folded_name(link.type),
                self._key(link.source),
                self._key(link.target),
                key=f"relation {number}",
                attributes=link.attributes,
            )
        chains: dict[tuple[str, int], list[tuple[int, str, _Span]]] = defaultdict(list)
        for key, span in self._spans.items():
            if span.chain is not None:
                chains[span.type, span.chain[0]].append((span.chain[1], " ".join(key), span))
        for links in chains.values():
            ordered = sorted(links, key=lambda link: link[0])
            for (_, source, span), (_, target, _) in pairwise(ordered):
                name = str(span.values.get("referenceRelation", "next"))
                yield ReadRelation(folded_name(name), source, target, key=f"{source} {target}")

    def _key(self, reference: _Reference) -> str:
        """The key of the span at a place; one that no span has where there is none."""
        here = self._at.get((reference.unit, reference.number), {})
        found = here.get(reference.type)
        if found is None and reference.type in ("", ANNOTATION) and here:
            found = next(iter(here.values()))
        return " ".join(found) if found else f"{reference.type} at {reference.unit}"


def _reference(text: str, type_name: str) -> _Reference:
    found = entry(text)
    return _Reference(found.value or "", found.ids[0] if found.ids else 0, type_name)
