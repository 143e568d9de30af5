"""Runs jobs off the GUI thread, one after the other, and tells of them by signals on the GUI thread.

A job is made in the worker, from a factory, so that what it opens belongs to that thread. Connect first,
then `start()`: a quick job is over before a late connection.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from annotator.progress import Job, Progress

T = TypeVar("T")

JobFactory: TypeAlias = Callable[[], Job[T]]

PROGRESS_SECONDS = 0.05


class JobHandle(QObject):
    """A job that runs, or waits its turn, in the worker thread.

    Signals:
        progressed: How far it is (Progress), at most every 50 ms.
        finished: Its result; the last signal of a job that came to its end.
        failed: The exception that ended it.
        cancelled: It was cancelled, and has closed what it had open.
        ended: After any of the three above.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, runner: "JobRunner", title: str, make_job: JobFactory[object]) -> None:
        super().__init__(runner)
        self.title = title
        self.progress = Progress(0, 0)
        self.started = time.monotonic()
        self._runner = runner
        self._make_job = make_job
        self._cancel = threading.Event()
        self.progressed.connect(self._on_progressed)

    def start(self) -> None:
        """Queue the job; it starts when those before it have ended."""
        self._runner.run(self)

    def cancel(self) -> None:
        """Ask the job to end at its next yield."""
        self._cancel.set()

    def _on_progressed(self, progress: Progress) -> None:
        self.progress = progress

    def work(self) -> None:
        """Run the job to its end; called in the worker thread."""
        try:
            job = self._make_job()
            try:
                result, is_done = self._loop(job)
            finally:
                job.close()
        except BaseException as error:  # noqa: BLE001 - whatever a job raises is told where it can be shown
            self.failed.emit(error)
        else:
            if is_done:
                self.finished.emit(result)
            else:
                self.cancelled.emit()
        self.ended.emit()

    def _loop(self, job: Job[object]) -> tuple[object, bool]:
        """The job's result and whether it came to its end before it was cancelled."""
        told = 0.0
        while not self._cancel.is_set():
            try:
                progress = next(job)
            except StopIteration as end:
                return end.value, True
            if time.monotonic() - told >= PROGRESS_SECONDS:
                told = time.monotonic()
                self.progressed.emit(progress)
        return None, False


class JobRunner(QObject):
    """The queue of jobs of a window: one runs, the others wait.

    Signals:
        queue_changed: A job was queued or has ended; `jobs` has what is left.
    """

    queue_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[JobHandle] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def job(self, title: str, make_job: JobFactory[T]) -> JobHandle:
        """A job by its factory, to connect to and then start; `title` is shown while it runs."""
        return JobHandle(self, title, make_job)

    def run(self, handle: JobHandle) -> None:
        """Queue a job; `JobHandle.start` is the door."""
        self.jobs.append(handle)
        handle.ended.connect(lambda: self._on_ended(handle))
        self._pool.start(_Work(handle))
        self.queue_changed.emit()

    def cancel_all(self, *, wait_ms: int = 10_000) -> bool:
        """Cancel every job and wait until the worker is idle; False if it is not by then."""
        for handle in self.jobs:
            handle.cancel()
        return self._pool.waitForDone(wait_ms)

    def _on_ended(self, handle: JobHandle) -> None:
        self.jobs.remove(handle)
        self.queue_changed.emit()
        handle.deleteLater()


class _Work(QRunnable):
    """A job's turn in the pool."""

    def __init__(self, handle: JobHandle) -> None:
        super().__init__()
        self._handle = handle

    def run(self) -> None:
        self._handle.work()
