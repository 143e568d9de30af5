"""The notice after a change that cannot be seen, with the one button that takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from annotator.change import Change
from annotator.services import annotating
from annotator.services.history import next_step
from ui.notice import Notice
from ui.session import Session


def offer_undo(
    session: Session, notice: Notice, sentence: str, change: Change, *, tell: Callable[[str], None]
) -> None:
    """Say what was changed and offer to take it back; `tell` says why, where that cannot be."""
    notice.tell(
        sentence,
        action=QCoreApplication.translate("commands", "Undo"),
        do=lambda: _take_back(session, change, tell),
    )


def _take_back(session: Session, change: Change, tell: Callable[[str], None]) -> None:
    """Take a change back, unless something else would be taken back first."""
    store = session.store
    entry = None if store is None else next_step(store, change.document, "undo")
    if entry is None or entry.change_id != change.id:
        tell(QCoreApplication.translate("notice", "Other changes came after that; take them back first."))
        return
    session.edit(lambda store: annotating.undo(store, annotator=change.annotator, document=change.document))
