"""Which decisions are notes that tell an annotator something of their own work, and decide nothing.

`annotator.services.messaging` writes messages, which stay with those who review; `annotator.services.telling`
makes notes of them and of what was decided, each for one annotator. Only notes go where their work goes.
"""

from collections.abc import Iterable

from annotator.adjudication.decisions import heads
from annotator.model import Decision

TOLD = "told"
MESSAGE = "message"
BESIDE = frozenset((TOLD, MESSAGE))


def is_told_to(decision: Decision, annotator: str) -> bool:
    """Whether it is a note for that annotator."""
    return decision.outcome == TOLD and decision.proposers == (annotator,)


def messages_of(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The messages among the decisions of a document that hold, in order of time."""
    beside = heads(each for each in decisions if not each.unit)
    return tuple(each for each in beside if each.outcome == MESSAGE and each.comment)


def is_at(message: Decision, span: str) -> bool:
    """Whether a message is pinned to a span (an id)."""
    return any(vote.annotation == span for vote in message.candidates)


def message_at(messages: Iterable[Decision], span: str) -> str:
    """What is said of a span (an id) in messages; "" if nothing."""
    return "\n".join(each.comment for each in messages if is_at(each, span))
