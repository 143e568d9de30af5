"""Dealing documents out to annotators: who gets which, by a rule and a seed. Pure, nothing is written.

The same documents, people, rule and seed give the same hands, in whatever order the documents come.
"""

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.errors import InvalidEdit


class Length(NamedTuple):
    """A document and how long its text is, in code points."""

    document: str
    length: int


@dataclass(frozen=True, slots=True)
class Rule:
    """How many annotators a document goes to: `overlap` (0 to 1) of all documents to `copies`, others to one.

    With an overlap of 1 every document goes to `copies`.
    """

    overlap: float = 0.0
    copies: int = 2
    seed: int = 0


def deal(
    documents: Iterable[Length], annotators: Sequence[str], rule: Rule, loads: Mapping[str, int] | None = None
) -> dict[str, tuple[str, ...]]:
    """Who gets each document, the annotators in the order given; all have about the same length to read.

    The longest documents are dealt first, each to whoever has least so far; `loads` is what they have
    already, in code points. Raises InvalidEdit for a rule that cannot be followed.
    """
    people = tuple(dict.fromkeys(annotators))
    _check(rule, people)
    chance = random.Random(rule.seed)
    shuffled = sorted(documents)
    chance.shuffle(shuffled)
    shared = {each.document for each in shuffled[: round(rule.overlap * len(shuffled))]}
    order = sorted(shuffled, key=lambda each: -each.length)
    load = {person: (loads or {}).get(person, 0) for person in people}
    luck = {person: chance.random() for person in people}
    hands: dict[str, tuple[str, ...]] = {}
    for each in order:
        count = rule.copies if each.document in shared else 1
        chosen = sorted(people, key=lambda person: (load[person], luck[person]))[:count]
        for person in chosen:
            load[person] += max(1, each.length)
        hands[each.document] = tuple(person for person in people if person in chosen)
    return hands


def _check(rule: Rule, people: Sequence[str]) -> None:
    if not people:
        raise InvalidEdit("Nobody is chosen to deal the documents to.")
    if not (math.isfinite(rule.overlap) and 0 <= rule.overlap <= 1):
        raise InvalidEdit("The overlap is a share of the documents, from 0 to 100 percent.")
    if rule.copies < 1:
        raise InvalidEdit("A document goes to at least one annotator.")
    if rule.overlap and rule.copies > len(people):
        raise InvalidEdit(
            f"A document cannot go to {rule.copies} annotators, because only {len(people)} "
            f"{'is' if len(people) == 1 else 'are'} chosen."
        )
