"""The guidelines in the window: the panel beside the document, the editor, the spans to look at again.

Panels are made when their dock is first seen, dialogs are imported when they are opened.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.services.versions import check_lead
from ui.taking_back import offer_undo

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.panels.guidelines import GuidelinesPanel
    from ui.panels.look_again import LookAgainPanel

HEIGHT = 220


class Guiding(QObject):
    """The handlers of the commands about guidelines."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._panel: GuidelinesPanel | None = None
        self._again: LookAgainPanel | None = None
        window.docks["guidelines"].visibilityChanged.connect(lambda is_seen: is_seen and self.panel)
        window.docks["again"].visibilityChanged.connect(lambda is_seen: is_seen and self.again)

    @property
    def panel(self) -> "GuidelinesPanel":
        """The guidelines beside the document."""
        if self._panel is None:
            from ui.panels.guidelines import GuidelinesPanel

            self._panel = GuidelinesPanel(self._session)
            self._panel.edit_asked.connect(self.edit)
            self._window.docks["guidelines"].setWidget(self._panel)
        return self._panel

    @property
    def again(self) -> "LookAgainPanel":
        """The spans to look at again."""
        if self._again is None:
            from ui.panels.look_again import LookAgainPanel

            dock = self._window.docks["again"]
            self._again = LookAgainPanel(self._session, self._window.questions)
            self._again.chosen.connect(self._window.going.jump_to)
            self._again.left.connect(self._leave)
            self._again.failed.connect(self._window.failures.take)
            dock.setWidget(self._again)
            self._window.resizeDocks([dock], [HEIGHT], Qt.Orientation.Vertical)
        return self._again

    def toggle(self) -> None:
        """Show the guidelines beside the document, or hide them."""
        dock = self._window.docks["guidelines"]
        is_shown = dock.isHidden() or dock.visibleRegion().isEmpty()  # behind another panel counts as hidden
        _ = self.panel
        dock.setVisible(is_shown)
        if is_shown:
            dock.raise_()

    def edit(self) -> None:
        """Let a lead change the guidelines."""
        from ui.dialogs.guideline_editor import GuidelineEditor

        store, annotator = self._session.store, self._session.annotator
        if store is None or annotator is None:
            return
        try:
            check_lead(store, annotator.id, "guidelines")
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return
        editor = GuidelineEditor(self._session, self._window)
        editor.saved.connect(self._on_saved)
        editor.finished.connect(editor.deleteLater)
        editor.open()

    def look_again(self) -> None:
        """List the spans that the last change of the guidelines concerns."""
        panel, dock = self.again, self._window.docks["again"]
        dock.show()
        dock.raise_()
        panel.open()

    def _on_saved(self, change: Change) -> None:
        window = self._window
        sentence = self.tr("Saved: {title}.").format(title=change.title)
        offer_undo(self._session, window.pane.notice, sentence, change, tell=window.status.tell)
        self.look_again()

    def _leave(self) -> None:
        self._window.docks["again"].hide()
        self._window.view.setFocus()
