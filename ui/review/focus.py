"""What the unit in focus says: its words, and for each candidate which of them it has, word by word.

Candidates that say the same are one variant. Of long spans only the words around their ends are told, since
that is where they differ.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from annotator.adjudication.links import LinkUnit
from annotator.flags import without_flag
from annotator.geometry import Range
from annotator.model import Annotation, Attributes, Fragment, Relation
from annotator.schema import LabelSchema
from annotator.services.reviewing import AnyUnit, Review
from ui.panels.fields import value_words
from ui.panels.span_words import one_line, shortened

AROUND = 90  # characters that are told beside an end
_LONGEST_END = 90  # characters that are told of the end of a link in another document
_WORD = re.compile(r"\S+")
_GREY = "#777777"


@dataclass(frozen=True, slots=True)
class Variant:
    """What one or several annotators propose: `numbers` are their columns, from 1; `attributes` in words.

    `says` is the content key.
    """

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    label: str
    colour: str
    fragments: tuple[Fragment, ...]
    attributes: str
    says: str


@dataclass(frozen=True, slots=True)
class Focus:
    """A unit as it is shown large: pieces of the text by their places, variants, and who has nothing.

    `is_link` tells that it is about a link, not a span.
    """

    pieces: tuple[Range, ...]
    variants: tuple[Variant, ...]
    absent: tuple[tuple[int, str], ...]
    is_link: bool = False

    def words(self, text: str) -> list[list[Range]]:
        """The words of each piece, by their places in the text."""
        return [
            [Range(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
            for start, end in self.pieces
        ]


def focus_of(
    of: Review, unit: AnyUnit, *, order: Sequence[str], name: Callable[[str], str], schema: LabelSchema
) -> Focus:
    """What is shown of a unit; `order` are the annotators of the columns."""
    numbers = {who: number for number, who in enumerate(order, 1)}
    grouped: dict[str, list[str]] = {}
    for each in unit.candidates:
        grouped.setdefault(each.content, []).append(each.annotator)
    variants = []
    firsts = {content: min(numbers.get(who, 99) for who in whose) for content, whose in grouped.items()}
    for content, whose in sorted(grouped.items(), key=lambda entry: firsts[entry[0]]):
        people = sorted(whose, key=lambda who: numbers.get(who, 99))
        label, colour, fragments, attributes = _told(of, unit, content, schema)
        variants.append(
            Variant(
                tuple(numbers.get(who, 0) for who in people),
                tuple(map(name, people)),
                label,
                colour,
                fragments,
                _attributes(attributes, schema),
                content,
            )
        )
    absent = sorted((numbers.get(who, 0), name(who)) for who in unit.absent)
    extents = [variant.fragments for variant in variants] or _decided(of, unit)
    is_link = isinstance(unit, LinkUnit)
    return Focus(_pieces(of.text, extents), tuple(variants), tuple(absent), is_link)


def _told(
    of: Review, unit: AnyUnit, content: str, schema: LabelSchema
) -> tuple[str, str, tuple[Fragment, ...], Attributes]:
    if isinstance(unit, LinkUnit):
        link = next(each.link for each in unit.candidates if each.content == content)
        kind = schema.relation(link.type)
        name = link.type if kind is None else kind.name
        away = of.elsewhere.get(link.target, "")
        name = f"{name} → {shortened(one_line(away), _LONGEST_END)}" if away else name
        return name, _GREY, _ends(of, link), link.attributes
    span = next(each.span for each in unit.candidates if each.content == content)
    label = schema.label(span.label)
    name, colour = (span.label, _GREY) if label is None else (label.name, label.colour)
    return name, colour, span.fragments, without_flag(span.attributes)


def _ends(of: Review, link: Relation) -> tuple[Fragment, ...]:
    """The extents of both ends of a link, as far as they stand in this document."""
    spans: dict[str, Annotation] = {each.span.id: each.span for unit in of.units for each in unit.candidates}
    ends = [spans[end] for end in (link.source, link.target) if end in spans]
    return tuple(sorted(piece for span in ends for piece in span.fragments))


def _decided(of: Review, unit: AnyUnit) -> list[tuple[Fragment, ...]]:
    """The extents of what gold got, for a unit that no annotator has anything of."""
    made = of.made(unit.key)
    ends = {end for result in made for end in (result.source, result.target)}
    linked = [span.fragments for span in of.gold.spans if span.id in ends]
    return [result.fragments for result in made if result.fragments] + linked


def _pieces(text: str, extents: Iterable[tuple[Fragment, ...]]) -> tuple[Range, ...]:
    """The text around every end of the extents, from word to word; what touches is one piece."""
    ends = sorted({end for extent in extents for piece in extent for end in piece})
    pieces: list[Range] = []
    for end in ends:
        start, stop = max(0, end - AROUND), min(len(text), end + AROUND)
        while 0 < start < end and not text[start - 1].isspace():
            start += 1
        while end < stop < len(text) and not text[stop].isspace():
            stop -= 1
        if pieces and start <= pieces[-1].end:
            pieces[-1] = Range(pieces[-1].start, max(stop, pieces[-1].end))
        else:
            pieces.append(Range(start, stop))
    return tuple(pieces)


def _attributes(attributes: Attributes, schema: LabelSchema) -> str:
    known = {each.id: each.name for each in schema.attributes}
    return ", ".join(f"{known.get(name, name)}: {value_words(value)}" for name, value in attributes.items())
