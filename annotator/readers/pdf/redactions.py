"""Text that lies under a painted box, and other marks of redaction.

A box hides text only if it was painted after it and nothing can be seen through it; what the page looks
like when it is drawn decides. Such text is left out of the document, since it was meant to be kept from
readers, and is noted on the page.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from annotator.geometry import Box, Redaction
from annotator.readers.pdf.sheet import Frame, Ink, Sheet, Token

CROSSED_OUT = re.compile(r"^\W*(?:[Xx]{4,}|█+|■{3,}|[\[(<{]REDACTED[\])>}])\W*$")
BAR_HEIGHTS = (6.0, 60.0)
NARROWEST_BAR = 12.0
EVEN = 40
# How dark a black box is on the drawn page, and how much of it is where it is hatched: letters, also bold
# capitals, are dark in less than half of their place.
BLACK, MOSTLY = 90, 0.65
DRAWN_SCALE = 2.0

Picture = NDArray[np.uint8]


def take_redacted(sheet: Sheet, document: pypdfium2.PdfDocument, *, keep: bool = False) -> None:
    """Take out the text under boxes, unless it is to be kept, and note all redactions on the sheet."""
    boxes = [ink for ink in sheet.boxes if ink.is_opaque]
    covering = _covering(boxes, sheet.tokens)
    bars = _bars(boxes, sheet)
    if covering or bars:
        drawn = _drawn(document, sheet)
        for ink, tokens in covering:
            hidden = [token for token in tokens if _is_unseen(drawn, sheet.frame, token, ink)]
            if hidden:
                _take_under(sheet, ink, hidden, keep=keep)
        for ink in bars:
            if _is_even(drawn, sheet.frame, ink.box):
                sheet.redactions.append(Redaction("box", "", sheet.frame.on_page(ink.box)))
    for token in sheet.tokens:
        if CROSSED_OUT.match(token.text):
            sheet.redactions.append(Redaction("mark", token.text, sheet.frame.on_page(token.box)))


def _covering(boxes: Iterable[Ink], tokens: Iterable[Token]) -> list[tuple[Ink, list[Token]]]:
    """The boxes that may hide tokens, and which."""
    ordered = sorted(tokens, key=_middle_y)
    heights = list(map(_middle_y, ordered))
    covering = []
    for ink in boxes:
        first, end = bisect_left(heights, ink.box.top - 1), bisect_right(heights, ink.box.bottom + 1)
        hidden = [token for token in ordered[first:end] if _may_hide(ink, token)]
        if hidden:
            covering.append((ink, hidden))
    return covering


def _middle_y(token: Token) -> float:
    return (token.top + token.bottom) / 2


def _may_hide(ink: Ink, token: Token) -> bool:
    """Whether the box is painted over letters of a token beside it, or is dark behind dark ones."""
    box = ink.box
    if ink.level <= token.level and (not ink.is_dark or token.style.is_white):
        return False
    return any(box.x0 <= x <= box.x1 for x in _middles(token))


def _middles(token: Token) -> Iterator[float]:
    for left, right in pairwise(token.edges):
        yield (left + right) / 2


def _overlap(box: Box, other: Box) -> Box:
    return Box(
        max(box.x0, other.x0),
        max(box.top, other.top),
        min(box.x1, other.x1),
        min(box.bottom, other.bottom),
    )


def _bars(boxes: Sequence[Ink], sheet: Sheet) -> list[Ink]:
    """The black bars in the place of words, and those that go on from one on the next line."""
    bars: list[Ink] = []
    others: list[Ink] = []
    for ink in boxes:
        if _is_bar_shaped(ink, sheet):
            (bars if _is_among_words(ink, sheet) else others).append(ink)
    return bars + [ink for ink in others if any(_goes_on(ink, bar) for bar in bars)]


def _goes_on(ink: Ink, bar: Ink) -> bool:
    """Whether the box stands right under or over the bar, as high as it is."""
    apart = max(ink.box.top - bar.box.bottom, bar.box.top - ink.box.bottom)
    return apart < 1.5 * bar.height and 0.7 < ink.height / bar.height < 1.4


def _is_bar_shaped(ink: Ink, sheet: Sheet) -> bool:
    """Whether the box is black, as high as a line, and without words on it."""
    low, high = BAR_HEIGHTS
    if not (ink.is_dark and low <= ink.height <= high and ink.width >= max(NARROWEST_BAR, 0.8 * ink.height)):
        return False
    box = ink.box
    return not any(token.x0 < box.x1 - 1 and token.x1 > box.x0 + 1 for token in _beside(box, sheet))


def _beside(box: Box, sheet: Sheet) -> list[Token]:
    return [token for token in sheet.tokens if box.top < _middle_y(token) < box.bottom]


def _is_among_words(ink: Ink, sheet: Sheet) -> bool:
    """Whether a box that is shaped like a bar stands where words would: beside some, or between lines."""
    box, middle = ink.box, (ink.box.top + ink.box.bottom) / 2
    if any(_is_next_to(token, box) for token in _beside(box, sheet)):
        return True
    near = [token for token in sheet.tokens if 0 < abs(_middle_y(token) - middle) < 30]
    over = any(token.bottom <= box.top + 3 and token.x0 < box.x1 and token.x1 > box.x0 for token in near)
    under = any(token.top >= box.bottom - 3 and token.x0 < box.x1 and token.x1 > box.x0 for token in near)
    return over and under and ink.width >= 0.3 * sheet.width


def _is_next_to(token: Token, box: Box) -> bool:
    """Whether the token stands on the bar's line, close to it and about as high."""
    apart = max(token.x0 - box.x1, box.x0 - token.x1)
    is_as_high = 0.6 * token.size <= box.bottom - box.top <= 2.2 * token.size
    return apart < 2.5 * token.size and is_as_high and not token.style.is_white


