"""A report of a problem: versions and where it failed, no text of a document; shown before it is saved."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.traces import trace_without_text
from ui import platform

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def report_text(error: BaseException | None) -> str:
    """What a report says: the versions, and the traceback of the last failure if there was one."""
    from ui.dialogs.about import versions

    trace = "No failure since the program was started." if error is None else trace_without_text(error)
    return "\n".join(["Problem in Annotator", "", *versions(), "", trace])


class Reporting(QObject):
    """The handler of the command that reports a problem."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def report(self) -> None:
        """Show what a report would say, to be saved as it stands."""
        from ui.dialogs.report import ReportDialog

        dialog = ReportDialog(report_text(self._window.failures.last), self._window)
        dialog.save_asked.connect(lambda: self._choose_file(dialog.report()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_file(self, text: str) -> None:
        suggested = platform.documents_folder() / "annotator-problem.txt"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save report"), str(suggested), self.tr("Text (*.txt)")
        )
        if name:
            self.save(Path(name), text)

    def save(self, target: Path, text: str) -> None:
        """Write a report, and say where it is or why not."""
        try:
            target.write_text(text, "utf-8")
        except OSError as error:
            told = self.tr("{file} could not be written: {reason}.")
            self._window.status.tell(told.format(file=target, reason=error.strerror))
        else:
            self._window.status.tell(self.tr("The report is {file}.").format(file=target))
