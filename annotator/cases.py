"""Which case a document belongs to: docket numbers in one spelling, parties of a caption, proposals.

A docket number is compared by its key: "4:19-cv-07123-PJH", "19-CV-7123" and "19 Civ. 7123" are one, since
office, judge and leading zeros are written or not. Two courts may give the same number, so where both
courts are known they must agree. Nothing here decides: a proposal is for a person to confirm.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from annotator.model import CourtCase

Reason = Literal["number", "caption", "parties"]

FILING_HEAD = 5000  # code points of a filing in which it names the case that it came from
MENTIONS = 2  # how often an article must name each side to be about the case

_TYPES = {"c": "cv", "civ": "cv", "civil": "cv", "crim": "cr", "misc": "mc"}
_DISTRICT = re.compile(
    r"(?<![\w:-])(?:\d{1,2}:)?(?P<year>\d{4}|\d{2})[- ](?P<type>[A-Za-z]{1,4})\.?[- ](?P<serial>\d{2,6})"
    r"(?:[- ]?\([A-Z]{2,5}\)|(?:-[A-Z]{2,4}){1,3}(?![\w-]))?(?!\d)"
)
_TYPE_FIRST = re.compile(
    r"(?<![\w:-])(?P<type>C|CV|Civ|CR|MC)\.?[- ](?P<year>\d{2})-(?P<serial>\d{2,6})(?![\d-])", re.IGNORECASE
)
_APPEAL = re.compile(r"(?<![\w:./-])(?P<year>\d{2})[-–](?P<serial>\d{2,6})(?![\w-])")
_ASKED_APPEAL = re.compile(
    r"\b(?:Nos?\.|Case(?: Nos?\.)?|Docket(?: Nos?\.)?)[:\s]\s*(?P<year>\d{2})[-–](?P<serial>\d{2,6})(?![\w-])"
)
_BELOW = re.compile(r"\bD\.?\s?C\.?\s+(?:Docket\s+)?Nos?\.?:?\s+(\S+)")
_DISTRICT_NAME = re.compile(
    r"(?:(northern|southern|eastern|western|central|middle)\s+)?district\s+of\s+([a-z]+(?:\s(?!division)[a-z]+)?)",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\s+(?:v|vs)\.?\s+", re.IGNORECASE)
_NAME_WORD = r"(?:[A-Z][\w.&’'-]*|of|the|and|et al\.)"
_CAPTION = re.compile(rf"{_NAME_WORD}(?:,? {_NAME_WORD})* v\. [A-Z][\w.&’'-]*(?:,? {_NAME_WORD})*")
_COURT_AFTER = re.compile(
    r"\b(?:U\.?S\.?|United States) (?:District|Bankruptcy) Court for the (?:[A-Z]\w+ )?District of [A-Z]\w+"
    r"(?: [A-Z]\w+)?|\b(?:U\.?S\.?|United States) Court of Appeals for the [A-Z]\w+(?: [A-Z]\w+)? Circuit"
)
_SUFFIX = re.compile(
    r"\b(?:inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|plc|gmbh|group|technologies|"
    r"holdings|et al|international)\b\.?",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    {
        *("united states", "state", "people", "the people", "commonwealth", "city", "county", "usa", "us"),
        *("doe", "john doe", "jane doe"),
    }
)
_FIRST_PARTY = re.compile(r",\s+(?!(?:inc|llc|l\.p|ltd|corp)\b)|;|\s+and\s+|,?\s+et al\b", re.IGNORECASE)
_LED_IN = re.compile(r"^(?:(?:In|The|See|But)\s+|Indictment,\s+)")


@dataclass(frozen=True, slots=True)
class Described:
    """What a document says about its case. `text` is all of an article, at least the head of a filing."""

    document: str
    title: str
    kind: str
    docket_number: str = ""
    court: str = ""
    caption: str = ""
    text: str = ""

    @property
    def is_article(self) -> bool:
        return self.kind == "article"


class Proposed(NamedTuple):
    """A document that seems to belong to a case, and the words that say so."""

    document: str
    title: str
    kind: str
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Documents that seem to belong to one case. `case` is its id, "" where the case would be a new one."""

    case: str
    docket_number: str
    court: str
    caption: str
    documents: tuple[Proposed, ...]


def docket_keys(words: str) -> tuple[str, ...]:
    """The docket numbers in a field that holds nothing else, such as a case's own, by their keys."""
    found = _keys(words, _DISTRICT, _TYPE_FIRST)
    rest = words
    for pattern in (_DISTRICT, _TYPE_FIRST):
        rest = pattern.sub(" ", rest)
    return tuple(dict.fromkeys((*found, *_keys(rest, _APPEAL))))


def cited_dockets(text: str) -> dict[str, tuple[int, str]]:
    """The docket numbers that running text cites, by key: where each stands first, and as it is written.

    A number without a type, such as 20-16408, counts only behind "No." or "Case", since dates and
    telephone numbers look like it.
    """
    found: dict[str, tuple[int, str]] = {}
    for pattern in (_DISTRICT, _TYPE_FIRST, _ASKED_APPEAL):
        for match in pattern.finditer(text):
            found.setdefault(_key(match), (match.start(), match.group()))
    return dict(sorted(found.items(), key=lambda item: item[1][0]))


def sides(caption: str) -> tuple[tuple[str, ...], ...]:
    """The names of the parties on each side of a caption that tell it from others, without "Inc."."""
    return tuple(tuple(_party_names(side)) for side in _VERSUS.split(caption) if side.strip())


