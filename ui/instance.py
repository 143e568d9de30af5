"""One window for each user: a second start hands what it was given to the first, and ends.

A lock, which ends with its process, says who is first; so a socket that a crash left behind is known to be
stale. A newcomer would look at the socket alone, and two that start at once would both be first.
"""

import contextlib
import hashlib
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

PATIENCE_SECONDS = 10.0
LONGEST = 1_000_000  # bytes of a message
_TAKEN = b"taken\n"
_TICK_MS = 100

_log = logging.getLogger(__name__)


class Instance(QObject):
    """The first window of a user, as others find it from `listen` on; made by `claim`.

    Signals:
        asked (list of Path): A second start hands these over, maybe none; the window is to be shown.
        closing: Others may be first from now on.
    """

    asked = Signal(list)
    closing = Signal()

    def __init__(self, folder: Path, lock: QLockFile) -> None:
        super().__init__()
        self._folder = folder
        self._lock = lock

    def listen(self) -> None:
        """Take messages; those who come earlier wait."""
        # Imported late, since nobody can come before the window is on the screen.
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._on_connection(server.nextPendingConnection()))
        self.closing.connect(server.close)
        name = _name(self._folder)
        QLocalServer.removeServer(name)  # whoever left it is gone: the lock is ours
        if not server.listen(name):
            _log.warning("A second start will not find this window: %s", server.errorString())

    def close(self) -> None:
        """Let others be first."""
        self.closing.emit()
        self._lock.unlock()

    def _on_connection(self, socket: "QLocalSocket") -> None:
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._read(socket))

    def _read(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        paths = _paths(bytes(socket.readLine().data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit(paths)


def claim(folder: Path) -> Instance | None:
    """Be the first window of whose settings are in the folder; None if somebody is.

    Where nothing can be written there, each window is the first.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)  # old is not stale: a window is open for days
    if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
        return None
    return Instance(folder, lock)


def hand_over(paths: Sequence[Path], folder: Path, *, seconds: float = PATIENCE_SECONDS) -> bool:
    """Hand files to the first window, which shows itself; False if it does not answer in that time."""
    from PySide6.QtNetwork import QLocalSocket

    message = orjson.dumps([str(path.absolute()) for path in paths]) + b"\n"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        socket = QLocalSocket()
        socket.connectToServer(_name(folder))
        if not socket.waitForConnected(_TICK_MS):
            time.sleep(_TICK_MS / 1000)  # it may be starting
            continue
        socket.write(message)
        while time.monotonic() < end and not socket.canReadLine():
            if (
                not socket.waitForReadyRead(_TICK_MS)
                and socket.state() != socket.LocalSocketState.ConnectedState
            ):
                break
        return bytes(socket.readLine().data()) == _TAKEN
    return False


def _paths(line: bytes) -> list[Path] | None:
    """The files of a message; None where it is none."""
    try:
        names = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return [Path(name) for name in names]


def _name(folder: Path) -> str:
    """The socket's file, where nobody else can put one; on Windows, the name of a pipe."""
    if sys.platform == "win32":
        return f"annotator-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"
    return str(folder / "window.socket")
