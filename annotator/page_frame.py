"""How a page must be held to read its text, and places in that frame and on the page as it is shown.

Most pages are shown upright. Lengths are PDF points from the top left of the page, or of the page as held.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotator.geometry import Box, Page, Word

Turn = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's frame; `turn` is how far clockwise its text is turned, in degrees, as it is shown."""

    turn: Turn
    width: float
    height: float

    def held(self, x: float, y: float) -> tuple[float, float]:
        """A point of the shown page, in the frame."""
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y

    def shown(self, box: Box) -> Box:
        """A box of the frame, on the shown page."""
        if self.turn == 90:
            return Box(self.width - box.bottom, box.x0, self.width - box.top, box.x1)
        if self.turn == 180:
            return Box(
                self.width - box.x1, self.height - box.bottom, self.width - box.x0, self.height - box.top
            )
        if self.turn == 270:
            return Box(box.top, self.height - box.x1, box.bottom, self.height - box.x0)
        return box

    def held_word(self, word: Word) -> Word:
        """A word of the shown page, in the frame."""
        if self.turn == 0:
            return word
        corners = self.held(word.x0, word.top), self.held(word.x1, word.bottom)
        (ax, ay), (bx, by) = corners
        return Word(word.start, word.end, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def frame_of(page: Page) -> Frame:
    """The frame in which most of the page's text runs from left to right.

    Words of text that is turned have no edges of characters, which tells it from text that is read from
    right to left.
    """
    words = sorted(page.words, key=lambda word: word.start)
    turned = [word for word in words if not word.edges]
    turn: Turn = 0
    if 2 * len(turned) > len(words):
        turn = _direction(turned)
    return Frame(turn, page.width, page.height)


def _direction(words: Sequence[Word]) -> Turn:
    """Where the next word stands, seen from most words."""
    votes: Counter[Turn] = Counter()
    for word, following in pairwise(words):
        across = (following.x0 + following.x1 - word.x0 - word.x1) / 2
        down = (following.top + following.bottom - word.top - word.bottom) / 2
        if abs(across) >= abs(down):
            votes[0 if across > 0 else 180] += 1
        else:
            votes[90 if down > 0 else 270] += 1
    return votes.most_common(1)[0][0] if votes else 0
