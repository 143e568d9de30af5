"""Reading the open document again from the window: scanned pages with OCR, redacted text left out or kept.

It runs as a job beside the work. Spans move to the new text by their words; where some have no place in it,
the document stays as it is and the sentence says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.errors import AnnotatorError, NeedsPassword, UnreadableSource
from annotator.geometry import Page
from annotator.progress import Job
from annotator.readers.options import ReadOptions
from ui.jobs import JobRunner, on_sibling
from ui.session import Session

if TYPE_CHECKING:
    from annotator.services.rereading import Reread
    from storage.store import ProjectStore
    from ui.dialogs.redactions import Covered


class Rereading(QObject):
    """The handlers of “Read scanned pages” and “Text under redactions”.

    `passwords` are those given for protected PDFs, by the SHA-256 of the file.
    """

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        *,
        passwords: Mapping[str, str],
        parent: QWidget,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._passwords = passwords
        self._window = parent
        self._tell = tell
        self._failed = failed

    def read_scans(self) -> None:
        """Have the pages without usable text recognised, in the background."""
        from annotator.readers.pdf.ocr import NO_ENGINE, has_engine

        if not any(page.kind in ("scan", "unreliable") for page in self._pages()):
            self._tell(self.tr("No page of this document needs OCR."))
        elif not has_engine():
            self._failed(UnreadableSource(NO_ENGINE))
        else:
            self._start(self.tr("Read scanned pages"), replace(self._options(), ocr=True))

    def decide_redactions(self) -> None:
        """Show what lies under redaction boxes, and ask whether it belongs to the text."""
        covered = list(_covered(self._pages()))
        if not covered:
            self._tell(self.tr("No text lies under redaction boxes in this document."))
            return
        from ui.dialogs.redactions import RedactionsDialog

        options = self._options()
        dialog = RedactionsDialog(covered, is_kept=options.keep_redacted, parent=self._window)

        def decide() -> None:
            if dialog.is_kept() != options.keep_redacted:
                chosen = replace(options, keep_redacted=dialog.is_kept())
                self._start(self.tr("Read again"), chosen)

        dialog.accepted.connect(decide)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _pages(self) -> Iterable[Page]:
        """The pages of the open document without their words; read now if they are still being read."""
        store, document = self._session.store, self._session.document
        if store is None or document is None:
            return ()
        return self._session.page_heads.heads or store.page_heads(document.text_version)

    def _options(self) -> ReadOptions:
        from annotator.services.rereading import options_of

        store, document = self._session.store, self._session.document
        return ReadOptions() if store is None or document is None else options_of(store, document.id)

    def _start(self, title: str, options: ReadOptions) -> None:
        store, document, annotator = self._session.store, self._session.document, self._session.annotator
        if store is None or document is None or annotator is None:
            return
        try:
            store.check_writable()
        except AnnotatorError as error:
            self._failed(error)
            return
        id, me = document.id, annotator.id
        with_password = replace(options, password=self._passwords.get(document.source_sha256, ""))
        handle = self._jobs.job(
            title, on_sibling(store, lambda own: _reread(own, id, annotator=me, options=with_password))
        )
        handle.finished.connect(self._on_read)
        handle.failed.connect(self._on_failed)
        handle.cancelled.connect(lambda: self._tell(self.tr("Cancelled; the document is as it was.")))
        handle.start()

    def _on_read(self, reread: "Reread") -> None:
        self._session.refresh()
        if not reread.is_changed:
            self._tell(self.tr("“{title}” has the same text as before.").format(title=reread.title))
        elif reread.moved:
            self._tell(
                self.tr("“{title}” has its new text; {n} spans moved to it.").format(
                    title=reread.title, n=reread.moved
                )
            )
        else:
            self._tell(self.tr("“{title}” has its new text.").format(title=reread.title))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, NeedsPassword):
            error = NeedsPassword(
                self.tr("This PDF is protected. Show its pages, give the password there, and try again.")
            )
        self._failed(error)


def _covered(pages: Iterable[Page]) -> "Iterable[Covered]":
    from ui.dialogs.redactions import Covered

    return (
        Covered(page.number, item.text)
        for page in pages
        for item in page.redactions
        if item.text and item.kind != "mark"
    )


def _reread(store: "ProjectStore", document: str, *, annotator: str, options: ReadOptions) -> Job["Reread"]:
    from annotator.readers.isolated import ReaderProcess
    from annotator.services.rereading import reread

    with ReaderProcess(yields=True) as process:
        return (yield from reread(store, document, annotator=annotator, process=process, options=options))
