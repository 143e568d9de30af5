"""What an export drops or changes, gathered and counted; see `annotator.snapshot.Loss` for one of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.snapshot import DocumentSnapshot, Loss, LossKind

__all__ = ["Fitted", "Loss", "LossKind", "Losses"]


class Losses:
    """All losses of an export in the order of its documents."""

    def __init__(self, losses: Iterable[Loss] = ()) -> None:
        self._all = list(losses)

    def add(self, losses: Iterable[Loss]) -> None:
        self._all.extend(losses)

    @property
    def all(self) -> tuple[Loss, ...]:
        return tuple(self._all)

    @property
    def counts(self) -> Mapping[LossKind, int]:
        """How many there are of each kind that there is, in alphabetical order."""
        return dict(sorted(Counter(loss.kind for loss in self._all).items()))

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Losses) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self.all)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A document with what a format holds of it, and what it does not hold."""

    document: DocumentSnapshot
    losses: tuple[Loss, ...]
