"""The commands as Qt actions: in menus, with their keys, enabled when they can be used.

No two actions share a key: keys come from `ui.keys.command_keys`, which refuses that.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.change import HistoryEntry
from annotator.errors import InvalidEdit
from annotator.model import Role
from annotator.roles import has_role
from annotator.services.history import next_step, take_back
from ui.commands import COMMANDS, MENUS, Command, Need
from ui.session import Session
from ui.views.text_view import TextView

Step = Literal["undo", "redo"]


_CALM_MILLISECONDS = 150
"""So long nothing is changed before it is asked what can be undone, which takes a tenth of a mark's time."""


class Actions(QObject):
    """An action for each command, bound to its handler on the window."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        view: TextView,
        *,
        checked: Callable[[str], bool],
    ) -> None:
        """`checked` tells whether a checkable command, by its id, is on now."""
        super().__init__(window)
        self._session = session
        self._view = view
        self._checked = checked
        self._facts: tuple[dict[Need, bool], Role] | None = None
        self.actions = {command.id: self._action(window, command) for command in COMMANDS}
        self._fill_menus(window)
        self._calm = QTimer(self, singleShot=True)
        self._calm.timeout.connect(self._refresh_steps)
        for signal in (session.project_changed, session.document_changed, session.annotator_changed):
            signal.connect(self.refresh)
        for signal in (session.span_selected, view.text_selection_changed):
            signal.connect(self.enable)
        session.changed.connect(self._on_changed)
        self.refresh()

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return ((command, self.actions[command.id]) for command in COMMANDS)

    def offered(self) -> Iterator[tuple[Command, QAction]]:
        """The commands that the annotator's role is offered."""
        return ((command, action) for command, action in self if action.isVisible())

    def attach(self, widget: QWidget) -> None:
        """Give the keys of the document's commands to another widget that shows it."""
        for command, action in self:
            if command.scope == "text":
                widget.addAction(action)

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Give the commands other keys, by their ids."""
        for command, action in self:
            action.setShortcuts([QKeySequence(key) for key in keys[command.id]])

    def refresh(self) -> None:
        """Bring up to date what is enabled, and soon what can be undone."""
        self.enable()
        self._calm.start(0)

    def enable(self) -> None:
        """Enable what can be used now; undo and redo are left as they are."""
        session = self._session
        role: Role = "lead" if session.annotator is None else session.annotator.role
        facts: dict[Need, bool] = {
            "": True,
            "project": session.store is not None,
            "document": session.document is not None,
            "pages": session.document is not None and session.page_heads.count > 0,
            "selection": self._view.selection() is not None,
            "span": session.selected is not None,
        }
        before, self._facts = self._facts, (facts, role)
        known = before[0] if before is not None and before[1] == role else None
        for command, action in self:
            if known is not None and known.get(command.needs) == facts.get(command.needs):
                continue
            is_offered = has_role(role, command.role)
            action.setVisible(is_offered)
            if command.needs in facts:
                action.setEnabled(facts[command.needs] and is_offered)

    def _check(self) -> None:
        """Check what is on, when a menu is about to be seen."""
        for command, action in self:
            if command.is_checkable:
                action.setChecked(self._checked(command.id))

    def _on_changed(self) -> None:
        """What can be undone is asked for once the hands rest; until then it is allowed."""
        self.enable()
        for step in ("edit.undo", "edit.redo", "edit.undo_across", "edit.redo_across"):
            self.actions[step].setEnabled(True)
        self._calm.start(_CALM_MILLISECONDS)

    def _action(self, window: QMainWindow, command: Command) -> QAction:
        action = QAction(_tr(command.title), window)
        action.setObjectName(command.id)
        action.setCheckable(command.is_checkable)
        action.setStatusTip(_tr(command.summary) if command.summary else "")
        action.setAutoRepeat(
            command.id.startswith(("span.end_", "span.start_", "span.next", "span.prev", "edit."))
        )
        if command.scope == "text":
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._view.addAction(action)
        else:
            window.addAction(action)
        action.triggered.connect(lambda: attrgetter(command.handler)(window)())
        return action

    def _fill_menus(self, window: QMainWindow) -> None:
        for name in MENUS:
            menu = QMenu("&" + _tr(name), window)
            window.menuBar().addMenu(menu)
            menu.aboutToShow.connect(self._check)
            group = 0
            for command in (command for command in COMMANDS if command.menu == name):
                if command.group != group:
                    menu.addSeparator()
                group = command.group
                menu.addAction(self.actions[command.id])

    def _refresh_steps(self) -> None:
        """Write on undo and redo what they would do; one that would be refused says why when it is used."""
        store, document = self._session.store, self._session.document
        place = document.id if document is not None else None
        for verb in get_args(Step):
            entry = None
            if store is not None:
                entry = next_step(store, place, verb)
            action = self.actions[f"edit.{verb}"]
            name = self.tr("Undo") if verb == "undo" else self.tr("Redo")
            is_allowed = entry is not None and self._is_allowed(entry, verb)
            action.setText(f"{name} {entry.title}" if entry is not None and is_allowed else name)
            action.setEnabled(entry is not None)
        # Not tried out, as the steps above are: they may have thousands of spans, and are rarely the next.
        beyond = (None, None) if store is None else (store.undoable(None), store.redoable(None))
        self._show_across("edit.undo_across", self.tr("Undo in the project"), beyond[0])
        self._show_across("edit.redo_across", self.tr("Redo in the project"), beyond[1])

    def _show_across(self, action: str, name: str, entry: HistoryEntry | None) -> None:
        self.actions[action].setText(name if entry is None else f"{name}: {entry.title}")
        self.actions[action].setEnabled(entry is not None)

    def _is_allowed(self, entry: HistoryEntry, verb: Step) -> bool:
        store, annotator = self._session.store, self._session.annotator
        if store is None or annotator is None:
            return False
        try:
            take_back(store, entry, annotator=annotator.id, verb=verb)
        except InvalidEdit:
            return False
        return True


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
