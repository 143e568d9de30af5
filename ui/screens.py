"""Draws every screen and dialog of the sample project, for the manual and for a designer's eye.

Light and dark, at 1280x800 and, in a process of its own since Qt takes its scale at start, at 2560x1440
with a scale of 2. The pictures are named `SCREEN-THEME.png` and `SCREEN-THEME@2x.png`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.schema_editing import merge_labels
from annotator.services.guideline_editing import save as save_guidelines
from ui import stage
from ui.dialogs.problem import show_problem
from ui.export.dialog import ExportDialog
from ui.main_window import MainWindow

SCALES = {"": ("1", QSize(1280, 800)), "@2x": ("2", QSize(1280, 720))}
THEMES = ("light", "dark")
EDITOR = QSize(1000, 690)
ARTICLE = "Judge bars NSO"
ORDER_MARKS = (
    ("finding", "Lantern sent at least 40 test messages through servers in Oakland"),
    ("organization", "Lantern"),
    ("citation", "Winter v. Nat. Res. Def. Council, Inc., 555 U.S. 7, 20 (2008)"),
    ("law", "Foreign Sovereign Immunities Act, 28 U.S.C. § 1602 et seq."),
    ("holding", "Lantern's claim to foreign sovereign immunity fails"),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture to take: `show` brings it about in the window and gives what is photographed."""

    name: str
    show: Callable[[MainWindow], QWidget]


def _article(window: MainWindow) -> QWidget:
    window.session.open_document(stage.document_titled(window, ARTICLE))
    window.session.select_span(None)
    for name in ("again", "guidelines"):
        window.docks[name].hide()
    return window


def _selected_span(window: MainWindow) -> QWidget:
    _article(window)
    claims = [span for span in window.session.annotations.values() if span.label == "claim"]
    window.session.select_span(max(claims, key=lambda span: span.start).id)
    window.view.reveal(*window.session.annotations[window.session.selected or ""].fragments[0])
    return window


def _document_form(window: MainWindow) -> QWidget:
    _article(window)
    if "topic" not in window.session.document_labels:
        window.session.set_document_label("topic", ("privacy",))
    window.marking.document_attributes()
    return window


def _court_order(window: MainWindow) -> QWidget:
    rows = window.session.rows()
    window.session.open_document(next(row.id for row in rows if row.page_count))
    window.paging.text()
    return window


def _page(window: MainWindow) -> QWidget:
    _court_order(window)
    session = window.session
    if not session.annotations:
        for label, words in ORDER_MARKS:
            start = session.text.index(words, session.text.index("II. DISCUSSION"))
            session.highlight(label, start, start + len(words))
    window.paging.page()
    window.paging.next_page()
    return _drawn(window)


def _split(window: MainWindow) -> QWidget:
    _court_order(window)
    window.paging.split()
    window.going.next_span()
    return _drawn(window)


def _drawn(window: MainWindow) -> QWidget:
    """The window when its pages are there."""
    stage.settle()
    stage.wait_until(lambda: window.paging.view.is_drawn)
    return window


def _armed(window: MainWindow) -> QWidget:
    _article(window)
    window.session.arm("holding")
    return window


def _find(window: MainWindow) -> QWidget:
    _article(window)
    window.session.arm(None)
    start = window.session.text.index("damages")
    window.view.select(start, start + len("damages"))
    window.pane.open_find()
    return window


def _dialog(command: str) -> Callable[[MainWindow], QWidget]:
    """The dialog that a command opens."""

    def show(window: MainWindow) -> QWidget:
        window.commands.actions[command].trigger()
        stage.settle()
        return next(dialog for dialog in _dialogs() if dialog.isVisible())

    return show


def _export(window: MainWindow) -> QWidget:
    """The export dialog when the first record and what is dropped are there."""
    dialog = _dialog("export")(window)
    assert isinstance(dialog, ExportDialog)
    dialog.resize(EDITOR)
    stage.wait_until(lambda: bool(dialog.outlook.record.toPlainText()) and not window.jobs.jobs)
    return dialog


def _label_picker(window: MainWindow) -> QWidget:
    _article(window)
    start = window.session.text.index("Judge Hamilton agreed")
    window.view.select(start, start + len("Judge Hamilton"))
    window.marking.enter()
    return next(dialog for dialog in _dialogs() if dialog.isVisible())


