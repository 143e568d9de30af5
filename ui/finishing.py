"""Finishing a document: first a list of what is missing, then, at the second press, done and the next one.

Once somebody has seen the list, the key finishes the document until something in it is changed.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.finishing import Missing, missing
from ui.going import Going
from ui.session import Session
from ui.views.text_view import TextView


class Finishing(QObject):
    """The handlers of “Document done” and of what else is said of the work on a document."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        going: Going,
        *,
        keys: Callable[[], tuple[str, ...]],
        fill_in: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """`keys` are those of “Document done”, which finish from within the list too.

        `fill_in` gives the keyboard to the form of the document.
        """
        super().__init__(parent)
        self._session = session
        self._view = view
        self._going = going
        self._keys = keys
        self._fill_in = fill_in
        self._window = parent
        self._seen = ""  # the document whose list was seen since it was changed last
        session.changed.connect(self._forget)
        session.document_changed.connect(self._forget)

    def done(self) -> None:
        """Finish the document and open the next one to do; first list what is missing, if anything is."""
        document = self._session.document
        if document is None:
            return
        items = [] if self._seen == document.id else self._missing()
        if items:
            self._seen = document.id
            self._show(items)
        elif self._session.work_state == "done" or self._session.set_work_state("done") is not None:
            self._going.next_to_do()

    def reopen(self) -> None:
        """Say that work on the document goes on."""
        if self._session.work_state != "in_progress":
            self._session.set_work_state("in_progress")

    def skip(self) -> None:
        """Leave the document out, with a reason if there is one, and open the next one to do."""
        from ui.dialogs.reason import ReasonDialog

        dialog = ReasonDialog(
            self.tr("Skip the document"),
            self.tr("It is listed under Skipped, and can be opened again."),
            accept=self.tr("Skip"),
            parent=self._window,
        )
        dialog.answered.connect(self._skip)
        dialog.open()

    def _skip(self, reason: str, _to: str) -> None:
        if self._session.set_work_state("skipped", reason) is not None:
            self._going.next_to_do()

    def give_back(self) -> None:
        """Return the document to who has marked it, with what to look at again."""
        from ui.dialogs.reason import ReasonDialog

        session = self._session
        if session.store is None or session.document is None or session.annotator is None:
            return
        marked = {given.annotator for given in session.store.assignments(session.document.id)}
        people = sorted(
            session.store.annotators(),
            key=lambda person: (person.id == session.annotator_id, person.id not in marked, person.name),
        )
        dialog = ReasonDialog(
            self.tr("Return the document"),
            self.tr("It comes first in the list of whom it is returned to, with these words."),
            accept=self.tr("Return"),
            people=[(person.id, person.name) for person in people],
            parent=self._window,
        )
        dialog.answered.connect(session.give_back)
        dialog.open()

    def _missing(self) -> list[Missing]:
        session = self._session
        if session.document is None:
            return []
        return missing(
            session.schema,
            kind=session.document.kind,
            text=session.text,
            spans=session.annotations.values(),
            relations=session.relations.values(),
            document=session.document_labels,
        )

    def _show(self, items: list[Missing]) -> None:
        from ui.dialogs.unfinished import UnfinishedDialog

        session = self._session
        dialog = UnfinishedDialog(
            items, text=session.text, schema=session.schema, keys=self._keys(), parent=self._window
        )
        dialog.jumped.connect(lambda number: self._jump(items[number]))
        dialog.finished_anyway.connect(self.done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _jump(self, item: Missing) -> None:
        """Go to the span, to the document's form, or select the words that are not marked."""
        if item.span is not None:
            self._going.jump_to(item.span)
            return
        if item.lack == "document":
            self._fill_in()
            return
        self._view.select(*item.place)
        self._view.reveal(*item.place)
        self._view.setFocus()

    def _forget(self) -> None:
        self._seen = ""
