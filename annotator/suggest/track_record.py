"""How often what a suggester said came true in documents that are done, and how sure that makes the next.

All that a suggester says of a label with one confidence is one rule here, and the record of that rule counts
beside the confidence. A rule that was mostly wrong falls silent, and speaks again once it would have been
right more often.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from annotator.model import Annotation
from annotator.schema import LabelSchema
from annotator.suggest.suggestion import Suggestion

LEAST = 0.4  # what is less sure is not suggested
_PRIOR = 2  # suggestions that a suggester's own confidence weighs as much as

_Rule: TypeAlias = tuple[str, str, float]  # origin, label and confidence


class TrackRecord:
    """What came of suggestions, by document, so that each can be taken anew or forgotten."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[Counter[_Rule], Counter[_Rule]]] = {}
        self._made: Counter[_Rule] = Counter()
        self._right: Counter[_Rule] = Counter()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it was compared with."""
        return tuple(self._of)

    def compare(
        self,
        document: str,
        suggestions: Iterable[Suggestion],
        spans: Iterable[Annotation],
        schema: LabelSchema,
    ) -> None:
        """Set what was suggested in a document that is done against what is marked there."""
        self.forget(document)
        there = {(span.fragments, schema.in_force(span.label)) for span in spans}
        made: Counter[_Rule] = Counter()
        right: Counter[_Rule] = Counter()
        for each in suggestions:
            made[_rule(each)] += 1
            right[_rule(each)] += (each.fragments, schema.in_force(each.label)) in there
        self._of[document] = made, right
        self._made.update(made)
        self._right.update(right)

    def forget(self, document: str) -> None:
        """Count a document no more."""
        made, right = self._of.pop(document, (Counter(), Counter()))
        self._made.subtract(made)
        self._right.subtract(right)

    def judged(self, suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
        """The suggestions as sure as the record makes them, without those that it silences."""
        for each in suggestions:
            made, right = self._made[_rule(each)], self._right[_rule(each)]
            sure = (right + _PRIOR * each.confidence) / (made + _PRIOR)
            if not made:
                yield each
            elif sure >= LEAST:
                reason = f"{each.reason}, right {right} of {made} times in documents done"
                yield replace(each, confidence=sure, reason=reason)


def _rule(suggestion: Suggestion) -> _Rule:
    return suggestion.origin, suggestion.label, round(suggestion.confidence, 2)
