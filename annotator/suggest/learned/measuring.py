"""How good proposals are on texts that were not learned from: precision and recall by label, and F1 of all.

A name is right when extent and label are the very same. A long span is right when the label is the same and
half of the letters that either has are in both: where just a claim begins, people differ among themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.suggest.learned.examples import Example, Span
from annotator.suggest.learned.parts import Looked, Part, Proposal, WordPart, read

_IN_COMMON = 0.5
_FEWEST_UNASSISTED = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """How a label does: spans learned from; spans held out, proposals on those texts, right ones."""

    learned: int = 0
    there: int = 0
    proposed: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share of proposals that are right; None where nothing was proposed."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """The share of spans that are proposed; None where there is none."""
        return self.right / self.there if self.there else None


class Counts(NamedTuple):
    """By label: spans there, proposals, and those that are right."""

    there: Counter[str]
    proposed: Counter[str]
    right: Counter[str]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over all labels together; 0 where nothing is right."""
        whole = self.there.total() + self.proposed.total()
        return 2 * self.right.total() / whole if whole else 0.0


def measured(parts: Sequence[Part], examples: Iterable[Example]) -> Counts:
    """What the parts of a model come to on examples that it has not learned from."""
    counts = Counts(Counter(), Counter(), Counter())
    looked: dict[tuple[str, str], Looked] = {}
    for example in examples:
        look = looked.get((example.text_sha256, example.kind))
        if look is None:
            look = looked[example.text_sha256, example.kind] = Looked(example.text, example.kind)
        for layer, spans in example.spans.items():
            counts.there.update(span.label for span in spans)
            for part in parts:
                if part.layer == layer:
                    _count(counts, read(part, look).proposals, spans, is_exact=isinstance(part, WordPart))
    return counts


def unassisted(held_out: Sequence[Example]) -> tuple[Example, ...]:
    """The examples in which no suggestion was accepted, if they are enough; else all.

    Where suggestions were accepted, what is measured is partly the suggester's own echo.
    """
    plain = tuple(each for each in held_out if not each.is_assisted)
    is_enough = len({each.text_sha256 for each in plain}) >= _FEWEST_UNASSISTED
    return plain if is_enough else tuple(held_out)


def _count(counts: Counts, proposals: Sequence[Proposal], spans: Sequence[Span], *, is_exact: bool) -> None:
    open_spans = list(spans)
    for proposal in proposals:
        counts.proposed[proposal.label] += 1
        found = max(open_spans, key=lambda span: _in_common(proposal, span), default=None)
        if found is not None and _in_common(proposal, found) >= (1 if is_exact else _IN_COMMON):
            counts.right[proposal.label] += 1
            open_spans.remove(found)


def _in_common(proposal: Proposal, span: Span) -> float:
    """The letters that both have, against those that either has; 0 for another label."""
    if proposal.label != span.label:
        return 0.0
    both = min(proposal.end, span.end) - max(proposal.start, span.start)
    either = max(proposal.end, span.end) - min(proposal.start, span.start)
    return max(0, both) / either
