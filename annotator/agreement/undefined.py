"""Why a measure has no value: said as such, and never 0, 1 or NaN."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal[
    "no_common_documents", "no_spans", "no_variation", "too_few_units", "too_many_units"
]


@dataclass(frozen=True, slots=True)
class Undefined:
    """Why there is no value."""

    reason: Reason


Value: TypeAlias = float | Undefined
