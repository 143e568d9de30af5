"""Annotations that come without their text: tables of spans on documents that the project has.

They are held against the project's text, in the unit under which most words of the whole file agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from annotator.model import SetKind
from annotator.readers.claims import Claim, Claims
from annotator.readers.document import ReadDocument, ReadSet, RefusedSource
from annotator.readers.offset_units import Unit, UnitVotes
from annotator.readers.source import checked_text


@dataclass(frozen=True, slots=True)
class LoosePart:
    """What one annotator, or the gold layer, has on a document, as the file claims it."""

    annotator: str
    claims: tuple[Claim, ...]
    kind: SetKind = "annotator"


@dataclass(frozen=True, slots=True)
class LooseDocument:
    """Annotations on a document by its names: any of them may be its id, its title or its source's name.

    `place` says where in the file it is, `text_sha256` is "" where the file does not know its text.
    """

    names: tuple[str, ...]
    parts: tuple[LoosePart, ...]
    place: str
    reader: str
    reader_version: str
    text_sha256: str = ""


# What a reader gives, one after the other.
ReadPart: TypeAlias = ReadDocument | LooseDocument | RefusedSource


def unit_of(documents: Iterable[tuple[LooseDocument, str]]) -> Unit:
    """The unit under which most words of a file agree with the texts that its documents have."""
    votes = UnitVotes()
    for loose, text in documents:
        claims = [claim for part in loose.parts for claim in part.claims]
        votes.add(text, [(claim.pairs, claim.words) for claim in claims if claim.words])
        votes.add_unquoted(text, [pair for claim in claims if not claim.words for pair in claim.pairs])
    return votes.unit()


def placed_on(loose: LooseDocument, read: ReadDocument, unit: Unit) -> ReadDocument:
    """The document with the annotations, those that do not fit its text listed in its warnings.

    `read` has the text as the file has it, or as the project has. Raises UnreadableSource for one too long.
    """
    claims = Claims(read.text, unit, place=loose.place)
    sets: list[ReadSet] = [
        replace(claims.part(part.annotator, part.claims), kind=part.kind) for part in loose.parts
    ]
    text = checked_text(read.text, loose.place)
    return replace(
        read,
        text=text,
        source=text.encode(),
        reader=loose.reader,
        reader_version=loose.reader_version,
        sets=tuple(sets),
        warnings=(*read.warnings, *claims.warnings),
    )
