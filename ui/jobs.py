"""Runs jobs off the GUI thread, one after the other, and tells of them by signals on the GUI thread.

A job is made in the worker, from a factory, so that what it opens belongs to that thread. Connect first,
then `start()`: a quick job is over before a late connection.
"""

import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from annotator.progress import Job, Progress

if TYPE_CHECKING:
    from storage.store import ProjectStore

T = TypeVar("T")

JobFactory: TypeAlias = Callable[[], Job[T]]

PROGRESS_SECONDS = 0.05


def on_sibling(store: "ProjectStore", make: Callable[["ProjectStore"], Job[T]]) -> JobFactory[T]:
    """The factory of a job that works on a store of its own for the same project."""

    def job() -> Job[T]:
        yield Progress(0, 0)
        with store.sibling() as own:
            return (yield from make(own))

    return job


class JobHandle(QObject):
    """A job that runs, or waits its turn, in the worker thread.

    Signals:
        progressed: How far it is (Progress), at most every 50 ms.
        finished: Its result.
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
        # Held weakly: when Qt deletes a handle that has the last runner, that would delete it once more.
        self._runner = weakref.ref(runner)
        self._make_job = make_job
        self._cancel = threading.Event()

    def start(self) -> None:
        """Queue the job; it starts when those before it have ended."""
        runner = self._runner()
        if runner is not None:
            runner.run(self)

    def cancel(self) -> None:
        """Ask the job to end at its next yield."""
        self._cancel.set()

    def work(self, tell: Callable[[Progress], None]) -> "_Outcome":
        """Run the job to its end; called in the worker thread, which must emit no signal of this object."""
        try:
            job = self._make_job()
            try:
                return self._loop(job, tell)
            finally:
                job.close()
        except Exception as error:  # noqa: BLE001 - whatever a job raises is told where it can be shown
            return _Outcome("failed", error)

    def _loop(self, job: Job[object], tell: Callable[[Progress], None]) -> "_Outcome":
        told = 0.0
        while not self._cancel.is_set():
            try:
                progress = next(job)
            except StopIteration as end:
                return _Outcome("finished", end.value)
            if time.monotonic() - told >= PROGRESS_SECONDS:
                told = time.monotonic()
                tell(progress)
        return _Outcome("cancelled")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a job ended, and its result or the exception."""

    signal: Literal["finished", "failed", "cancelled"]
    value: object = None


class JobRunner(QObject):
    """The queue of jobs of a window: one runs, the others wait.

    The worker tells everything by `_told` of this object, which outlives it; a handle may be gone while a
    signal of its own was still on its way out of the worker.

    Signals:
        queue_changed: A job was queued or has ended; `jobs` has what is left.
    """

    queue_changed = Signal()
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[JobHandle] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told.connect(self._on_told)

    def job(self, title: str, make_job: JobFactory[T]) -> JobHandle:
        """A job by its factory, to connect to and then start; `title` is shown while it runs."""
        return JobHandle(self, title, make_job)

    def run(self, handle: JobHandle) -> None:
        """Queue a job; `JobHandle.start` is the door."""
        self.jobs.append(handle)
        self._pool.start(lambda: self._work(handle))
        self.queue_changed.emit()

    def cancel_all(self, *, wait_ms: int = 10_000) -> bool:
        """Cancel every job and wait until the worker is idle; False if it is not by then."""
        for handle in self.jobs:
            handle.cancel()
        return self._pool.waitForDone(wait_ms)

    def _work(self, handle: JobHandle) -> None:
        outcome = handle.work(lambda progress: self._told.emit(handle, progress))
        self._told.emit(handle, outcome)

    def _on_told(self, handle: JobHandle, news: Progress | _Outcome) -> None:
        if isinstance(news, Progress):
            handle.progress = news
            handle.progressed.emit(news)
            return
        self.jobs.remove(handle)
        if news.signal == "finished":
            handle.finished.emit(news.value)
        elif news.signal == "failed":
            handle.failed.emit(news.value)
        else:
            handle.cancelled.emit()
        handle.ended.emit()
        handle.deleteLater()
        self.queue_changed.emit()
