"""The fields of the export dialog that Qt has none of: several of a list, and words with commas between."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from annotator.errors import InvalidEdit
from exporters.exporter import Exporter, Option, OptionValue
from ui.dialogs.frame import form

_MOST = 1_000_000_000


class Picks(QPushButton):
    """A button whose menu has several things to tick; none ticked means that nothing is chosen away.

    Signals:
        changed: Something was ticked or is no longer.
    """

    changed = Signal()

    def __init__(self, rows: Iterable[tuple[str, str]], *, none: str, name: str) -> None:
        """`rows` are ids with titles; `none` is what the button says while nothing is ticked."""
        super().__init__()
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        self.setStyleSheet("text-align: left; padding: 3px 6px")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._none = none
        menu = _StayingMenu(self)
        self.actions_by_id: dict[str, QAction] = {}
        for row_id, title in rows:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            self.actions_by_id[row_id] = action
        self.setMenu(menu)
        self._show()

    def picked(self) -> tuple[str, ...]:
        """The ids that are ticked, in the order of the list."""
        return tuple(row_id for row_id, action in self.actions_by_id.items() if action.isChecked())

    def pick(self, ids: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(ids)
        for row_id, action in self.actions_by_id.items():
            action.setChecked(row_id in wanted)

    def _on_toggled(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        titles = [action.text() for action in self.actions_by_id.values() if action.isChecked()]
        self.setText(", ".join(titles[:3]) + (" …" if len(titles) > 3 else "") if titles else self._none)
        self.setToolTip(", ".join(titles))


class _StayingMenu(QMenu):
    """A menu that stays open while things are ticked in it."""

    def event(self, event: QEvent) -> bool:
        action = self.activeAction()
        if event.type() == QEvent.Type.MouseButtonRelease and action is not None and action.isCheckable():
            action.toggle()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter ticks and closes, as menus do."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.toggle()
        else:
            super().keyPressEvent(event)


class OptionFields(QWidget):
    """The options of a format, a row for each.

    Signals:
        changed: One was changed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: QFormLayout = form()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._rows)
        self._options: tuple[Option, ...] = ()
        self._read: dict[str, Callable[[], str]] = {}

    def show_format(self, exporter: Exporter, given: Mapping[str, str]) -> None:
        """Show the options of a format with what was given for them before."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._options, self._read = exporter.options, {}
        for option in exporter.options:
            words = given.get(option.name, _words(option.default))
            field, self._read[option.name] = self._field(option, words)
            field.setAccessibleName(option.name)
            field.setToolTip(option.summary)
            self._rows.addRow(option.name.replace("_", " ").capitalize(), field)
        self.setVisible(bool(exporter.options))

    def given(self) -> dict[str, str]:
        """What is not as the format has it."""
        found = {option.name: self._read[option.name]() for option in self._options}
        usual = {option.name: _words(option.default) for option in self._options}
        return {name: value for name, value in found.items() if value != usual[name]}

    def _field(self, option: Option, words: str) -> tuple[QWidget, Callable[[], str]]:
        if isinstance(option.default, bool):
            check = QCheckBox(_tr("Yes"))
            check.setChecked(words == "yes")
            check.toggled.connect(lambda _is_on: self.changed.emit())
            return check, lambda: "yes" if check.isChecked() else "no"
        if isinstance(option.default, int):
            spin = QSpinBox()
            spin.setRange(0, _MOST)
            spin.setValue(int(words) if words.isdecimal() else option.default)
            spin.valueChanged.connect(lambda _value: self.changed.emit())
            return spin, lambda: str(spin.value())
        if option.choices and isinstance(option.default, str):
            box = QComboBox()
            box.addItems(option.choices)
            box.setCurrentText(words)
            box.currentIndexChanged.connect(lambda _row: self.changed.emit())
            return box, box.currentText
        line = QLineEdit(words)
        line.setPlaceholderText(option.summary)
        line.textChanged.connect(lambda _text: self.changed.emit())
        return line, lambda: ",".join(split_words(line.text()))


def _words(value: OptionValue) -> str:
    """A value as the command line takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def split_words(line: str) -> tuple[str, ...]:
    """The words of a line with commas between."""
    return tuple(word.strip() for word in line.split(",") if word.strip())


def split_pairs(line: str) -> dict[str, str]:
    """The pairs of a line such as "court=NDCA, desk=courts". Raises InvalidEdit."""
    found = {}
    for word in split_words(line):
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            sentence = _tr("Write name=value, with commas between several, not “{word}”.")
            raise InvalidEdit(sentence.format(word=word))
        found[name.strip()] = value.strip()
    return found


def joined_pairs(pairs: Mapping[str, str]) -> str:
    """Pairs as `split_pairs` reads them."""
    return ", ".join(f"{name}={value}" for name, value in pairs.items())


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
