"""A span that a suggester proposes: a value that is no annotation, and is never stored as one unasked."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from annotator.geometry import Range
from annotator.model import Annotation, Attributes, Fragment, quote
from annotator.schema import LabelSchema
from annotator.stretches import crosses, joined

_Place: TypeAlias = tuple[str, int, int]  # layer, start, end


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed span: `confidence` from 0 to 1, `origin` the suggester's name, `reason` why in few words.

    `attributes` are values that the suggester is as sure of as of the span.
    """

    fragments: tuple[Fragment, ...]
    label: str
    confidence: float
    origin: str
    reason: str
    attributes: Attributes = field(default_factory=dict)

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end


def compared(text: str, fragments: tuple[Fragment, ...]) -> str:
    """The words of a suggestion as they are compared with rejected ones: without case, white space as one."""
    return " ".join(quote(text, fragments).exact.split()).casefold()


class Marked:
    """What of a text is marked, by layer: nothing is suggested there for the same layer."""

    def __init__(self, schema: LabelSchema, spans: Iterable[Annotation]) -> None:
        self._schema = schema
        pieces: dict[str, list[Fragment]] = {}
        for span in spans:
            layer = schema.layer_of(span.label)
            if layer is not None:
                pieces.setdefault(layer.id, []).extend(span.fragments)
        self._joined = {layer: joined(some) for layer, some in pieces.items()}

    def has(self, suggestion: Suggestion) -> bool:
        """Whether a character of the suggestion is marked in its layer."""
        layer = self._schema.layer_of(suggestion.label)
        taken = self._joined.get(layer.id, ()) if layer is not None else ()
        return any(crosses(taken, Range(*piece)) for piece in suggestion.fragments)


def whole_names(
    schema: LabelSchema,
    *,
    known: Sequence[Suggestion],
    short: Sequence[Suggestion],
    said: Sequence[Suggestion],
) -> tuple[Suggestion, ...]:
    """Names that are known and short forms of names, without those within a longer suggestion of their layer.

    “Ruiz” in “Hale & Ruiz” is not the person who is known by that name. What a short form stands for is a
    guess, so it also yields to what else is suggested at its very place.
    """

    def place(each: Suggestion) -> _Place:
        layer = schema.layer_of(each.label)
        return "" if layer is None else layer.id, each.start, each.end

    taken = {place(each) for each in (*known, *said)}
    names = (*known, *(each for each in short if place(each) not in taken))
    inner = _inner(taken.union(map(place, names)))
    return tuple(each for each in names if place(each) not in inner)


def _inner(places: Set[_Place]) -> set[_Place]:
    """The places within a longer one of their layer."""
    found: set[_Place] = set()
    farthest: dict[str, int] = {}
    # In text order, the longer first: what ends no farther than one before lies within it.
    for layer, start, end in sorted(places, key=lambda place: (place[1], -place[2])):
        if end <= farthest.get(layer, 0):
            found.add((layer, start, end))
        else:
            farthest[layer] = end
    return found


def best_of(schema: LabelSchema, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Those that do not cross in a layer, the surest first and of these the longest; in text order.

    Of the same words with the same label the surest stays, with what the others know of attributes.
    """
    taken: dict[str, list[Range]] = {}
    known: dict[tuple[tuple[Fragment, ...], str], Attributes] = {}
    kept: list[Suggestion] = []
    ranked = sorted(
        suggestions, key=lambda each: (-each.confidence, each.start - each.end, each.start, each.label)
    )
    for each in ranked:
        known[each.fragments, each.label] = {**each.attributes, **known.get((each.fragments, each.label), {})}
    for each in ranked:
        layer = schema.layer_of(each.label)
        here = taken.setdefault("" if layer is None else layer.id, [])
        if not any(crosses(here, Range(*piece)) for piece in each.fragments):
            kept.append(replace(each, attributes=known[each.fragments, each.label]))
            here[:] = joined((*here, *each.fragments))
    return tuple(sorted(kept, key=lambda each: (each.start, each.end, each.label)))
