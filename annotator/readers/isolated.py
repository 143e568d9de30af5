"""Reads sources in a worker process, so that a hostile file can neither crash nor hang the program.

One warm worker serves source after source, since starting one costs more than reading most files; a
worker that crashed, hung or was cancelled is ended, and the next source gets a new one.
"""

import logging
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeAlias, cast

from annotator.child_process import START_SECONDS, ChildEnded, ChildProcess
from annotator.errors import NeedsPassword, ReaderFault, UnreadableSource
from annotator.geometry import Page
from annotator.progress import Progress
from annotator.readers import Reader
from annotator.readers.document import ReadDocument
from annotator.readers.loose import ReadPart
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.worker import EXIT_MEMORY, GIVE_WAY, Failure, Message, Signal, serve

SECONDS = 300.0
MEMORY_MB = 4096

_log = logging.getLogger(__name__)

Reading: TypeAlias = Generator[Progress | ReadPart, None, None]


class ReaderProcess:
    """Reads one source at a time in a process with limits; a context manager that ends the process.

    `seconds` is how long a reader may be silent, between the documents of a source and before the
    first one; `memory_mb` is what the process may use.
    `readers` stands in for the built-in and added ones. `yields` has the process give way to others, such
    as a window that somebody works in, where the system knows how. Nothing is started before the first read.
    """

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        memory_mb: int = MEMORY_MB,
        readers: Sequence[Reader] | None = None,
        yields: bool = False,
    ) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._readers = None if readers is None else tuple(readers)
        self._yields = yields
        self._worker: ChildProcess | None = None
        self._is_reading = False

    def __enter__(self) -> "ReaderProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker, whatever it does; the next read starts a new one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def read(self, source: Path, options: ReadOptions = PLAIN) -> Reading:
        """The documents of a source and its refused parts, with Progress at least every 50 ms between.

        Raises UnreadableSource with the reason when the source, or the rest of it, cannot be read;
        NeedsPassword, which is one, where the right password would open it, and ReaderFault where a reader
        has a bug. Closing the generator before its end ends the worker.
        """
        if self._is_reading:
            raise RuntimeError("this process already reads a source")
        self._is_reading = True
        is_idle = False
        try:
            worker = yield from self._ready_worker(source)
            self._send(worker, source, options)
            message = yield from self._pass_on(worker, source)
            is_idle = True
            if isinstance(message, Failure):
                raise _refusal(source, message)
        finally:
            self._is_reading = False
            if not is_idle:
                self.close()

    def _pass_on(
        self, worker: ChildProcess, source: Path
    ) -> Generator[Progress | ReadPart, None, Signal | Failure]:
        """Everything that the worker sends about a source, up to the word that ends it."""
        count = 0
        pages: list[Page] = []
        while True:
            message = yield from self._next(worker, source, self._seconds, count)
            if isinstance(message, Signal | Failure):
                return message
            if isinstance(message, Page):
                pages.append(message)
                yield Progress(count, 0, source.name)
                continue
            if isinstance(message, ReadDocument):
                message = replace(message, pages=tuple(pages))
                pages.clear()
            count += not isinstance(message, Progress)
            yield message

    def _ready_worker(self, source: Path) -> Generator[Progress, None, ChildProcess]:
        if self._worker is not None and not self._worker.is_alive():
            self.close()
        if self._worker is None:
            nice = GIVE_WAY if self._yields else 0
            self._worker = ChildProcess("reader", serve, self._memory_mb, self._readers, nice)
        worker = self._worker
        if not worker.is_ready:
            yield from self._next(worker, source, START_SECONDS, 0)
            worker.is_ready = True
        return worker

    def _send(self, worker: ChildProcess, source: Path, options: ReadOptions) -> None:
        try:
            worker.send((source.absolute(), options))
        except ChildEnded as end:
            raise self._death(worker, source, end.code) from end

    def _next(
        self, worker: ChildProcess, source: Path, seconds: float, count: int
    ) -> Generator[Progress, None, Message]:
        """The worker's next message; UnreadableSource when it is too slow or dies instead."""
        try:
            message = yield from worker.receive(Progress(count, 0, source.name), seconds=seconds)
        except ChildEnded as end:
            raise self._death(worker, source, end.code) from end
        except TimeoutError as error:
            raise UnreadableSource(
                f"“{source.name}” was given up: reading it took longer than {seconds:g} seconds. "
                "Split it, or save it again with the program that made it."
            ) from error
        return cast(Message, message)

    def _death(self, worker: ChildProcess, source: Path, code: int | None) -> UnreadableSource:
        if code == EXIT_MEMORY:
            return UnreadableSource(
                f"“{source.name}” was given up: reading it needs more than {self._memory_mb:,} MB of memory. "
                "Split it into smaller files."
            )
        if not worker.is_ready:
            return UnreadableSource(
                f"“{source.name}” was not read: the process that reads files does not start (code {code}). "
                "Install Annotator again."
            )
        return UnreadableSource(
            f"“{source.name}” cannot be read: its reader crashed on it (code {code}). The file is damaged or "
            "unusual; save it again with the program that made it."
        )


def _refusal(source: Path, failure: Failure) -> UnreadableSource:
    if failure.needs_password:
        return NeedsPassword(failure.reason)
    if failure.reason:
        return UnreadableSource(failure.reason)
    _log.error("A reader failed on %s", source)
    _log.debug("%s", failure.trace)  # its message may quote the document
    kind = failure.trace.strip().rsplit("\n", 1)[-1].partition(":")[0]
    return ReaderFault(
        f"“{source.name}” cannot be read: its reader has an error ({kind}). Please report it with the file.",
        failure.trace,
    )
