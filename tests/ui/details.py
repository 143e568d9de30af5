"""The details panel in tests: marking words, and what stands in the fields of the panel."""

from PySide6.QtWidgets import QLineEdit

from annotator.model import Annotation
from tests.factories import find
from tests.ui.sessions import store_of
from ui.panels.details import DetailsPanel
from ui.panels.fields import Field
from ui.panels.value_button import ValueButton
from ui.session import Session


def mark(session: Session, label: str, words: str) -> str:
    """Mark words and select the new span."""
    session.select_span(None)
    place = find(words, session.text)
    assert session.highlight(label, place.start, place.end) is not None
    assert session.selected is not None
    return session.selected


def stored(session: Session, span: str) -> Annotation:
    found = store_of(session).record(Annotation, span)
    assert found is not None
    return found


def fields(panel: DetailsPanel) -> dict[str, Field]:
    """The fields of the form of the selected span."""
    panel.show_now()
    form = panel.span.form
    assert form is not None
    return {field.attribute.id: field for field in form.findChildren(Field)}


def button(field: Field, words: str) -> ValueButton:
    return next(each for each in field.findChildren(ValueButton) if each.text() == words)


def states(field: Field) -> dict[str, str]:
    """The values of a field that are not free, and how they are shown."""
    shown_as = {each.text(): each.state for each in field.findChildren(ValueButton)}
    return {words: state for words, state in shown_as.items() if state != "free"}


def line(panel: DetailsPanel, attribute: str) -> QLineEdit:
    panel.show_now()
    found = fields(panel)[attribute].findChild(QLineEdit)
    assert found is not None
    return found
