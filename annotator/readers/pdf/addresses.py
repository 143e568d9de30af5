"""Lines of address and signature blocks, which stand by themselves however little room they leave.

Such a block is as wide as its longest line, so that room at a line's end tells nothing there; what the
lines say does. A place with its postal code also stands inside running text, so that a line counts as
one of an address only where another one is near.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

LONGEST = 80
NEAR = 3
_PHONE = r"\(?\d{3}\)?[ .-]\s?\d{3}[ .–-]\d{4}"
_STREET = (
    r"street|st|avenue|ave|road|rd|boulevard|blvd|drive|lane|way|plaza|square|suite|ste|floor|highway|parkway|"
    r"pkwy|broadway|place|room"
)
_WORD = r"(?:[A-Z0-9][\w.,'’-]*|&|and|of|the)"
_ADDRESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)(?:tel(?:ephone)?|phone|fax|facsimile|cell|e-?mail)\b[.:]*\s*(?:[(+\d]|\S+@).*",
        r"\S+@\S+\.\w{2,}",
        rf"{_PHONE}(?:\s.*)?",
        r"[A-Z][\w .'’-]+,\s(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?|[A-Z]\.[A-Z]\.)\s\d{5}(?:[–-]\d{4})?",
        rf"(?i)(?:\d{{1,6}}|one|two)\s[\w .,'’#-]*\b(?:{_STREET})\b[\w .,#-]*|p\.?\s?o\.?\sbox\s\d+",
        rf"{_WORD}(?:\s{_WORD})*\s(?:LLP|L\.L\.P\.|LLC|P\.C\.|PC|PLLC|P\.L\.L\.C\.|APC|P\.A\.)",
        r"(?i)\(?(?:admitted\s)?pro hac vice(?:\s.*)?\)?",
        r"[A-Z][\w.'’ -]+\((?:SBN|(?:State\s)?Bar No\.?)[^)]*\)",
    )
)
CONTACTS = 4
"""How many of these, the first, are no words that a sentence can end with."""

_SIGNATURE = re.compile(r"(?i)(?:by:?\s*)?/?s/\s?\S.*")
_RANK = r"(?:the|chief|senior|presiding|united states|u\.\s?s\.)"
_COURT = r"(?:district|circuit|magistrate|bankruptcy|chief)"
_OFFICE = re.compile(
    rf"(?i)(?:{_RANK}\s)*{_COURT}\sjudge|(?:chief\s)?(?:deputy\s)?clerk(?:\sof\s(?:the\s)?court)?"
)
_COUNSEL = re.compile(r"(?i)(?:attorneys?|(?:lead\s|co-?)?counsel)\sfor\s.*")
_NAME = r"[A-Z][\w'’-]*"
_PERSON = re.compile(
    rf"{_NAME}(?:\s(?:{_NAME}|[A-Z]\.))*\s[A-Z]\.\s{_NAME}(?:,?\s(?:Jr|Sr|II|III|Esq)\.?)?|"
    rf"(?:(?:The|THE)\s)?(?:Hon\.|Honorable|HONORABLE)(?:\s(?:{_NAME}|[A-Z]\.)){{2,4}}"
)


def lines_alone(texts: Sequence[str]) -> set[int]:
    """The lines, by index, that are paragraphs of their own."""
    short = [text if len(text) <= LONGEST else "" for text in texts]
    address = [index for index, text in enumerate(short) if any(each.fullmatch(text) for each in _ADDRESS)]
    alone = {index for pair in pairwise(address) if pair[1] - pair[0] <= NEAR for index in pair}
    return alone | {
        index for index, text in enumerate(short) if _SIGNATURE.fullmatch(text) or _OFFICE.fullmatch(text)
    }


def kinds_of_lines(texts: Sequence[str]) -> set[int]:
    """Which kinds of lines of addresses and signatures there are, each kind as a number."""
    patterns = (*_ADDRESS, _SIGNATURE, _OFFICE, _PERSON, _COUNSEL)
    return {kind for kind, pattern in enumerate(patterns) if any(pattern.fullmatch(text) for text in texts)}


def is_contact(text: str) -> bool:
    """Whether the line is a telephone number, an e-mail address, or a place with its postal code."""
    return len(text) <= LONGEST and any(each.fullmatch(text) for each in _ADDRESS[:CONTACTS])


def is_person(text: str) -> bool:
    """Whether the line is a person's name and nothing else: one with an initial, or a judge's."""
    return _PERSON.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Whether the line is the office of a judge or a clerk and nothing else."""
    return _OFFICE.fullmatch(text) is not None
