"""What an exporter is, and what it reports."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotator.progress import Job
from annotator.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where."""

    target: Path
    documents: int
    spans: int
    relations: int


class Exporter(Protocol):
    """A format: `name` is what scripts and the command line call it and never changes."""

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def summary(self) -> str: ...

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the snapshot to `target`, which is only replaced when all is written. Raises ExportError."""
