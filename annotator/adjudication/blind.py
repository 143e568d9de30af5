"""The order of annotators and their names in blind review: shuffled by document, the same for the same seed.

A name like "Annotator B" holds in one document only; the next has another order, so that nobody is known by
their place. Reports on a whole project have one order of their own.
"""

import random
from collections.abc import Iterable, Mapping
from hashlib import sha256


def seed_of(project: str, document: str) -> int:
    """The seed of a document's order: it is kept with every decision that was made in it."""
    return int(sha256(f"{project}/{document}".encode()).hexdigest()[:8], 16)


def blind_order(annotators: Iterable[str], seed: int) -> tuple[str, ...]:
    """The annotators (ids) in the order of the columns."""
    people = sorted(annotators)
    random.Random(seed).shuffle(people)
    return tuple(people)


def blind_names(order: Iterable[str]) -> Mapping[str, str]:
    """What the annotators are called in that order: Annotator A, Annotator B and so on."""
    return {who: f"Annotator {_letters(place)}" for place, who in enumerate(order)}


def report_names(people: Iterable[str], project: str) -> Mapping[str, str]:
    """What the annotators (ids) of a project are called in its reports without names, the same in each."""
    return blind_names(blind_order(people, seed_of(project, "agreement")))


def _letters(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
