"""Units with the same words and the same votes, over the whole project, to be decided as one of them was.

What is alike is what a reviewer would see alike: the words, each annotator's extent in them, labels and
attributes, and who has nothing there; where it stands says nothing.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from annotator.adjudication.decisions import NO_OUTCOME, is_automatic
from annotator.adjudication.standing import TO_DO
from annotator.adjudication.units import Unit
from annotator.errors import InvalidEdit
from annotator.model import Decision, Fragment
from annotator.progress import Job, Progress
from annotator.services.deciding import Ruling
from annotator.services.reviewing import Review, review
from annotator.store import Store

CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Alike:
    """A unit (its key) like the one decided, where it stands, in its words; and what it would be decided."""

    document: str
    title: str
    unit: str
    before: str
    words: str
    after: str
    ruling: Ruling


def alike(store: Store, *, document: str, unit: str) -> Job[tuple[Alike, ...]]:
    """The undecided units like one that a person has decided.

    Raises InvalidEdit if that one has no decision that can be carried over.
    """
    yield Progress(0, 0)
    here = review(store, document)
    wanted = next((each for each in here.units if each.key == unit), None)
    decision = here.standings.of[unit].decision if wanted is not None else None
    if wanted is None or decision is None or decision.outcome in NO_OUTCOME or is_automatic(decision):
        raise InvalidEdit("Decide this one first; then the others like it can be decided as it was.")
    signature = _signature(here, wanted)
    found = []
    documents = store.documents()
    for done, other in enumerate(documents):
        yield Progress(done, len(documents), other.title)
        of = here if other.id == document else review(store, other.id)
        found += [
            _alike(of, each, decision, each.start - wanted.start)
            for each in of.units
            # Documents with the same text have units of the same key.
            if (other.id, each.key) != (document, unit)
            and of.standing(each.key).state in TO_DO
            and _signature(of, each) == signature
        ]
    return tuple(found)


def _signature(of: Review, unit: Unit) -> Hashable:
    start = unit.start
    votes = frozenset(
        (
            each.annotator,
            tuple((piece.start - start, piece.end - start) for piece in each.span.fragments),
            each.span.label,
            tuple(sorted(each.span.attributes.items())),
        )
        for each in unit.candidates
    )
    return of.text[start : unit.end], unit.layer, votes, unit.absent


def _alike(of: Review, unit: Unit, decision: Decision, shift: int) -> Alike:
    results = tuple(
        replace(
            result,
            annotation="",
            fragments=tuple(Fragment(piece.start + shift, piece.end + shift) for piece in result.fragments),
        )
        for result in decision.results
    )
    outcome = decision.outcome
    ruling = Ruling(
        outcome,  # type: ignore[arg-type]
        results,
        reason=decision.reason,
        rule_id=decision.rule_id,
        comment=decision.comment,
        flags=decision.flags,
        seed=decision.seed,
    )
    return Alike(
        of.document.id,
        of.document.title,
        unit.key,
        of.text[max(0, unit.start - CONTEXT) : unit.start],
        of.text[unit.start : unit.end],
        of.text[unit.end : unit.end + CONTEXT],
        ruling,
    )
