"""Tells annotators what was decided of their own work, as notes that travel with their work.

A note is a Decision that decides nothing: it has one annotator's own vote and verdict, what gold got, why,
and `proposers` with whom it is for; nothing of others, not even who decided. It says what held when a
reviewer let it be read; what is decided later is told by letting it be read again.
"""

from collections.abc import Iterator
from dataclasses import replace

from annotator.adjudication.decisions import GAP, NO_OUTCOME, SECOND, heads
from annotator.adjudication.told import TOLD, is_told_to
from annotator.model import Decision, Result, new_id, now
from annotator.services.reviewing import AnyUnit, Review, review
from annotator.store import Store


def notes_for(store: Store, document: str, annotator: str) -> tuple[Decision, ...]:
    """The notes that hold for an annotator in a document, the first that says that it may be read at all."""
    return heads(each for each in store.decisions(document) if is_told_to(each, annotator))


def notes_to_write(store: Store, document: str) -> tuple[Decision, ...]:
    """What makes the notes of a document true for everybody who has finished it, or got it back.

    For each there is one without a verdict, which says that it may be read and takes the place of notes that
    do not hold any more; and one for each decision that is not told yet.
    """
    of = review(store, document)
    people = {row.annotator for row in store.assignments(document) if row.state in ("done", "returned")}
    found: list[Decision] = []
    for annotator in sorted(people):
        wanted = {_said(note): note for note in _notes(of, annotator)}
        known = notes_for(store, document, annotator)
        old = tuple(note.id for note in known if _said(note) not in wanted)
        told = set(map(_said, known))
        found.append(replace(_empty(of, annotator), supersedes=old))
        found += [note for says, note in wanted.items() if says not in told]
    return tuple(found)


def _said(note: Decision) -> str:
    """What a note says, whichever computer wrote it."""
    return repr((note.decided, note.candidates, note.results, note.verdicts, note.comment, note.rule_id))


def _empty(of: Review, annotator: str) -> Decision:
    return Decision(new_id(), of.document.id, None, TOLD, (annotator,), "", now(), text_sha256=of.text_sha256)


def _notes(of: Review, annotator: str) -> Iterator[Decision]:
    """A note for each message, and for each decision that holds, is not as they have it, or has a comment."""
    for message in of.messages:
        if message.proposers == (annotator,):
            yield _message(of, message, annotator)
    for unit in of.all_units:
        for decision in of.standing(unit.key).decisions:
            verdict = decision.verdicts.get(annotator, "")
            is_news = verdict and (verdict != "correct" or decision.comment)
            if is_news and decision.outcome not in NO_OUTCOME and SECOND not in decision.flags:
                yield _note(of, unit, decision, annotator)


def _note(of: Review, unit: AnyUnit, decision: Decision, annotator: str) -> Decision:
    return replace(
        _empty(of, annotator),
        decided=decision.decided,
        rule_id=decision.rule_id,
        reason=decision.reason,
        comment=decision.comment,
        text_sha256=decision.text_sha256 or of.text_sha256,
        layer=unit.layer,
        candidates=tuple(vote for vote in decision.candidates if vote.annotator == annotator),
        results=tuple(_result(of, each) for each in decision.results),
        verdicts={annotator: decision.verdicts[annotator]},
        flags=(GAP,) if GAP in decision.flags else (),
    )


def _message(of: Review, message: Decision, annotator: str) -> Decision:
    return replace(
        _empty(of, annotator),
        decided=message.decided,
        comment=message.comment,
        text_sha256=message.text_sha256,
        candidates=message.candidates,
        results=message.results,
    )


def _result(of: Review, result: Result) -> Result:
    """What gold got, without the ids of gold; a link stands where it starts."""
    starts = next((span.fragments for span in of.gold.spans if span.id == result.source), ())
    return replace(result, annotation="", source="", target="", fragments=result.fragments or starts)
