"""What was decided of one annotator's work in a document, for that annotator to read.

It is read from the notes that `telling` wrote when a reviewer let it be read; so it is the same in the whole
project and in an annotator's package. Others are not told of: neither who they are nor what they had.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.adjudication.decisions import GAP
from annotator.desk import type_name
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Decision, Document, Fragment, Relation, TextVersion
from annotator.schema import LabelSchema
from annotator.services.locking import assignment_of
from annotator.services.telling import notes_for
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Remark:
    """A decision on what the annotator marked or did not: where, own and decided label, verdict, why.

    A message that is pinned to a span is its comment, without a verdict. `span` is the annotator's own span
    (an id), of a link the one that it starts at; "" where they had none or it is gone.
    """

    span: str
    start: int
    end: int
    words: str
    own: str
    decided: str
    verdict: str
    reason: str
    rule_id: str
    comment: str
    is_gap: bool


def feedback(store: Store, *, annotator: str, document: str) -> tuple[Remark, ...]:
    """What was decided otherwise than the annotator has it, or with a comment, in order of the text.

    What they have removed since, and gold does not have either, is not told any more. Raises InvalidEdit if
    they have not finished the document, or no reviewer has let it be read.
    """
    given = assignment_of(store, annotator=annotator, document=document)
    if given is None or given.state not in ("done", "returned"):
        raise InvalidEdit("What was decided can be read once you have finished the document.")
    notes = notes_for(store, document, annotator)
    if not notes:
        raise InvalidEdit("Nothing to read yet: a reviewer has to let annotators see what was decided here.")
    found = store.record(Document, document)
    version = None if found is None else store.record(TextVersion, found.text_version)
    if version is None:
        return ()
    text, schema = store.text(version.id), store.schema()
    remarks = (
        _remark(store, version, text, schema, note) for note in notes if note.verdicts or note.candidates
    )
    return tuple(
        sorted({each for each in remarks if each is not None}, key=lambda each: (each.start, each.end))
    )


def _remark(
    store: Store, version: TextVersion, text: str, schema: LabelSchema, note: Decision
) -> Remark | None:
    span, own = _own(store, schema, note)
    if note.text_sha256 != version.text_sha256 and (note.verdicts or not _is_on(span, version)):
        return None  # a message stays with a span that was carried over to another text
    pieces = [piece for result in note.results for piece in result.fragments]
    place: Sequence[Fragment] = pieces if span is None else span.fragments
    if not place:
        return None
    start, end = min(piece.start for piece in place), max(piece.end for piece in place)
    results = "; ".join(
        " ".join((type_name(schema, result.label), *(text[s:e] for s, e in result.fragments)))
        for result in note.results
    )
    return Remark(
        "" if span is None else span.id,
        start,
        end,
        text[start:end],
        own,
        results if note.verdicts else "",
        next(iter(note.verdicts.values()), ""),
        note.reason,
        note.rule_id,
        note.comment,
        GAP in note.flags,
    )


def _is_on(span: Annotation | None, version: TextVersion) -> bool:
    return span is not None and span.text_version == version.id


def _own(store: Store, schema: LabelSchema, note: Decision) -> tuple[Annotation | None, str]:
    """The annotator's own span and what its label, or the type of the link that starts at it, is called."""
    for vote in note.candidates:
        span = store.record(Annotation, vote.annotation)
        link = None if span is not None else store.record(Relation, vote.annotation)
        if span is not None:
            return span, type_name(schema, span.label)
        if link is not None:
            return store.record(Annotation, link.source), type_name(schema, link.type)
    return None, ""
