"""Learning in the window: in the background after enough new work, what came of it, and what is least sure.

Training runs in a process of its own, and the thread that waits for it is no other job's; so nobody waits for
either. What is learned is only ever suggested.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.model import Assignment
from annotator.progress import Job, Progress
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.panels.later import Later

if TYPE_CHECKING:
    from annotator.suggest.learned.process import Learned
    from storage.store import ProjectStore
    from ui.main_window import MainWindow

REST = 2_000  # milliseconds after a document is done before it is asked whether to learn


class Learning(QObject):
    """The handlers of the commands about what is learned.

    Signals:
        progressed: How far the training is (Progress).
        ended: It ended; the arguments are the sentence that says how, "" where it was cancelled, and whether
            it failed.
    """

    progressed = Signal(object)
    ended = Signal(str, bool)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._runner, self._readers = JobRunner(self), JobRunner(self)
        self._running: JobHandle | None = None
        self.is_unsure_first = False
        self._later = Later(self._learn_if_due, self, after=REST)
        session = self._session
        session.changed.connect(self._on_changed)
        session.documents_changed.connect(self._later.soon)
        session.project_closing.connect(self._on_project_closing)

    # -- training

    @property
    def is_learning(self) -> bool:
        """Whether it is being learned, or asked whether to."""
        return self._running is not None

    def start(self) -> None:
        """Learn from all that is done, whether or not that is much more than before."""
        self._start(is_asked=True)

    def cancel(self) -> None:
        """Learn no more; what was learned before stays."""
        if self._running is not None:
            self._running.cancel()

    def look(self) -> None:
        """Ask at once whether to learn, if it is to be asked soon."""
        self._later.now()

    def _learn_if_due(self) -> None:
        if self._window.settings["learning"]:
            self._start(is_asked=False)

    def _start(self, *, is_asked: bool) -> None:
        store = self._session.store
        if store is None or store.read_only or self._running is not None:
            return

        def job(own: "ProjectStore") -> Job["Learned | None"]:
            from annotator.services import learning

            yield Progress(0, 0)
            if not is_asked and not learning.is_due(own):
                return None
            return (yield from learning.learn(own))

        handle = self._runner.job(self.tr("Learn for suggestions"), on_sibling(store, job))
        handle.progressed.connect(self.progressed)
        handle.finished.connect(self._on_finished)
        handle.failed.connect(self._on_failed)
        handle.cancelled.connect(lambda: self._end(""))
        self._running = handle
        handle.start()

    def _on_finished(self, learned: "Learned | None") -> None:
        if learned is None:
            self._end("")
            return
        outcome = learned.outcome
        if outcome.is_new:
            told = self.tr("Learned from {n} documents; F1 {f1:.2f} on those held out.").format(
                n=len(outcome.model.about.texts), f1=outcome.f1
            )
        else:
            told = self.tr(
                "What was learned before is kept: F1 {old:.2f} on documents held out, the new one {new:.2f}."
            ).format(old=outcome.old_f1 or 0, new=outcome.f1)
        self._window.status.tell(told)
        self._end(told)
        self._window.suggesting.apply_settings()
        if self.is_unsure_first:
            self._ask_doubts()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, AnnotatorError):
            self._window.status.tell(str(error))
            self._end(str(error), has_failed=True)
        else:
            self._end("")
            self._window.failures.take(error)

    def _end(self, told: str, *, has_failed: bool = False) -> None:
        self._running = None
        self.ended.emit(told, has_failed)

    def _on_changed(self, change: Change) -> None:
        if any(isinstance(record, Assignment) and record.state == "done" for record in change.after):
            self._later.soon()

    def _on_project_closing(self) -> None:
        self._running = None
        for runner in (self._runner, self._readers):
            runner.cancel_all()
        self.is_unsure_first = False
        self._window.documents.show_doubts(None)

    # -- what it came to

    def show(self) -> None:
        """Show what was learned, how well it does, and what of it is suggested."""
        from ui.dialogs.learned import LearnedDialog

        dialog = LearnedDialog(self._session, self, self._window.settings, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_settings(self, *, least_precision: int, learns: bool) -> None:
        """Keep what was set in the dialog, and suggest accordingly."""
        settings = self._window.settings
        settings["least_precision"], settings["learning"] = least_precision, learns
        with suppress(OSError):  # a folder that cannot be written keeps nothing, but the window changes
            settings.save()
        self._window.suggesting.apply_settings()

    # -- the next best document

    def toggle_unsure(self) -> None:
        """List those documents first that what was learned is least sure of, or in order of import again."""
        self.is_unsure_first = not self.is_unsure_first
        if self.is_unsure_first:
            self._ask_doubts()
        else:
            self._window.documents.show_doubts(None)

    def _ask_doubts(self) -> None:
        store = self._session.store
        if store is None:
            return

        def job(own: "ProjectStore") -> Job[dict[str, float] | None]:
            from annotator.services import learning

            yield Progress(0, 0)
            model = learning.known_model(own)
            return None if model is None else (yield from learning.doubts(own, model))

        handle = self._readers.job(self.tr("Order documents"), on_sibling(store, job))
        handle.finished.connect(self._on_doubts)
        handle.failed.connect(self._on_no_doubts)
        handle.start()

    def _on_doubts(self, doubts: dict[str, float] | None) -> None:
        if not self.is_unsure_first:
            return
        if doubts is None:
            self._on_no_doubts(AnnotatorError(self.tr("Nothing was learned yet that could be unsure.")))
        else:
            self._window.documents.show_doubts(doubts)

    def _on_no_doubts(self, error: BaseException) -> None:
        self.is_unsure_first = False
        if isinstance(error, AnnotatorError):
            self._window.status.tell(str(error))
        else:
            self._window.failures.take(error)
