"""Where the label chips of one line go: never over each other, as complete as the room allows.

Pure arithmetic in pixels; a chip stands in the gap above its line, so it never covers the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 3.0
"""Least distance between two chips."""


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


def forms(name: str) -> tuple[str, ...]:
    """A label's name in ever shorter forms; the last has no letters left and is drawn as a dot."""
    full = name.upper()
    return tuple(dict.fromkeys((full, full[:3].rstrip(), full[:1], "")))


def arrange(anchors: Sequence[Anchor], right: float) -> list[Place]:
    """Places for chips in order of their anchors, none beyond `right` unless even dots find no room.

    A chip shortens to leave the next its anchor; where anchors coincide, chips share the room and the
    later ones shift.
    """
    places: list[Place] = []
    free_from = float("-inf")
    for number, anchor in enumerate(anchors):
        x = max(anchor.x, free_from)
        form = _fitting(anchor, _limit(anchors, number, right) - x)
        width = anchor.widths[form]
        x = max(min(x, right - width), free_from)
        places.append(Place(x, form))
        free_from = x + width + GAP
    return places


def _limit(anchors: Sequence[Anchor], number: int, right: float) -> float:
    """How far a chip may reach: to the next anchor, leaving the smallest form to those of its own place."""
    own = anchors[number].x
    reserved = 0.0
    for follower in anchors[number + 1 :]:
        if follower.x > own + 1:
            return min(right, follower.x - GAP) - reserved
        reserved += follower.widths[-2] + GAP
    return right - reserved


def _fitting(anchor: Anchor, room: float) -> int:
    """The fullest form that has room, or the last."""
    return next((form for form, width in enumerate(anchor.widths) if width <= room), len(anchor.widths) - 1)
