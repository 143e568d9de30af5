"""Citations and statutes by eyecite, short forms resolved to their case; and named Acts.

eyecite takes seconds to import and a second for a long brief; this module is imported where it is used.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.suggest.case_names import CaseNames
from annotator.suggest.suggestion import Suggestion

ORIGIN = "rules"
_FULL, _LAW, _SHORT, _ACT, _PART = 0.95, 0.95, 0.85, 0.9, 0.8
_ACT_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]+(?:\s+(?:and|of|on|for|in|to|the|with)\s+|,?\s+)){1,8}Act(?:\s+of\s+\d{4})?\b"
)
_LEADING = re.compile(
    r"^(?:The|the|See|In|Under|A|An|This|That|But|And|Cf\.|Contra|e\.g\.,?|also|id)\b[\s,]*"
)
_APPENDIX = re.compile(r"\d+ App\. \d+")
_PIN = r"(?:[*§¶]+\s?)?[\d_][\d_*–—-]*+(?:,?\s(?:and\s)?nn?\.\s?\d+)?(?!\s[A-Z])"
_PINS = re.compile(rf"(?:,\s(?:at\s)?{_PIN})*")
_YEAR = re.compile(r"\s\((?:[^()\n]*\s)?(?:1[6-9]|20)\d\d\)")
_ET_SEQ = re.compile(r"\s+et\s+seq\.?")
_SUBSECTIONS = re.compile(r"(?:\(\w{1,4}\))+")
_SECTION_OF = re.compile(r"\b(?:Sections?|§§?)\s\d[\w.-]*(?:\(\w{1,4}\))*\sof\sthe\s$")
_RULES_OF_COURT = re.compile(
    r"\b(?:(?:Federal\sRules?\sof\s(?:Civil|Criminal|Appellate|Bankruptcy)\sProcedure|"
    r"Federal\sRules?\sof\sEvidence|Fed\.\sR\.\s(?:Civ\.\sP|Crim\.\sP|App\.\sP|Bankr\.\sP|Evid)\.|"
    r"Local\sRule|L\.R\.)\s)\d[\d.-]*(?<=\d)(?:\(\w{1,4}\))*"
)
# States whose revised statutes are cited by letters and numbers alone.
_OF_STATES = re.compile(
    r"\b(?:ORS|RCW|NRS|HRS|KRS|MCL|RSA|RSMo|A\.R\.S\.|C\.R\.S\.)\s(?:§\s?)?"
    r"\d[\d.:-]*(?<=\d)(?:\(\w{1,4}\))*"
)
_BARE = re.compile(r"\b(?:Rule|Section)\s\d[\d.-]*(?<=\d)(?:\(\w{1,4}\))*")
_NUMBERED = (
    (_RULES_OF_COURT, _LAW, "a rule of court"),
    (_OF_STATES, _LAW, "a statute"),
    (_BARE, _PART, "a rule or section"),
)
_JOINT = re.compile(r",\s+(?:\(?[A-Z]+\)?,\s+)?")


def cites(text: str) -> Iterator[Suggestion]:
    """The citations of cases, full and short, and of statutes with their names."""
    from eyecite import get_citations, resolve_citations
    from eyecite.models import CitationBase, FullCaseCitation, FullLawCitation

    found: list[Any] = list(get_citations(text))  # whose own types are not complete
    full = _full_citations(
        text,
        [each for each in found if isinstance(each, FullCaseCitation) and not _is_of_appendix(text, each)],
    )
    cases: dict[int, str] = {}
    for resource, some in resolve_citations(found).items():
        first = full.get(id(getattr(resource, "citation", None)))
        cases.update((id(each), "" if first is None else first.case) for each in some)
    for whole in dict.fromkeys(full.values()):
        yield _made("citation", whole.place, _FULL, "a full citation", whole.case)
    laws: list[tuple[int, int]] = []
    for each in found:
        if isinstance(each, FullLawCitation):
            laws.append(_law_place(text, each))
        elif isinstance(each, CitationBase) and id(each) not in full and (name := cases.get(id(each), "")):
            reason = f"{type(each).__name__.removesuffix('Citation').lower()}, of {name}"
            yield _made("citation", _short_place(text, each), _SHORT, reason, name)
    yield from _laws(text, laws)


@dataclass(frozen=True, slots=True)
class _Full:
    """A full citation, with its name and its parallel reporters; `case` is its name and first reporter."""

    place: Range
    case: str


def _full_citations(text: str, found: Sequence[Any]) -> dict[int, _Full]:
    """By the identity of eyecite's; those of parallel reporters are one."""
    names = CaseNames(text)
    by_id: dict[int, _Full] = {}
    by_reporter: dict[str, str] = {}  # the case, for where only its reporter is given again
    end, group = 0, list[Any]()
    for each in found:
        start, core_end = each.span()
        if group and not text[end:start].strip(" ,\n") and end:
            group.append(each)
        else:
            group = [each]
        behind = end
        name = names.before(start, behind=behind) if len(group) == 1 else None
        first = by_id.get(id(group[0]))
        end = _pinned(text, core_end)
        if first is not None:
            made = _Full(Range(first.place.start, end), first.case)
        else:
            reporter = each.corrected_citation()
            said = "" if name is None else " ".join(text[name.start : name.end].split())
            case = f"{said}, {reporter}" if said else by_reporter.get(reporter, reporter)
            by_reporter.setdefault(reporter, case)
            made = _Full(Range(_start(names, name, start, case, behind), end), case)
        by_id.update((id(one), made) for one in group)
    return by_id


