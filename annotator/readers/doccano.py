"""Reads doccano's sequence labelling files: `label` triples, or `entities` and `relations`; also JSON lists.

doccano never quotes the words, and its editor counts UTF-16 units where its server counts code points: with
characters beyond U+FFFF the unit is the one under which most spans begin and end at words. Categories of
text classification become labels of the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model import JsonValue
from annotator.readers.claims import Claim, Claims, folded_name
from annotator.readers.document import ReadDocument, ReadRelation, ReadSet, RefusedSource
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import documents, rows
from annotator.readers.offset_units import Unit, UnitVotes
from annotator.readers.sniffing import DOCCANO_LABELS
from annotator.readers.source import checked_text, first_line_title

VERSION = "1"
CATEGORY = "category"  # the document label that a text's classes become

_OWN_KEYS = {"id", "Comments", "comments", "relations", "cats", "annotation_approver", "is_confirmed"}
_TRIPLE = 3


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file in their order; UnreadableSource if no line of it is one."""
    votes = UnitVotes()
    for row in rows(source):
        # A character that counts twice is four bytes of UTF-8, or two \u escapes.
        if isinstance(row.value, bytes) and row.value.isascii() and b"\\u" not in row.value:
            continue
        try:
            columns = _columns(row.fields())
            votes.add_unquoted(columns.text, [pair for claim in _claims(columns) for pair in claim.pairs])
        except Fault:
            continue
    unit = votes.unit()
    return documents(source, lambda line, place: _document(line, unit=unit, source=source, place=place))


@dataclass(frozen=True, slots=True)
class _Columns:
    """A line with its text and labels found, whatever they are called."""

    line: Fields
    text: str
    labels: tuple[str, list[JsonValue]]
    used: frozenset[str]


def _columns(line: Fields) -> _Columns:
    """Text and labels of a line: by doccano's names, else the one text and the one list that it has."""
    values = line.values
    if "filename" in values and "text" not in values:
        raise Fault("It is about a picture or a recording, not about a text.")
    texts = ["text"] if "text" in values else [key for key in values if isinstance(values[key], str)]
    if len(texts) != 1:
        raise Fault("It has no “text”.")
    names = [key for key in DOCCANO_LABELS if key in values]
    names = names or [
        key for key, value in values.items() if isinstance(value, list) and key not in _OWN_KEYS
    ]
    if len(names) > 1:
        raise Fault(f"It has several lists of labels: {', '.join(names)}.")
    name = names[0] if names else DOCCANO_LABELS[0]
    listed = values.get(name)
    if not isinstance(listed, list | None):
        raise Fault(f"It has a list wanted under “{name}”.")
    return _Columns(line, line.needed_text(texts[0]), (name, listed or []), frozenset({texts[0], name}))


def _claims(columns: _Columns) -> list[Claim]:
    name, items = columns.labels
    if items and all(isinstance(item, str) for item in items):
        return []
    if items and isinstance(items[0], dict):
        return [_entity(row, number) for number, row in enumerate(columns.line.rows(name, "entity"), start=1)]
    return [_triple(item, number) for number, item in enumerate(items, start=1)]


def _entity(row: Fields, number: int) -> Claim:
    key = row.values.get("id")
    pair = (row.number("start_offset", -1), row.number("end_offset", -1))
    return Claim(f"span {number}" if key is None else str(key), row.text("label"), (pair,))


def _triple(item: JsonValue, number: int) -> Claim:
    if isinstance(item, list) and len(item) == _TRIPLE:
        start, end, label = item
        if type(start) is int and type(end) is int and isinstance(label, str):
            return Claim(f"span {number}", label, ((start, end),))
    raise Fault(f"Label {number} is not [start, end, label].")


def _relation(row: Fields) -> ReadRelation:
    ends = [row.values.get(key) for key in ("from_id", "to_id")]
    if None in ends:
        raise row.fault("does not say what it joins")
    key = row.values.get("id")
    return ReadRelation(
        row.needed_text("type"), str(ends[0]), str(ends[1]), key="" if key is None else f"relation {key}"
    )


def _document(line: Fields, *, unit: Unit, source: Path, place: str) -> ReadDocument:
    columns = _columns(line)
    raw = columns.text
    text = checked_text(raw, place)
    claims = Claims(raw, unit, place=place)
    relations = [_relation(row) for row in line.rows("relations", "relation")]
    part = claims.part("", _claims(columns), relations)
    classes = [item for item in columns.labels[1] if isinstance(item, str)]
    if classes:
        names = tuple(dict.fromkeys(filter(None, map(folded_name, classes))))
        part = ReadSet("", labels={CATEGORY: names[0] if len(names) == 1 else names})
    metadata = {key: value for key, value in line.values.items() if key not in columns.used | _OWN_KEYS}
    comments = line.values.get("Comments") or line.values.get("comments")
    if comments:
        metadata["comments"] = comments
    if part.annotations and max(raw) > "\uffff":
        claims.warn(
            f"The file does not quote its words; offsets were counted as {unit}, where more begin at words."
        )
    return ReadDocument(
        title=first_line_title(text, f"{source.stem}, {place}"),
        text=text,
        source=text.encode(),
        source_name=source.name,
        reader="doccano",
        reader_version=VERSION,
        key=place,
        metadata=metadata,
        sets=(part,),
        warnings=claims.warnings,
    )
