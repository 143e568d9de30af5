"""A process of this program's own that works for it over a pipe, for what may hang, crash or eat memory.

`ChildProcess` is the program's end; what the process runs calls `settle` first. What goes over the pipe is
between a program and its own child: nothing of it is read from a file. A program frozen into one file must
call `multiprocessing.freeze_support()` first in its `__main__`.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from annotator.progress import Job, Progress

EXIT_ORPHANED = 78

# A process that is started on a busy machine takes seconds; that is not the fault of what it works on.
START_SECONDS = 60.0

_TICK_SECONDS = 0.05
_END_SECONDS = 5.0
_WATCH_SECONDS = 0.5


class ChildEnded(Exception):
    """The process is gone, with this code; None while it lingers without its pipe."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the process ended with code {code}")
        self.code = code


class ChildProcess:
    """A process that runs `serve(connection, *arguments)`, from now until `close`.

    `serve` and the arguments are picklable by name. `is_ready` is the caller's, for a process that says a
    word once it has started.
    """

    def __init__(self, name: str, serve: Callable[..., None], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, there = context.Pipe()
        self._process = context.Process(
            target=serve, args=(there, *arguments), name=f"annotator {name}", daemon=True
        )
        self._process.start()
        there.close()  # else the pipe would stay open when the process dies, and nobody would notice
        self.is_ready = False

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def send(self, message: object) -> None:
        """Raises ChildEnded. Returns when the process has taken all but the little that a pipe holds."""
        try:
            self._connection.send(message)
        except ConnectionError as error:
            raise self._ended() from error

    def receive(self, progress: Progress, *, seconds: float | None = None) -> Job[object]:
        """The next message, with the progress at least every 50 ms while it does not come.

        Raises TimeoutError after the seconds, and ChildEnded.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            try:
                if self._connection.poll(_TICK_SECONDS):
                    message: object = self._connection.recv()
                    return message
            except (EOFError, ConnectionError) as error:
                raise self._ended() from error
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError
            yield progress

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join(_END_SECONDS)
        self._connection.close()
        if self._process.exitcode is not None:
            self._process.close()

    def _ended(self) -> ChildEnded:
        self._process.join(_END_SECONDS)
        return ChildEnded(self._process.exitcode)


def settle(*, nice: int = 0, check: Callable[[], None] | None = None) -> None:
    """Make this process a quiet child, which ends when the program is gone.

    `nice` is how far it gives way to other processes, where the system knows how; `check` is called twice a
    second, in a thread.
    """
    if nice and sys.platform != "win32":
        os.nice(nice)
    # The user's Ctrl+C is for the program that shows progress; it ends this process by its own will.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The work is done in one thread; numpy's pool, one a core, would only eat memory and the window's cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _silence()
    threading.Thread(target=_watch, args=(check,), daemon=True).start()


def _silence() -> None:
    """Keep what libraries print out of the program's output, and what they warn of out of its error output.

    Others read the one as JSON; the other may be kept in a log, and a warning may quote the document.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError):
        os.dup2(nowhere, 1)
    os.close(nowhere)
    logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(capture=True)


def _watch(check: Callable[[], None] | None) -> None:
    program = multiprocessing.parent_process()
    while program is not None and program.is_alive():
        program.join(_WATCH_SECONDS)
        if check is not None:
            check()
    os._exit(EXIT_ORPHANED)
