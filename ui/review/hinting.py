"""Hints in review: what units most likely are is estimated in the background, once the reviewer's hands rest.

The estimate reads the whole project, and whoever goes from one disagreement to the next would wait for it.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.adjudication.dawid_skene import FEWEST_OBSERVERS
from annotator.services.likely import likelihoods
from annotator.services.review_queue import QueueRow
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.panels.later import Later
from ui.review.desk import ReviewDesk

REST = 250  # milliseconds


class Hinting(QObject):
    """Looks for the hints that a desk shows.

    Signals:
        failed: The estimate met an error; the argument is the exception.
    """

    failed = Signal(object)

    def __init__(self, desk: ReviewDesk, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._running: list[JobHandle] = []
        self._later = Later(self._look, self, after=REST)
        desk.moved.connect(self._put_off)

    @property
    def is_looking(self) -> bool:
        """Whether an estimate is due, or on its way."""
        return bool(self._running) or self._later.is_due

    def look(self, rows: Sequence[QueueRow]) -> None:
        """Estimate soon, if enough annotators have finished some document of the queue."""
        if any(row.annotators >= FEWEST_OBSERVERS for row in rows):
            self._later.soon()

    def end(self) -> None:
        """Look for nothing any more."""
        self._later.call_off()
        for job in self._running:
            job.cancel()

    def _put_off(self) -> None:
        if self._later.is_due:
            self._later.soon()

    def _look(self) -> None:
        store = self._desk.session.store
        if store is None:
            return
        job = self._jobs.job(self.tr("Review"), on_sibling(store, likelihoods))
        job.finished.connect(self._desk.take_likely)
        job.failed.connect(self.failed)
        job.ended.connect(partial(self._running.remove, job))
        self._running.append(job)
        job.start()
