"""Suggests what rules can tell in legal text: citations, courts, people, dates, sums, what is decided.

Rules know the labels of the schema `legal-news` by their ids; in other schemas they suggest what has such an
id. Confidences are rough, and measured in docs/suggestions.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.stretches import crosses, joined
from annotator.suggest.case_names import CaseNames
from annotator.suggest.suggester import Subject
from annotator.suggest.suggestion import Suggestion
from annotator.text import begins_sentences

NAME = "rules"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_NAME = r"[A-Z](?:[\w-]|[’'](?!s\b))+"
_FULL_NAME = rf"(?:[A-Z]\. |St\. |{_NAME} ){{0,3}}{_NAME}(?:,? (?:Jr|Sr)\.|, I{{1,3}}\b)?"
_HONORIFIC = "|".join(rf"(?<=\b{title}\.\s)" for title in ("Mr", "Ms", "Mrs", "Dr", "Prof"))
_FORM = r"(?:Inc\.|INC\.|LLC|LLP|L\.P\.|Ltd\.|LTD\.|Limited|Corp\.)"
_PLAIN = rf"(?!{_FORM})[A-Z][\w’&-]*"
_TITLE = (
    r"(?:(?:U\.S\.|United States|Presiding|Chief|Senior|Circuit|District|Magistrate|Bankruptcy|"
    r"Associate)\s){0,3}"
    r"(?:Judge|Justice(?! Department)|JUDGE(?! Date))"
)
_PROPER = r"(?!(?:OF|FOR|THE|TO)\b)[A-Z][\w’]+"
_OF = rf"(?: (?:of|for|OF|FOR) (?:the |THE )?(?:{_PROPER} ){{0,3}}{_PROPER})"
_BODIES = re.compile(
    r"\b(?:Inc|LLC|LLP|L\.P|LP|Ltd|Limited|Corp|Corporation|Co|Company|Bank|Group|Association|Foundation|Union|"
    r"Trust|Fund|Department|University|Institute|Hospital|School|Church|Society|Alliance|Board|Commission|Committee|Council|"
    r"Agency|Authority|District|City|County|Town|State|Republic|United States)\b\.?",
    re.IGNORECASE,
)
_GENERIC = re.compile(rf"{_BODIES.pattern}|United|National|American|Regional|General", re.IGNORECASE)
_AND = re.compile(r"[A-Z][\w’-]*,? and ")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’-]* $")
_ASIDE = re.compile(
    r",?\s+et al\b.*$|,\s+(?:an?|individually|in h(?:is|er))\b.*$|\s+\(.*$|"
    r",\s+(?:Petitioner|Respondent|Plaintiff|Defendant|Appell(?:ant|ee))s?\b.*$",
    re.IGNORECASE,
)

# A pattern for each label, how sure it is, and what to say of it.
_PATTERNS: tuple[tuple[str, float, str, re.Pattern[str]], ...] = (
    (
        "date",
        0.95,
        "a date",
        re.compile(rf"\b{_MONTH}\s\d{{1,2}},\s\d{{4}}\b|\b\d{{1,2}}\s{_MONTH}\s\d{{4}}\b"),
    ),
    ("date", 0.9, "a date", re.compile(rf"\b{_MONTH}\s(?:of\s)?\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b")),
    ("date", 0.9, "a date", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th) day of {_MONTH},? \d{{4}}\b")),
    ("date", 0.9, "a date", re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b(?!-)")),
    ("date", 0.6, "a year", re.compile(r"(?<![\d$:,.(/-])(?<!No\. )\b(?:19|20)\d\d\b(?![\d%:)/-])")),
    (
        "money",
        0.95,
        "a sum",
        re.compile(r"(?:US)?[$€£]\s?\d+(?:,\d{3})*(?:\.\d+)?(?:\s(?:thousand|million|billion|trillion))?"),
    ),
    (
        "docket",
        0.9,
        "a docket number",
        re.compile(
            r"\b(?:(?:Case|Docket|Dkt\.|ECF|D\.E\.|(?:State )?File|Civil Action|Civ\.|Criminal)\s)?Nos?\.\s"
            r"(?=[\w:–-]*\d)(?:\d+:)?[\w–-]+(?:-\w+)*(?:\s\([A-Z]+\))?|\b\d:\d\d-(?:cv|cr|mc|md)-\d{3,5}(?:-[A-Z]+)*\b"
        ),
    ),
    ("exhibit", 0.9, "an exhibit", re.compile(r"\bEx(?:hibit|h?\.)s?\s(?:[A-Z]{1,2}\b|\d+)(?:[-–]\d+)?")),
    ("judge", 0.9, "named with the title", re.compile(rf"\b{_TITLE}\s{_FULL_NAME}")),
    ("judge", 0.9, "named with the title", re.compile(rf"\b(?:Hon\.|(?:THE |The )Honorable)\s{_FULL_NAME}")),
    (
        "judge",
        0.85,
        "named with the title",
        re.compile(
            rf"\b{_FULL_NAME},\s(?:(?:Presiding|Chief|Senior|Circuit|District|Magistrate|Bankruptcy)\s)*Judge\b"
        ),
    ),
    (
        "judge",
        0.85,
        "signs as the judge",
        re.compile(
            rf"^{_FULL_NAME}(?=,?\n\s*(?:(?:United States|UNITED STATES|U\.S\.) )?"
            r"(?:(?:Chief|Senior|Circuit|District|Magistrate|Bankruptcy) )*(?:Judge|JUDGE)\b)",
            re.MULTILINE,
        ),
    ),
    ("person", 0.8, "named with a title", re.compile(rf"(?:{_HONORIFIC}){_FULL_NAME}")),
    (
        "organization",
        0.8,
        "a name with its legal form",
        re.compile(
            rf"\b(?!(?:On|In|The|A|Defendants?|Plaintiffs?|Appellants?|Appellees?)\b)(?:{_PLAIN},? and )?"
            rf"(?:[A-Z]\.\s?)*{_PLAIN}(?:\s(?:&\s)?{_PLAIN}){{0,4}},?\s{_FORM}"
        ),
    ),
    (
        "organization",
        0.75,
        "a name that ends as those of bodies do",
        re.compile(
            r"\b(?!(?:The|This|That|Our|Your|Each|Every|No|Any)\b)(?:[A-Z][\w’-]+\s(?:&\s)?){1,4}"
            r"(?:Company|Corporation|University|Commission|Authority|Agency|Association|Foundation|Bank|"
            r"(?<!Appeals\s)Board|Bureau|Institute|College|Hospital|Union|Alliance|Council|Society)\b"
            r"(?!\s(?:of|for)\b|,? (?:Inc|LLC|LLP|Ltd|Corp)\b)"
        ),
    ),
)
_COURTS = (
    re.compile(
        r"\b(?:UNITED STATES|U\.S\.) DISTRICT COURT\s+(?:FOR THE\s+)?"
        r"(?:(?:NORTHERN|SOUTHERN|EASTERN|WESTERN|MIDDLE|CENTRAL) )?DISTRICT OF [A-Z]+(?: [A-Z]+)?\b"
    ),
    re.compile(
        rf"\b(?:(?:U\.S\.|United\sStates|UNITED\sSTATES)\s)?(?:(?:{_PROPER} ){{0,3}})"
        rf"(?:Court|COURT){_OF}{{1,3}}"
    ),
    re.compile(r"\b(?:(?:U\.S\.|United States)\s)?Supreme Court(?:\sof\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?"),
    re.compile(
        r"\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Federal|"
        r"D\.C\.) Circuit"
    ),
    re.compile(r"\b(?:Northern|Southern|Eastern|Western|Middle|Central) District of [A-Z]\w+(?:\s[A-Z]\w+)?"),
)
_HEAD = 2_000  # letters in which a caption stands
_SIDE = re.compile(
    r"^(?P<names>[A-Z][A-Z .,;&’'-]*(?:and [A-Z .,;&’'-]+)*?),(?: [^\n]{0,120}?,)?\s*"
    r"(?P<side>Plaintiff|Defendant|Petitioner|Respondent)s?\b",
    re.MULTILINE,
)
_DISTRICT = re.compile(r"\b\w+ District of \w+(?: \w+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The suggester of that name."""

    name: str = NAME
    summary: str = "Citations, courts, judges, parties, dates, sums, claims and what is decided, by rules"

    def suggest(self, subject: Subject) -> Iterator[Suggestion]:
        from annotator.suggest.cites import cites
        from annotator.suggest.cues import cues

        taken = list(cites(subject.text))
        yield from taken
        inside = [(each.start, each.end) for each in taken]
        others = (_patterns, _case_names, _courts)
        found = [each for rule in others for each in rule(subject.text)]
        for each in (*found, *_parties(subject), *_judge(subject)):
            # A year, court or number within a citation is part of it.
            if not any(start <= each.start and each.end <= end for start, end in inside):
                yield each
        yield from cues(subject)


