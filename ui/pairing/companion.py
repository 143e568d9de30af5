"""A second session over the store of the window's session, for the document that stands beside.

It follows every Change of the first one and makes none. The store is the first one's, which closes it.
"""

from annotator.change import Change
from ui.session import Session


class Companion(Session):
    """What is open beside; all it shows is of the same annotator."""

    def __init__(self, main: Session) -> None:
        super().__init__(main._open_project, workstation=main.workstation, parent=main)
        self._main = main
        main.project_closing.connect(self.let_go)
        main.annotator_changed.connect(self._follow_annotator)
        main.schema_changed.connect(self._follow_schema)
        main.changed.connect(self._follow)

    def show_document(self, document: str | None) -> None:
        """Open a document of the main session's project, or none."""
        main = self._main
        if document is not None and self.store is not main.store:
            self.store, self.annotator = main.store, main.annotator
            self.schema = main.schema
            self.project_changed.emit()
        if self.store is not None:
            self.open_document(document)

    def let_go(self) -> None:
        """Let go of the document and of the store, which stays open."""
        if self.store is None:
            return
        self.project_closing.emit()
        self.open_document(None)
        self.store, self.annotator = None, None
        self.project_changed.emit()

    def _follow(self, change: Change) -> None:
        if self.store is not None:
            self.take(change)

    def _follow_annotator(self) -> None:
        if self.store is not None and self._main.annotator is not None:
            self.switch_annotator(self._main.annotator.id)

    def _follow_schema(self) -> None:
        if self.store is not None:
            self.schema = self._main.schema
            self.schema_changed.emit()
