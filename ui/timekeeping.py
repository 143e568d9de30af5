"""Time on task: counts the seconds in which a window of the program is active and somebody is at work.

Who does nothing for some minutes is taken to have gone, and those minutes do not count. What is counted
is kept when the document is left, and every few minutes, so that a crash costs no more than these.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.model import Annotation, Assignment, WorkInterval, annotator_set_id, new_id, now
from annotator.services import working
from annotator.store import WorkDone
from ui.session import Session

TICK_SECONDS = 15
KEPT_EVERY_SECONDS = 300
AWAY_SECONDS = 300


@dataclass(slots=True)
class _Stretch:
    """A stretch of work that goes on: until when it is counted, and when somebody last did something."""

    counted: float
    touched: float


class Timekeeper(QObject):
    """Counts for the session's document and annotator.

    Signals:
        counted: The time or the counts of today have changed.
    """

    counted = Signal()

    def __init__(
        self,
        session: Session,
        parent: QObject,
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._today = today
        self._sitting: WorkInterval | None = None
        self._kept: WorkInterval | None = None
        self._seconds = 0.0
        self._stretch: _Stretch | None = None
        self._is_active = QGuiApplication.focusWindow() is not None
        self._before = self._earlier = WorkDone()  # of today, and on the document, without the sitting
        self._day = ""
        self._tick = QTimer(self, interval=TICK_SECONDS * 1000)
        self._tick.timeout.connect(self.count)
        session.document_changed.connect(self._begin)
        session.annotator_changed.connect(self._begin)
        session.project_closing.connect(self._end)
        session.changed.connect(self._on_changed)
        session.span_selected.connect(self.touch)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_focus_window_changed)

    # -- what is known

    @property
    def today(self) -> WorkDone:
        """The annotator's work of today, this sitting included."""
        return _sum(self._before, self._sitting)

    def on_document(self) -> WorkDone:
        """The annotator's work on the open document, all sittings included."""
        return _sum(self._earlier, self._sitting)

    # -- what happens

    def touch(self) -> None:
        """Somebody did something."""
        if not self._is_active or self._sitting is None:
            return
        self.count()
        if self._day != working.day_began(self._today()):
            self._begin()  # which touches, too
            return
        present = self._clock()
        self._stretch = _Stretch(present, present)
        if not self._tick.isActive():
            self._tick.start()

    def set_active(self, is_active: bool) -> None:
        """The program's windows have become active, or others have."""
        if is_active == self._is_active:
            return
        self.count()
        self._is_active, self._stretch = is_active, None
        self._tick.stop()
        if is_active:
            self.touch()
        else:
            self._keep()

    def count(self) -> None:
        """Count what has passed since it was counted last, up to when somebody is taken to have gone."""
        stretch, sitting = self._stretch, self._sitting
        if stretch is None or sitting is None:
            return
        until = min(self._clock(), stretch.touched + AWAY_SECONDS)
        self._seconds += max(0.0, until - stretch.counted)
        stretch.counted = max(until, stretch.counted)
        if int(self._seconds) == sitting.seconds:
            return
        self._sitting = replace(sitting, seconds=int(self._seconds))
        kept = 0 if self._kept is None else self._kept.seconds
        if self._seconds - kept >= KEPT_EVERY_SECONDS:
            self._keep()
        self.counted.emit()

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        self.set_active(window is not None)

    def _on_changed(self, change: Change) -> None:
        sitting = self._sitting
        if sitting is None or change.annotator != sitting.annotator:
            return
        own = annotator_set_id(sitting.annotator)
        made = sum(isinstance(record, Annotation) and record.set == own for record in change.after)
        gone = sum(isinstance(record, Annotation) and record.set == own for record in change.before)
        finished = _finished(change.after) - _finished(change.before)
        if made != gone or finished:
            self._sitting = replace(
                sitting, spans=sitting.spans + made - gone, finished=sitting.finished + finished
            )
        self.touch()
        self.counted.emit()

    def _begin(self) -> None:
        """Another document, or another annotator: keep the sitting that was, and begin one."""
        self._end()
        session = self._session
        if session.store is None or session.document is None or session.annotator is None:
            self.counted.emit()
            return
        self._day = working.day_began(self._today())
        self._before = session.store.work_since(session.annotator.id, self._day)
        self._earlier = session.store.work_on(session.document.id, session.annotator.id)
        self._sitting = WorkInterval(new_id(), session.document.id, session.annotator.id, now(), 0)
        self.touch()
        self.counted.emit()

    def _end(self) -> None:
        self.count()
        self._keep()
        self._tick.stop()
        self._sitting, self._kept, self._stretch, self._seconds = None, None, None, 0.0
        self._before = self._earlier = WorkDone()

    def _keep(self) -> None:
        """Write the sitting down; one in which nothing has been counted is nothing."""
        store, sitting = self._session.store, self._sitting
        if store is None or store.read_only or sitting is None or sitting == self._kept:
            return
        if not (sitting.seconds or sitting.spans or sitting.finished):
            return
        try:
            working.keep(store, sitting)
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return
        self._kept = sitting


def _finished(records: tuple[object, ...]) -> int:
    return sum(isinstance(record, Assignment) and record.state == "done" for record in records)


def _sum(done: WorkDone, sitting: WorkInterval | None) -> WorkDone:
    if sitting is None:
        return done
    return WorkDone(
        done.seconds + sitting.seconds, done.spans + sitting.spans, done.finished + sitting.finished
    )
