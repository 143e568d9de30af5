"""Code points to UTF-16 and back: the one place where the two are exchanged.

The domain counts Unicode code points; Qt counts UTF-16 units, of which an emoji has two.
"""

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class TextOffsets:
    """Positions in one text, both ways. A position inside a surrogate pair counts as before it."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        """Code points of the text."""
        self._wide = [] if text.isascii() else _wide(text)
        self._wide_qt = [offset + number for number, offset in enumerate(self._wide)]

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 position of a code point offset; offsets outside the text are drawn to its ends."""
        offset = min(max(code_point, 0), self.length)
        return offset + bisect_left(self._wide, offset)

    def from_qt(self, utf16: int) -> int:
        """The code point offset of a UTF-16 position; positions outside the text are drawn to its ends."""
        # Each wide character that begins before the position has put it off by one more.
        before = bisect_left(self._wide_qt, utf16)
        inside = before > 0 and self._wide_qt[before - 1] + 1 == utf16
        offset = self._wide[before - 1] if inside else utf16 - before
        return min(max(offset, 0), self.length)


def _wide(text: str) -> list[int]:
    """The offsets of the characters that take two UTF-16 units."""
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []  # the usual case, told a lot quicker than by looking for them
    return [match.start() for match in _WIDE.finditer(text)]
