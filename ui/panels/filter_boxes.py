"""The boxes that narrow a search: one choice of a few, the first of them "any"."""

from PySide6.QtWidgets import QComboBox

from annotator.model import annotator_set_id
from annotator.roles import sees_others
from ui.session import Session

ANY = ""


def filter_box(name: str) -> QComboBox:
    """An empty box of that name."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def fill_box(box: QComboBox, any_of_them: str, choices: list[tuple[str, str]]) -> None:
    """Offer choices of (data, words) after one for any; what was chosen stays chosen if it is still there."""
    present = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, words in [(ANY, any_of_them), *choices]:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(present)))
    box.blockSignals(False)


def people(session: Session, mine: str, anybody: str) -> list[tuple[str, str]]:
    """Whose spans can be searched (set id, words): one's own; who leads or reviews sees everybody's."""
    if session.store is None or session.annotator is None:
        return []
    own = [(annotator_set_id(session.annotator.id), mine)]
    if not sees_others(session.annotator.role):
        return own
    others = [person for person in session.store.annotators() if person.id != session.annotator.id]
    return [*own, (ANY, anybody), *((annotator_set_id(person.id), person.name) for person in others)]


def fill_people(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    """Offer whose spans are searched, one's own first."""
    present = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, words in choices:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(present) if present is not None else 0))
    box.blockSignals(False)
