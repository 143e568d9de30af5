"""Reads Label Studio's JSON export: tasks with the annotations of several people, over UTF-16 units.

Attributes are further results that share a region's id. Annotations that their author cancelled and the
predictions of models are left out and counted; tasks about pictures or sound are refused one by one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.model import AttributeValue, Origin
from annotator.readers.claims import Claim, Claims, folded_name
from annotator.readers.document import ReadDocument, ReadRelation, ReadSet, RefusedSource
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import documents, rows
from annotator.readers.offset_units import Pair, Unit, UnitVotes
from annotator.readers.sniffing import LABEL_STUDIO_ANNOTATIONS
from annotator.readers.source import checked_text, first_line_title

VERSION = "1"

_REGIONS = ("labels", "hypertextlabels")
_PREDICTED = ("prediction", "prediction-changed")
_VALUES = ("choices", "textarea", "text", "number", "rating", "taxonomy", "datetime")


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file, one a task; UnreadableSource if no task is about a text."""
    # UTF-16 is what the tool counts, so it is what stands where nothing tells the units apart.
    votes = UnitVotes(otherwise="UTF-16 units")
    people: set[str] = set()
    for row in rows(source):
        try:
            task = _Task(row.fields())
            for annotation in task.annotations:
                people.add(_bare_id(annotation))
                claims = [(claim.pairs, claim.words) for claim in _claims(annotation) if claim.words]
                votes.add(task.text, claims)
        except Fault:
            continue
    people.discard("")
    unit = votes.unit()
    # One number alone names nobody: it is whoever exported the file.
    names_people = len(people) > 1
    return documents(
        source,
        lambda line, place: _document(
            _Task(line), unit=unit, source=source, place=place, names_people=names_people
        ),
    )


class _Task:
    """A task with its text found: the value that regions point at, else the only text that it has."""

    def __init__(self, line: Fields) -> None:
        self.line = line
        self.annotations = [
            Fields(row.values, f"annotation {number}")
            for key in LABEL_STUDIO_ANNOTATIONS
            for number, row in enumerate(line.rows(key, "annotation"), start=1)
        ]
        data = line.fields("data").values
        texts = {key: value for key, value in data.items() if isinstance(value, str)}
        named = [key for key in ("text", *_pointed_at(self.annotations)) if key in texts]
        has_others = not named and any(_is_of_other_kind(row) for row in self.annotations)
        if has_others or (not named and len(texts) != 1):
            raise Fault("It has no “text”: it is about a picture, a recording or several things.")
        self.text_key = named[0] if named else next(iter(texts))
        self.text = texts[self.text_key]
        self.metadata = {key: value for key, value in data.items() if key != self.text_key}


def _pointed_at(annotations: Sequence[Fields]) -> Iterator[str]:
    for annotation in annotations:
        for row in annotation.rows("result", "result"):
            if row.values.get("type") in _REGIONS:
                yield row.text("to_name")


def _is_of_other_kind(annotation: Fields) -> bool:
    """Whether it marks places that are no stretches of text, such as boxes on a picture."""
    rows = annotation.rows("result", "result")
    return any("x" in row.table("value") or "original_width" in row.values for row in rows)


def _bare_id(annotation: Fields) -> str:
    """The number by which an export names an annotator whom it does not describe."""
    value = annotation.values.get("completed_by")
    return str(value) if isinstance(value, int) else ""


def _annotator(annotation: Fields, *, names_people: bool) -> str:
    # Our own export puts names where the tool skips them, since it takes none for who completed it.
    ours = annotation.text("annotator")
    if ours:
        return ours
    value = annotation.values.get("completed_by")
    if isinstance(value, dict):
        person = Fields(value)
        name = f"{person.text('first_name')} {person.text('last_name')}".strip()
        return name or person.text("username") or person.text("email")
    if isinstance(value, str):
        return value
    return f"Annotator {value}" if isinstance(value, int) and names_people else ""


