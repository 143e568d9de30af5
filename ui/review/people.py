"""What the annotators of the open project are called, read once and not at every step of a review."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.adjudication.decisions import AUTOMATIC
from annotator.change import Change
from annotator.model import Annotator
from ui.session import Session


class People(QObject):
    """Knows names by id, and reads them anew when somebody came, went or is called otherwise."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._names: Mapping[str, str] | None = None
        session.changed.connect(self._on_changed)
        for signal in (session.project_changed, session.documents_changed):
            signal.connect(self._forget)

    def name(self, annotator: str) -> str:
        """The name of an annotator (an id), or that there is nobody of that id any more."""
        if self._names is None:
            store = self._session.store
            people = () if store is None else store.annotators()
            self._names = {person.id: person.name for person in people}
        gone = self.tr("Not in the project any more ({id})").format(id=annotator[:8])
        return self._names.get(annotator, gone)

    def decider(self, decided_by: str) -> str:
        """What somebody, or a rule, that decided is called."""
        return decided_by if decided_by.startswith(AUTOMATIC) else self.name(decided_by)

    def _on_changed(self, change: Change) -> None:
        if any(isinstance(record, Annotator) for record in (*change.before, *change.after)):
            self._forget()

    def _forget(self) -> None:
        self._names = None