RULES = Rules()


def _patterns(text: str) -> Iterator[Suggestion]:
    for label, sure, reason, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            joined_to = _AND.match(text, start, end)
            if joined_to is not None and _CAPITAL_BEFORE.search(text, 0, start):
                start = (
                    joined_to.end()
                )  # of “Water Board and Acme Inc.” the second, of “Create and Acme Inc.” both
            yield _made(label, (start, end), sure, reason)


def _case_names(text: str) -> Iterator[Suggestion]:
    """Cases that are named without a reporter."""
    for place in CaseNames(text).alone():
        yield _made("citation", place, 0.8, "the name of a case")


def _courts(text: str) -> Iterator[Suggestion]:
    """Courts by their names, the longest where they cross; surer where the database of courts has one."""
    from courts_db import find_court

    matches = sorted(
        (match.span() for pattern in _COURTS for match in pattern.finditer(text)),
        key=lambda place: place[0] - place[1],
    )
    known: dict[str, bool] = {}
    taken: list[Range] = []
    for start, end in matches:
        if crosses(taken, Range(start, end)):
            continue
        taken = joined((*taken, (start, end)))
        name = " ".join(text[start:end].split())
        if name not in known:
            district = _DISTRICT.search(name)
            known[name] = bool(find_court(name) or (district and find_court(district[0].title())))
        reason = "in the list of courts" if known[name] else "called a court"
        yield _made("court", (start, end), 0.95 if known[name] else 0.75, reason)


