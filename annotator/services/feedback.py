"""What was decided of one annotator's work in a document, for that annotator to read.

Others are not told of: neither who they are nor what they had. A reviewer lets it be read, document by
document, once the annotator has finished it.
"""

from dataclasses import dataclass

from annotator.adjudication.decisions import GAP, NO_OUTCOME, SECOND
from annotator.desk import type_name
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Decision
from annotator.schema import LabelSchema
from annotator.services.locking import assignment_of
from annotator.services.review_log import is_released
from annotator.services.reviewing import AnyUnit, Review, review
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Remark:
    """A decision on what the annotator marked or did not: where, own and decided label, verdict, why.

    `span` is the annotator's own span (an id), "" where they had none or it is gone.
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

    Raises InvalidEdit if they have not finished the document, or no reviewer has let it be read.
    """
    given = assignment_of(store, annotator=annotator, document=document)
    if given is None or given.state not in ("done", "returned"):
        raise InvalidEdit("What was decided can be read once you have finished the document.")
    if not is_released(store, document):
        raise InvalidEdit("Nothing to read yet: a reviewer has to let annotators see what was decided here.")
    of, schema = review(store, document), store.schema()
    found = []
    for unit in of.all_units:
        for decision in of.standing(unit.key).decisions:
            if decision.outcome not in NO_OUTCOME and SECOND not in decision.flags:
                remark = _remark(store, of, schema, unit, decision, annotator)
                if remark is not None:
                    found.append(remark)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _remark(
    store: Store, of: Review, schema: LabelSchema, unit: AnyUnit, decision: Decision, annotator: str
) -> Remark | None:
    verdict = decision.verdicts.get(annotator, "")
    if not verdict or (verdict == "correct" and not decision.comment):
        return None
    vote = next((each for each in decision.candidates if each.annotator == annotator), None)
    own = None if vote is None else store.record(Annotation, vote.annotation)
    pieces = [piece for result in decision.results for piece in result.fragments]
    start = unit.start if unit.end else min((piece.start for piece in pieces), default=0)
    end = unit.end or max((piece.end for piece in pieces), default=0)
    return Remark(
        "" if own is None else own.id,
        start,
        end,
        of.text[start:end],
        "" if own is None else type_name(schema, own.label),
        "; ".join(
            " ".join((type_name(schema, result.label), *(of.text[s:e] for s, e in result.fragments)))
            for result in decision.results
        ),
        verdict,
        decision.reason,
        decision.rule_id,
        decision.comment,
        GAP in decision.flags,
    )
