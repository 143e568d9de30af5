"""The name of the case as captions print it: parties above and below a "v.", in one line, or "In re"."""

import re
from collections.abc import Sequence

from annotator.geometry import Range
from annotator.readers.pdf.pieces import Fact, Piece

VERSUS = re.compile(r"^[-–—]?\s?(?:v|vs|versus|against)\.?\s?[-–—]?$", re.IGNORECASE)
VERSUS_INSIDE = re.compile(r"^.{2,120}\s(?:v|vs)\.\s.{2,160}$", re.IGNORECASE)
ENDS_IN_VERSUS = re.compile(r"\s(?:v|vs)\.$", re.IGNORECASE)
IN_RE = re.compile(r"^in (?:re|the matter of):?$", re.IGNORECASE)
# How minutes and letters introduce the name of their case, and what they put behind it.
LABEL = re.compile(r"^(?:(?:short )?title:?|re:)\s+(?:case no\.?\s+[\w:-]+,\s+)?(?=.*\sv\.\s)", re.IGNORECASE)
MOST_LINES_OF_NAMES = 4
NUMBER_BEHIND = re.compile(r",\s+No\.\s.*$")
ROLE = re.compile(
    r"^[\w\s,()/–—-]*\b(?:plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|debtors?)\b[\w\s,()/–—.-]*$",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\b(?:warden|secretary|commissioner|director|administrator|superintendent|sheriff)\b", re.IGNORECASE
)
LONGEST_OFFICE = 6
FULL_STOP = re.compile(r"(?<=[A-Za-z]{5})\.$")
NO_PARTY = re.compile(
    r"\b(?:No\.|Case|Docket|Term|Argued|Court|District(?=\s+(?:Court|of)\b)|Appeal|Title)\b|ern\s+District\b|:",
    re.IGNORECASE,
)


def find_caption(pieces: Sequence[Piece]) -> Fact | None:
    """The caption of the case, from the first words that give one."""
    for index, piece in enumerate(pieces[:60]):
        if VERSUS.match(piece.text) and 0 < index < len(pieces) - 1:
            fact = _parties(pieces[:index][::-1], pieces[index + 1 :])
        elif IN_RE.match(piece.text):
            fact = _matter(pieces[index:])
        elif ENDS_IN_VERSUS.search(piece.text) and index + 1 < len(pieces):
            fact = _caption_line(_joined(piece, pieces[index + 1]))
        else:
            fact = _caption_line(piece)
        if fact is not None:
            return fact
    return None


def _joined(first: Piece, second: Piece) -> Piece:
    """Two paragraphs that are one name, cut by the print."""
    place = Range(first.place.start, second.place.end)
    return Piece(f"{first.text} {second.text}", place, first.page, first.is_bold)


def _parties(before: Sequence[Piece], after: Sequence[Piece]) -> Fact | None:
    """The caption that stands in lines of its own, above and below the "v."."""
    first, second = _party(before), _party(after)
    if first is None or second is None:
        return None
    above = before[before.index(first) + 1 :][:1]
    # The name stands above the office: "ADA T. KEEL," over "WARDEN,".
    named = [piece for piece in above if _is_office(first.text) and piece.text.endswith(",")]
    parties = " ".join(piece.text for piece in (*named, first))
    value = f"{parties.rstrip(', ')} v. {FULL_STOP.sub('', second.text.rstrip(', '))}"
    start = (named or [first])[0].place.start
    return Fact(bare(value), value, first.page, Range(start, second.place.end))


def _is_office(text: str) -> bool:
    return len(text.split()) <= LONGEST_OFFICE and OFFICE.search(text) is not None


def _caption_line(piece: Piece) -> Fact | None:
    """The caption that stands in one line, "X v. Y" or "In re X"."""
    text = piece.text
    if LABEL.match(text):
        text = NUMBER_BEHIND.sub("", LABEL.sub("", text))
    names = re.split(r"\s(?:v|vs)\.\s", text, maxsplit=1, flags=re.IGNORECASE)
    if len(text) < 240 and len(names) == 2 and VERSUS_INSIDE.match(text):
        is_caption = is_name(names[0]) and not NO_PARTY.search(names[0])
        return piece.fact(bare(text), text) if is_caption else None
    if re.match(r"^in re:?\s\S", text, re.IGNORECASE) and len(text) < 200:
        return piece.fact(bare(text.rstrip(",")))
    return None


def _matter(pieces: Sequence[Piece]) -> Fact | None:
    """The caption "In re" whom the paragraphs after it name, up to the one that says what they are."""
    names: list[Piece] = []
    for piece in pieces[1 : 2 + MOST_LINES_OF_NAMES]:
        if ROLE.match(piece.text) and names:
            # Only debtors are named one below the other here; other roles are those of a case in the matter.
            names = names if "debtor" in piece.text.casefold() else names[:1]
            break
        if NO_PARTY.search(piece.text) or len(piece.text) < 2:
            return None
        names.append(piece)
    else:
        names = names[:1]
    if not names:
        return None
    words = " ".join(piece.text for piece in (pieces[0], *names))
    value = "In re " + " ".join(piece.text for piece in names).rstrip(", ")
    return Fact(bare(value), words, pieces[0].page, Range(pieces[0].place.start, names[-1].place.end))


def bare(text: str) -> str:
    """The text without the footnote marks that its words carry."""
    return re.sub(r"(?<=[A-Za-z,.])\d{1,2}(?=\s|$)", "", text)


def _party(pieces: Sequence[Piece]) -> Piece | None:
    """The nearest paragraph that names a party rather than its role."""
    for piece in pieces[:4]:
        if not ROLE.match(piece.text) and len(piece.text) > 1:
            return None if NO_PARTY.match(piece.text) else piece
        if ROLE.match(piece.text) and "," in piece.text.rstrip(",.") and len(piece.text) > 40:
            return piece
    return None


def is_name(text: str) -> bool:
    """Whether the text is set as a name: capitals, or every longer word with one."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return text.isupper() or (bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words))
