"""Who may write a project: one process at a time, by an operating system lock on a file beside it.

The lock is on the open file, not on its existence, so a crash frees it at once and a left-over lock
file means nothing. It is never taken on the project file itself: closing any handle of that file
would drop the locks that SQLite holds on it.
"""

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import ProjectError

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


# What the systems say when somebody else has the lock; anything else means that there are no locks.
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_WAIT_SECONDS = 0.1


class WriteLock:
    """The right to write one project, shared by the stores that this process has open on it.

    They write in turns.
    """

    def __init__(self, project: Path) -> None:
        """Take the lock. Raises ProjectError if another process or another window has it."""
        real = project.resolve()  # so that two names of one file have one lock
        self._path = real.with_name(real.name + ".lock")
        self._handle = _lock(self._path, project)
        self._holders = 1
        self._counting = threading.Lock()
        self._turn = threading.Lock()
        self._is_long = False

    @contextlib.contextmanager
    def turn(self, *, is_long: bool = False) -> Iterator[None]:
        """Hold the turn to write; `is_long` says that others had better not wait for its end.

        Raises ProjectError instead of waiting for a turn that is long.
        """
        while not self._turn.acquire(timeout=_WAIT_SECONDS):
            if self._is_long:
                raise ProjectError(
                    "Nothing was changed, because an import is being written to the project just now. "
                    "Repeat the step when it is done."
                )
        self._is_long = is_long
        try:
            yield
        finally:
            self._is_long = False
            self._turn.release()

    def share(self) -> "WriteLock":
        """The same lock for one more store, which releases it too."""
        with self._counting:
            self._holders += 1
        return self

    def release(self) -> None:
        """Give up one share; the last one frees the project for others and removes the lock file."""
        with self._counting:
            self._holders -= 1
            if self._holders:
                return
        if sys.platform == "win32":  # where an open file cannot be removed
            os.close(self._handle)
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._handle)


def _lock(path: Path, project: Path) -> int:
    """An open handle on the lock file that holds the lock."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise ProjectError(
                f"{project.name} cannot be written, because nothing can be written in the folder "
                f"{project.parent}. Open it for reading only, or copy it to another folder."
            ) from error
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _TAKEN:
                raise ProjectError(
                    f"{project.name} is open for writing in another window. "
                    "Close it there, or open it here for reading only."
                ) from error
            raise ProjectError(
                f"{project.name} cannot be written in {project.parent}, where no file can be locked. "
                "Copy it to a folder on this computer's own disk."
            ) from error
        if _is_in_place(handle, path):
            return handle
        os.close(handle)


def _is_in_place(handle: int, path: Path) -> bool:
    """Whether the file that was locked is still the one of that name: its holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
