"""What `--split` and the options about it say, and what is printed of a split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from ui.cli_output import counted, problem, result

if TYPE_CHECKING:
    from annotator.services.splitting import SplitPlan
    from annotator.splitting import Split


@dataclass(frozen=True, slots=True)
class SplitChoice:
    """The shares as they were typed, None for a dataset in one piece; `earlier` is a splits.json."""

    shares: str | None = None
    seed: int = 0
    fields: Sequence[str] = ()
    earlier: Path | None = None


NO_SPLIT = SplitChoice()


def plan_of(choice: SplitChoice) -> SplitPlan | None:
    """How to split, None if not at all. Raises ExportError or InvalidEdit."""
    if choice.shares is None:
        if choice.seed or choice.fields or choice.earlier:
            raise InvalidEdit("--seed, --split-by and --split-from are about --split; give its shares too.")
        return None
    from annotator.services.splitting import SplitPlan
    from annotator.splitting import read_shares
    from exporters.dataset import known_places

    known = {} if choice.earlier is None else known_places(choice.earlier)
    return SplitPlan(read_shares(choice.shares), choice.seed, tuple(choice.fields), known)


def tell_split(split: Split) -> None:
    """Print how many documents each split got, and what a person should know of it."""
    total = len(split.places)
    for name, share in split.shares.items():
        count = len(split.documents(name))
        result(
            f"{name}: {counted(count, 'document')} ({count / max(1, total):.0%}; {share:.0%} was asked for)"
        )
        if not count:
            problem(
                f"{name} has no document, and so no file: there are too few, or too many belong together."
            )
    together = [len(group) for group in split.groups if len(group) > 1]
    if together:
        result(
            f"{counted(len(together), 'group')} of documents stayed together, the largest of {max(together)}."
        )
    for moved in split.moved:
        way = f"from {moved.before} to {moved.after}"
        problem(f"moved: {moved.document} {way}, since {moved.because_of} belongs to both")
