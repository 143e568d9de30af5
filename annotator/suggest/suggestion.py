"""A span that a suggester proposes: a value that is no annotation, and is never stored as one unasked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.geometry import Range
from annotator.model import Annotation, Attributes, Fragment, quote
from annotator.schema import LabelSchema
from annotator.stretches import crosses, joined


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
