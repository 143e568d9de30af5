"""The heading of a filing, such as ORDER GRANTING MOTION TO DISMISS, and the kind of document it tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 260
MOST_SEARCHED = 45

_BRIEF = (
    r"motion|memorandum\s+(?:of|in)\b|brief\b|reply|opposition|response\s+(?:to|in)|complaint|answer\s+(?:to|and)|"
    r"petition\s+for|stipulation|declaration|notice\s+of|objections?\s+to|points\s+and\s+authorities|request\s+for"
)
_OPINION = (
    r"(?:memorandum\s+)?opinion|syllabus|memorandum\s+(?:findings|decision|disposition)|decision\s+and\b"
    r"|report\s+and\s+recommendation|findings\s+of\s+fact"
)
_ORDER = r"order|judgment|(?:civil|criminal)\s+minutes|mandate\b|injunction\b|decree"
_TRANSCRIPT = r"(?:videotaped\s+|oral\s+)?deposition\s+of|transcript\s+of|reporter['’]s\s+transcript"
_FORM = r"official\s+form|voluntary\s+petition|summons|civil\s+cover\s+sheet|docketing\s+notice|form\s+\d+"
KEYWORDS = (
    ("opinion", re.compile(rf"\b(?:{_OPINION})", re.IGNORECASE)),
    ("transcript", re.compile(rf"\b(?:{_TRANSCRIPT})", re.IGNORECASE)),
    ("form", re.compile(rf"\b(?:{_FORM})", re.IGNORECASE)),
    ("order", re.compile(rf"\b(?:{_ORDER})\b", re.IGNORECASE)),
    ("brief", re.compile(rf"\b(?:{_BRIEF})", re.IGNORECASE)),
)
PROPOSED = re.compile(r"[\[(]?\bproposed\b[\])]?\s+(?:\w+\s+){0,3}?(?:order|judgment)", re.IGNORECASE)
# How the body of an opinion or an order begins or ends where no heading names it.
OPINION_SIGNS = (
    re.compile(r"^Before:?\s.*\b(?:Judges|Justices)\b"),
    re.compile(r"\bdelivered the opinion\b"),
    re.compile(r"^(?:PER CURIAM\b|Syllabus$)"),
    re.compile(
        r"^[A-Z][A-Za-z'’ -]+, (?:Chief |Circuit |District |Senior |Associate )*(?:Judge|Justice)[.:]"
    ),
    re.compile(r"^(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w'’-]*,\s(?:[ACP]\.\s?)*J\.(?:,|$|\s*[-–—:(])"),
)
SPACED_OUT = re.compile(r"\b(?:[A-Z] ){3,}[A-Z]\b")
TRANSCRIPT_SIGNS = (
    re.compile(r"\b(?:came|comes) on for (?:oral argument|hearing|trial)\b"),
    re.compile(r"^P\s?R\s?O\s?C\s?E\s?E\s?D\s?I\s?N\s?G\s?S$"),
)
QUESTION = re.compile(r"^Q[.:]?\s")


@dataclass(frozen=True, slots=True)
class Heading:
    """The paragraph, by its index, that names the document, without blanks between the letters of a word."""

    index: int
    text: str


def find_heading(paragraphs: Sequence[str], bold: Sequence[bool]) -> Heading | None:
    """The first loud paragraph that names a kind of filing."""
    for index, printed in enumerate(paragraphs[:MOST_SEARCHED]):
        text = SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), printed)
        is_loud = _is_in_capitals(text) or (bold[index] and len(text.split()) <= 30)
        if len(text) <= LONGEST and is_loud and not _is_sentence(text) and _first_keyword(text) is not None:
            return Heading(index, text)
    return None


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) >= 0.7 * max(1, len(letters))


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith(".") and len(text.split()) > 12


def _first_keyword(text: str) -> tuple[str, str] | None:
    """The kind whose word comes first in the text, with that word."""
    found = [(match.start(), kind, match[0]) for kind, pattern in KEYWORDS if (match := pattern.search(text))]
    if not found:
        return None
    _, kind, word = min(found, key=lambda entry: entry[0])
    return kind, word


def kind_of_heading(heading: Heading | None, paragraphs: Sequence[str]) -> tuple[str, str] | None:
    """The kind of document and the words that tell it; None where nothing does."""
    if heading is not None:
        proposed = PROPOSED.search(heading.text)
        if proposed:
            return "proposed_order", proposed[0]
        named = _first_keyword(heading.text)
        if named is not None and named[0] != "brief":
            return named
    for kind, patterns in (("opinion", OPINION_SIGNS), ("transcript", TRANSCRIPT_SIGNS)):
        for text in paragraphs:
            for pattern in patterns:
                match = pattern.search(text)
                if match and len(text) < 4000:
                    return kind, match[0]
    if sum(QUESTION.match(text) is not None for text in paragraphs) >= 3:
        return "transcript", next(text for text in paragraphs if QUESTION.match(text))
    return _first_keyword(heading.text) if heading is not None else None
