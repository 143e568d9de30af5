"""Documents into the project and datasets out of it: dialogs, drops, paste, and the jobs behind them."""

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from annotator.errors import AnnotatorError
from annotator.model import Annotator, Document
from annotator.progress import Job, Progress
from annotator.readers.options import PLAIN, ReadOptions
from ui import platform
from ui.import_question import LabelQuestion
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.memory import Memory
from ui.session import Session

if TYPE_CHECKING:
    from annotator.recipes import Recipe
    from annotator.services.import_names import Choose
    from annotator.services.importing import ImportReport, ImportRow
    from exporters.running import Exported
    from storage.store import ProjectStore
    from ui.dialogs.paste import PasteDialog


class Importing(QObject):
    """The handlers of import and export. `tell` shows a sentence, `failed` a failure.

    `passwords` takes those of protected PDFs by the SHA-256 of the file, and is kept in memory only.

    Signals:
        imported: An import has ended, with a report (ImportReport).
    """

    imported = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        *,
        passwords: MutableMapping[str, str],
        parent: QWidget,
        memory: Memory,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._passwords = passwords
        self._window = parent
        self._memory = memory
        self._tell = tell
        self._failed = failed
        self._folder = platform.documents_folder()
        self._labels = LabelQuestion(session, parent=parent)

    # -- documents in

    def choose_files(self) -> None:
        """Ask for files to import."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import files"), str(self._folder), self._file_filter()
        )
        self.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder, to import all that is in it."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Import folder"), str(self._folder))
        self.import_paths([Path(name)] if name else [])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background; what became of each is shown in the end."""
        store, annotator = self._session.store, self._session.annotator
        if not paths or store is None or annotator is None:
            return
        self._folder = paths[0].parent
        me = annotator.id
        choose = self._labels.choose
        handle = self._jobs.job(
            self.tr("Import"),
            on_sibling(store, lambda own: _import_paths(own, paths, me, choose=choose)),
        )
        handle.finished.connect(self._on_imported)
        handle.cancelled.connect(self._on_import_cancelled)
        handle.ended.connect(self._labels.withdraw)
        self._start(handle)

    def paste(self) -> None:
        """Add the text on the clipboard as a document; files on the clipboard are imported."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.import_paths(paths)
            return
        from ui.dialogs.paste import PasteDialog

        dialog = PasteDialog(data.text(), self._window)
        dialog.accepted.connect(lambda: self._import_pasted(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _import_pasted(self, dialog: "PasteDialog") -> None:
        from annotator.readers.pasted import read_pasted

        store, annotator, pasted = self._session.store, self._session.annotator, dialog.pasted()
        if store is None or annotator is None:
            return
        me = annotator.id
        try:
            read = replace(read_pasted(pasted.text, pasted.title), kind=pasted.kind)
        except AnnotatorError as error:
            self._failed(error)
            return

        def job(own: "ProjectStore") -> Job["ImportReport"]:
            from annotator.services.importing import ImportReport, import_document

            yield Progress(0, 1, read.title)
            return ImportReport((import_document(own, read, annotator=me),))

        handle = self._jobs.job(self.tr("Add document"), on_sibling(store, job))
        handle.finished.connect(self._on_imported)
        self._start(handle)

    def _start(self, handle: JobHandle) -> None:
        """Start an import, unless the project is one that nothing can be added to."""
        try:
            if self._session.store is not None:
                self._session.store.check_writable()
        except AnnotatorError as error:
            handle.deleteLater()
            self._failed(error)
            return
        handle.failed.connect(self._on_failed)
        handle.start()

    def _on_imported(self, report: "ImportReport") -> None:
        self._session.refresh()
        locked = next((row for row in report.rows if row.locked is not None), None)
        if locked is not None:
            self._ask_password(report, locked)
            return
        self.imported.emit(report)
        first = next((row.document for row in report.rows if row.document is not None), None)
        is_alone = len(report.rows) == 1
        if first is not None and (is_alone or self._session.document is None):
            self._session.open_document(first)
        if is_alone and not report.rows[0].warnings and report.rows[0].outcome != "refused":
            self._tell(self._sentence(report.rows[0]))
            return
        from ui.dialogs.import_report import ImportReportDialog

        dialog = ImportReportDialog(report, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_password(self, report: "ImportReport", row: "ImportRow") -> None:
        """Ask for the password of a file that was refused for want of it; without one it stays refused."""
        dialog = QInputDialog(self._window)
        dialog.setObjectName("import_password")
        dialog.setWindowTitle(self.tr("Protected PDF"))
        dialog.setLabelText(
            self.tr("{reason}\n\nPassword, which is kept until the program ends and never stored:").format(
                reason=row.reason
            )
        )
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.setOkButtonText(self.tr("Import"))
        dialog.accepted.connect(lambda: self._import_locked(report, row, dialog.textValue()))
        dialog.rejected.connect(lambda: self._leave_locked(report, row))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _leave_locked(self, report: "ImportReport", row: "ImportRow") -> None:
        self._on_imported(_with_row(report, row, replace(row, locked=None)))

    def _import_locked(self, report: "ImportReport", row: "ImportRow", password: str) -> None:
        """Read one file again with a password, and put what became of it into the report."""
        store, annotator, path = self._session.store, self._session.annotator, row.locked
        if store is None or annotator is None or path is None:
            return
        me, options = annotator.id, ReadOptions(password=password)
        handle = self._jobs.job(
            self.tr("Import"),
            on_sibling(store, lambda own: _import_paths(own, [path], me, options=options)),
        )

        def take(again: "ImportReport") -> None:
            now = again.rows[0]
            document = store.record(Document, now.document) if now.document is not None else None
            if document is not None:
                self._passwords[document.source_sha256] = password
            self._on_imported(_with_row(report, row, replace(now, source=row.source)))

        handle.finished.connect(take)
        handle.cancelled.connect(lambda: self._leave_locked(report, row))
        self._start(handle)

    def _sentence(self, row: "ImportRow") -> str:
        if row.outcome == "already_here":
            return self.tr("“{title}” is in the project already.").format(title=row.title)
        return self.tr("“{title}” was added.").format(title=row.title)

    def _on_import_cancelled(self) -> None:
        self._session.refresh()
        self._tell(self.tr("The import was cancelled; documents read until then are in the project."))

    def _on_failed(self, error: BaseException) -> None:
        self._session.refresh()
        self._failed(error)

    def _file_filter(self) -> str:
        from annotator.readers import all_readers

        readers = all_readers()
        every = " ".join(f"*{suffix}" for reader in readers for suffix in reader.suffixes)
        kinds = [
            f"{reader.summary} ({' '.join(f'*{suffix}' for suffix in reader.suffixes)})"
            for reader in readers
            if reader.suffixes
        ]
        return ";;".join(
            [self.tr("Documents ({every})").format(every=every), *kinds, self.tr("All files (*)")]
        )

    # -- datasets out

    def export(self) -> None:
        """Ask what to export, and write it in the background."""
        from ui.export.dialog import ExportDialog

        dialog = ExportDialog(self._session, self._jobs, self._last_export(), self._window)
        dialog.accepted.connect(lambda: self.export_recipe(dialog.recipe()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_recipe(self, recipe: "Recipe") -> None:
        """Write what was chosen, in the background, and remember it for the next time."""
        from annotator.recipes import recipe_values

        store = self._session.store
        if store is None:
            return
        self._memory.remember_export(store.project_id, recipe_values(recipe))
        me = self._session.annotator
        try:
            self._write_down_names(store, recipe)
        except AnnotatorError as error:
            self._failed(error)
            return
        handle = self._jobs.job(self.tr("Export"), on_sibling(store, partial(_export, recipe=recipe, who=me)))
        handle.finished.connect(self._on_exported)
        handle.failed.connect(self._failed)
        handle.cancelled.connect(
            lambda: self._tell(self.tr("The export was cancelled; nothing was written."))
        )
        handle.start()

    def _write_down_names(self, store: "ProjectStore", recipe: "Recipe") -> None:
        """Where a recipe names annotators to who reviews, keep that before it is done."""
        from exporters.running import understood, write_down_names

        me = self._session.annotator
        if me is not None and (export := understood(store, recipe, who=me)).reveals:
            written = write_down_names(store, export, reviewer=me.id)
            if written is not None:
                self._session.take(written)

    def _last_export(self) -> "Recipe | None":
        """The export of this project that was made last, if it can still be read."""
        from annotator.recipes import read_recipe

        store = self._session.store
        values = None if store is None else self._memory.export(store.project_id)
        try:
            return None if values is None else read_recipe(values)
        except AnnotatorError:
            return None

    def _on_exported(self, exported: "Exported") -> None:
        from ui.export.words import amount, dropped_words

        report = exported.report
        written = self.tr("{amount} were written to {file}.").format(
            amount=amount(report.documents, report.spans), file=report.target
        )
        self._tell(" ".join(filter(None, [written, dropped_words(len(report.losses))])))


def _with_row(report: "ImportReport", before: "ImportRow", after: "ImportRow") -> "ImportReport":
    """The report with one row in place of another."""
    return replace(report, rows=tuple(after if row is before else row for row in report.rows))


def _import_paths(
    store: "ProjectStore",
    paths: Sequence[Path],
    annotator: str,
    *,
    options: ReadOptions = PLAIN,
    choose: "Choose | None" = None,
) -> Job["ImportReport"]:
    from annotator.readers.isolated import ReaderProcess
    from annotator.services.importing import import_paths

    with ReaderProcess(yields=True) as process, ReaderProcess(yields=True) as helper:
        job = import_paths(
            store,
            paths,
            annotator=annotator,
            process=process,
            options=options,
            helpers=(helper,),
            choose=choose,
        )
        return (yield from job)


def _export(store: "ProjectStore", recipe: "Recipe", who: Annotator | None) -> Job["Exported"]:
    from exporters.running import place_of, refuse_place, run_export, understood

    out = place_of(recipe, store.path)
    yield Progress(0, 0, out.name)
    refuse_place(out, project=store.path)
    return (yield from run_export(store, understood(store, recipe, who=who), out))
