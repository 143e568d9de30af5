"""The last resort: what no part of the window has dealt with is logged and told, and the window goes on.

A failure while one is being told is only logged, and one that comes again at once is told in a line: a broken
paint event fails whenever its dialog is closed, and would open dialogs for ever.
"""

import logging
import sys
import threading
import time
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

AGAIN_SECONDS = 5.0
"""A failure within this time of its like, or of the dialog that told it, is the same failure once more."""

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

    `show` is given a title, a sentence and details, and opens a dialog; `tell` is given a sentence that needs
    no answer; `recover` brings what is shown back to what is stored. While a dialog is open, further failures
    are only logged.
    """

    _happened = Signal(object)

    def __init__(
        self, parent: QObject, *, show: Show, tell: Callable[[str], None], recover: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._show, self._say, self._recover = show, tell, recover
        self._dialog: QDialog | None = None
        self._told = ("", "", "")
        self._told_at = -AGAIN_SECONDS
        self._logged = ""
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
            self._log(error)
        self._happened.emit(error)

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self.take(error)

    def _log(self, error: BaseException) -> None:
        trace = trace_without_text(error)
        if trace == self._logged:  # at each movement of the mouse it would push all else out of the log
            log.error("%s, as before", type(error).__name__)
        else:
            log.error("%s", trace)
        self._logged = trace

    def _tell(self, error: BaseException) -> None:
        told, now = described(error), time.monotonic()
        is_again = told == self._told and now - self._told_at < AGAIN_SECONDS
        self._told, self._told_at = told, now
        if self._dialog is not None:
            return
        title, sentence, details = told
        try:
            if is_again:
                self._say(_tr("Something went wrong again; it is in the log.") if details else sentence)
                return
            self._dialog = self._show(title, sentence, details)
            self._dialog.finished.connect(self._on_closed)
            self._recover()
        except Exception as another:  # noqa: BLE001 - the last resort has nobody to tell
            log.error("A failure could not be told in full:\n%s", trace_without_text(another))

    def _on_closed(self) -> None:
        self._dialog = None
        self._told_at = time.monotonic()


def described(error: BaseException) -> tuple[str, str, str]:
    """A failure for people: a title, what happened and what to do, and details."""
    if isinstance(error, AnnotatorError):
        return _tr("That did not work"), str(error), ""
    return (
        _tr("Something went wrong"),
        _tr(
            "This is a fault of the program. The window shows again what is saved: see whether what you did "
            "last is there, and go on. Help > Report a problem makes a report of it; the log is {file}."
        ).format(file=log_file()),
        # Details are copied into reports, as the log is: they say where, and quote nothing.
        trace_without_text(error),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
