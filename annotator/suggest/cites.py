"""Citations and statutes by eyecite, short forms resolved to their case; and named Acts.

eyecite takes seconds to import and a second for a long brief; this module is imported where it is used.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.model import Fragment
from annotator.suggest.suggestion import Suggestion

ORIGIN = "rules"
_FULL, _LAW, _SHORT, _ACT = 0.95, 0.95, 0.85, 0.9
_ACT_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]+(?:\s+(?:and|of|on|for|in|to|the|with)\s+|,?\s+)){1,8}Act(?:\s+of\s+\d{4})?\b"
)
_LEADING = re.compile(
    r"^(?:The|the|See|In|Under|A|An|This|That|But|And|Cf\.|Contra|e\.g\.,?|also|id)\b[\s,]*"
)
_V = re.compile(r"\s(?:v|vs)\.\s")
_ET_SEQ = re.compile(r"\s+et\s+seq\.?")
_JOINT = re.compile(r",\s+(?:\(?[A-Z]+\)?,\s+)?")


def cites(text: str) -> Iterator[Suggestion]:
    """The citations of cases, full and short, and of statutes with their names."""
    from eyecite import get_citations, resolve_citations
    from eyecite.models import CitationBase, FullCaseCitation, FullLawCitation

    found: list[Any] = list(get_citations(text))  # whose own types are not complete
    cases: dict[int, str] = {}
    for resource, some in resolve_citations(found).items():
        first = getattr(resource, "citation", None)
        name = _case(first) if isinstance(first, FullCaseCitation) else ""
        cases.update((id(each), name) for each in some)
    laws: list[tuple[int, int]] = []
    for each in found:
        if isinstance(each, FullLawCitation):
            laws.append(_law_place(text, each))
        elif isinstance(each, FullCaseCitation):
            yield _made("citation", _case_place(text, each), _FULL, "a full citation", _case(each))
        elif isinstance(each, CitationBase) and (name := cases.get(id(each), "")):
            reason = f"{type(each).__name__.removesuffix('Citation').lower()}, of {name}"
            yield _made("citation", _span(each), _SHORT, reason, name)
    yield from _laws(text, laws)


def _laws(text: str, laws: Iterable[tuple[int, int]]) -> Iterator[Suggestion]:
    """Statutes: a named Act and the cite right behind it are one."""
    cited = dict(laws)
    used = set()
    for match in _ACT_NAME.finditer(text):
        start = match.start()
        while leading := _LEADING.match(text[start : match.end()]):
            start += leading.end()
        joint = _JOINT.match(text, match.end())
        follows = joint.end() if joint is not None and joint.end() in cited else None
        end = match.end() if follows is None else cited[follows]
        if follows is not None:
            used.add(follows)
        yield _made("law", (start, end), _ACT, "a named Act")
    for start, end in cited.items():
        if start not in used:
            yield _made("law", (start, end), _LAW, "a statute")


def _span(cite: Any) -> tuple[int, int]:
    start, end = cite.span()
    return start, end


def _law_place(text: str, law: Any) -> tuple[int, int]:
    start, end = law.span()
    more = _ET_SEQ.match(text, end)
    return start, end if more is None else more.end()


def _case_place(text: str, cite: Any) -> tuple[int, int]:
    """The citation with its parties: eyecite may begin at a heading above, and leaves words before them."""
    start, end = cite.full_span()
    before = text[start : cite.span()[0]]
    versus = _V.search(before)
    line = before.rfind("\n", 0, len(before.rstrip()) if versus is None else versus.start()) + 1
    start += line
    while leading := _LEADING.match(text[start:end]):
        start += leading.end()
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _case(cite: Any) -> str:
    """A case by its name and first reporter, as a value to keep."""
    facts = cite.metadata
    parties = " v. ".join(party for party in (facts.plaintiff, facts.defendant) if party)
    return ", ".join(part for part in (parties, cite.corrected_citation()) if part)


def _made(label: str, place: tuple[int, int], sure: float, reason: str, case: str = "") -> Suggestion:
    attributes = {"case": case} if case else {}
    return Suggestion((Fragment(*place),), label, sure, ORIGIN, reason, attributes)
