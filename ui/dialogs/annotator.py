"""Who annotates now: one of the project's annotators, or somebody new who joins it here."""

from typing import get_args

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from annotator.model import Annotator, Role
from annotator.services import annotating
from annotator.services.annotating import ANNOTATOR_COLOURS
from ui.dialogs.frame import Fault, answer_buttons, body, fit, form
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
        self.new = NewAnnotator(self._free_colour())
        layout.addWidget(self.new)
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, self.go_on = answer_buttons(self, self.tr("Annotate as this one"))
        layout.addWidget(box)
        self._fill()
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._on_current_changed()
        fit(self, 460, 400)
        self.list.setFocus()

    def accept(self) -> None:
        """Let the chosen one annotate, or add the new one first; stays open if that is refused."""
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
        is_new = self._chosen() == _NEW
        self.fault.tell("")
        self.new.setVisible(is_new)
        self.go_on.setText(self.tr("Add and annotate") if is_new else self.tr("Annotate as this one"))

    def _add(self) -> str | None:
        """Add the new annotator; the id, or None if that was refused, which is told in the dialog."""
        self._session.refused.connect(self.fault.tell)
        me = self._session.annotator
        change = self._session.edit(
            lambda store: annotating.add_annotator(
                store,
                annotator="" if me is None else me.id,
                name=self.new.name.text(),
                role=self.new.chosen_role(),
                colour=self.new.colour.currentData(),
            )
        )
        self._session.refused.disconnect(self.fault.tell)
        if change is None:
            self.new.name.setFocus()
            return None
        return next(record.id for record in change.after if isinstance(record, Annotator))

    def _free_colour(self) -> str:
        """The first colour that nobody has yet."""
        taken = {person.colour for person in self._people()}
        return next((colour for colour in ANNOTATOR_COLOURS if colour not in taken), ANNOTATOR_COLOURS[0])


class NewAnnotator(QWidget):
    """Name, role and colour of somebody new."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.role = QComboBox()
        for role in get_args(Role):
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
