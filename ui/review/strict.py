"""What is not to be seen of a unit yet: in strictly blind review, how many annotators say what.

The choices then stand in the order of their content keys, which says nothing of votes, and have digits of
their own instead of those of columns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.adjudication.decisions import SECOND
from annotator.adjudication.types import UnitType
from ui.review.focus import Focus
from ui.review.words import flag_words, type_words

if TYPE_CHECKING:
    from annotator.services.decision_history import Step, UnitHistory
    from annotator.services.reviewing import AnyUnit
    from ui.review.desk import ReviewDesk

COUNTING: frozenset[UnitType] = frozenset({"agree", "missing", "single"})  # these types tell how many
_COUNTING_FLAGS = frozenset({"missing", "single"})
_IN_TYPE = frozenset({"label", "boundary"})  # flags that the name of the type says already


def hides_votes(desk: ReviewDesk, unit: AnyUnit) -> bool:
    """Whether how many annotators say what of a unit is not to be seen yet."""
    if not desk.is_strict:
        return False
    decision = desk.decision(unit)
    return decision is None or decision.outcome in ("withdrawn", "defer")


def proposer(desk: ReviewDesk, unit: AnyUnit, number: int) -> str:
    """The annotator (id) whose candidate the digit at `number`, from 0, takes; "" if it takes none."""
    order = desk.order
    if not hides_votes(desk, unit):
        return order[number] if 0 <= number < len(order) else ""
    choices = sorted({each.content for each in unit.candidates})
    if not 0 <= number < len(choices):
        return ""
    return min(each.annotator for each in unit.candidates if each.content == choices[number])


def as_allowed(desk: ReviewDesk, unit: AnyUnit, focus: Focus) -> Focus:
    """What may be seen of a unit: all of it, or its choices without who has them and who has nothing."""
    if not hides_votes(desk, unit):
        return focus
    choices = sorted(focus.variants, key=lambda variant: variant.says)
    variants = [replace(each, numbers=(number,), names=()) for number, each in enumerate(choices, 1)]
    return replace(focus, variants=tuple(variants), absent=())


def history_as_allowed(desk: ReviewDesk, history: UnitHistory) -> UnitHistory:
    """The history of a unit as far as it may be seen: until a choice, without what annotators had."""
    unit = None if desk.review is None else desk.review.unit(history.unit)
    if unit is None:
        return history
    steps = tuple(step for step in history.steps if _is_seen(desk, unit, step))
    if not hides_votes(desk, unit):
        return replace(history, steps=steps)
    steps = tuple(replace(step, candidates=(), absent=()) for step in steps)
    return replace(history, steps=steps, is_hidden=True)


def _is_seen(desk: ReviewDesk, unit: AnyUnit, step: Step) -> bool:
    """A second reviewer sees only what they decided; what they did is seen once there is another decision."""
    if desk.is_second:
        return SECOND in step.flags and step.who == desk.people.decider(desk.session.annotator_id)
    return SECOND not in step.flags or desk.state(unit) != "open"


def kind_words(desk: ReviewDesk, unit: AnyUnit) -> str:
    """What annotators differ in, as far as it may be seen."""
    hides = hides_votes(desk, unit)
    return type_words(None if hides and unit.type in COUNTING else unit.type)


def detail_words(desk: ReviewDesk, unit: AnyUnit) -> str:
    """What is told beside the type, as far as it may be seen."""
    hidden = _COUNTING_FLAGS if hides_votes(desk, unit) else frozenset()
    said = _IN_TYPE if unit.type == "label_boundary" else frozenset()
    return flag_words(tuple(flag for flag in unit.flags if flag not in hidden | said))
