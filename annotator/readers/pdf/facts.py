"""What a filing says about itself: court, caption, docket number, date, judge, kind, signature, legends.

Read from the filing stamps and the first pages by the forms in which courts print them. Each fact keeps
the words it was read from; what is not found stays out, nothing is guessed.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from annotator.geometry import Furniture, Range
from annotator.model import JsonValue
from annotator.readers.pdf.case_names import bare, find_caption, is_name
from annotator.readers.pdf.judges import Judge, find_judge, find_signing_judge
from annotator.readers.pdf.pieces import Fact, Piece
from annotator.readers.pdf.titles import Heading, find_heading, kind_of_heading

DECISIONS = frozenset({"order", "opinion"})
MOST_PARAGRAPHS = 80

_NUMBER = (
    r"(?:\d{1,2}:\d{2}-[a-z]{1,4}-\d{2,6}(?:-[A-Za-z0-9]+)*"
    r"|(?:[A-Z]{1,4}[ -]?)?\d{2,4}[-–](?:[A-Za-z]{1,4}[-–])?\d{2,7}(?:[-–][A-Za-z0-9]{1,6})*)"
)
# As state courts and courts of one district number their cases: ED108783, 363A14-4, 18 B 09232, 31 Civ. 1042.
_LETTERED_NUMBER = (
    r"(?:[A-Z]{1,3}\d{5,8}|\d{2,4}[A-Z]{1,3}\d{2,5}(?:-\d+)?"
    r"|\d{2}\s(?:[A-Z]{1,2}|(?:Civ|Cr|Cv)\.)\s\d{3,5})\b"
)
DOCKET = re.compile(
    r"\b(?:(?:Civil|Criminal|Adversary)?\s*(?:Action|Case|Docket|Index|Cause)?\s*(?:No|Nos|Number|#)\b\.?|Case|"
    rf"Docket\s?#|Civ\.\s*(?:A\.\s*)?No\.)\s*:?\s*(?:MDL\s+)?({_LETTERED_NUMBER}|{_NUMBER}|\d{{5}}-\d{{2}}\b)",
    re.IGNORECASE,
)
STAMP_NUMBER = re.compile(rf"(?:Case|Appeal|No\.?)?[:#\s]*({_NUMBER})")
STAMP_DOCUMENT = re.compile(
    r"\b(?:Document|Doc(?:ket)?|DktEntry|ECF No\.?)[:#\s.]*(\d{1,12}(?:[-.]\d+)?)", re.I
)
STAMP_FILED = re.compile(r"\b(?:Filed|Date Filed|Entered)[:\s]*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
STAMP_DATE = re.compile(r"\b(\d{1,2}/\d{1,2}/\d{4})\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DATE = re.compile(
    rf"\b(?:Filed|Decided|Entered|Issued)\b[:,]?\s*({_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})",
    re.IGNORECASE,
)

COURT = re.compile(
    r"(?<![-–])\b(?:(?:district|circuit|superior|supreme|county|bankruptcy|tax|appellate|probate|family|trial|municipal)"
    r"\s+court|court\s+of\s+(?:\w+\s+){0,2}(?:appeals?|claims|justice|common\s+pleas|chancery|trade)|"
    r"workers.\s+compensation|appeals\s+board|court\s+of\s+the\s+united\s+states)\b",
    re.IGNORECASE,
)
COURT_GOES_ON = re.compile(
    r"^(?:for\s+the\b|in\s+and\s+for\b|of\s+the\b|(?:northern|southern|eastern|western|central|middle)?\s*"
    r"district\s+of\b|county\s+of\b|[\w.' ]+\s+(?:division|circuit|county)$|workers.\s+compensation)",
    re.IGNORECASE,
)
SIGNED = re.compile(r"(?:^|\s)(/?s/\s*[A-Z][^\n]{2,60}|(?:Electronically|Digitally) signed by [^\n]{2,60})")
LEGEND = re.compile(
    r"\b(?:filed under seal|under seal$|redacted version|public version"
    r"|redacted (?:order|civil minutes|opinion)|(?:highly )?confidential\b|attorney[\s-]client privileged?"
    r"|attorneys['’]? eyes only|privileged (?:and|&) confidential|subject to (?:a )?protective order"
    r"|document sought to be sealed|sealed document)",
    re.IGNORECASE,
)
LONGEST_LEGEND = 90


def find_facts(pieces: Sequence[Piece], furniture: Sequence[tuple[int, Furniture]]) -> dict[str, Fact]:
    """All facts that could be read, by name; `furniture` comes with its page numbers."""
    stamps = [(page, item) for page, item in furniture if item.kind == "stamp"]
    first = list(pieces[:MOST_PARAGRAPHS])
    found: dict[str, Fact] = {}
    _read_stamps(found, stamps)
    heading = find_heading([piece.text for piece in first], [piece.is_bold for piece in first])
    for name, fact in (
        ("court", _court(first)),
        ("caption", find_caption(first)),
        ("docket_number", _first(DOCKET, first)),
        ("date_filed", _first(DATE, first)),
        ("judge", _judge(first, find_judge([piece.text for piece in first]))),
        ("heading", _heading(first, heading)),
        ("signed", _signed(pieces)),
    ):
        if fact is not None:
            found.setdefault(name, fact)
    if "date_filed" in found:
        filed = found["date_filed"]
        found["date_filed"] = replace(filed, value=_iso_date(filed.value))
    if "docket_number" in found:
        docket = found["docket_number"]
        found["docket_number"] = replace(docket, value=docket.value.replace("–", "-"))
    if is_filing(found):
        kind = _kind(first, heading) or _kind_by_foot(furniture)
        if kind is not None:
            found["kind"] = kind
        if "judge" not in found and kind is not None and kind.value in DECISIONS:
            signing = _judge(pieces, find_signing_judge([piece.text for piece in pieces]))
            if signing is not None:
                found["judge"] = signing
    return found


def find_legends(pieces: Sequence[Piece]) -> list[Fact]:
    """Legends of sealing and privilege, each a short line of its own, told once."""
    legends: dict[str, Fact] = {}
    for piece in pieces[:MOST_PARAGRAPHS]:
        if len(piece.text) <= LONGEST_LEGEND and LEGEND.search(piece.text) and _is_loud(piece):
            legend = piece.text.strip("*-–—• ")
            legends.setdefault(legend, piece.fact(legend, legend))
    return list(legends.values())


def _is_loud(piece: Piece) -> bool:
    return piece.text.isupper() or piece.is_bold or len(piece.text.split()) <= 4


def _read_stamps(found: dict[str, Fact], stamps: Sequence[tuple[int, Furniture]]) -> None:
    """Docket number, document number and date of the first stamp that has them."""
    for page, stamp in stamps:
        for name, pattern in (
            ("docket_number", STAMP_NUMBER),
            ("document_number", STAMP_DOCUMENT),
            ("date_filed", STAMP_FILED),
            ("date_filed", STAMP_DATE),
            ("date_filed", DATE),
        ):
            match = pattern.search(stamp.text)
            if match and name not in found:
                found[name] = Fact(match[1], stamp.text, page)


def _iso_date(printed: str) -> str:
    """A date in ISO 8601, month before day as US courts print it; as printed where it is no real date."""
    plain = printed.replace(".", "").replace(",", "").replace("Sept ", "Sep ")
    for form in ("%m/%d/%Y", "%m/%d/%y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"):
        with contextlib.suppress(ValueError):
            return datetime.strptime(plain, form).date().isoformat()
    return printed


def _first(pattern: re.Pattern[str], pieces: Sequence[Piece]) -> Fact | None:
    for piece in pieces:
        match = pattern.search(piece.text) if len(piece.text) < 400 else None
        if match:
            return piece.fact(match[1], match[0])
    return None


def _court(pieces: Sequence[Piece]) -> Fact | None:
    for index, piece in enumerate(pieces[:40]):
        if len(piece.text) > 140 or not COURT.search(piece.text) or not is_name(piece.text):
            continue
        last = piece
        parts = [piece.text]
        for other in pieces[index + 1 : index + 4]:
            if len(other.text) > 80 or not COURT_GOES_ON.search(other.text):
                break
            parts.append(other.text)
            last = other
        words = " ".join(parts)
        name = re.sub(r"^in the\s+", "", words, flags=re.IGNORECASE).replace("for the:", "for the")
        return Fact(name, words, piece.page, Range(piece.place.start, last.place.end))
    return None


def _judge(pieces: Sequence[Piece], judge: Judge | None) -> Fact | None:
    if judge is None:
        return None
    first, last = pieces[judge.first], pieces[judge.last]
    if first is last:
        return first.fact(judge.name, judge.words)
    return Fact(judge.name, judge.words, first.page, Range(first.place.start, last.place.end))


def _heading(pieces: Sequence[Piece], heading: Heading | None) -> Fact | None:
    if heading is None:
        return None
    piece = pieces[heading.index]
    return Fact(bare(heading.text), piece.text, piece.page, piece.place)


def _signed(pieces: Sequence[Piece]) -> Fact | None:
    for piece in reversed(pieces):
        match = SIGNED.search(piece.text) if len(piece.text) < 300 else None
        if match:
            return piece.fact(match[1].strip(), match[1])
    return None


def _kind(pieces: Sequence[Piece], heading: Heading | None) -> Fact | None:
    """The kind of document, by its heading or by how its first pages are made."""
    found = kind_of_heading(heading, [piece.text for piece in pieces])
    if found is None:
        return None
    kind, words = found
    stating = (piece for piece in pieces if words in piece.text)
    # The letters of a heading may be spaced out in print.
    piece = next(stating, None) or (pieces[heading.index] if heading is not None else None)
    return piece.fact(kind, words) if piece is not None else None


def _kind_by_foot(furniture: Sequence[tuple[int, Furniture]]) -> Fact | None:
    """The kind by the title that pleadings repeat at the foot of each page."""
    for page, item in furniture:
        if item.kind == "footer":
            found = kind_of_heading(Heading(0, item.text), ())
            if found is not None:
                return Fact(found[0], item.text, page)
    return None


def kind_of_document(facts: Mapping[str, Fact]) -> str:
    """The kind found; a filing whose kind was not found counts as a brief, all else as an article."""
    if "kind" in facts:
        return facts["kind"].value
    return "brief" if is_filing(facts) else "article"


def is_filing(facts: Mapping[str, Fact]) -> bool:
    """Whether the document comes out of a court's files."""
    return bool(facts.keys() & {"court", "docket_number", "caption"})


def title_of(facts: dict[str, Fact]) -> str:
    """A title for lists: what the document is headed, else its caption; "" for neither."""
    named = facts.get("heading") or facts.get("caption")
    if named is None:
        return ""
    title = named.value
    bare = len(title.split()) <= 2 and "heading" in facts and "caption" in facts
    return f"{title}, {facts['caption'].value}" if bare else title


def metadata_of(facts: dict[str, Fact], legends: Sequence[Fact]) -> dict[str, JsonValue]:
    """Facts as a document's metadata: plain values, and under `facts` the words each came from."""
    plain: dict[str, JsonValue] = {name: fact.value for name, fact in facts.items() if name != "kind"}
    if legends:
        plain["legends"] = [fact.value for fact in legends]
    sources: dict[str, JsonValue] = {name: fact.as_json() for name, fact in facts.items()}
    if legends:
        sources["legends"] = [fact.as_json() for fact in legends]
    return plain | {"facts": sources} if sources else plain