def _start(names: CaseNames, name: Range | None, reporter: int, case: str, behind: int) -> int:
    """Where a citation begins: with its name, else a word of it, else its docket number, else there."""
    if name is not None:
        return name.start
    word = names.antecedent_before(reporter, case, behind=behind)
    docket = names.docket_before(reporter, behind=behind) if word is None else word
    return reporter if docket is None else docket


def _pinned(text: str, end: int) -> int:
    """The end of a citation behind its reporter: the pages that are meant, court and year."""
    pins = _PINS.match(text, end)
    end = end if pins is None else pins.end()
    year = _YEAR.match(text, end)
    return end if year is None else year.end()


def _short_place(text: str, cite: Any) -> tuple[int, int]:
    """A short form with its antecedent and page, without a stop or what is said of it in brackets."""
    (start, end), core = cite.full_span(), cite.span()
    if text[start:end][:1].islower() and not text[start:end].casefold().startswith(("id", "ibid")):
        start = core[0]
    aside = text.find(" (", core[0], end)
    end = end if aside < 0 else aside
    return start, start + len(text[start:end].rstrip(" ,;"))


def _is_of_appendix(text: str, cite: Any) -> bool:
    """Whether “1 App. 24” is of the appendix of a case: no reporter is called so without its state."""
    start, end = cite.span()
    return _APPENDIX.fullmatch(text[start:end]) is not None


def _laws(text: str, laws: Iterable[tuple[int, int]]) -> Iterator[Suggestion]:
    """Statutes: a named Act and the cite right behind it are one."""
    cited = dict(laws)
    used = set()
    for match in _ACT_NAME.finditer(text):
        start = match.start()
        while leading := _LEADING.match(text[start : match.end()]):
            start += leading.end()
        if text.find(" ", start, match.end()) < 0:
            continue  # “the Act”: which one is named elsewhere
        section = _SECTION_OF.search(text, 0, start)
        start = start if section is None else section.start()
        joint = _JOINT.match(text, match.end())
        follows = joint.end() if joint is not None and joint.end() in cited else None
        end = match.end() if follows is None else cited[follows]
        if follows is not None:
            used.add(follows)
        yield _made("law", (start, end), _ACT, "a named Act")
    for start, end in cited.items():
        if start not in used:
            yield _made("law", (start, end), _LAW, "a statute")
    for pattern, sure, reason in _NUMBERED:
        for match in pattern.finditer(text):
            yield _made("law", match.span(), sure, reason)


def _law_place(text: str, law: Any) -> tuple[int, int]:
    start, end = law.span()
    for pattern in (_SUBSECTIONS, _ET_SEQ):
        more = pattern.match(text, end)
        end = end if more is None else more.end()
    return start, end


def _made(label: str, place: tuple[int, int], sure: float, reason: str, case: str = "") -> Suggestion:
    attributes = {"case": case} if case else {}
    return Suggestion((Fragment(*place),), label, sure, ORIGIN, reason, attributes)
