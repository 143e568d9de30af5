"""Packages dropped on the window: merged in the background, or made a project of; and conflicts settled."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.packages import open_package
from annotator.progress import Job
from ui import platform
from ui.jobs import on_sibling

if TYPE_CHECKING:
    from annotator.services.exchanging import Merged
    from storage.store import ProjectStore
    from ui.main_window import MainWindow


class Exchanging(QObject):
    """What is done with a package, and with what a merge leaves in question."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def take(self, path: Path) -> None:
        """Merge a package of the open project; of another one make a project beside it, and open that."""
        store = self._session.store
        try:
            with open_package(path) as package:
                project = package.manifest.project
        except AnnotatorError as error:
            self._window.failures.take(error)
            return
        if store is not None and store.project_id == project:
            self._merge(store, path)
        else:
            self._adopt(path)

    def conflicts(self) -> None:
        """Show what merges have left in question, to be settled."""
        from ui.dialogs.conflicts import ConflictsDialog

        dialog = ConflictsDialog(self._session, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _merge(self, store: "ProjectStore", path: Path) -> None:
        me, settings = self._session.annotator_id, self._window.settings

        def job(own: "ProjectStore") -> Job["Merged"]:
            from annotator.services import exchanging
            from ui.cli_exchange import back_up

            return (
                yield from exchanging.merge(own, path, annotator=me, back_up=lambda: back_up(own, settings))
            )

        handle = self._window.jobs.job(self.tr("Merge"), on_sibling(store, job))
        handle.finished.connect(lambda merged: self._on_merged(path, merged))
        handle.failed.connect(self._window.failures.take)
        handle.start()

    def _on_merged(self, path: Path, merged: "Merged") -> None:
        from annotator.services.settling import conflicts

        self._session.refresh()
        store = self._session.store
        if store is None:
            return
        if not merged.backup:
            self._window.status.tell(self.tr("{file} brings nothing new.").format(file=path.name))
            return
        count = len(conflicts(store))
        sentence = self.tr("{file} is merged: {n} changes.").format(file=path.name, n=merged.taken.changes)
        if not count:
            self._window.pane.notice.tell(sentence)
            return
        self._window.pane.notice.tell(
            sentence + " " + self.tr("Conflicts to settle: {n}.").format(n=count),
            action=self.tr("Conflicts…"),
            do=self.conflicts,
        )

    def _adopt(self, path: Path) -> None:
        """Make a project of the package beside it, or open the one that was made of it before."""
        from ui.cli_exchange import adopt

        target = path.with_suffix(platform.PROJECT_SUFFIX)
        settings = self._window.settings
        handle = self._window.jobs.job(self.tr("Open package"), lambda: adopt(path, target, settings))
        handle.finished.connect(lambda _none: self._open(target))
        handle.failed.connect(self._window.failures.take)
        handle.start()

    def _open(self, target: Path) -> None:
        """Open the new project as whom it was packed for, which another Memory has written down."""
        from ui.memory import Memory

        if self._window.projects.open(target) and self._session.store is not None:
            known = Memory().annotator(self._session.store.project_id, target)
            if known is not None:
                self._session.switch_annotator(known)
