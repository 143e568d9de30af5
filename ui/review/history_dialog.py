"""How the unit in focus came to be decided, as the memo that can be saved tells it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QTextBrowser, QWidget

from annotator.errors import AnnotatorError
from annotator.services.decision_history import UnitHistory, document_history, unit_history
from annotator.services.reviewing import AnyUnit
from exporters.decision_memo import as_html, write_memo
from ui.dialogs.frame import Fault, body, button_row, close_button, fit, side_button
from ui.panels.themed import theme_of
from ui.review.desk import ReviewDesk
from ui.review.strict import history_as_allowed


class HistoryDialog(QDialog):
    """Every decision on a unit, with what annotators had then; annotators are called as on the screen."""

    def __init__(self, desk: ReviewDesk, unit: AnyUnit, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        store, of = desk.session.store, desk.review
        self.history: UnitHistory | None = None
        if store is not None and of is not None:
            self.history = history_as_allowed(desk, unit_history(store, of, unit, name=desk.name))
        layout = body(self, self.tr("History"))
        self.page = QTextBrowser()
        shown = [self.history] if self.history is not None else []
        self.page.setHtml(as_html(shown, muted=theme_of(self).muted))
        layout.addWidget(self.page, 1)
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, _close = close_button(self)
        save = side_button(self.tr("Save memo…"))
        save_all = side_button(self.tr("Save memo of the document…"))
        save.clicked.connect(lambda: self._ask([self.history] if self.history is not None else []))
        save_all.clicked.connect(lambda: self._ask(self.document()))
        layout.addLayout(button_row(box, save, save_all))
        fit(self, 760, 560)

    def document(self) -> Sequence[UnitHistory]:
        """The histories of all units of the document that something was decided of."""
        store, of = self._desk.session.store, self._desk.review
        if store is None or of is None:
            return ()
        told = document_history(store, of, name=self._desk.name)
        return [history_as_allowed(self._desk, each) for each in told]

    def _ask(self, histories: Sequence[UnitHistory]) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save memo"), "decisions.html", self.tr("HTML (*.html)")
        )
        if path:
            self.write(Path(path), histories)

    def write(self, target: Path, histories: Sequence[UnitHistory]) -> None:
        """Write a memo of histories."""
        try:
            write_memo(histories, target)
            self.fault.tell("")
        except AnnotatorError as error:
            self.fault.tell(str(error))
