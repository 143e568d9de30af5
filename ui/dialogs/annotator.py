"""Who annotates now: one of the project's annotators, or somebody new; and their names, roles and colours.

Only a lead changes others and gives other roles than that of an annotator.
"""

from collections.abc import Callable, Sequence
from typing import get_args

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from annotator.change import Change
from annotator.model import Annotator, Role
from annotator.services import annotating
from annotator.services.annotating import ANNOTATOR_COLOURS
from annotator.store import Store
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, form, side_button
from ui.panels.themed import Words, theme_of
from ui.session import Session
from ui.theme import icon

_ID = int(Qt.ItemDataRole.UserRole)
_NEW = ""
_DOT = 14


class AnnotatorDialog(QDialog):
    """Lists the annotators and a line for somebody new; the session changes when it is accepted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotator")
        self._session = session
        layout = body(self, self.tr("Who annotates?"))
        layout.addWidget(
            Words(
                self.tr(
                    "Each annotator has a set of annotations of their own; you see and change only yours."
                ),
                tone="muted",
            )
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Annotators"))
        self.list.setIconSize(QSize(_DOT, _DOT))
        layout.addWidget(self.list, 1)
        self.new = NewAnnotator(self._free_colour(), self._roles())
        self._changing: Annotator | None = None
        self.change = side_button(self.tr("&Change…"))
        layout.addWidget(self.new)
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, self.go_on = answer_buttons(self, self.tr("Annotate as this one"))
        layout.addLayout(button_row(box, self.change))
        self._fill()
        self.change.clicked.connect(self._begin_change)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._on_current_changed()
        fit(self, 460, 400)
        self.list.setFocus()

    def accept(self) -> None:
        """Let the chosen one annotate, or add the new one first; stays open if that is refused.

        Where somebody is being changed, that is saved, and the list is shown again.
        """
        if self._changing is not None:
            self._save(self._changing)
            return
        chosen = self._chosen()
        if chosen == _NEW:
            chosen = self._add()
        if chosen:
            self._session.switch_annotator(chosen)
            super().accept()

    def _people(self) -> tuple[Annotator, ...]:
        store = self._session.store
        return () if store is None else store.annotators()

    def _fill(self) -> None:
        present = self._session.annotator
        self.list.clear()
        for person in self._people():
            item = self._item(_dot(person.colour), f"{person.name}  ·  {role_words(person.role)}", person.id)
            if present is not None and person.id == present.id:
                self.list.setCurrentItem(item)
        self._item(icon("add", theme_of(self)), self.tr("Somebody new…"), _NEW)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)

    def _item(self, sign: QIcon, text: str, person: str) -> QListWidgetItem:
        item = QListWidgetItem(sign, text)
        item.setData(_ID, person)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + 12))
        self.list.addItem(item)
        return item

    def _chosen(self) -> str | None:
        item = self.list.currentItem()
        return None if item is None else str(item.data(_ID))

    def _on_current_changed(self) -> None:
        chosen = self._chosen()
        is_new = chosen == _NEW
        if self._changing is not None:
            self._changing = None
            self.new.fill("", "annotator", self._free_colour())
        self.fault.tell("")
        self.new.setVisible(is_new)
        self.go_on.setText(self.tr("Add and annotate") if is_new else self.tr("Annotate as this one"))
        me = self._session.annotator
        self.change.setVisible(bool(chosen) and me is not None and (me.role == "lead" or me.id == chosen))

    def _begin_change(self) -> None:
        """Show the name, role and colour of the chosen one, to be changed."""
        found = next((person for person in self._people() if person.id == self._chosen()), None)
        if found is None:
            return
        self._changing = found
        self.new.fill(found.name, found.role, found.colour)
        self.new.show()
        self.change.hide()
        self.go_on.setText(self.tr("Save"))
        self.new.name.setFocus()

    def _save(self, person: Annotator) -> None:
        change = self._edit(
            lambda store: annotating.change_annotator(
                store,
                annotator=self._session.annotator_id,
                person=person.id,
                name=self.new.name.text(),
                role=self.new.chosen_role(),
                colour=self.new.colour.currentData(),
            )
        )
        if change is not None:
            self._changing = None
            self._fill()
            self.list.setFocus()

    def _add(self) -> str | None:
        """Add the new annotator; the id, or None if that was refused, which is told in the dialog."""
        change = self._edit(
            lambda store: annotating.add_annotator(
                store,
                annotator=self._session.annotator_id,
                name=self.new.name.text(),
                role=self.new.chosen_role(),
                colour=self.new.colour.currentData(),
            )
        )
        return None if change is None else next(r.id for r in change.after if isinstance(r, Annotator))

    def _edit(self, verb: Callable[[Store], Change]) -> Change | None:
        """Make an edit; a refusal is told in the dialog."""
        self._session.refused.connect(self.fault.tell)
        change = self._session.edit(verb)
        self._session.refused.disconnect(self.fault.tell)
        if change is None:
            self.new.name.setFocus()
        return change

    def _roles(self) -> tuple[Role, ...]:
        """The roles that whoever annotates now may give."""
        me = self._session.annotator
        return get_args(Role) if me is None or me.role == "lead" else ("annotator",)

    def _free_colour(self) -> str:
        """The first colour that nobody has yet."""
        taken = {person.colour for person in self._people()}
        return next((colour for colour in ANNOTATOR_COLOURS if colour not in taken), ANNOTATOR_COLOURS[0])


class NewAnnotator(QWidget):
    """Name, role and colour of somebody new."""

    def __init__(self, colour: str, roles: Sequence[Role]) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.role = QComboBox()
        for role in roles:
            self.role.addItem(role_words(role), role)
        self.colour = QComboBox()
        for value in ANNOTATOR_COLOURS:
            self.colour.addItem(_dot(value), _colour_words(value), value)
        self.colour.setCurrentIndex(self.colour.findData(colour))
        rows = form()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("&Name"), self.name)
        rows.addRow(self.tr("&Role"), self.role)
        rows.addRow(self.tr("C&olour"), self.colour)
        self.setLayout(rows)

    def fill(self, name: str, role: Role, colour: str) -> None:
        """Show these values; a role or colour that is not offered is added."""
        self.name.setText(name)
        if self.role.findData(role) < 0:
            self.role.addItem(role_words(role), role)
        self.role.setCurrentIndex(self.role.findData(role))
        if self.colour.findData(colour) < 0:
            self.colour.addItem(_dot(colour), _colour_words(colour), colour)
        self.colour.setCurrentIndex(self.colour.findData(colour))

    def chosen_role(self) -> Role:
        role: Role = self.role.currentData()
        return role


def role_words(role: Role) -> str:
    """What somebody does in the project."""
    match role:
        case "annotator":
            return _tr("annotator")
        case "reviewer":
            return _tr("reviewer")
        case "lead":
            return _tr("lead")


def _colour_words(colour: str) -> str:
    """The name of a colour; colours without one are called by their code."""
    names = {
        "#0072B2": _tr("Blue"),
        "#E69F00": _tr("Orange"),
        "#009E73": _tr("Green"),
        "#CC79A7": _tr("Pink"),
        "#D55E00": _tr("Red"),
        "#56B4E9": _tr("Sky blue"),
    }
    return names.get(colour, colour)


def _dot(colour: str) -> QIcon:
    """A round sign in a colour."""
    scale = 3
    pixmap = QPixmap(_DOT * scale, _DOT * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(pixmap.rect().adjusted(scale, scale, -scale, -scale))
    painter.end()
    sign = QIcon(pixmap)
    sign.addPixmap(pixmap, QIcon.Mode.Selected)  # else the style tints it where its row is selected
    return sign


def _tr(text: str) -> str:
    return QCoreApplication.translate("annotators", text)
