"""Projects: made, opened, copied and left; and who annotates in them.

When a project is closed, jobs are cancelled and waited for, since they work on it.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from annotator.errors import AnnotatorError, DamagedProject
from annotator.packages import SUFFIX
from annotator.places import risky_place
from annotator.progress import Job, Progress
from ui import platform
from ui.dialogs.problem import show_problem
from ui.jobs import on_sibling

if TYPE_CHECKING:
    from storage.store import ProjectStore
    from ui.dialogs.new_project import NewProjectDialog
    from ui.main_window import MainWindow


class Projects(QObject):
    """The handlers of the commands about whole projects."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._memory = window.memory
        self._session.project_closing.connect(self._on_closing)

    # -- opening

    def choose(self) -> None:
        """Ask for a project file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open project"),
            str(platform.projects_folder()),
            self.tr("Projects (*{suffix});;All files (*)").format(suffix=platform.PROJECT_SUFFIX),
        )
        if name:
            self.open(Path(name))

    def choose_recent(self) -> None:
        """Let one of the projects opened last be picked."""
        from ui.dialogs.recent import recent_picker

        picker = recent_picker(self._memory.recent, parent=self._window)
        picker.picked.connect(lambda name: self.open(Path(name)))
        picker.open()

    def open(self, path: Path) -> bool:
        """Open a project where it was left; tells why, if that cannot be, and offers to read only."""
        return self._open(path, read_only=False)

    def open_sample(self) -> None:
        """Open the sample project, which is made the first time."""
        from ui.sample import make_sample, sample_path

        path, workstation = sample_path(), self._session.workstation
        if path.exists():
            self.open(path)
            return
        handle = self._window.jobs.job(
            self.tr("Make the sample project"), lambda: make_sample(path, workstation=workstation)
        )
        handle.finished.connect(self.open)
        handle.failed.connect(self._window.failures.take)
        handle.start()

    def _open(self, path: Path, *, read_only: bool) -> bool:
        path = path.resolve()
        try:
            self._session.open_project(path, read_only=read_only)
        except AnnotatorError as error:
            if isinstance(error, DamagedProject) or self._has_backups(path):
                self._offer_rescue(path, str(error))
            elif not read_only and self._can_read(path):
                self._offer_reading(path, str(error))
            else:
                self._memory.forget(path)
                self._window.welcome.show_recent(self._memory.recent)
                show_problem(
                    self._window, self.tr("{file} was not opened").format(file=path.name), str(error)
                )
            return False
        self._take_up(path)
        return True

    def _take_up(self, path: Path) -> None:
        """Go on where the project was left."""
        session, store = self._session, self._session.store
        if store is None:
            return
        self._warn_of_place(path)
        self._say_who(store)
        self._memory.opened(path)
        self._memory.save()
        rows = session.rows()
        left = self._memory.document(store.project_id)
        chosen = left if any(row.id == left for row in rows) else next((row.id for row in rows), None)
        session.open_document(chosen)
        self._window.view.setFocus()

    def _warn_of_place(self, path: Path) -> None:
        """Tell that the folder is one in which a project that is in use may be damaged."""
        place = risky_place(path)
        if place:
            self._window.pane.notice.tell(
                self.tr(
                    "This project is in {place}, where it can be damaged while it is open. Save a copy to "
                    "this computer's own disk, work there, and use the folder for copies."
                ).format(place=place),
                action=self.tr("Save a copy…"),
                do=self.save_copy,
            )

    def _say_who(self, store: "ProjectStore") -> None:
        """Annotate as the last time, or under the user's own name; tell whoever is not in the project."""
        session, settings = self._session, self._window.settings
        known = self._memory.annotator(store.project_id, store.path)
        own = next((who.id for who in store.annotators() if who.name == settings.who), None)
        if known is not None or own is not None:
            session.switch_annotator(known or own or "")
        elif settings.word("annotator_name") and session.annotator is not None:
            self._window.pane.notice.tell(
                self.tr("{who} is not in this project: you annotate as {name}.").format(
                    who=settings.who, name=session.annotator.name
                ),
                action=self.tr("Switch annotator…"),
                do=self.switch_annotator,
            )

    def _can_read(self, path: Path) -> bool:
        """Whether a project that cannot be written can be read."""
        from storage.store import open_project

        try:
            open_project(path, workstation=self._session.workstation, read_only=True).close()
        except AnnotatorError:
            return False
        return True

    def _has_backups(self, path: Path) -> bool:
        """Whether a file that cannot be read as a project has backups; not for one in use elsewhere."""
        from storage import rolling

        if self._can_read(path):
            return False
        return any(rolling.backups_of(path, folder) for folder in self._window.settings.backup_folders)

    def _offer_rescue(self, path: Path, reason: str) -> None:
        question = QMessageBox(self._window)
        question.setObjectName("rescue")
        question.setWindowTitle(self.tr("Open project"))
        question.setText(reason)
        if self._has_backups(path):
            restore = question.addButton(self.tr("Restore a backup…"), QMessageBox.ButtonRole.AcceptRole)
            restore.clicked.connect(lambda: self._window.backing_up.restore_file(path))
        if path.is_file():
            salvage = question.addButton(
                self.tr("Salvage what can be read"), QMessageBox.ButtonRole.ActionRole
            )
            salvage.clicked.connect(lambda: self._window.backing_up.salvage(path))
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.open()

    def _offer_reading(self, path: Path, reason: str) -> None:
        question = QMessageBox(self._window)
        question.setObjectName("read_only")
        question.setWindowTitle(self.tr("Open project"))
        question.setText(reason)
        question.setInformativeText(self.tr("You can open it to read; nothing can be changed then."))
        read = question.addButton(self.tr("Open to read"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        read.clicked.connect(lambda: self._open(path, read_only=True))
        question.open()

    # -- making

    def create(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a new project and make it; `then` is called once it is open."""
        from ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(
            who=self._window.settings.who, folder=platform.projects_folder(), parent=self._window
        )
        dialog.accepted.connect(lambda: self._create(dialog, then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _create(self, dialog: "NewProjectDialog", then: Callable[[], object] | None) -> None:
        from annotator.services.projects import initial_change
        from storage.store import create_project

        wanted = dialog.new_project()
        try:
            store = create_project(
                wanted.path,
                name=wanted.name,
                workstation=self._session.workstation,
                initial=lambda project: initial_change(
                    schema_toml=wanted.schema_toml,
                    guidelines=wanted.guidelines,
                    lead_name=wanted.lead_name,
                    project_id=project,
                ),
            )
        except AnnotatorError as error:
            show_problem(self._window, self.tr("The project was not made"), str(error))
            return
        self._keep_name(wanted.lead_name)
        self._session.use(store)
        self._take_up(wanted.path)
        if then is not None:
            then()

    def _keep_name(self, name: str) -> None:
        """The first name that somebody gives is theirs in other projects too."""
        settings = self._window.settings
        if not settings.word("annotator_name"):
            settings["annotator_name"] = name
            with suppress(OSError):
                settings.save()

    # -- the open project

    def save_copy(self) -> None:
        """Ask for a file and copy the project to it, in the background."""
        store = self._session.store
        if store is None:
            return
        suggested = store.path.with_name(f"{store.path.stem} copy{platform.PROJECT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(suggested),
            self.tr("Projects (*{suffix})").format(suffix=platform.PROJECT_SUFFIX),
        )
        if name:
            path = Path(name)
            self.copy_to(path if path.suffix else path.with_suffix(platform.PROJECT_SUFFIX))

    def copy_to(self, target: Path) -> None:
        """Copy the project to a file, in the background."""
        store = self._session.store
        if store is None:
            return
        handle = self._window.jobs.job(
            self.tr("Save a copy"), on_sibling(store, lambda own: _copy(own, target))
        )
        handle.finished.connect(
            lambda _none: self._window.status.tell(self.tr("Copied to {file}.").format(file=target))
        )
        handle.failed.connect(self._window.failures.take)
        handle.start()

    def close(self) -> None:
        """Back to the start page."""
        self._session.close_project()

    def switch_annotator(self) -> None:
        """Ask who annotates."""
        from ui.dialogs.annotator import AnnotatorDialog

        dialog = AnnotatorDialog(self._session, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def preferences(self) -> None:
        """Show the settings; they are taken over when they are saved."""
        from ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._window.settings, self._window)
        dialog.accepted.connect(self._window.apply_settings)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_dropped(self, names: Sequence[str]) -> None:
        """Open a project file that was dropped, then take a package, or import the other files.

        Without a project, one is made first to import into. The project that is open stays open.
        """
        paths = [Path(name) for name in names]
        project = next((path for path in paths if path.suffix == platform.PROJECT_SUFFIX), None)
        package = next((path for path in paths if path.suffix == SUFFIX), None)
        paths = [path for path in paths if path.suffix not in (platform.PROJECT_SUFFIX, SUFFIX)]
        if project is not None and not self._is_open(project) and not self.open(project):
            return
        if package is not None:
            self._window.exchanging.take(package)
        elif not paths:
            return
        elif self._session.store is None:
            self.create(then=lambda: self._window.importing.import_paths(paths))
        else:
            self._window.importing.import_paths(paths)

    def _is_open(self, path: Path) -> bool:
        store = self._session.store
        return store is not None and store.path.resolve() == path.resolve()

    def _on_closing(self) -> None:
        """Keep what was shown or typed but not stored yet, and end what works on the project."""
        self._window.resizing.commit()
        self._window.details.flush()
        self._window.jobs.cancel_all()


def _copy(store: "ProjectStore", target: Path) -> Job[None]:
    yield Progress(0, 0, target.name)
    store.save_copy(target)
