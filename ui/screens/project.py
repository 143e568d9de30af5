"""The dialogs of a project: made, filled, exported, restored; and of the app itself."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import stage
from ui.dialogs.problem import show_problem
from ui.export.dialog import ExportDialog
from ui.main_window import MainWindow
from ui.screens.screen import EDITOR, Screen, article, court_order, dialog_of, dialogs


def _remove_documents(window: MainWindow) -> QWidget:
    article(window)
    return dialog_of("documents.remove")(window)


def _export(window: MainWindow) -> QWidget:
    """The export dialog when the first record and what is dropped are there."""
    dialog = dialog_of("export")(window)
    assert isinstance(dialog, ExportDialog)
    dialog.resize(EDITOR)
    stage.wait_until(lambda: bool(dialog.outlook.record.toPlainText()) and not window.jobs.jobs)
    return dialog


def _import_labels(window: MainWindow) -> QWidget:
    from annotator.services.import_names import UnknownLabel, UnknownLabels
    from ui.dialogs.import_labels import ImportLabelsDialog

    labels = (
        UnknownLabel("PER", 412, "Yvonne Gonzalez Rogers"),
        UnknownLabel("ORG", 388, "NSO Group"),
        UnknownLabel("LOC", 97, "Oakland"),
        UnknownLabel("MISC", 41, "Pegasus"),
        UnknownLabel("Attribution", 12, "said on Friday"),
    )
    dialog = ImportLabelsDialog(UnknownLabels("train.jsonl", labels), window.session.schema, window)
    dialog.open()
    return dialog


def _import_report(window: MainWindow) -> QWidget:
    from annotator.services.importing import ImportReport, ImportRow
    from ui.dialogs.import_report import ImportReportDialog

    reason = "scan.pdf has no text on any of its 2 pages: they are scans."
    rows = (
        ImportRow("filings/ruling.txt", "read", "The contract is void", "1"),
        ImportRow("filings/order.pdf", "read", "Order granting motion", "2", warnings=("Page 3 is a scan.",)),
        ImportRow("filings/ruling-again.txt", "already_here", "The contract is void", "1"),
        ImportRow("filings/scan.pdf", "refused", reason=reason),
    )
    dialog = ImportReportDialog(ImportReport(rows), window)
    dialog.open()
    return dialog


def _paste(window: MainWindow) -> QWidget:
    QApplication.clipboard().setText("Court voids contract\n\nThe judge ruled that the contract is void.")
    return dialog_of("import.paste")(window)


def _redactions(window: MainWindow) -> QWidget:
    from ui.dialogs.redactions import Covered, RedactionsDialog

    court_order(window)
    covered = [Covered(1, "Ludwig"), Covered(1, "the informant's address"), Covered(3, "on Monday at noon")]
    dialog = RedactionsDialog(covered, is_kept=False, parent=window)
    dialog.open()
    return dialog


def _problem(window: MainWindow) -> QWidget:
    show_problem(
        window,
        "rulings.annotator was not opened",
        "rulings.annotator is written by another window or program; close it there, or open it to read.",
        "",
    )
    return next(dialog for dialog in dialogs() if dialog.isVisible())


def _restore(window: MainWindow) -> QWidget:
    from storage import rolling
    from ui.dialogs.restore import RestoreDialog

    store = window.session.store
    if store is not None:
        # Places and moments that are the same in every picture.
        folder = Path(store.path.anchor) / "backups"
        found = [
            rolling.Backup(folder / "Sample" / f"{hour}", datetime(2026, 3, 31, hour, 20, tzinfo=UTC))
            for hour in (14, 11, 9)
        ]
        holds = {14: rolling.Holdings(3, 214, 305), 11: rolling.Holdings(3, 187, 251)}
        dialog = RestoreDialog(
            store.path, [(backup, holds.get(backup.time.hour)) for backup in found], parent=window
        )
        dialog.open()
        return dialog
    return window


SCREENS = (
    Screen("remove-documents", _remove_documents),
    Screen("new-project", dialog_of("project.new")),
    Screen("export", _export),
    Screen("import-labels", _import_labels),
    Screen("import-report", _import_report),
    Screen("paste", _paste),
    Screen("redactions", _redactions),
    Screen("preferences", dialog_of("app.preferences")),
    Screen("about", dialog_of("about")),
    Screen("problem", _problem),
    Screen("restore", _restore),
    Screen("report", dialog_of("report")),
    Screen("double-click", dialog_of("app.associate")),
)
