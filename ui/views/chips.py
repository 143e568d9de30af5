"""Where the label chips of one line go: never over each other, as complete as the room allows.

Pure arithmetic in pixels; a chip stands in the gap above its line, so it never covers the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

GAP = 3.0
"""Least distance between two chips."""

SHIFT = 0.4
"""How far a chip may move to the left of its anchor to keep its letters, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a chip would stand best, and how wide its forms are, from the full name to a mere dot."""

    x: float
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chip stands, and in which of its forms."""

    x: float
    form: int


@lru_cache(maxsize=1024)
def forms(name: str) -> tuple[str, ...]:
    """A label's name in ever shorter forms; the last has no letters left and is drawn as a dot."""
    full = name.upper()
    return tuple(dict.fromkeys((full, full[:3].rstrip(), full[:1], "")))


def arrange(anchors: Sequence[Anchor], right: float) -> list[Place]:
    """Places for chips in order of their anchors, none beyond `right` unless even dots find no room.

    A chip moves a little to the left or shortens to leave the next its anchor; where anchors coincide,
    chips share the room.
    """
    places: list[Place] = []
    free_from = 0.0
    for number, anchor in enumerate(anchors):
        place = _place(anchor, free_from, _limit(anchors, number, right))
        places.append(place)
        free_from = place.x + anchor.widths[place.form] + GAP
    return places


def _place(anchor: Anchor, free_from: float, limit: float) -> Place:
    """The fullest form that fits between what is taken and the limit without straying from its anchor."""
    for form, width in enumerate(anchor.widths):
        leftmost = max(free_from, anchor.x - SHIFT * width)
        if leftmost + width <= limit:
            return Place(max(leftmost, min(anchor.x, limit - width)), form)
    return Place(max(anchor.x, free_from), len(anchor.widths) - 1)


def _limit(anchors: Sequence[Anchor], number: int, right: float) -> float:
    """How far a chip may reach: to the next anchor, leaving the smallest form to those of its own place."""
    own = anchors[number].x
    reserved = 0.0
    for follower in anchors[number + 1 :]:
        if follower.x > own + 1:
            return min(right, follower.x - GAP) - reserved
        reserved += follower.widths[-2] + GAP
    return right - reserved
