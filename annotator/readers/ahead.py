"""Reads source after source, the next ones already while the present one is being taken in.

Each reading is followed by a thread of its own, since whoever takes documents in is busy between two looks;
a worker that nobody listens to would stand still. What they hold comes in the order that is asked for.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

from annotator.progress import Progress
from annotator.readers.isolated import ReaderProcess, Reading
from annotator.readers.loose import ReadPart
from annotator.readers.options import PLAIN, ReadOptions

_TICK_SECONDS = 0.05
_END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


@dataclass(slots=True)
class _Started:
    """A reading that is under way: what it has given so far, and the word to stop."""

    process: ReaderProcess
    parts: SimpleQueue[ReadPart | Progress | _End] = field(default_factory=SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class ReadAhead:
    """Reads in several processes at once; a context manager that stops what nobody asked for in the end.

    The processes are those of the caller, who closes them.
    """

    def __init__(self, processes: Sequence[ReaderProcess]) -> None:
        self._free = list(processes)
        self._started: dict[Path, _Started] = {}

    def __enter__(self) -> "ReadAhead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for source in tuple(self._started):
            self._end(source)

    def start(self, source: Path, options: ReadOptions = PLAIN) -> bool:
        """Begin to read a source, if a process is free; whether it is being read now."""
        if source in self._started:
            return True
        if not self._free:
            return False
        started = _Started(self._free.pop())
        started.thread = threading.Thread(
            target=_follow, args=(started, source, options), name=f"reading {source.name}", daemon=True
        )
        self._started[source] = started
        started.thread.start()
        return True

    def read(self, source: Path, options: ReadOptions = PLAIN) -> Reading:
        """What a source holds, as `ReaderProcess.read` gives it, be it begun already or not.

        Raises as that does. One process must be free for a source that was not begun.
        """
        if not self.start(source, options):
            raise RuntimeError("every process already reads a source")
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

    def _end(self, source: Path) -> None:
        """Stop reading a source, which ends its worker unless it is done, and have the process back."""
        started = self._started.pop(source)
        started.stop.set()
        if started.thread is not None:
            started.thread.join(_END_SECONDS)
        self._free.append(started.process)


def _follow(started: _Started, source: Path, options: ReadOptions) -> None:
    reading = started.process.read(source, options)
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
