"""Backups in the window: made soon after a project is opened and every ten minutes of work, and restored.

They are made in a worker of their own, beside any job, over a connection of their own; a failure is told in
the status bar and never stops anybody's work.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from annotator.errors import AnnotatorError
from annotator.progress import Job, Progress
from ui.dialogs.problem import show_problem
from ui.jobs import JobRunner

if TYPE_CHECKING:
    from storage.restoring import Restored
    from storage.rolling import Backup
    from storage.salvage import Salvaged
    from storage.store import ProjectStore
    from ui.main_window import MainWindow

SOON_MS = 2_000
EVERY_MS = 10 * 60 * 1000
_AGE_MS = 60 * 1000


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How a round of backups went: the newest backup of each folder, in order, and what failed.

    With `faults` the project itself is damaged; no backup was made then, since it would push out good ones.
    """

    newest: tuple["Backup | None", ...]
    problems: tuple[str, ...]
    faults: tuple[str, ...] = ()


class BackingUp(QObject):
    """Makes backups of the open project by the clock, and the handlers of the commands about them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._runner = JobRunner(self)
        self._second: datetime | None = None  # when the newest backup in the folder for copies was made
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._clock = QTimer(self, interval=EVERY_MS)
        self._aging = QTimer(self, interval=_AGE_MS)
        self._is_sound = True
        self._soon.timeout.connect(lambda: self._by_the_clock(is_first=True))
        self._clock.timeout.connect(self._by_the_clock)
        self._aging.timeout.connect(self._show_age)
        self._session.project_changed.connect(self._on_project_changed)
        self._session.project_closing.connect(self._on_closing)
        window.status.copied.clicked.connect(self._on_age_clicked)

    def now(self) -> None:
        """Make backups whether or not anything has changed, and say where they are."""
        self._make(is_asked=True)

    def choose_folder(self) -> None:
        """Ask for the folder on another disk that backups are written to as well."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Folder for copies"))
        if name:
            self.use_folder(Path(name))

    def use_folder(self, folder: Path) -> None:
        """Write backups to a folder as well, from now on."""
        settings = self._window.settings
        settings["copies_folder"] = str(folder)
        with suppress(OSError):
            settings.save()
        store = self._session.store
        if store is not None and _is_on_disk_of(folder, store.path):
            self._window.pane.notice.tell(
                self.tr("{folder} is on the same disk as the project: copies there are lost with it.").format(
                    folder=folder
                )
            )
        self._make(is_asked=True)

    def restore(self) -> None:
        """Ask which backup of the open project is to be restored."""
        store = self._session.store
        if store is not None:
            self.restore_file(store.path)

    def restore_file(self, project: Path) -> None:
        """Ask which backup of a project file is to be restored in its place."""
        from storage import rolling
        from ui.dialogs.restore import RestoreDialog

        found = [
            (backup, rolling.holdings(backup))
            for folder in self._folders()
            for backup in rolling.backups_of(project, folder)
        ]
        dialog = RestoreDialog(project, found, self._window)
        dialog.chosen.connect(lambda backup: self._restore(backup, project))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def salvage(self, project: Path) -> None:
        """Put what can be read of a damaged project file into a new one beside it, and open that."""
        from storage.backup import free_path

        target = free_path(project.with_name(f"{project.stem} salvaged{project.suffix}"))
        folders = self._folders()
        handle = self._window.jobs.job(
            self.tr("Salvage {file}").format(file=project.name), lambda: _salvaged(project, target, folders)
        )
        handle.finished.connect(self._on_salvaged)
        handle.failed.connect(self._window.failures.take)
        handle.start()

    # -- making

    def _make(self, *, is_asked: bool = False, checks_first: bool = False) -> None:
        store = self._session.store
        if store is None or self._runner.jobs:
            return
        path, project, folders = store.path, store.project_id, self._folders()
        handle = self._runner.job(self.tr("Back up"), lambda: _back_up(path, project, folders, checks_first))
        handle.finished.connect(lambda done: self._on_made(done, is_asked=is_asked))
        handle.failed.connect(self._window.failures.take)
        handle.start()

    def _by_the_clock(self, *, is_first: bool = False) -> None:
        store = self._session.store
        if store is None or store.read_only or not self._is_sound:
            return
        self._ask_for_folder()
        if is_first or self._is_due(store):
            self._make(checks_first=is_first)

    def _is_due(self, store: "ProjectStore") -> bool:
        """Whether something was changed after the newest backup in one of the folders."""
        from storage import rolling

        newest = [rolling.backups_of(store.path, folder)[:1] for folder in self._folders()]
        return not all(found and rolling.holds_all_of(store.path, found[0]) for found in newest)

    def _folders(self) -> tuple[Path, ...]:
        return self._window.settings.backup_folders

    def _on_made(self, done: BackedUp, *, is_asked: bool) -> None:
        if done.faults:
            self._is_sound = False
            self._window.pane.notice.tell(
                self.tr("This project is damaged: {fault} No backup was made of it.").format(
                    fault=" ".join(done.faults[:2])
                ),
                action=self.tr("Restore a backup…"),
                do=self.restore,
            )
            return
        self._second = done.newest[1].time if len(done.newest) > 1 and done.newest[1] else self._second
        self._show_age()
        if done.problems:
            self._window.status.tell(done.problems[0])
        elif is_asked:
            made = [backup.path.parent for backup in done.newest if backup is not None]
            self._window.status.tell(
                self.tr("Backed up in {folders}.").format(folders=", ".join(map(str, made)))
            )

    # -- restoring

    def _restore(self, backup: "Backup", project: Path) -> None:
        window = self._window
        if self._session.store is not None and self._session.store.path == project:
            self._session.close_project()
        handle = window.jobs.job(self.tr("Restore a backup"), lambda: _restored(backup, project))
        handle.finished.connect(lambda restored: self._on_restored(restored, project))
        handle.failed.connect(window.failures.take)
        handle.start()

    def _on_restored(self, restored: "Restored", project: Path) -> None:
        if not self._window.projects.open(project):
            return
        told = [self.tr("The backup is restored.")]
        if restored.kept is not None:
            told.append(self.tr("What was there before is {file}.").format(file=restored.kept))
        told += restored.faults
        self._window.pane.notice.tell(" ".join(told))

    def _on_salvaged(self, done: "Salvaged") -> None:
        window = self._window
        if not window.projects.open(done.path):
            return
        told = self.tr("{file} has what could be read: {documents} documents, {spans} spans.").format(
            file=done.path.name, documents=done.documents, spans=done.spans
        )
        if not done.lost:
            window.pane.notice.tell(told)
            return
        show_problem(
            window,
            self.tr("Salvaged, but not all of it"),
            f"{told} " + self.tr("The details tell what is lost; the damaged file is as it was."),
            "\n".join(done.lost),
        )

    # -- how old

    def _on_project_changed(self) -> None:
        store = self._session.store
        for timer in (self._soon, self._clock, self._aging):
            timer.stop() if store is None else timer.start()
        self._second, self._is_sound = None, True
        if store is not None:
            self._read_age(store.path)
        self._show_age()

    def _read_age(self, project: Path) -> None:
        from storage import rolling

        for folder in self._folders()[1:]:
            found = rolling.backups_of(project, folder)
            self._second = found[0].time if found else None

    def _ask_for_folder(self) -> None:
        """Ask once for a folder on another disk, when nothing else is told."""
        memory, notice = self._window.memory, self._window.pane.notice
        if memory.asked_for_copies or len(self._folders()) > 1 or not notice.isHidden():
            return
        memory.asked_for_copies = True
        notice.tell(
            self.tr(
                "Backups are kept on this disk, in {folder}. Choose a folder on another disk, such as a "
                "stick or a share, and they are written there too. Never work on a project in it."
            ).format(folder=self._folders()[0]),
            action=self.tr("Choose folder…"),
            do=self.choose_folder,
        )

    def _show_age(self) -> None:
        store = self._session.store
        is_shown = store is not None and not store.read_only
        self._window.status.show_copied(
            copied_words(self._second, datetime.now(UTC)) if is_shown else "",
            self._window.settings.word("copies_folder"),
        )

    def _on_age_clicked(self) -> None:
        if self._window.settings.word("copies_folder"):
            self.now()
        else:
            self.choose_folder()

    def _on_closing(self) -> None:
        for timer in (self._soon, self._clock, self._aging):
            timer.stop()
        self._runner.cancel_all()


