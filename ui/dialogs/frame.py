"""What dialogs share: a row of buttons, the line that says what is wrong, a size that fits the screen."""

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from ui.panels.themed import Words

MARGIN = 18
_AROUND = 80


class Fault(Words):
    """The sentence that says why a dialog cannot go on; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__(tone="alarm", is_selectable=True)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say a sentence; "" says nothing."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        window = self.window()
        if sentence and isinstance(window, QDialog):
            make_room(window)

    def take(self, error: BaseException) -> bool:
        """Say an error that is a sentence for people; False, and nothing is said, for any other."""
        is_sentence = isinstance(error, AnnotatorError)
        if is_sentence:
            self.tell(str(error))
        return is_sentence


def body(dialog: QDialog, title: str) -> QVBoxLayout:
    """Name the dialog and give it the column that its parts stand in."""
    dialog.setWindowTitle(title)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN - 4)
    layout.setSpacing(12)
    return layout


class _Form(QFormLayout):
    """Rows whose names are drawn in full.

    WORKAROUND: Qt measures a name with the kerning that is lost where its key is underlined, so the "o" of
    "To" lost its right half.
    """

    def addRow(self, *row: Any) -> None:
        super().addRow(*row)
        item = self.itemAt(self.rowCount() - 1, QFormLayout.ItemRole.LabelRole)
        label = None if item is None else item.widget()
        if label is not None:
            label.setMinimumWidth(label.sizeHint().width() + 3)


def form() -> QFormLayout:
    """Rows of a name and a field, the fields as wide as there is room."""
    layout = _Form()
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setHorizontalSpacing(14)
    layout.setVerticalSpacing(9)
    return layout


def answer_by_ctrl_enter(dialog: QDialog) -> None:
    """Let Ctrl+Enter answer, also from a text of several lines, where Enter begins another one."""
    for key in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(key), dialog).activated.connect(dialog.accept)


def answer_buttons(dialog: QDialog, accept: str) -> tuple[QDialogButtonBox, QPushButton]:
    """A button that goes ahead, which Enter presses, and Cancel, which Esc presses."""
    box = QDialogButtonBox()
    go_on = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    cancel = box.addButton(_tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    cancel.setAutoDefault(False)
    go_on.setDefault(True)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, go_on


def close_button(dialog: QDialog) -> tuple[QDialogButtonBox, QPushButton]:
    """The one button of a dialog that only tells something."""
    box = QDialogButtonBox()
    close = box.addButton(_tr("Close"), QDialogButtonBox.ButtonRole.AcceptRole)
    close.setDefault(True)
    box.accepted.connect(dialog.accept)
    return box, close


def side_button(text: str) -> QPushButton:
    """A button at the other end of the row, which Enter does not press."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def button_row(box: QDialogButtonBox, *sides: QPushButton) -> QHBoxLayout:
    """The row of buttons, with what else can be done at its beginning."""
    row = QHBoxLayout()
    for button in sides:
        row.addWidget(button)
    row.addStretch(1)
    row.addWidget(box)
    return row


def with_hint(field: QWidget, hint: QWidget) -> QWidget:
    """A field with words below it that explain it."""
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    layout.addWidget(field)
    layout.addWidget(hint)
    both.setFocusProxy(field)
    return both


def beside(*widgets: QWidget) -> QWidget:
    """Widgets in one row; the first takes what room there is, and the focus."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for index, widget in enumerate(widgets):
        layout.addWidget(widget, 0 if index else 1)
    row.setFocusProxy(widgets[0])
    return row


def choose_folder(parent: QWidget, line: QLineEdit, title: str) -> None:
    """Let a folder be chosen in the system's dialog and put it on the line."""
    chosen = QFileDialog.getExistingDirectory(parent, title, line.text())
    if chosen:
        line.setText(chosen)


def needed_height(dialog: QDialog, width: int) -> int:
    """How high the dialog has to be at a width to show all of it."""
    layout = dialog.layout()
    if layout is None:
        return 0
    layout.activate()
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )


def fit(dialog: QDialog, width: int, height: int = 0) -> None:
    """Give the dialog a size, higher where it needs that, less where the screen is smaller."""
    parent = dialog.parentWidget()
    screen = dialog.screen() if parent is None else parent.screen()
    room = (screen or QGuiApplication.primaryScreen()).availableGeometry()
    width = min(width, room.width() - _AROUND)
    height = max(height, needed_height(dialog, width))
    dialog.resize(width, min(height, room.height() - _AROUND))


def make_room(dialog: QDialog) -> None:
    """Let the dialog be as high as what it shows by now needs at its width."""
    dialog.resize(dialog.width(), max(dialog.height(), needed_height(dialog, dialog.width())))


def may_drop(dialog: QDialog, sentence: str) -> bool:
    """Whether what was written in a dialog may be lost, which the sentence says it would be."""
    box = QMessageBox(dialog)
    box.setObjectName("drop_changes")
    box.setText(sentence)
    drop = box.addButton(_tr("&Drop them"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(_tr("&Go on editing"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is drop


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)
