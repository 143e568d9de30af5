"""Finds words or a pattern in a stored text. Results are in code points; a widget's own text is never asked.

A pattern is looked for with a limit of time, since some patterns would take longer than anybody lives; the
`regex` library can be stopped within a match, which `re` cannot.
"""

import re
from dataclasses import dataclass
from time import monotonic

from annotator.errors import InvalidSearch
from annotator.geometry import Range

PATIENCE = 0.5
"""Seconds that a pattern may take, while somebody types and waits."""

# A place more than so many is of no use to a person, and marking them would hold up the window.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find. Of words, a space stands for any white space; `is_whole` leaves out parts of words."""

    typed: str
    is_pattern: bool = False
    is_whole: bool = False
    match_case: bool = False


def find_all(text: str, wanted: Wanted, *, seconds: float = PATIENCE) -> list[Range]:
    """All places in order, none empty, up to `MOST`.

    Raises InvalidSearch for a pattern that cannot be read, or that takes more than so many seconds.
    """
    if not wanted.typed.strip():
        return []
    if wanted.is_pattern:
        return _find_pattern(text, wanted, seconds)
    words = r"\s+".join(map(re.escape, wanted.typed.split()))
    pattern = rf"(?<!\w){words}(?!\w)" if wanted.is_whole else words
    found: list[Range] = []
    for match in re.finditer(pattern, text, 0 if wanted.match_case else re.IGNORECASE):
        found.append(Range(*match.span()))
        if len(found) == MOST:
            break
    return found


def _find_pattern(text: str, wanted: Wanted, seconds: float) -> list[Range]:
    import regex

    typed = rf"(?<!\w)(?:{wanted.typed})(?!\w)" if wanted.is_whole else wanted.typed
    flags = regex.MULTILINE | (0 if wanted.match_case else regex.IGNORECASE)
    until = monotonic() + seconds
    found: list[Range] = []
    try:
        # By itself first: inside the parentheses above, a stray one would be taken for theirs.
        regex.compile(wanted.typed, flags)
        for match in regex.compile(typed, flags).finditer(text, timeout=seconds):
            if match.end() > match.start():
                found.append(Range(*match.span()))
            if len(found) == MOST:
                break
            if monotonic() > until:
                raise TimeoutError
    except regex.error as error:
        raise InvalidSearch(f"This pattern cannot be read: {error.msg}.") from error
    except TimeoutError as error:
        raise InvalidSearch("This pattern takes too long and was stopped; make it simpler.") from error
    return found
