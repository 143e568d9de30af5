"""The window with a document in it, as an annotator has it."""

from PySide6.QtWidgets import QWidget

from ui import stage
from ui.dialogs.accept_above import AcceptAboveDialog
from ui.dialogs.model_server import ModelServerDialog
from ui.main_window import MainWindow
from ui.screens.screen import Screen, article, court_order, dialog_of, dialogs, drawn, selected_span

ORDER_MARKS = (
    ("finding", "Lantern sent at least 40 test messages through servers in Oakland"),
    ("organization", "Lantern"),
    ("citation", "Winter v. Nat. Res. Def. Council, Inc., 555 U.S. 7, 20 (2008)"),
    ("law", "Foreign Sovereign Immunities Act, 28 U.S.C. § 1602 et seq."),
    ("holding", "Lantern's claim to foreign sovereign immunity fails"),
)


def _document_form(window: MainWindow) -> QWidget:
    article(window)
    if "topic" not in window.session.document_labels:
        window.session.set_document_label("topic", ("privacy",))
    window.marking.document_attributes()
    return window


def _page(window: MainWindow) -> QWidget:
    court_order(window)
    session = window.session
    if not session.annotations:
        for label, words in ORDER_MARKS:
            start = session.text.index(words, session.text.index("II. DISCUSSION"))
            session.highlight(label, start, start + len(words))
    window.paging.page()
    window.paging.next_page()
    return drawn(window)


def _split(window: MainWindow) -> QWidget:
    court_order(window)
    window.paging.split()
    window.going.next_span()
    return drawn(window)


def _armed(window: MainWindow) -> QWidget:
    article(window)
    window.session.arm("holding")
    return window


def _find(window: MainWindow) -> QWidget:
    article(window)
    window.session.arm(None)
    start = window.session.text.index("damages")
    window.view.select(start, start + len("damages"))
    window.pane.open_find()
    return window


def _suggestions(window: MainWindow) -> QWidget:
    article(window)
    window.docks["search"].hide()
    session = window.session
    was_on = window.suggesting.is_on
    if not was_on:
        window.suggesting.toggle()
    for words in ("NSO Group", "Meta"):
        gone = [span.id for span in session.annotations.values() if span.quote.exact == words][1:]
        if gone:
            session.remove(*gone)
    window.suggesting.look()
    stage.wait_until(lambda: not window.suggesting.is_looking)
    window.view.set_caret(0)
    window.suggesting.next()
    return window


def _accept_above(window: MainWindow) -> QWidget:
    _suggestions(window)
    shown = dialog_of("suggest.accept_above")(window)
    if isinstance(shown, AcceptAboveDialog):
        shown.least.setValue(60)
    return shown


def _label_picker(window: MainWindow) -> QWidget:
    article(window)
    start = window.session.text.index("Judge Hamilton agreed")
    window.view.select(start, start + len("Judge Hamilton"))
    window.marking.enter()
    return next(dialog for dialog in dialogs() if dialog.isVisible())


def _occurrences(window: MainWindow) -> QWidget:
    article(window)
    names = [span for span in window.session.annotations.values() if span.quote.exact == "NSO Group"]
    window.session.select_span(min(names, key=lambda span: span.start).id)
    return dialog_of("mark.occurrences")(window)


def _search(window: MainWindow) -> QWidget:
    article(window)
    window.searching.open()
    panel = window.searching.panel
    panel.field.setText("court*")
    stage.wait_until(lambda: panel.list.rows.rowCount() > 0)
    return window


def _find_spans(window: MainWindow) -> QWidget:
    article(window)
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
    article(window)
    return dialog_of("document.done")(window)


def _model_server(window: MainWindow) -> QWidget:
    shown = dialog_of("suggest.model")(window)
    if isinstance(shown, ModelServerDialog):
        shown.address_field.setText("http://models.example.org:8080")
        shown.model_field.setText("llama3.2")
    return shown


SCREENS = (
    Screen("window", article),
    Screen("selected-span", selected_span),
    Screen("document-form", _document_form),
    Screen("court-order", court_order),
    Screen("page", _page),
    Screen("split", _split),
    Screen("armed-label", _armed),
    Screen("find", _find),
    Screen("suggestions", _suggestions),
    Screen("accept-above", _accept_above),
    Screen("model-server", _model_server),
    Screen("label-picker", _label_picker),
    Screen("occurrences", _occurrences),
    Screen("search", _search),
    Screen("find-spans", _find_spans),
    Screen("unfinished", _unfinished),
    Screen("palette", dialog_of("palette")),
    Screen("keys", dialog_of("keys")),
)
