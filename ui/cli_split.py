"""What is printed of a split; what `--split` and the options about it mean is in `exporters.running`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.wording import counted
from ui.cli_output import problem, result

if TYPE_CHECKING:
    from annotator.splitting import Split


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
