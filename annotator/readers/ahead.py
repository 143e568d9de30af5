"""Reads source after source, the next ones already while the present one is being taken in.

Each reading is followed by a thread of its own, since whoever takes documents in is busy between two looks;
a worker that nobody listens to would stand still. What they hold comes in the order that is asked for.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

from annotator.progress import Progress
from annotator.readers.isolated import ReaderProcess, Reading
from annotator.readers.loose import ReadPart
from annotator.readers.options import PLAIN, ReadOptions

MOST_WAITING = 2
"""Sources that are begun or wait, for each process: what is read before it is asked for stays in memory."""

_TICK_SECONDS = 0.05
_END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


@dataclass(slots=True, eq=False)
class _Started:
    """A reading that is wanted: what it has given so far, and the word to stop."""

    source: Path
    options: ReadOptions
    parts: SimpleQueue[ReadPart | Progress | _End] = field(default_factory=SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class ReadAhead:
    """Reads in several processes at once; a context manager that stops what nobody asked for in the end.

    A process that is done with a source begins with the next one that waits, also while the first is still
    waited for. The processes are those of the caller, who closes them.
    """

    def __init__(self, processes: Sequence[ReaderProcess]) -> None:
        self._free = list(processes)
        self._most = MOST_WAITING * len(processes)
        self._started: dict[Path, _Started] = {}
        self._waiting: deque[_Started] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> "ReadAhead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._waiting.clear()
        for source in tuple(self._started):
            self._end(source)

    def start(self, source: Path, options: ReadOptions = PLAIN) -> bool:
        """Have a source read as soon as a process is free; False where too much has been begun already."""
        if source in self._started:
            return True
        if len(self._started) >= self._most:
            return False
        started = self._started[source] = _Started(source, options)
        self._waiting.append(started)
        self._begin()
        return True

    def read(self, source: Path, options: ReadOptions = PLAIN) -> Reading:
        """What a source holds, as `ReaderProcess.read` gives it, be it begun already or not.

        Raises as that does. A source that waits for a process goes before all others that do.
        """
        self._put_first(source, options)
        started = self._started[source]
        try:
            while True:
                try:
                    part = started.parts.get(timeout=_TICK_SECONDS)
                except Empty:
                    yield Progress(0, 0, source.name)
                    continue
                if isinstance(part, _End):
                    if part.error is not None:
                        raise part.error
                    return
                yield part
        finally:
            self._end(source)

    def drop(self, source: Path) -> None:
        """Read a source no further, if it was begun."""
        if source in self._started:
            self._end(source)

    def _put_first(self, source: Path, options: ReadOptions) -> None:
        with self._lock:
            started = self._started.setdefault(source, _Started(source, options))
            if started in self._waiting:
                self._waiting.remove(started)
            if started.thread is None:
                self._waiting.appendleft(started)
        self._begin()

    def _begin(self) -> None:
        """Give the processes that are free to the sources that wait."""
        with self._lock:
            while self._free and self._waiting:
                started = self._waiting.popleft()
                started.thread = threading.Thread(
                    target=self._follow,
                    args=(started, self._free.pop()),
                    name=f"reading {started.source.name}",
                    daemon=True,
                )
                started.thread.start()

    def _follow(self, started: _Started, process: ReaderProcess) -> None:
        _pass_on(started, process)
        with self._lock:
            self._free.append(process)
        self._begin()

    def _end(self, source: Path) -> None:
        """Stop reading a source, which ends its worker unless it is done, and have the process back."""
        with self._lock:
            started = self._started.pop(source)
            started.stop.set()
            if started in self._waiting:
                self._waiting.remove(started)
        if started.thread is not None:
            started.thread.join(_END_SECONDS)


def _pass_on(started: _Started, process: ReaderProcess) -> None:
    """Read a source to its end, or until the word to stop comes."""
    reading = process.read(started.source, started.options)
    try:
        for part in reading:
            if started.stop.is_set():
                return
            # The ticks of a silent worker would only pile up; whoever waits has a clock.
            if not isinstance(part, Progress) or part.total:
                started.parts.put(part)
        started.parts.put(_End())
    except Exception as error:  # noqa: BLE001 - raised again where the reading is asked for
        started.parts.put(_End(error))
    finally:
        reading.close()
