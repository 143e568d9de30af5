"""The guidelines beside the document: the page of the armed label, else of the selected span's, else all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.change import Change
from annotator.guidelines import reading_for
from annotator.model import GuidelineVersion
from ui.panels.label_chip import LabelChip
from ui.panels.later import Later
from ui.panels.markdown_page import MarkdownPage
from ui.panels.themed import Words
from ui.session import Session


class GuidelinesPanel(QWidget):
    """Shows what the guidelines say of the label at hand, with the rules that its page cites.

    Signals:
        edit_asked: Somebody wants to change the guidelines.
    """

    edit_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("guidelines")
        self.setMinimumWidth(220)
        self._session = session
        self._markdown = ""
        self._shown: tuple[str, str] | None = None  # the label ("" for all) and the Markdown
        self.chip = LabelChip()
        self.title = Words(self.tr("All"), tone="muted", is_wrapping=False)
        self.follow = QCheckBox(self.tr("Follow the label"))
        self.follow.setChecked(True)
        self.edit = QPushButton(self.tr("Edit…"))
        self.page = MarkdownPage()
        self.page.setFrameShape(MarkdownPage.Shape.NoFrame)
        self.page.setAccessibleName(self.tr("Guidelines"))
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 6)
        head.addWidget(self.chip)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.follow)
        head.addWidget(self.edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.page, 1)
        self._later = Later(self._show, self)
        self._connect()
        self._read()

    def _connect(self) -> None:
        session = self._session
        for signal in (session.project_changed, session.documents_changed):
            signal.connect(self._read)
        session.changed.connect(self._on_changed)
        for signal in (session.armed_changed, session.span_selected, session.schema_changed):
            signal.connect(self._later.soon)
        session.annotator_changed.connect(self._later.soon)
        self.follow.toggled.connect(self._later.soon)
        self.edit.clicked.connect(self.edit_asked)

    def show_now(self) -> None:
        """Show the label at hand at once, where the panel would have waited for the next repaint."""
        self._later.now()

    def _on_changed(self, change: Change) -> None:
        if any(isinstance(record, GuidelineVersion) for record in (*change.before, *change.after)):
            self._read()
        else:
            self._later.soon()  # the selected span may have another label

    def _read(self) -> None:
        store = self._session.store
        self._markdown = "" if store is None else store.guidelines()
        self._show()

    def _show(self) -> None:
        label_id = self._label() if self.follow.isChecked() else ""
        label = self._session.schema.label(label_id)
        annotator = self._session.annotator
        self.edit.setVisible(annotator is not None and annotator.role == "lead")
        text = reading_for(self._markdown, self._session.schema, label_id) if label else self._markdown
        if not text.strip():
            text = self.tr("This project has no guidelines yet.")
        self.chip.setVisible(label is not None)
        self.title.setVisible(label is None)
        if label is not None:
            self.chip.show_label(label.name, label.colour)
        if self._shown != (label_id, text):
            self._shown = (label_id, text)
            self.page.show_markdown(text)

    def _label(self) -> str:
        """The label at hand."""
        if self._session.armed is not None:
            return self._session.armed
        span = self._session.selected_annotation
        return "" if span is None else span.label
