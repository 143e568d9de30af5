"""Tables of contents and of authorities: which lines are in one, and where an entry of it ends.

An entry goes on, line by line, until it comes to its page number, which leaders or white lead to.
"""

import re
from collections.abc import Sequence

from annotator.readers.pdf.lines import Line

LEADERS = re.compile(r"(?:(?:\.\s?){4,}|(?:\. ){3,})\s*(?:[\divxlcIVXLC,& –-]|n\.|passim){0,40}$")
FEWEST_ENTRIES = 3
AT_THE_EDGE = 0.4
"""How far from the right edge a page number may end, in letters' sizes."""

WIDE_GAP = 1.5
BROKEN = 0.5
"""The share of a column's width that a line has at least which is broken because it is full."""

_PAGE = re.compile(r"^Pages?(?:\(s\))?:?$", re.IGNORECASE)
_GROUP = re.compile(
    r"(?i)^[a-z ,&/]{0,40}\b(?:cases|statutes|rules|regulations|authorities|provisions|constitutions?|"
    r"treatises|materials|miscellaneous)(?:[-–—]\s?continued)?:?$"
)


def is_contents(lines: Sequence[Line], right: float) -> bool:
    """Whether lines in a column that reaches to `right` are, or hold, a table of contents."""
    if sum(LEADERS.search(line.text) is not None for line in lines) >= FEWEST_ENTRIES:
        return True
    numbered = sum(_is_led_by_white(line, right) for line in lines)
    return numbered >= FEWEST_ENTRIES and numbered * 2 >= len(lines)


def stands_over_entries(line: Line) -> bool:
    """Whether the line heads a column or a group of entries: "Page", "Cases", "Rules:"."""
    return _PAGE.match(line.tokens[-1].text) is not None or _GROUP.match(line.text) is not None


def goes_on_further_in(before: Line, line: Line, width: float) -> bool:
    """Whether a line is the rest of an entry that began further out: a case's cite under its name."""
    if line.x0 <= before.x0:
        return False
    return before.text.endswith(",") or before.width > BROKEN * width


def _is_led_by_white(line: Line, right: float) -> bool:
    """Whether a page number stands at the edge, with words before it and white between."""
    if len(line.tokens) < 2 or not is_numbered(line, right):
        return False
    before, last = line.tokens[-2:]
    is_word = any(letter.isalpha() for letter in before.text)
    return is_word and last.text.isdecimal() and last.x0 - before.x1 > WIDE_GAP * line.size


def is_numbered(line: Line, right: float) -> bool:
    """Whether the line ends with a number at the edge, which may leave no room for leaders or a blank."""
    last = line.tokens[-1]
    return last.text[-1].isdecimal() and right - last.x1 < AT_THE_EDGE * line.size