def copied_words(copied: datetime | None, now: datetime) -> str:
    """How old the last copy off this disk is, as the status bar has it."""
    if copied is None:
        return _tr("No copy off this disk")
    minutes = int((now - copied).total_seconds() // 60)
    if minutes < 1:
        return _tr("Copied off this disk just now")
    if minutes < 60:
        return _tr("Copied off this disk {n} min ago").format(n=minutes)
    if minutes < 48 * 60:
        return _tr("Copied off this disk {n} h ago").format(n=minutes // 60)
    return _tr("Copied off this disk {n} days ago").format(n=minutes // (24 * 60))


def _back_up(path: Path, project_id: str, folders: Sequence[Path], checks_first: bool) -> Job[BackedUp]:
    from storage import rolling

    newest: list[Backup | None] = []
    problems: list[str] = []
    yield Progress(0, 0, path.name)
    faults = (yield from _faults(path, folders)) if checks_first else ()
    if faults:
        return BackedUp((), (), faults)
    for folder in folders:
        yield Progress(0, 0, str(folder))
        found = rolling.backups_of(path, folder)
        if checks_first and found and rolling.holds_all_of(path, found[0]):
            newest.append(found[0])
            continue
        try:
            newest.append(rolling.make(path, folder, project_id=project_id))
        except AnnotatorError as error:
            newest.append(None)
            problems.append(str(error))
    return BackedUp(tuple(newest), tuple(problems))


def _faults(project: Path, folders: Iterable[Path]) -> Job[tuple[str, ...]]:
    """What does not hold in a project that is open, and what its backups have that it has lost."""
    from storage import rolling
    from storage.store import open_project

    with open_project(project, workstation="", read_only=True) as store:
        faults = list((yield from store.verifying()))
    faults += (
        _tr("A backup in {folder} has changes that this file has lost.").format(folder=folder)
        for folder in folders
        for newest in rolling.backups_of(project, folder)[:1]
        if rolling.is_behind(project, newest)
    )
    return tuple(faults)


def _salvaged(project: Path, target: Path, folders: Iterable[Path]) -> "Job[Salvaged]":
    from storage import rolling
    from storage.salvage import salvage

    yield Progress(0, 0, project.name)
    found = [backup for folder in folders for backup in rolling.backups_of(project, folder)]
    return salvage(project, target, sorted(found, key=lambda each: each.time, reverse=True))


def _restored(backup: "Backup", project: Path) -> "Job[Restored]":
    from storage import restoring

    yield Progress(0, 0, project.name)
    return restoring.restore(backup, project)


def _is_on_disk_of(folder: Path, project: Path) -> bool:
    try:
        return folder.stat().st_dev == project.stat().st_dev
    except OSError:
        return False


def _tr(text: str) -> str:
    return QCoreApplication.translate("backups", text)
