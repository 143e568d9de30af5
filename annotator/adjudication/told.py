"""Which decisions are notes that tell an annotator what was decided of their own work, and decide nothing.

`annotator.services.telling` writes them. They are for one annotator, and go where that annotator's work goes.
"""

from annotator.model import Decision

TOLD = "told"


def is_told_to(decision: Decision, annotator: str) -> bool:
    """Whether it is a note for that annotator."""
    return decision.outcome == TOLD and decision.proposers == (annotator,)