def _occurrences(window: MainWindow) -> QWidget:
    _article(window)
    names = [span for span in window.session.annotations.values() if span.quote.exact == "NSO Group"]
    window.session.select_span(min(names, key=lambda span: span.start).id)
    return _dialog("mark.occurrences")(window)


def _search(window: MainWindow) -> QWidget:
    _article(window)
    window.searching.open()
    panel = window.searching.panel
    panel.field.setText("court*")
    stage.wait_until(lambda: panel.list.rows.rowCount() > 0)
    return window


def _find_spans(window: MainWindow) -> QWidget:
    _article(window)
    window.searching.open_spans()
    panel = window.searching.spans
    panel.field.clear()
    stage.wait_until(lambda: panel.count.text() != "")
    all_spans = panel.count.text()
    panel.field.setText("nso")
    stage.wait_until(lambda: panel.count.text() not in ("", all_spans))
    return window


def _unfinished(window: MainWindow) -> QWidget:
    window.docks["search"].hide()
    _article(window)
    return _dialog("document.done")(window)


def _schema(window: MainWindow) -> QWidget:
    from ui.schema.editor import SchemaEditor

    _article(window)
    editor = _dialog("schema.edit")(window)
    if isinstance(editor, SchemaEditor):
        stage.wait_until(lambda: not editor.progress.isVisible())
        editor.labels.tree.choose("claim")
        editor.resize(EDITOR)  # what it has on any real screen; the one that pictures are drawn on is small
    return editor


def _schema_changes(window: MainWindow) -> QWidget:
    from ui.schema.editor import SchemaEditor

    editor = _schema(window)
    if isinstance(editor, SchemaEditor):
        editor.draft.edit(lambda schema: merge_labels(schema, "person", "organization"))
        editor.tabs.setCurrentWidget(editor.changes)
        stage.wait_until(editor.go_on.isEnabled)
        editor.draft.before = editor.draft.schema  # so that it closes without a question
    return editor


def _guidelines(window: MainWindow) -> QWidget:
    _selected_span(window)
    window.guiding.toggle()
    window.guiding.panel.show_now()
    return window


def _guideline_editor(window: MainWindow) -> QWidget:
    _article(window)
    editor = _dialog("guidelines.edit")(window)
    editor.resize(EDITOR)
    return editor


def _look_again(window: MainWindow) -> QWidget:
    session = window.session
    if session.store is not None and session.store.guideline_number() == 1:
        text = session.store.guidelines()
        after = text.replace("### R2 Boundary\n", "### R2 Boundary\n\nLeave out what only introduces.\n", 1)
        who = session.annotator.id if session.annotator else ""
        session.edit(lambda store: save_guidelines(store, annotator=who, before=text, after=after))
    window.guiding.look_again()
    stage.wait_until(lambda: window.guiding.again.list.rows.rowCount() > 0)
    return window


def _remove_documents(window: MainWindow) -> QWidget:
    _article(window)
    return _dialog("documents.remove")(window)


def _paste(window: MainWindow) -> QWidget:
    QApplication.clipboard().setText("Court voids contract\n\nThe judge ruled that the contract is void.")
    return _dialog("import.paste")(window)


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


def _agreement(window: MainWindow) -> QWidget:
    from ui.agreement.dialog import AgreementDialog

    _article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        stage.second_opinion(store, me, name="Emil")
    window.leading.show_agreement()
    dialog = window.findChildren(AgreementDialog)[-1]
    stage.wait_until(lambda: dialog.report is not None)
    return dialog


def _assign(window: MainWindow) -> QWidget:
    from annotator.services.annotating import add_annotator
    from ui.dialogs.assign import AssignDialog

    _article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None and all(who.name != "Chiara" for who in store.annotators()):
        for name in ("Chiara", "David"):
            add_annotator(store, annotator=me, name=name)
    dialog = _dialog("documents.assign")(window)
    if isinstance(dialog, AssignDialog):
        dialog.overlap.setValue(20)
        dialog.preview()
    return dialog


