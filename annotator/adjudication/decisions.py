"""What a decision can say, and what follows from it for each annotator; the record is `model.Decision`.

A decision is never changed: what comes later supersedes it by naming it, also when it is taken back. Not
every outcome is final: what was put off stays in the queue.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

from annotator.adjudication.keys import content_key
from annotator.adjudication.links import LinkUnit
from annotator.adjudication.units import Unit
from annotator.agreement.matching import shared
from annotator.flags import without_flag
from annotator.model import Annotation, Decision, Result, Vote, new_id, now

OutcomeKind: TypeAlias = Literal[
    "accept",
    "accept_modified",
    "new",
    "reject_all",
    "keep_several",
    "ambiguous",
    "defer",
    "withdrawn",
]
NO_OUTCOME: frozenset[OutcomeKind] = frozenset(("defer", "withdrawn"))  # those that leave a unit undecided

Verdict: TypeAlias = Literal[
    "correct",
    "label_wrong",
    "boundary_wrong",
    "attribute_wrong",
    "spurious",
    "missed",
    "acceptable_variant",
]
Reason: TypeAlias = Literal["guideline_gap", "slip", "ambiguity", "damage", "anchoring"]
REASONS: tuple[Reason, ...] = get_args(Reason)

GAP = "gap"  # the guidelines do not say; the lead gets a list of these
BLIND = "blind"  # decided without seeing names
SPOT_CHECK = "spot_check"  # made by a rule, and to be looked at by a person
SECOND = "second"  # of a second reviewer who did not see the first decision; it puts nothing into gold
AUTOMATIC = "auto:"


def is_automatic(decision: Decision) -> bool:
    """Whether a rule made it, and not a person."""
    return decision.decided_by.startswith(AUTOMATIC)


def votes_of(unit: Unit) -> tuple[Vote, ...]:
    """The candidates as a decision keeps them."""
    return tuple(
        Vote(each.annotator, each.span.id, each.span.revision, each.content) for each in unit.candidates
    )


def result_of(span: Annotation) -> Result:
    """What a span would be in gold; the id of the gold span is given when it is made."""
    return Result("", span.label, span.fragments, without_flag(span.attributes))


def content_of(result: Result) -> str:
    """What a result says, as the key of a span that says the same."""
    return content_key(result.label, result.fragments, result.attributes)


def proposers(unit: Unit, results: Iterable[Result]) -> tuple[str, ...]:
    """The annotators who have one of the results just as it is."""
    wanted = set(map(content_of, results))
    return tuple(sorted(each.annotator for each in unit.candidates if each.content in wanted))


def verdicts(unit: Unit, outcome: OutcomeKind, results: Sequence[Result]) -> Mapping[str, Verdict]:
    """What the decision says of each annotator's work; {} where nothing is decided."""
    if outcome in NO_OUTCOME:
        return {}
    contents = set(map(content_of, results))
    said: dict[str, Verdict] = dict.fromkeys(unit.absent, "missed" if results else "correct")
    for each in unit.candidates:
        if outcome == "ambiguous":
            said[each.annotator] = "acceptable_variant"
        elif each.content in contents:
            said[each.annotator] = "correct"
        else:
            said[each.annotator] = _fault(each.span, results)
    if outcome == "ambiguous":
        said.update(dict.fromkeys(unit.absent, "acceptable_variant"))
    return said


def link_verdicts(
    unit: LinkUnit,
    outcome: OutcomeKind,
    taken: Sequence[str],
    *,
    made: Result | None = None,
    same_ends: Collection[str] = (),
) -> Mapping[str, Verdict]:
    """As `verdicts`, for links; `taken` are the content keys of what gold got. A wrong end is a boundary.

    `made` is a link that nobody has just so, and `same_ends` the content keys of those with its ends.
    """
    if outcome in NO_OUTCOME:
        return {}
    if outcome == "ambiguous":
        return dict.fromkeys(
            (*(each.annotator for each in unit.candidates), *unit.absent), "acceptable_variant"
        )
    has_any = outcome != "reject_all"
    said: dict[str, Verdict] = dict.fromkeys(unit.absent, "missed" if has_any else "correct")
    right = [each for each in unit.candidates if each.content in taken]
    for each in unit.candidates:
        if each.content in taken:
            said[each.annotator] = "correct"
        elif not has_any:
            said[each.annotator] = "spurious"
        elif any((each.source, each.target) == (other.source, other.target) for other in right):
            same_type = any(each.link.type == other.link.type for other in right)
            said[each.annotator] = "attribute_wrong" if same_type else "label_wrong"
        elif made is not None and each.content in same_ends:
            said[each.annotator] = "attribute_wrong" if made.label == each.link.type else "label_wrong"
        else:
            said[each.annotator] = "boundary_wrong"
    return said


def _fault(span: Annotation, results: Sequence[Result]) -> Verdict:
    """What is wrong with a span, by the result that is nearest to it."""
    near = [each for each in results if shared(span.fragments, each.fragments)]
    if not near:
        return "spurious"
    best = max(near, key=lambda each: (each.label == span.label, shared(span.fragments, each.fragments)))
    if best.label != span.label:
        return "label_wrong"
    return "boundary_wrong" if best.fragments != span.fragments else "attribute_wrong"


def says(decision: Decision) -> tuple[str, tuple[str, ...]]:
    """What a decision comes to, to compare it with another one: kept apart only by what is in gold."""
    kind = decision.outcome if decision.outcome in ("ambiguous", *NO_OUTCOME) else "settled"
    return kind, tuple(sorted(map(_says, decision.results)))


def _says(result: Result) -> str:
    if result.fragments:
        return content_of(result)
    return f"{result.label} {result.source} {result.target} {sorted(result.attributes.items())}"


def withdrawn(decision: Decision, by: str) -> Decision:
    """What takes a decision back and says nothing in its place; `by` is who does (an id)."""
    return replace(
        decision,
        id=new_id(),
        outcome="withdrawn",
        annotation=None,
        results=(),
        proposers=(),
        verdicts={},
        flags=(),
        decided_by=by,
        decided=now(),
        supersedes=(decision.id,),
    )


def heads(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that no other one supersedes, in order of time."""
    known = tuple(decisions)
    superseded = {earlier for each in known for earlier in each.supersedes}
    return tuple(
        sorted(
            (each for each in known if each.id not in superseded), key=lambda each: (each.decided, each.id)
        )
    )
