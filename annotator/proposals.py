"""The attribute values that a new span starts with: stored when it is made, like any other value.

A default in the schema is a value or a rule: "from-marks" looks at the quotation marks around the span,
"from-kind" at the kind of document. A rule that cannot tell for certain proposes nothing; with
`per = "name"` the value last given to the same words goes before the default.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from annotator.model import Annotation, AttributeValue, Fragment
from annotator.schema import AttributeType, DocumentKind, LabelSchema

FROM_MARKS = "from-marks"
FROM_KIND = "from-kind"
RULES = (FROM_MARKS, FROM_KIND)

# What a kind of document tells, for whichever attribute has such a value: who speaks in it, and whether
# what it orders is in force. A transcript or form tells neither.
_OF_KIND: dict[DocumentKind, tuple[str, ...]] = {
    "article": ("reported",),
    "opinion": ("own", "entered"),
    "order": ("own", "entered"),
    "proposed_order": ("own", "proposed"),
    "brief": ("reported",),
}
_OF_MARKS = ("indirect", "direct", "mixed")
_MARKS = re.compile('["“”«»]')
_CLOSING = {"“": "”", "«": "»", '"': '"'}
_LEADING_THAT = re.compile(r"that\b\W*", re.IGNORECASE)


def rule_values(rule: str) -> tuple[str, ...]:
    """The values that a rule may give."""
    if rule == FROM_MARKS:
        return _OF_MARKS
    return tuple(dict.fromkeys(chain.from_iterable(_OF_KIND.values())))


def propose(
    schema: LabelSchema,
    *,
    label: str,
    kind: DocumentKind,
    text: str,
    fragments: tuple[Fragment, ...],
    repeats: Sequence[Annotation] = (),
) -> dict[str, AttributeValue]:
    """The attributes that a span of this label starts with in a document of this kind.

    `repeats` are the annotator's other spans of the same words and label in the document.
    """
    attributes = schema.attributes_of(label, kind)
    return starting_values(attributes, kind=kind, text=text, fragments=fragments, repeats=repeats)


def starting_values(
    attributes: Iterable[AttributeType],
    *,
    kind: DocumentKind,
    text: str,
    fragments: tuple[Fragment, ...],
    repeats: Sequence[Annotation] = (),
) -> dict[str, AttributeValue]:
    """What `propose` gives, for whoever makes many spans that have these attributes."""
    values: dict[str, AttributeValue] = {}
    for attribute in attributes:
        value = _repeated(attribute, repeats)
        if value is None:
            value = proposed_value(attribute, kind=kind, text=text, fragments=fragments)
        if value is not None:
            values[attribute.id] = value
    return values


def proposed_value(
    attribute: AttributeType, *, kind: DocumentKind, text: str, fragments: tuple[Fragment, ...]
) -> AttributeValue | None:
    """What the attribute's default comes to for a span there; None if it has none or cannot tell."""
    if attribute.default == FROM_MARKS:
        found = from_marks(text, fragments)
        return found if found in attribute.values else None
    if attribute.default == FROM_KIND:
        return next((value for value in _OF_KIND.get(kind, ()) if value in attribute.values), None)
    return attribute.value_of(attribute.default) if attribute.default else None


def _repeated(attribute: AttributeType, repeats: Sequence[Annotation]) -> AttributeValue | None:
    if attribute.per != "name":
        return None
    given = [other for other in repeats if attribute.id in other.attributes]
    newest = max(given, key=lambda other: other.changed, default=None)
    return None if newest is None else newest.attributes[attribute.id]


def from_marks(text: str, fragments: tuple[Fragment, ...]) -> str | None:
    """ "direct" if all words stand in quotation marks, "mixed" if some do, "indirect" if none.

    A "that" before the quotation does not count. None where straight marks do not pair.
    """
    inside = outside = False
    for fragment in fragments:
        line_start = text.rfind("\n", 0, fragment.start) + 1
        line_end = text.find("\n", fragment.end)
        line = text[line_start : len(text) if line_end < 0 else line_end]
        quoted = _quoted_ranges(line)
        if quoted is None:
            return None
        for position in _word_positions(line, fragment.start - line_start, fragment.end - line_start):
            if any(start <= position < end for start, end in quoted):
                inside = True
            else:
                outside = True
    if inside and outside:
        return "mixed"
    return "direct" if inside else "indirect"


def _word_positions(line: str, start: int, end: int) -> Iterator[int]:
    that = _LEADING_THAT.match(line, start, end)
    for word in re.compile(r"\w+").finditer(line, that.end() if that else start, end):
        yield word.start()


def _quoted_ranges(lines: str) -> list[tuple[int, int]] | None:
    """The stretches inside quotation marks; one left open runs to the end of its paragraph, as in news."""
    ranges: list[tuple[int, int]] = []
    opened, closing = 0, ""
    for mark in _MARKS.finditer(lines):
        if closing and mark.group() == closing:
            ranges.append((opened, mark.start()))
            closing = ""
        elif not closing and mark.group() in _CLOSING:
            opened, closing = mark.end(), _CLOSING[mark.group()]
    if closing == '"':
        return None
    if closing:
        ranges.append((opened, len(lines)))
    return ranges
