"""The spans to look at again after a change of the guidelines: under their documents, with the reason.

A lead sees the spans of all annotators, everybody else their own. The list is what a comparison of two
versions gives, so it can be had again at any time.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model import GuidelineVersion, annotator_set_id
from annotator.services.guideline_editing import Again, look_again
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.span_words import moment
from ui.panels.themed import Words
from ui.session import Session


class LookAgainPanel(QWidget):
    """The list, and the version since which the guidelines are compared.

    Signals:
        chosen: A span was chosen (its id).
        left: Esc was pressed.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner) -> None:
        super().__init__()
        self.setObjectName("again")
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._versions: Sequence[GuidelineVersion] = ()
        self._found: tuple[Again, ...] = ()
        self.since = QComboBox()
        self.since.setAccessibleName(self.tr("Since version"))
        self.summary = Words(tone="muted", is_wrapping=False)
        self.list = ContextList(self.tr("Spans to look at again"), before=0.3)
        self.list.setFrameShape(ContextList.Shape.NoFrame)
        self.told = Words(tone="muted")
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMargin(12)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.told)
        self._stack.addWidget(self.list)
        head = QHBoxLayout()
        head.setContentsMargins(10, 4, 10, 6)
        head.setSpacing(8)
        head.addWidget(Words(self.tr("Guidelines changed since"), is_wrapping=False))
        head.addWidget(self.since)
        head.addWidget(self.summary)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.since.activated.connect(self._look)
        self.list.chosen.connect(lambda number: self.chosen.emit(self._found[number].annotation.id))
        self.list.installEventFilter(self)
        session.project_closing.connect(self._forget)

    def open(self) -> None:
        """Compare the guidelines in force with those before, and take the keyboard."""
        store = self._session.store
        self._versions = () if store is None else store.versions(GuidelineVersion)
        self.since.clear()
        for version in self._versions[1:]:
            words = self.tr("version {number}, {when}")
            self.since.addItem(words.format(number=version.number, when=moment(version.created)))
        self._look()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc goes back to the text."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        store, older = self._session.store, self.since.currentIndex() + 1
        self._forget()
        if store is None or len(self._versions) < 2:
            self._tell(
                self.tr(
                    "The guidelines have not been changed yet. Once a rule or page is, the spans that it "
                    "concerns are listed here."
                )
            )
            return
        before, after = self._versions[older].markdown, self._versions[0].markdown
        self._tell(self.tr("Looking…"))
        handle = self._jobs.job(
            self.tr("Look for spans to look at again"),
            on_sibling(store, partial(look_again, before=before, after=after)),
        )
        self._job = handle
        handle.finished.connect(lambda found: self._on_found(handle, found))
        handle.failed.connect(lambda error: self._on_failed(handle, error))
        handle.start()

    def _on_found(self, handle: JobHandle, found: tuple[Again, ...]) -> None:
        if handle is not self._job:
            return
        self._job = None
        annotator = self._session.annotator
        is_lead = annotator is not None and annotator.role == "lead"
        own = "" if annotator is None else annotator_set_id(annotator.id)
        self._found = tuple(each for each in found if is_lead or each.annotation.set == own)
        if not self._found:
            self._tell(self.tr("No span is concerned by what changed."))
            return
        self.list.rows.set_rows(self._rows(self._found))
        documents = len({each.annotation.document for each in self._found})
        spans = len(self._found)
        self.summary.setText(
            self.tr("{spans} to look at again, in {documents}").format(
                spans=self.tr("1 span") if spans == 1 else self.tr("{n} spans").format(n=spans),
                documents=self.tr("1 document")
                if documents == 1
                else self.tr("{n} documents").format(n=documents),
            )
        )
        self._stack.setCurrentWidget(self.list)
        self.list.select_first()
        self.list.setFocus()

    def _rows(self, found: Iterable[Again]) -> Iterable[Row]:
        document = ""
        for number, each in enumerate(found):
            span = each.annotation
            if span.document != document:
                document = span.document
                yield each.title
            label = self._session.schema.label(span.label)
            yield ContextRow(
                number,
                _on_one_line(span.quote.prefix),
                (
                    Piece(_on_one_line(span.quote.exact), is_found=True),
                    Piece(_on_one_line(span.quote.suffix)),
                ),
                remark=" · ".join(filter(None, (", ".join(each.reasons), each.owner))),
                chip=span.label if label is None else label.name,
                colour="#777777" if label is None else label.colour,
            )

    def _on_failed(self, handle: JobHandle, error: BaseException) -> None:
        if handle is not self._job:
            return
        self._job = None
        if isinstance(error, AnnotatorError):
            self._tell(str(error))
        else:
            self.failed.emit(error)

    def _forget(self) -> None:
        """Stop looking; nothing is listed any more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._found = ()
        self.list.rows.set_rows([])

    def _tell(self, sentence: str) -> None:
        self.summary.clear()
        self.told.setText(sentence)
        self._stack.setCurrentWidget(self.told)


def _on_one_line(text: str) -> str:
    """The text with every run of white space as one space, also at its ends."""
    return re.sub(r"\s+", " ", text)