def _conflicts(window: MainWindow) -> QWidget:
    """A span that was made again on another computer, as a merge brings it."""
    from dataclasses import replace

    from annotator.change import HistoryEntry
    from annotator.merging import Entry, Travelled
    from annotator.model import new_id, now

    _article(window)
    session = window.session
    if session.store is not None and not session.store.contested():
        entries = []
        for span in list(session.annotations.values())[:3]:
            change = new_id()
            twin = replace(span, id=new_id(), revision=change)
            entries.append((change, Entry(change, None, twin)))
        session.store.take_in(
            Travelled(
                HistoryEntry(change, session.annotator_id, "laptop", number, now(), "Mark", None, None),
                (made,),
            )
            for number, (change, made) in enumerate(entries, 1)
        )
        session.refresh()
    return _dialog("conflicts")(window)


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


def _redactions(window: MainWindow) -> QWidget:
    from ui.dialogs.redactions import Covered, RedactionsDialog

    _court_order(window)
    covered = [Covered(1, "Ludwig"), Covered(1, "the informant's address"), Covered(3, "on Monday at noon")]
    dialog = RedactionsDialog(covered, is_kept=False, parent=window)
    dialog.open()
    return dialog


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


def _problem(window: MainWindow) -> QWidget:
    show_problem(
        window,
        "rulings.annotator was not opened",
        "rulings.annotator is written by another window or program; close it there, or open it to read.",
        "",
    )
    return next(dialog for dialog in _dialogs() if dialog.isVisible())


def _dialogs() -> Iterator[QDialog]:
    return (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog))


SCREENS = (
    Screen("window", _article),
    Screen("selected-span", _selected_span),
    Screen("document-form", _document_form),
    Screen("court-order", _court_order),
    Screen("page", _page),
    Screen("split", _split),
    Screen("armed-label", _armed),
    Screen("find", _find),
    Screen("label-picker", _label_picker),
    Screen("occurrences", _occurrences),
    Screen("search", _search),
    Screen("find-spans", _find_spans),
    Screen("unfinished", _unfinished),
    Screen("palette", _dialog("palette")),
    Screen("keys", _dialog("keys")),
    Screen("guidelines", _guidelines),
    Screen("guideline-editor", _guideline_editor),
    Screen("look-again", _look_again),
    Screen("schema", _schema),
    Screen("schema-changes", _schema_changes),
    Screen("remove-documents", _remove_documents),
    Screen("assign", _assign),
    Screen("conflicts", _conflicts),
    Screen("new-project", _dialog("project.new")),
    Screen("export", _export),
    Screen("import-labels", _import_labels),
    Screen("import-report", _import_report),
    Screen("paste", _paste),
    Screen("redactions", _redactions),
    Screen("annotator", _dialog("annotator.switch")),
    Screen("preferences", _dialog("app.preferences")),
    Screen("about", _dialog("about")),
    Screen("problem", _problem),
    Screen("restore", _restore),
    Screen("report", _dialog("report")),
    Screen("agreement", _agreement),
)


def draw_all(folder: Path) -> None:
    """Every screen in every theme and scale, each scale in a process of its own."""
    for suffix, (scale, _) in SCALES.items():
        environment = os.environ | {"QT_SCALE_FACTOR": scale}
        subprocess.run([sys.executable, "-m", "ui.screens", str(folder), suffix], env=environment, check=True)


def _picture(widget: QWidget, target: Path) -> None:
    """A picture of a widget in a palette of its own 256 colours, a quarter of the size."""
    from PIL import Image

    stage.photograph(widget, target)
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def draw_scale(folder: Path, suffix: str) -> None:
    """Every screen in both themes at the scale that this process runs at."""
    size = SCALES[suffix][1]
    with tempfile.TemporaryDirectory() as work:
        stage.leave_the_user_alone(Path(work))
        for theme in THEMES:
            # Each its own, since drawing some screens changes the project.
            project = stage.sample_project(Path(work) / theme / "Annotator")
            start_page = stage.open_window(None, theme=theme, size=size)
            _picture(start_page, folder / f"start-{theme}{suffix}.png")
            start_page.close()
            window = stage.open_window(project, theme=theme, size=size)
            for screen in SCREENS:
                _picture(screen.show(window), folder / f"{screen.name}-{theme}{suffix}.png")
                for dialog in _dialogs():
                    dialog.close()
                stage.settle()
            window.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        draw_scale(Path(sys.argv[1]), sys.argv[2])
    else:
        draw_all(Path(sys.argv[1]))
        print(f"The screens are in {sys.argv[1]}")  # noqa: T201