def short_caption(caption: str) -> str:
    """A caption with the first party of each side alone, as lists have room for it."""
    return " v. ".join(_FIRST_PARTY.split(side.strip(), maxsplit=1)[0] for side in _VERSUS.split(caption))


def names_parties(text: str, caption: str) -> tuple[str, ...]:
    """A party of each side that the text names at least twice; () unless it names one of every side."""
    found = []
    for names in sides(caption):
        named = next((name for name in names if len(_mentions(name, text)) >= MENTIONS), None)
        if named is None:
            return ()
        found.append(_mentions(named, text)[0])
    return tuple(found) if len(found) > 1 else ()


def propose(
    documents: Iterable[Described], cases: Sequence[CourtCase], members: Mapping[str, Set[str]]
) -> tuple[Proposal, ...]:
    """Which documents seem to belong together; `members` are the documents (ids) of each case (id).

    Filings come first, since they say what the case is called; then articles by what they cite.
    """
    listed = list(documents)
    groups = [_Group.of(case, members.get(case.id, frozenset())) for case in cases]
    for each in listed:
        if docket_keys(each.docket_number):
            _place_filing(groups, each)
    for each in listed:
        if not docket_keys(each.docket_number):
            _place_other(groups, each)
    return tuple(
        Proposal(group.case, group.docket_number, group.court, group.caption, tuple(group.found))
        for group in groups
        if group.found
    )


@dataclass(slots=True)
class _Group:
    """A case, or what seems to be one, while documents are found for it."""

    case: str
    docket_number: str
    court: str
    caption: str
    keys: set[str] = field(default_factory=set)
    members: Set[str] = frozenset()
    found: list[Proposed] = field(default_factory=list)

    @classmethod
    def of(cls, case: CourtCase, members: Set[str]) -> "_Group":
        keys = set(docket_keys(case.docket_number))
        return cls(case.id, case.docket_number, case.court, case.caption, keys, members)

    def add(self, document: Described, reason: Reason, words: str) -> None:
        if document.document not in self.members:
            self.found.append(Proposed(document.document, document.title, document.kind, reason, words))


def _place_filing(groups: list[_Group], filing: Described) -> None:
    own = docket_keys(filing.docket_number)
    below = docket_keys(" ".join(_BELOW.findall(filing.text[:FILING_HEAD])))
    group = _with_key(groups, own, filing.court) or _with_key(groups, below, "")
    if group is None:
        group = _Group("", filing.docket_number, filing.court, filing.caption)
        groups.append(group)
    group.keys |= {*own, *below}
    if not group.case:
        group.court = group.court or filing.court
        group.caption = group.caption or filing.caption
    group.add(filing, "number", filing.docket_number)


def _place_other(groups: list[_Group], document: Described) -> None:
    """Put a document that has no number of its own where it cites, or names the parties."""
    is_placed = False
    cited = cited_dockets(document.text) if document.is_article else {}
    for key, (start, words) in cited.items():
        group = _with_key(groups, (key,), "")
        if group is None:
            caption, court = _caption_before(document.text, start), _court_after(document.text, start)
            if not caption:
                continue
            group = _Group("", words, court, caption, {key})
            groups.append(group)
        group.add(document, "number", words)
        is_placed = True
    if is_placed:
        return
    for group in groups:
        named = names_parties(document.caption or document.text, group.caption) if group.caption else ()
        if document.caption and sides(document.caption) == sides(group.caption):
            group.add(document, "caption", document.caption)
        elif named and document.is_article:
            group.add(document, "parties", ", ".join(named))


def _with_key(groups: Iterable[_Group], keys: Iterable[str], court: str) -> _Group | None:
    wanted = set(keys)
    return next(
        (group for group in groups if wanted & group.keys and not _are_other_courts(group.court, court)), None
    )


def _are_other_courts(one: str, other: str) -> bool:
    """Whether two courts are district courts of different districts; unknown ones may be the same."""
    found = [_DISTRICT_NAME.search(court) for court in (one, other)]
    names = [" ".join(filter(None, match.groups())).casefold() for match in found if match is not None]
    return len(names) == 2 and names[0] != names[1]


def _keys(words: str, *patterns: re.Pattern[str]) -> list[str]:
    matches = [match for pattern in patterns for match in pattern.finditer(words)]
    return [_key(match) for match in sorted(matches, key=lambda match: match.start())]


def _key(match: re.Match[str]) -> str:
    parts = match.groupdict()
    kind = (parts.get("type") or "").casefold()
    serial = parts["serial"].lstrip("0") or "0"
    return "-".join(part for part in (parts["year"][-2:], _TYPES.get(kind, kind), serial) if part)


def _party_names(side: str) -> Iterator[str]:
    for party in re.split(r";|\band\b|&", side):
        name = " ".join(_SUFFIX.sub(" ", party.split(",")[0]).replace(".", " ").split())
        if len(name) > 2 and name.casefold() not in _SAYS_NOTHING:
            yield name.casefold()


def _mentions(name: str, text: str) -> list[str]:
    return re.findall(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)


def _caption_before(text: str, offset: int) -> str:
    """The caption in the words before a docket number, "" if there is none."""
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - 300) : offset]
    found = [match.group() for match in _CAPTION.finditer(line)]
    if not found:
        return ""
    return re.sub(r",?\s+(?:Case )?Nos?\.$", "", _LED_IN.sub("", found[-1])).rstrip(" ,(")


def _court_after(text: str, offset: int) -> str:
    match = _COURT_AFTER.search(text, offset, offset + 200)
    return "" if match is None else match.group()
