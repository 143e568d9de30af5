"""Who decides, as filings print it: a panel, who wrote an opinion, a judge in a caption or at the foot."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.readers.pdf.addresses import is_office

LONGEST = 900
MOST_LINES_OF_A_PANEL = 5
LINES_ON_THE_COURT_BELOW = 3
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z]\.|[A-Z][\w.'’-]*|Jr\.|III|II)){1,4}(?:,\s(?:Jr\.|III|II))?"
_JUDGES = r"(?:Circuit|District|Appellate|Associate)?\s*(?:Judges|Justices)"
_RANKS = r"(?i:(?:(?:Chief|Circuit|District|Magistrate|Presiding)\s+)*Judge)"
_SITTING = rf"{_NAME},\s(?:[ACP]\.\s?)*J\."
SITTING = re.compile(rf"^({_SITTING}(?:,?\s(?:and\s)?{_SITTING})+)$")
PANEL = re.compile(rf"^Before:?\s+(.{{5,200}}?),?\s+{_JUDGES}\b")
# Words that say who decides; then those that only name a judge, who may be the one of the court below.
_DECIDING = (
    PANEL,
    SITTING,
    re.compile(rf"^((?!Appeal)\S.{{5,160}}?),?\s+{_JUDGES}\.?$"),
    re.compile(rf"\b(?:[Jj]udge|[Jj]ustice|JUDGE|JUSTICE)\s+({_NAME}|[A-Z]+),?\s+delivered the opinion"),
)
_NAMED = (
    re.compile(rf"(?<!\[)\b(?:Hon\.|(?:The\s+)?Honorable|THE HONORABLE)\s+({_NAME})"),
    re.compile(rf"^(?:\w+ )?Judge:\s*(?:Hon\.\s*)?({_NAME})"),
    re.compile(
        rf"^(?:Present:\s(?:The\s)?)?({_NAME}),?\s+"
        r"(?:Chief\s+)?(?:United States|U\.?\s?S\.?)\s+(?:\w+\s+)?Judge\b",
        re.IGNORECASE,
    ),
    re.compile(rf"^([A-Z][\w.'’ -]{{2,40}}),\s+(?:{_RANKS}\b[.:]?|(?:(?:Chief|Associate)\s)?Justice[.:]$)"),
)
# What an appeal is from stands in the caption, with the judge who decided there.
BELOW = re.compile(
    r"^(?:On\s)?(?:Direct\s)?(?:Appeals?|Petition|Review|Certiorari)\b.*\bfrom\b", re.IGNORECASE
)
_BEFORE = re.compile(r"^Before:?$")


class Judge(NamedTuple):
    """A judge or a panel by name, and the paragraphs, from `first` to `last`, that say so in these words."""

    name: str
    words: str
    first: int
    last: int


def find_judge(texts: Sequence[str]) -> Judge | None:
    """Who the first pages say decides."""
    panel = _panel_in_lines(texts)
    if panel is not None:
        return panel
    for pattern in (*_DECIDING, *_NAMED):
        for index, text in enumerate(texts):
            match = pattern.search(text) if len(text) < LONGEST else None
            if match and not (pattern in _NAMED and _is_below(texts, index)):
                name = match[1].strip(" ,") if pattern is SITTING else match[1].strip(" ,.")
                return Judge(name, match[0], index, index)
    return None


def _is_below(texts: Sequence[str], index: int) -> bool:
    """Whether the caption names this judge as the one who decided what is appealed."""
    return any(BELOW.match(text) for text in texts[max(0, index - LINES_ON_THE_COURT_BELOW) : index])


def _panel_in_lines(texts: Sequence[str]) -> Judge | None:
    """A panel whose judges stand in lines of their own under "Before"."""
    for index, text in enumerate(texts):
        if not _BEFORE.match(text):
            continue
        for end in range(index + 2, index + 2 + MOST_LINES_OF_A_PANEL):
            words = " ".join(texts[index:end])
            match = PANEL.search(words)
            if match:
                return Judge(match[1].strip(" ,."), words, index, end - 1)
    return None


def find_signing_judge(texts: Sequence[str]) -> Judge | None:
    """The judge whose name stands over the office at the foot of an order, the last one."""
    for index in range(len(texts) - 1, 0, -1):
        if is_office(texts[index]) and re.fullmatch(_NAME, texts[index - 1]):
            return Judge(texts[index - 1], f"{texts[index - 1]} {texts[index]}", index - 1, index)
    return None