def _parties(subject: Subject) -> Iterator[Suggestion]:
    """The parties of the caption, wherever they stand, with the side that they are on."""
    caption = subject.metadata.get("caption")
    sides = re.split(r"\s+vs?\.?\s+", caption, maxsplit=1) if isinstance(caption, str) else []
    roles = ("plaintiff", "defendant")
    # “In re” names a matter, and no sides.
    found = list(zip(sides, roles, strict=True)) if len(sides) == 2 else _at_head(subject.text)
    for side, role in found:
        for name in _names(side):
            yield from _named(subject.text, name, role)


def _at_head(text: str) -> list[tuple[str, str]]:
    """The sides of a caption in the text itself: names in capitals, then which party they are."""
    return [
        (match["names"], "plaintiff" if match["side"][0] in "Pp" else "defendant")
        for match in _SIDE.finditer(text, 0, _HEAD)
    ]


def _names(side: str) -> Iterator[str]:
    """The names on one side of a caption."""
    parts = re.split(r";|,\s+(?:and|AND)\s+|\s+(?:and|AND)\s+(?=[A-Z])", side)
    while parts:
        name = _ASIDE.sub("", parts.pop(0)).strip(" ,;")
        if parts and " " not in name and _BODIES.search(parts[0]):
            name = f"{name} and {_ASIDE.sub('', parts.pop(0)).strip(' ,;')}"  # “Create and Construct, LLC”
        if len(name) > 2:
            yield name


def _named(text: str, name: str, role: str) -> Iterator[Suggestion]:
    label = "organization" if _BODIES.search(name) else "person"
    pattern = r"[\s,]+".join(re.escape(word.strip(",")) for word in name.split())
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        yield _made(label, match.span(), 0.9, f"a party of the caption, {role}", {"role": role})
    short = name.split()[0 if label == "organization" else -1].strip(",.").title()
    if len(short) > 3 and not (begins_sentences(short) or _GENERIC.fullmatch(short)):
        for match in re.finditer(rf"\b{re.escape(short)}\b(?! [A-Z])", text):
            yield _made(label, match.span(), 0.7, f"short for a party of the caption, {role}", {"role": role})


def _judge(subject: Subject) -> Iterator[Suggestion]:
    """The judges whom the document names at its head, under the name alone as well."""
    said = subject.metadata.get("judge")
    judge = said if isinstance(said, str) else ""
    panel = re.split(r",\s+(?:and\s+)?|\s+and\s+", judge) if " and " in judge else [judge]
    for name in filter(None, map(str.strip, panel)):
        pattern = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"\b{pattern}\b", subject.text, re.IGNORECASE):
            yield _made("judge", match.span(), 0.85, "the judge of the document")


def _made(
    label: str, place: tuple[int, int], sure: float, reason: str, values: dict[str, str] | None = None
) -> Suggestion:
    return Suggestion((Fragment(*place),), label, sure, NAME, reason, values or {})
