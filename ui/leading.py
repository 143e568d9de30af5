"""What a lead does: the label schema, documents removed and restored. Dialogs are imported when opened."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.services import trash
from annotator.services.versions import check_lead
from ui.commands import COMMANDS
from ui.taking_back import offer_undo

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Leading(QObject):
    """The handlers of the Project menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def edit_schema(self) -> None:
        """Show the label schema, for a lead to change."""
        from ui.schema.editor import SchemaEditor

        editor = SchemaEditor(
            self._session, self._window.questions, reserved=self._reserved(), parent=self._window
        )
        editor.saved.connect(self._on_saved)
        self._look_after(editor)
        editor.open()

    def remove_documents(self, *documents: str) -> None:
        """Ask which documents go to the trash; the open one is proposed if none is named."""
        from ui.dialogs.trash import RemoveDialog

        session, window = self._session, self._window
        if not self._leads():
            return
        proposed = documents or (() if session.document is None else (session.document.id,))
        dialog = RemoveDialog(session, window.questions, proposed, window)
        dialog.removed.connect(self._on_removed)
        self._look_after(dialog)
        dialog.open()

    def assign_documents(self) -> None:
        """Ask who gets which documents, with a preview; those that nobody has are proposed."""
        from ui.dialogs.assign import AssignDialog

        window = self._window
        if not self._leads():
            return
        dialog = AssignDialog(self._session, window.questions, window)
        dialog.assigned.connect(
            lambda change: window.status.tell(self.tr("{title}: done.").format(title=change.title))
        )
        self._look_after(dialog)
        dialog.open()

    def finish_imported(self) -> None:
        """Ask whose imported work is finished, with how much it is."""
        from ui.dialogs.finish_imported import FinishImportedDialog

        window = self._window
        if not self._leads():
            return
        dialog = FinishImportedDialog(self._session, window.questions, window)
        dialog.finished_work.connect(self._on_work_finished)
        self._look_after(dialog)
        dialog.open()

    def _on_work_finished(self, change: Change) -> None:
        self._offer_undo(self.tr("{title}: done.").format(title=change.title), change)

    def show_agreement(self) -> None:
        """Show how far annotators agree; a document that is chosen there opens at the disagreement."""
        from ui.agreement.dialog import AgreementDialog

        window = self._window
        dialog = AgreementDialog(self._session, window.jobs, window)
        dialog.chosen.connect(self.open_at)
        self._look_after(dialog)
        dialog.show()

    def review(self) -> None:
        """Show what annotators differ in, side by side, to decide it."""
        from ui.review.window import ReviewWindow

        window = self._window
        shown = window.findChild(ReviewWindow)
        if shown is None:
            shown = ReviewWindow(self._session, window.jobs, window, passwords=window.passwords)
            self._look_after(shown)
        shown.show()
        shown.raise_()

    def show_quality(self) -> None:
        """Show how near annotators come to gold; to an annotator, only what is said of him."""
        from ui.dialogs.quality import QualityDialog

        window = self._window
        dialog = QualityDialog(self._session, window.jobs, window)
        self._look_after(dialog)
        dialog.show()

    def show_gaps(self) -> None:
        """Show where the guidelines do not decide; the spans of one that is chosen there are gone to."""
        from ui.dialogs.gaps import GapsDialog

        window = self._window
        dialog = GapsDialog(self._session, window.jobs, window)
        dialog.chosen.connect(self.open_at)
        self._look_after(dialog)
        dialog.show()

    def show_feedback(self) -> None:
        """Show annotators what was decided of their own work in the open document."""
        from annotator.services.feedback import feedback
        from ui.review.feedback_dialog import FeedbackDialog

        session, window = self._session, self._window
        if session.store is None or session.document is None:
            return
        try:
            remarks = feedback(session.store, annotator=session.annotator_id, document=session.document.id)
        except AnnotatorError as error:
            session.refused.emit(str(error))
            return
        dialog = FeedbackDialog(remarks, session.document.title, window)
        document = session.document.id
        dialog.chosen.connect(lambda start, end: self.open_at(document, start, end))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def show_standing(self) -> None:
        """Show how far the work stands; a document that is chosen there opens."""
        from ui.standing.dialog import StandingDialog

        window = self._window
        dialog = StandingDialog(self._session, window.jobs, window)
        dialog.chosen.connect(lambda document: self.open_at(document, 0, 0))
        self._look_after(dialog)
        dialog.show()

    def show_cases(self) -> None:
        """Show the cases; a document or span that is chosen there is gone to."""
        from ui.cases.dialog import CasesDialog

        window = self._window
        dialog = CasesDialog(self._session, window.questions, window)
        dialog.chosen.connect(lambda document, span: self._go_to(document, span))
        self._look_after(dialog)
        dialog.show()

    def _go_to(self, document: str, span: str) -> None:
        if span:
            self._window.going.jump_to(span)
        else:
            self.open_at(document, 0, 0)

    def open_at(self, document: str, start: int, end: int) -> None:
        """Open a document and select a place in it; none if both ends are 0."""
        session, view = self._session, self._window.view
        if session.document is None or session.document.id != document:
            session.open_document(document)
        if end:
            view.select(start, end)
            view.reveal(start, end)

    def show_trash(self) -> None:
        """Show which documents were removed, to bring them back."""
        from ui.dialogs.trash import TrashDialog

        window = self._window
        if not self._leads():
            return
        dialog = TrashDialog(self._session, window.questions, window)
        dialog.restored.connect(self._on_restored)
        self._look_after(dialog)
        dialog.open()

    def _leads(self) -> bool:
        """Whether the annotator leads the project; if not, says whom to ask."""
        store, annotator = self._session.store, self._session.annotator
        if store is None or annotator is None:
            return False
        try:
            check_lead(store, annotator.id, trash.WHAT)
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return False
        return True

    def _on_removed(self, change: Change) -> None:
        self._offer_undo(self.tr("{title}: done; it is in the trash.").format(title=change.title), change)

    def _on_restored(self, lost_links: int) -> None:
        if lost_links:
            self._window.pane.notice.tell(
                self.tr("{n} links were not restored, since a span that they lead to is gone.").format(
                    n=lost_links
                )
            )

    def _reserved(self) -> dict[str, str]:
        """The titles of the commands whose key is a letter or digit alone, by that key."""
        return {
            key.lower(): QCoreApplication.translate("commands", command.title)
            for command in COMMANDS
            for key in self._window.keys[command.id]
            if len(key) == 1
        }

    def _on_saved(self, change: Change) -> None:
        self._offer_undo(self.tr("Saved: {title}.").format(title=change.title), change)

    def _offer_undo(self, sentence: str, change: Change) -> None:
        """Say that something is done, and offer to take it back."""
        window = self._window
        offer_undo(self._session, window.pane.notice, sentence, change, tell=window.status.tell)

    def _look_after(self, dialog: Any) -> None:
        """Tell what fails in a dialog, and let go of it when it is closed."""
        dialog.failed.connect(self._window.failures.take)
        dialog.finished.connect(dialog.deleteLater)
