"""The last resort: what no part of the window has dealt with is logged and told, and the window goes on.

A failure while one is being told is only logged, or a broken paint event would open dialogs for ever.
"""

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QDialog

from annotator.errors import AnnotatorError
from annotator.traces import trace_without_text
from ui.settings import APPLICATION

log = logging.getLogger(__name__)

LOG_BYTES = 1_000_000
LOGS_KEPT = 3

_OWN = ("annotator", "storage", "exporters", "ui")

Show = Callable[[str, str, str], QDialog]


def log_file() -> Path:
    """Where failures are logged."""
    return platformdirs.user_log_path(APPLICATION, appauthor=False) / "annotator.log"


class _WithoutText(logging.Formatter):
    """Writes our own messages, which quote no document; of libraries', which may, only whence they are."""

    def format(self, record: logging.LogRecord) -> str:
        # A copy without what another handler may have made of the exception.
        copy = logging.makeLogRecord(vars(record) | {"exc_text": None})
        if record.name.partition(".")[0] not in _OWN:
            copy.msg, copy.args = f"a message from line {record.lineno} of {record.module}", ()
        return super().format(copy)

    def formatException(self, ei: object) -> str:
        error = ei[1] if isinstance(ei, tuple) else None
        return "" if error is None else trace_without_text(error)


def log_to_file() -> None:
    """Log warnings and failures to the user's log folder, if it can be written; full logs are put aside."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(_WithoutText("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


class Failures(QObject):
    """Takes what would end the program or vanish, in any thread, and has it shown on the GUI thread.

    `show` is given a title, a sentence and details, and opens a dialog; `recover` brings what is shown back
    to what is stored. While a dialog is open, further failures are only logged.
    """

    _happened = Signal(object)

    def __init__(self, *, show: Show, recover: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._recover = recover
        self._dialog: QDialog | None = None
        self.last: BaseException | None = None  # the newest fault of the program
        self._happened.connect(self._tell)

    def install(self) -> None:
        """Become the handler of everything that nobody catches."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self.take(args.exc_value)

    def take(self, error: BaseException | None) -> None:
        """Log a failure and have it told; may be called in any thread."""
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            return
        if not isinstance(error, AnnotatorError):
            self.last = error
            log.error("%s", trace_without_text(error))
        self._happened.emit(error)

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self.take(error)

    def _tell(self, error: BaseException) -> None:
        if self._dialog is not None:
            return
        try:
            self._dialog = self._show(*described(error))
            self._dialog.finished.connect(self._on_closed)
            self._recover()
        except Exception as another:  # noqa: BLE001 - the last resort has nobody to tell
            log.error("A failure could not be told in full:\n%s", trace_without_text(another))

    def _on_closed(self) -> None:
        self._dialog = None


def described(error: BaseException) -> tuple[str, str, str]:
    """A failure for people: a title, what happened and what to do, and details."""
    if isinstance(error, AnnotatorError):
        return _tr("That did not work"), str(error), ""
    return (
        _tr("Something went wrong"),
        _tr(
            "This is a fault of the program. What you did last was not done; everything before it is "
            "saved and you can go on. Help > Report a problem makes a report of it; the log is {file}."
        ).format(file=log_file()),
        # Details are copied into reports, as the log is: they say where, and quote nothing.
        trace_without_text(error),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