def _claims(annotation: Fields) -> list[Claim]:
    """The regions of an annotation that are stretches of text, with the values that share their id."""
    results = annotation.rows("result", "result")
    values: dict[str, dict[str, AttributeValue]] = defaultdict(dict)
    notes: dict[str, str] = {}
    for row in results:
        key, kind = row.text("id"), row.text("type")
        if kind not in (*_REGIONS, "relation"):
            found = _value(row)
            if found is not None:
                values[key][row.text("from_name") or kind] = found
        for text in row.fields("meta").texts("text"):
            notes.setdefault(key, text)
    claims = []
    for number, row in enumerate(results, start=1):
        if row.text("type") not in _REGIONS:
            continue
        key = row.text("id") or f"{annotation.place}, region {number}"
        value = row.fields("value")
        labels = value.texts("labels") or value.texts("hypertextlabels") or ("",)
        origin: Origin = "suggestion" if row.values.get("origin") in _PREDICTED else "import"
        # A region may have several labels: each is a span of its own.
        for place, label in enumerate(labels):
            own = key if place == 0 else f"{key} {place + 1}"
            said = values.get(key, {}), notes.get(key, "")
            claims.append(Claim(own, label, (_pair(value),), _words(value), *said, origin=origin))
    return claims


def _words(value: Fields) -> str:
    """The words of a region; its line breaks stand there as two characters."""
    return value.text("text").replace("\\n", "\n")


def _pair(value: Fields) -> Pair:
    """Offsets into the whole text; those of web pages stand beside the XPaths that `start` and `end` are."""
    offsets = value.fields("globalOffsets")
    counted = offsets if offsets.values else value
    try:
        return counted.number("start", -1), counted.number("end", -1)
    except Fault:
        return -1, -1


def _value(row: Fields) -> AttributeValue | None:
    """What a result says about its region: a choice, a text, a number; None for what has no such form."""
    table = row.table("value")
    kind = row.text("type")
    # What was typed into a text area stands under "text"; older versions called it as the control.
    key = "text" if kind == "textarea" and "textarea" not in table else kind
    if kind not in _VALUES or key not in table:
        return None
    value = table[key]
    if isinstance(value, list):
        words = [" > ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value]
        if len(words) == 1:
            return words[0]
        return tuple(words) or None
    return value if isinstance(value, str | int | float | bool) else None


def _relations(annotation: Fields) -> Iterator[ReadRelation]:
    for number, row in enumerate(annotation.rows("result", "result"), start=1):
        if row.text("type") != "relation":
            continue
        ends = row.needed_text("from_id"), row.needed_text("to_id")
        source, target = reversed(ends) if row.text("direction") == "left" else ends
        names = row.texts("labels") or ("related",)
        for name in names:
            yield ReadRelation(folded_name(name), source, target, key=f"relation {number} {name}")


def _document(task: _Task, *, unit: Unit, source: Path, place: str, names_people: bool) -> ReadDocument:
    text = checked_text(task.text, place)
    claims = Claims(task.text, unit, place=place)
    sets: list[ReadSet] = []
    for annotation in task.annotations:
        if annotation.flag("was_cancelled"):
            claims.warn(f"{annotation.place.capitalize()} was cancelled by its author and is left out.")
            continue
        sets.append(_part(annotation, claims, names_people=names_people))
    predictions = task.line.values.get("predictions")
    if isinstance(predictions, list) and predictions:
        claims.warn(f"{len(predictions)} predictions of models are left out.")
    metadata = dict(task.metadata)
    identity = task.line.values.get("id")
    if isinstance(identity, int | str):
        metadata["label_studio_id"] = identity
    title = metadata.get("title")
    return ReadDocument(
        title=title
        if isinstance(title, str) and title
        else first_line_title(text, f"{source.stem}, {place}"),
        text=text,
        source=text.encode(),
        source_name=source.name,
        reader="label-studio",
        reader_version=VERSION,
        key=place if identity is None else f"task {identity}",
        metadata=metadata,
        sets=tuple(sets),
        warnings=claims.warnings,
    )


def _part(annotation: Fields, claims: Claims, *, names_people: bool) -> ReadSet:
    part = claims.part(
        _annotator(annotation, names_people=names_people), _claims(annotation), list(_relations(annotation))
    )
    own = {claim.key for claim in _claims(annotation)}
    labels: dict[str, AttributeValue] = {}
    for row in annotation.rows("result", "result"):
        value = _value(row)
        if value is not None and row.text("id") not in own:
            labels[row.text("from_name") or row.text("type")] = value
    return replace(part, labels=labels)
