"""pdfplumber's reading of a page whose text pdfium cannot map to letters, taken where it makes sense.

A font that is embedded without a map to Unicode often still has its own table from letters to glyphs;
pdfplumber looks into it, pdfium does not. It is asked for such pages only, since it takes several
times as long; scans have nothing to ask about.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from annotator.readers.pdf.reliability import has_sense, is_unmapped
from annotator.readers.pdf.sheet import Frame, Sheet, Style, Token

UNNAMED_GLYPH = "(cid:"
MOST_GLYPHS = 30_000
MOST_SECONDS = 60.0
MOST_VAIN = 2

_log = logging.getLogger(__name__)


class SecondOpinion:
    """Asks pdfplumber about single pages of one file, which it opens when first asked.

    A context manager. It gives up on a file that it fails on, that has cost it a minute, or of which two
    pages made no more sense to it: pages of a file share their fonts.
    """

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self._data, self._password = data, password
        self._stack = ExitStack()
        self._document: Any = None
        self._seconds_left = MOST_SECONDS
        self._vain = 0

    def __enter__(self) -> "SecondOpinion":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def ask(self, sheet: Sheet) -> None:
        """Put pdfplumber's words in the place of a page's own where those are no letters and these are."""
        if (
            self._has_given_up
            or sheet.frame.is_turned
            or not is_unmapped(sheet)
            or _makes_sense(sheet.tokens)
        ):
            return
        start = time.monotonic()
        try:
            tokens = list(self._tokens(sheet))
        except Exception as error:  # noqa: BLE001 - it raises anything on a damaged file; pdfium has read it
            _log.info("no second opinion on page %d: %s", sheet.number, type(error).__name__)
            self._seconds_left = 0.0
            return
        self._seconds_left -= time.monotonic() - start
        if _makes_sense(tokens):
            sheet.tokens, sheet.sideways, sheet.hidden = tokens, [], []
        else:
            self._vain += 1

    @property
    def _has_given_up(self) -> bool:
        return self._seconds_left <= 0 or self._vain >= MOST_VAIN

    def _tokens(self, sheet: Sheet) -> Iterator[Token]:
        if self._document is None:
            import pdfplumber

            self._document = self._stack.enter_context(
                pdfplumber.open(BytesIO(self._data), password=self._password)
            )
        page = self._document.pages[sheet.number - 1]
        try:
            if len(page.chars) <= MOST_GLYPHS:
                left, bottom, right, top = map(float, page.page_obj.mediabox)
                whole = Frame(left, bottom, right, top, sheet.frame.shown, sheet.frame.shown)
                for word in page.extract_words(return_chars=True, x_tolerance_ratio=0.25):
                    chars = [char for char in word["chars"] if char["upright"]]
                    if chars:
                        yield _token(chars, page, sheet.frame, whole)
        finally:
            page.close()


def _makes_sense(tokens: Sequence[Token]) -> bool:
    return has_sense([token.text for token in tokens])


def _token(chars: Sequence[Mapping[str, Any]], page: Any, frame: Frame, whole: Frame) -> Token:
    """A word out of its glyphs; places from the whole sheet of paper to the part that is shown."""
    left, top = page.mediabox[:2]
    boxes = [
        _moved(char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top, whole, frame)
        for char in chars
    ]
    first = chars[0]
    _, baseline = frame.point(*whole.own_point(first["matrix"][4], page.height - first["matrix"][5]))
    letters = ["\ufffd" if char["text"].startswith(UNNAMED_GLYPH) else char["text"] for char in chars]
    edges = [boxes[0][0]]
    for text, (x0, _, x1, _) in zip(letters, boxes, strict=True):
        start = max(edges[-1], x0)
        edges += [start + (max(x1, start) - start) * part / len(text) for part in range(1, len(text) + 1)]
    font = str(first["fontname"]).partition("+")[2] or str(first["fontname"])
    plain = font.lower()
    style = Style(
        font,
        round(float(first["size"]), 2),
        angle=0,
        is_bold=any(word in plain for word in ("bold", "black", "heavy")),
        is_italic="italic" in plain or "oblique" in plain,
    )
    return Token(
        "".join(letters),
        tuple(round(edge, 2) for edge in edges),
        min(box[1] for box in boxes),
        max(box[3] for box in boxes),
        baseline,
        style,
        level=0,
    )


def _moved(
    x0: float, top: float, x1: float, bottom: float, whole: Frame, frame: Frame
) -> tuple[float, float, float, float]:
    ax, ay = frame.point(*whole.own_point(x0, top))
    bx, by = frame.point(*whole.own_point(x1, bottom))
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
