"""The status bar: who, saved, how many spans, where, zoom; a mode that is on; and the job that runs."""

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QWidget,
)

from annotator.progress import Progress
from annotator.store import WorkDone
from ui.jobs import JobHandle, JobRunner
from ui.panels.elided_label import ElidedLabel
from ui.panels.later import Later
from ui.panels.span_words import MINUTE, as_tooltip, minutes_words
from ui.session import Session

MESSAGE_MS = 6000
JOB_WIDTH = 480


class StatusBar(QStatusBar):
    """Facts about what is open; each label is empty while it has nothing to say.

    Signals:
        annotator_clicked: Somebody wants to say who annotates.
    """

    annotator_clicked = Signal()

    def __init__(self, session: Session, jobs: JobRunner) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._session = session
        self._place = 0, 0
        self._counted = Later(self._count, self)
        self.annotator = QToolButton(autoRaise=True)
        self.annotator.setToolTip(self.tr("Who annotates; click to switch"))
        self.saved, self.spans, self.cite, self.zoom = QLabel(), QLabel(), QLabel(), QLabel()
        self.today, self.mode = QLabel(), QLabel()
        self.today.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.mode.setForegroundRole(QPalette.ColorRole.Link)
        self.more = QToolButton(autoRaise=True)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setToolTip(
            self.tr("The other places in this document that read the same; Shift with the key")
        )
        self.more.hide()
        self.hub = QToolButton(autoRaise=True)
        self.hub.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hub.hide()
        self.copied = QToolButton(autoRaise=True)
        self.copied.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copied.hide()
        self.job = JobProgress(jobs)
        facts = QWidget()
        row = QHBoxLayout(facts)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(16)
        for widget in (
            self.annotator,
            self.saved,
            self.spans,
            self.cite,
            self.zoom,
            self.today,
            self.hub,
            self.copied,
            self.mode,
            self.more,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        self.addWidget(facts, 1)
        self.addPermanentWidget(self.job)
        self.annotator.clicked.connect(self.annotator_clicked)
        session.project_changed.connect(self.show_facts)
        session.annotator_changed.connect(self.show_facts)
        session.document_changed.connect(self._on_document_changed)
        session.changed.connect(self.show_facts)
        session.page_heads.read.connect(lambda: self.show_place(*self._place))
        self.show_facts()

    def tell(self, message: str) -> None:
        """Show a sentence for a few seconds in place of the facts."""
        self.showMessage(message, MESSAGE_MS)

    def show_facts(self) -> None:
        """Bring who and saved up to date, and soon the spans."""
        session = self._session
        self.annotator.setVisible(session.annotator is not None)
        self.annotator.setText(session.annotator.name if session.annotator else "")
        self.saved.setText(self._saved())
        self.saved.setToolTip(str(session.store.path) if session.store else "")
        self.spans.setVisible(session.document is not None)
        self._counted.soon()

    def _count(self) -> None:
        """Say how many spans there are, once they are painted."""
        count = len(self._session.annotations)
        self.spans.setText(self.tr("1 span") if count == 1 else self.tr("{n} spans").format(n=count))

    def show_place(self, start: int, end: int) -> None:
        """Show the page, and the lines where they are numbered, of a stretch of the document."""
        self._place = start, end
        cites = self._session.page_heads.cites
        self.cite.setText(cites.cite(start, end) if cites is not None else "")
        self.cite.setVisible(bool(self.cite.text()))

    def show_zoom(self, percent: int) -> None:
        """Show the zoom of the document."""
        self.zoom.setText(f"{percent} %")

    def show_today(self, done: WorkDone) -> None:
        """Show what the annotator has done today; nothing before anything is."""
        spans = max(0, done.spans)
        parts = [
            self.tr("1 span") if spans == 1 else self.tr("{n} spans").format(n=spans),
            self.tr("{n} done").format(n=done.finished) if done.finished > 0 else "",
            minutes_words(done.seconds) if done.seconds >= MINUTE else "",
        ]
        shown = self.tr("Today {list}").format(list=" · ".join(part for part in parts if part))
        is_shown = done.spans > 0 or done.finished > 0 or done.seconds >= MINUTE
        self.today.setText(shown if is_shown else "")
        self.today.setToolTip(self.tr("Spans made, documents done and time at work since midnight"))

    def show_hub(self, words: str, more: str) -> None:
        """Show how the hub stands, and more of it in the tooltip; "" hides it."""
        self.hub.setText(words)
        self.hub.setToolTip(as_tooltip(more))
        self.hub.setVisible(bool(words))

    def show_copied(self, words: str, folder: str) -> None:
        """Show how old the last copy on another disk is; "" hides it."""
        self.copied.setText(words)
        self.copied.setVisible(bool(words))
        self.copied.setToolTip(
            self.tr("Backups also go to {folder}; click to make one now").format(folder=folder)
            if folder
            else self.tr("Click to choose a folder on another disk that backups are written to as well")
        )

    def _saved(self) -> str:
        if self._session.store is None:
            return ""
        return self.tr("Read-only") if self._session.store.read_only else self.tr("Saved")

    def _on_document_changed(self) -> None:
        self.cite.hide()
        self.show_facts()


class JobProgress(QFrame):
    """The job that runs: what, how far, how long, and a button that cancels it."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._shown: JobHandle | None = None
        self.text = ElidedLabel()
        self.text.setMaximumWidth(JOB_WIDTH)
        self.text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedSize(120, 8)
        self.cancel = QPushButton(self.tr("Cancel"), flat=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        for widget in (self.text, self.bar, self.cancel):
            layout.addWidget(widget)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._show_progress)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        jobs.queue_changed.connect(self._on_queue_changed)
        self.hide()

    def _on_queue_changed(self) -> None:
        job = self._jobs.jobs[0] if self._jobs.jobs else None
        if job is self._shown:
            return
        self._shown = job
        self.setVisible(job is not None)
        if job is None:
            self._clock.stop()
            return
        job.progressed.connect(self._show_progress)
        self.cancel.setEnabled(True)
        self._clock.start()
        self._show_progress()

    def _show_progress(self) -> None:
        job = self._shown
        if job is None:
            return
        progress: Progress = job.progress
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        seconds = int(time.monotonic() - job.started)
        parts = [job.title]
        if progress.total:
            parts.append(self.tr("{done} of {total}").format(done=progress.done, total=progress.total))
        parts += [progress.subject, f"{seconds // 60}:{seconds % 60:02}"]
        self.text.set_text("  ·  ".join(part for part in parts if part))

    def _on_cancel_clicked(self) -> None:
        if self._shown is not None:
            self._shown.cancel()
            self.cancel.setEnabled(False)
            self.text.set_text(self.tr("Cancelling {title}…").format(title=self._shown.title))
