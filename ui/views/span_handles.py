"""The handles at the ends of the selected span: where they are taken, and what dragging one makes of it.

Offsets are code points. Fragments neither cross nor touch, so a handle stops short of its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from annotator.model import Fragment
from annotator.text import snap


@dataclass(frozen=True, slots=True)
class Handle:
    """One end of a fragment, `number` counting fragments from 0, with its knob's middle and radius."""

    number: int
    is_start: bool
    middle: QPointF
    radius: float

    def is_at(self, point: QPointF) -> bool:
        """Whether a point is close enough to take the handle."""
        away = point - self.middle
        return away.manhattanLength() <= self.radius + 4


def drag(
    text: str, fragments: Sequence[Fragment], handle: Handle, offset: int, *, exact: bool
) -> tuple[Fragment, ...]:
    """The fragments when a handle is dragged to an offset: to the edges of words, unless `exact`.

    A fragment keeps at least one character, or one word.
    """
    number = handle.number
    start, end = fragments[number]
    least = fragments[number - 1].end + 1 if number > 0 else 0
    most = fragments[number + 1].start - 1 if number + 1 < len(fragments) else len(text)
    if handle.is_start:
        start = max(least, min(offset, end - 1))
    else:
        end = min(most, max(offset, start + 1))
    if not exact:
        words = snap(text, start, end)
        start = max(least, words.start) if handle.is_start else start
        end = end if handle.is_start else min(most, words.end)
    if start >= end:
        return tuple(fragments)
    return (*fragments[:number], Fragment(start, end), *fragments[number + 1 :])
