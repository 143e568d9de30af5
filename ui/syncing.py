"""The hub in the window: followed in a thread, told in the status bar, joined and left in a dialog.

The GUI thread never waits for the hub. What comes is written by the thread, over a store of its own, and the
session reads it again then. Passwords that were typed are kept in memory while the window is open.
"""

import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from annotator.hub import HubLink
from annotator.progress import Job, Progress
from annotator.services.following import Follower, HubState
from ui import platform
from ui.cli_hub import adopt, file_name

if TYPE_CHECKING:
    from annotator.change import Change
    from annotator.hub import FollowedHub, Member
    from annotator.services.importing import ImportReport
    from storage.store import ProjectStore
    from ui.main_window import MainWindow
    from ui.settings import Settings

_END_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Joined:
    """The project file that has joined a hub, and who we are there."""

    path: Path
    project: str
    me: "Member"


class Syncing(QObject):
    """Follows the hub of the open project, and the handlers of the commands about it.

    Signals:
        changed: The hub stands otherwise now (HubState), or there is none to follow (None).
        joined: A hub was joined.
        join_failed: The error (an exception) for which none was joined.
    """

    changed = Signal(object)
    joined = Signal()
    join_failed = Signal(object)
    _told = Signal(object, object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.state: HubState | None = None
        self._follower: Follower | None = None
        self._thread: threading.Thread | None = None
        self._passwords: dict[str, str] = {}
        self._contested: frozenset[str] = frozenset()
        self._told.connect(self._on_told)
        session = self._session
        session.project_changed.connect(self._on_project_changed)
        session.project_closing.connect(self._end)
        session.changed.connect(self._wake)
        session.changed.connect(self._tell_roles)
        session.documents_changed.connect(self._wake)
        window.status.hub.clicked.connect(self.show)
        window.importing.imported.connect(self._tell_documents)

    @property
    def link(self) -> HubLink | None:
        """How the open project stands to a hub."""
        store = self._session.store
        return None if store is None else store.hub_link()

    @property
    def is_on(self) -> bool:
        """Whether the hub of the open project is followed."""
        return self._follower is not None

    # -- commands

    def show(self) -> None:
        """Show how the hub stands; without one, ask for its address."""
        from ui.dialogs.hub import HubDialog, JoinDialog

        dialog = JoinDialog(self, self._window) if self.link is None else HubDialog(self, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def toggle(self) -> None:
        """Follow the hub, or work without it until this is asked for again."""
        store = self._session.store
        if store is None or self.link is None:
            self._window.status.tell(self.tr("This project has no hub; Project > Hub… joins one."))
            return
        self._window.memory.follow_hub(store.project_id, follows=not self.is_on)
        if self.is_on:
            self._end()
            self._show()
        else:
            self._begin()

    def now(self) -> None:
        """Try to reach the hub at once."""
        if self._follower is None:
            self._begin()
        else:
            self._follower.wake(now=True)

    def give_password(self, password: str) -> None:
        """Use a password for the hub from now on, until the window is closed."""
        link = self.link
        if link is not None:
            self._passwords[link.address] = password
        self.now()

    def join(self, address: str, password: str) -> None:
        """Join a hub in the background: with the open project if it is of that, else in a new file."""
        given, settings = password or None, self._window.settings
        store = self._session.store
        own = None if store is None or store.read_only else store
        handle = self._window.questions.job(self.tr("Join"), lambda: _join(address, given, own, settings))
        handle.finished.connect(lambda done: self._on_joined(done, address, password))
        handle.failed.connect(self.join_failed)
        handle.start()

    def leave(self) -> None:
        """Take the open project from its hub."""
        self._end()
        if self._session.store is not None:
            self._session.store.set_hub_link(None)
        self._show()

    # -- following

    def _on_project_changed(self) -> None:
        store = self._session.store
        self._contested = frozenset()
        if store is not None and self.link is not None and not store.read_only:
            self._contested = frozenset(store.contested())
            if self._window.memory.follows_hub(store.project_id):
                self._begin()
                return
        self._show()

    def _begin(self) -> None:
        store, link = self._session.store, self.link
        if store is None or link is None or store.read_only or self._follower is not None:
            return
        address, passwords = link.address, self._passwords

        def open_hub() -> "FollowedHub":
            from storage.hub.client import open_hub as connect

            return connect(address, password=passwords.get(address))

        follower = Follower(store.sibling, open_hub, lambda state: self._told.emit(follower, state))
        self._follower = follower
        self._thread = threading.Thread(target=follower.run, name="hub", daemon=True)
        self._thread.start()

    def _end(self) -> None:
        """End following; what the thread has open of the project is closed before this returns."""
        follower, thread = self._follower, self._thread
        self._follower = self._thread = None
        if follower is not None and thread is not None:
            follower.stop()
            thread.join(_END_SECONDS)
        self.state = None

    def _wake(self) -> None:
        if self._follower is not None:
            self._follower.wake()

    def _tell_roles(self, change: "Change") -> None:
        """Say where a role is changed in the project alone, and how it is on the hub, too."""
        from annotator.services.syncing import whose_role_stays

        store = self._session.store
        names = () if store is None else whose_role_stays(store, change)
        if store is not None and names:
            command = f'annotator hub member {store.path.name} "{names[0]}" --login USER'
            self._window.pane.notice.tell(
                self.tr(
                    "On the hub the role of {name} is as it was. To change it there, too: {command}"
                ).format(name=names[0], command=command)
            )

    def _tell_documents(self, report: "ImportReport") -> None:
        """Say so where the hub does not take what was imported."""
        from annotator.services.syncing import keeps_documents_here

        store = self._session.store
        if store is not None and report.count("read") and keeps_documents_here(store):
            self._window.pane.notice.tell(
                self.tr(
                    "The documents stay in this project file: the hub takes none from annotators. Ask who "
                    "reviews or leads to import them for all."
                )
            )

    def _on_told(self, follower: Follower, state: HubState) -> None:
        if follower is not self._follower:
            return
        self.state = state
        if state.came:
            self._session.refresh()
            self._tell_conflicts()
        self._show()

    def _tell_conflicts(self) -> None:
        """Say so, once, where what came leaves something in question."""
        store = self._session.store
        found = frozenset() if store is None else frozenset(store.contested())
        if found - self._contested:
            self._window.pane.notice.tell(
                self.tr("What came from the hub leaves something in question."),
                action=self.tr("Conflicts…"),
                do=self._window.exchanging.conflicts,
            )
        self._contested = found

    def _show(self) -> None:
        self._window.status.show_hub(*self._words())
        self.changed.emit(self.state)

    def _words(self) -> tuple[str, str]:
        """What the status bar says of the hub, and its tooltip."""
        if self.link is None:
            return "", ""
        if self.state is None:
            return self.tr("Hub: off"), self.tr("This project is not kept in step with its hub; click to see")
        words = [state_words(self.state)]
        if self.state.unsent:
            words.append(self.tr("{n} unsent").format(n=self.state.unsent))
        if self.state.refusals:
            words.append(self.tr("{n} not taken").format(n=self.state.refusals))
        return " · ".join(words), self.state.sentence or self.tr("The project and its hub; click to see more")

    def _on_joined(self, done: Joined, address: str, password: str) -> None:
        window = self._window
        if password:
            self._passwords[address] = password
        window.memory.remember(done.project, done.path, annotator=done.me.annotator, document=None)
        store = self._session.store
        if store is not None and store.path == done.path:
            self._begin()
        elif not window.projects.open(done.path):
            return
        self._session.switch_annotator(done.me.annotator)
        self._show()
        self.joined.emit()


def state_words(state: HubState) -> str:
    """How the hub stands, in two words."""
    match state.phase:
        case "connecting":
            return _tr("Hub: connecting")
        case "together":
            return _tr("Hub: in step")
        case "offline":
            return _tr("Hub: offline")
        case "needs_password":
            return _tr("Hub: wants a password")
        case "refused":
            return _tr("Hub: refused")


def _join(
    address: str, password: str | None, store: "ProjectStore | None", settings: "Settings"
) -> Job[Joined]:
    """Join with the project that is open, if it is that of the hub; else make a file for it."""
    from annotator.services import syncing
    from storage.backup import free_path
    from storage.hub.client import open_hub

    yield Progress(0, 0)
    with closing(open_hub(address, password=password)) as hub:
        about = hub.project
        if store is not None and store.project_id == about.id:
            with store.sibling() as own:
                syncing.join(own, hub, address)
            return Joined(store.path, about.id, hub.me)
        target = free_path(platform.projects_folder() / f"{file_name(about.name)}{platform.PROJECT_SUFFIX}")
        yield from adopt(hub, address, target, settings)
        return Joined(target, about.id, hub.me)


def _tr(text: str) -> str:
    return QCoreApplication.translate("syncing", text)