def _take_under(sheet: Sheet, ink: Ink, hidden: list[Token], *, keep: bool) -> None:
    covered: list[str] = []
    left: list[Token] = []
    for token in sheet.tokens:
        if token not in hidden:
            left.append(token)
            continue
        pieces = list(_pieces(token, ink.box))
        covered.append("".join(text for text, _, is_covered in pieces if is_covered))
        left += _kept(token, pieces)
    words = " ".join(covered)
    # The typed lines of a form, which a white box to tick stands over, are no words.
    has_words = any(letter.isalnum() for letter in words)
    if has_words or not ink.is_white:
        kind: Literal["box", "white"] = "white" if ink.is_white else "box"
        sheet.redactions.append(Redaction(kind, words, sheet.frame.on_page(ink.box)))
    if not (keep and has_words):
        sheet.tokens = left


def _pieces(token: Token, box: Box) -> Iterator[tuple[str, tuple[float, ...], bool]]:
    """The token cut where the box begins and ends: letters, their edges, and whether they are covered."""
    flags = [box.x0 <= x <= box.x1 for x in _middles(token)]
    start = 0
    for index in range(1, len(flags) + 1):
        if index == len(flags) or flags[index] != flags[start]:
            yield token.text[start:index], token.edges[start : index + 1], flags[start]
            start = index


def _kept(token: Token, pieces: Iterable[tuple[str, tuple[float, ...], bool]]) -> Iterator[Token]:
    for text, edges, is_covered in pieces:
        if not is_covered:
            yield replace(token, text=text, edges=edges, glued=False, raised=False)


def _drawn(document: pypdfium2.PdfDocument, sheet: Sheet) -> Picture:
    """The page as it is shown, in grey."""
    page = document[sheet.number - 1]
    try:
        bitmap = page.render(scale=DRAWN_SCALE, grayscale=True, may_draw_forms=False)
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    finally:
        page.close()


def _is_even(drawn: Picture, frame: Frame, box: Box) -> bool:
    """Whether nearly all of the place is of one colour."""
    part = _cut(drawn, frame.on_page(box), margin=1)
    if part.size < 4:
        return False
    low, high = np.percentile(part, (4, 96))
    return bool(high - low <= EVEN) or _is_mostly_black(part)


def _is_unseen(drawn: Picture, frame: Frame, token: Token, ink: Ink) -> bool:
    """Whether nothing of the token can be seen where the box is; the box itself may be hatched."""
    part = _cut(drawn, frame.on_page(_overlap(token.box, ink.box)), margin=0)
    if part.size < 4:
        return False
    if int(part.max()) - int(part.min()) <= EVEN:
        return True
    return ink.is_dark and ink.level > token.level and _is_mostly_black(part)


def _is_mostly_black(part: Picture) -> bool:
    return bool((part <= BLACK).mean() >= MOSTLY)


def _cut(drawn: Picture, box: Box, *, margin: int) -> Picture:
    scale = DRAWN_SCALE  # only whole pixels count: at the edges a box is mixed with what is beside it
    top, bottom = int(box.top * scale) + margin + 1, int(box.bottom * scale) - margin
    left, right = math.ceil(box.x0 * scale) + margin, int(box.x1 * scale) - margin
    return drawn[max(top, 0) : bottom, max(left, 0) : right]
