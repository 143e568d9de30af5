"""Tells which labels have other keys than their schema says, because commands have these."""

from PySide6.QtCore import QCoreApplication

from ui.memory import Memory
from ui.notice import Notice
from ui.session import Session


def tell_moved_keys(session: Session, memory: Memory, notice: Notice) -> None:
    """Tell it once for each project."""
    store, moved = session.store, session.moved_keys
    if store is None or not moved:
        return
    lines = [
        _tr("{label} has {key} ({old} is “{command}”)").format(
            label=entry.label.name,
            key=entry.key.upper() or _tr("no key"),
            old=entry.label.key.upper(),
            command=QCoreApplication.translate("commands", entry.command.title),
        )
        for entry in moved
    ]
    sentence = _tr("Keys of labels that are keys of commands: {list}.").format(list="; ".join(lines))
    if memory.told_keys(store.project_id) != sentence:
        memory.tell_keys(store.project_id, sentence)
        notice.tell(sentence)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MainWindow", text)
