"""The keys of all commands, to look up and to change; a key that cannot be had is refused with a sentence."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.commands import COMMANDS, Command
from ui.dialogs.frame import Fault
from ui.keys import UnusableKeys, command_keys, shown
from ui.panels.themed import scaled_font

_ID = int(Qt.ItemDataRole.UserRole)


class KeysPage(QWidget):
    """A list of commands with their keys, and a field that takes another key for the chosen one."""

    def __init__(self, overrides: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._defaults = {command.id: command.keys for command in COMMANDS}
        self._keys = {
            **self._defaults,
            **{name: overrides[name] for name in overrides if name in self._defaults},
        }
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Search commands"))
        self.search.setAccessibleName(self.tr("Search commands"))
        self.list = self._make_list()
        self.chosen = QLabel()
        self.key = QKeySequenceEdit()
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(self.tr("New key"))
        self.set = self._button(self.tr("&Use this key"))
        self.remove = self._button(self.tr("&No key"))
        self.default = self._button(self.tr("&Default key"))
        self.fault = Fault()
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.set.clicked.connect(self._use_key)
        self.remove.clicked.connect(lambda: self._give(()))
        self.default.clicked.connect(lambda: self._give(self._defaults[self._chosen_id()]))
        self.list.setCurrentItem(self._items()[0])

    def overrides(self) -> dict[str, tuple[str, ...]]:
        """The commands whose keys are not their own."""
        return {name: keys for name, keys in self._keys.items() if keys != self._defaults[name]}

    def show_defaults(self) -> None:
        """Give every command its own keys again."""
        self._keys = dict(self._defaults)
        for item in self._items():
            self._show_keys(item)

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setAccessibleName(self.tr("Commands and their keys"))
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setStretchLastSection(False)
        for command in COMMANDS:
            item = QTreeWidgetItem([_title(command), ""])
            item.setData(0, _ID, command.id)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
            item.setToolTip(0, QCoreApplication.translate("commands", command.summary))
            tree.addTopLevelItem(item)
            self._show_keys(item)
        return tree

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chosen)
        row.addWidget(self.key, 1)
        for button in (self.set, self.remove, self.default):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(self.fault)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        return button

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _show_keys(self, item: QTreeWidgetItem) -> None:
        name = str(item.data(0, _ID))
        item.setText(1, "   ".join(map(shown, self._keys[name])))
        is_own = self._keys[name] == self._defaults[name]
        item.setFont(1, scaled_font(self.font(), bold=not is_own))

    def _chosen_id(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(0, _ID))

    def _on_current_changed(self) -> None:
        self.fault.tell("")
        self.key.clear()
        item = self.list.currentItem()
        self.chosen.setText("" if item is None else self.tr("New key:"))
        for widget in (self.key, self.set, self.remove, self.default):
            widget.setEnabled(item is not None)

    def _use_key(self) -> None:
        key = self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if key:
            self._give((key,))
        else:
            self.fault.tell(self.tr("Press the new key in the field first."))
            self.key.setFocus()

    def _give(self, keys: tuple[str, ...]) -> None:
        """Give the chosen command other keys, unless that is refused."""
        item, name = self.list.currentItem(), self._chosen_id()
        if item is None:
            return
        wanted = {**self._keys, name: keys}
        try:
            command_keys(wanted)
        except UnusableKeys as error:
            self.fault.tell(str(error))
            return
        self._keys = wanted
        self._show_keys(item)
        self._on_current_changed()

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self._items():
            text = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in text for word in words))


def _title(command: Command) -> str:
    menu = QCoreApplication.translate("commands", command.menu)
    return f"{menu}: {QCoreApplication.translate('commands', command.title).rstrip('…')}"
