"""What is written beside an outcome in the review screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remarks:
    """Reason code, rule of the guidelines, comment, and whether the guidelines have a gap there."""

    reason: str = ""
    rule_id: str = ""
    comment: str = ""
    is_gap: bool = False
