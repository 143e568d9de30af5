"""What an export will be: its first record, how much is written, and everything that the format drops.

Both are found out in the worker thread a moment after the last change; what is still running then is
cancelled, as nobody wants its answer any more.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model import Annotator
from annotator.progress import Job
from annotator.recipes import Recipe
from annotator.services.lost import about_losses, loss_line
from ui.dialogs.frame import Fault
from ui.export.words import amount
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.panels.themed import SMALL, Words
from ui.session import Session

if TYPE_CHECKING:
    from annotator.snapshot import Loss
    from exporters.preflight import Preflight
    from storage.store import ProjectStore

SOON_MS = 300
_LISTED = 500
_LEAST_WIDTH = 200


class Outlook(QWidget):
    """Shows what a recipe would write. `stop` it before it goes."""

    def __init__(self, session: Session, jobs: JobRunner) -> None:
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._running: dict[JobHandle, Callable[[object], None]] = {}
        self._recipe: Recipe | None = None
        self.record = _text(self.tr("First record"))
        self.summary = Words(is_selectable=True)
        self.losses = _text(self.tr("What the format drops"))
        self.fault = Fault()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.setMinimumWidth(_LEAST_WIDTH)
        layout.addWidget(Words(self.tr("First record"), bold=True))
        layout.addWidget(self.record, 3)
        layout.addWidget(Words(self.tr("Before it is written"), bold=True))
        layout.addWidget(self.summary)
        layout.addWidget(self.losses, 2)
        layout.addWidget(self.fault)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)

    def show_recipe(self, recipe: Recipe) -> None:
        """Find out about a recipe, in a moment."""
        self.stop()
        self._recipe = recipe
        self.fault.tell("")
        self.summary.set_tone("muted")
        self.summary.setText(self.tr("Counting…"))
        self._soon.start()

    def stop(self) -> None:
        """Let go of what is being found out."""
        self._soon.stop()
        for handle in self._running:
            handle.cancel()
        self._running = {}

    def refuse(self, sentence: str) -> None:
        """Say why nothing can be found out."""
        self.stop()
        self.summary.clear()
        self.losses.clear()
        self.record.clear()
        self.fault.tell(sentence)

    def _look(self) -> None:
        recipe = self._recipe
        if recipe is None:
            return
        self._start(
            self.tr("First record"),
            partial(_preview, recipe=recipe, who=self._session.annotator),
            self._show_record,
        )
        self._start(
            self.tr("Count"), partial(_count, recipe=recipe, who=self._session.annotator), self._show_counts
        )

    def _start(
        self, title: str, make: "Callable[[ProjectStore], Job[object]]", show: Callable[[object], None]
    ) -> None:
        store = self._session.store
        if store is None:
            return
        handle = self._jobs.job(title, on_sibling(store, make))
        self._running[handle] = show
        # To methods, and not to closures: these connections end with this widget.
        handle.finished.connect(self._on_found)
        handle.failed.connect(self._on_failed)
        handle.cancelled.connect(self._on_cancelled)
        handle.start()

    def _on_found(self, found: object) -> None:
        show = self._ended()
        if show is not None:
            show(found)

    def _on_failed(self, error: BaseException) -> None:
        if self._ended() is None:
            return
        if not isinstance(error, AnnotatorError):
            raise error
        self.summary.clear()
        self.fault.tell(str(error))

    def _on_cancelled(self) -> None:
        """Somebody pressed Cancel."""
        if self._ended() is not None:
            self.summary.setText(self.tr("Not counted."))

    def _ended(self) -> Callable[[object], None] | None:
        """What shows the result of the job that has just ended; None if it was overtaken."""
        handle = self.sender()
        return self._running.pop(handle, None) if isinstance(handle, JobHandle) else None

    def _show_record(self, found: object) -> None:
        self.record.setPlainText(str(found) or self.tr("No document is chosen."))

    def _show_counts(self, found: object) -> None:
        counts: Preflight = found  # type: ignore[assignment]
        written = self.tr("{amount} will be written.").format(amount=amount(counts.documents, counts.spans))
        dropped = ", ".join(
            f"{count} {kind.replace('_', ' ')}" for kind, count in counts.losses.counts.items()
        )
        withheld = len({row.document for row in counts.left_out})
        left_out = (
            self.tr("1 document is left out.")
            if withheld == 1
            else self.tr("{n} documents are left out.").format(n=withheld)
        )
        kinds = self.tr("Dropped or changed: {list}.").format(list=dropped)
        self.summary.set_tone("caution" if dropped or counts.left_out else "good")
        self.summary.setText(
            " ".join(
                [written, *([kinds] if dropped else []), *([left_out] if counts.left_out else [])]
                if dropped or counts.left_out
                else [written, self.tr("Nothing is dropped.")]
            )
        )
        self.losses.setPlainText(self._list(counts))
        self.losses.setVisible(bool(self.losses.toPlainText()))

    def _list(self, counts: "Preflight") -> str:
        """Each document and each thing that will not be written, up to some hundreds."""
        lines = [self.tr("left out, {reason}: {title}").format(reason=row.reason, title=row.title)
                 for row in counts.left_out]  # fmt: skip
        lines += self._losses(counts.losses.all[:_LISTED])
        more = len(counts.losses) - _LISTED
        if more > 0:
            lines.append(self.tr("and {n} more, in the report beside the files").format(n=more))
        return "\n".join(lines)

    def _losses(self, losses: "Sequence[Loss]") -> list[str]:
        """What each is about: its words, or the type of a link, and the document."""
        store = self._session.store
        if store is None:
            return []
        return [loss_line(*both) for both in zip(losses, about_losses(store, losses), strict=True)]


def _text(name: str) -> QPlainTextEdit:
    """A place for text that is only read, in letters of one width."""
    edit = QPlainTextEdit(readOnly=True)
    edit.setAccessibleName(name)
    edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(edit.font().pointSizeF() * SMALL if edit.font().pointSizeF() > 0 else 9)
    edit.setFont(font)
    edit.setTabChangesFocus(True)
    edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    edit.setMinimumHeight(60)
    return edit


def _preview(store: "ProjectStore", recipe: Recipe, who: Annotator | None) -> Job[object]:
    from exporters.preview import preview
    from exporters.running import chosen, understood

    export = understood(store, recipe, who=who)
    return (yield from preview(chosen(store, export), export.exporter))


def _count(store: "ProjectStore", recipe: Recipe, who: Annotator | None) -> Job[object]:
    from exporters.running import count, understood

    return (yield from count(store, understood(store, recipe, who=who)))
