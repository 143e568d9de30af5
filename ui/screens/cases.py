"""The screens of cases and of two documents beside each other. They come last, since the pair stays open."""

from PySide6.QtWidgets import QWidget

from ui import stage
from ui.cases.dialog import CasesDialog
from ui.main_window import MainWindow
from ui.screens.screen import EDITOR, Screen, dialog_of

REPORT, ORDER = "Court keeps", "ORDER GRANTING"
CLAIM = "barred Lantern from opening accounts"


def _cases(window: MainWindow) -> QWidget:
    dialog = dialog_of("cases")(window)
    assert isinstance(dialog, CasesDialog)
    dialog.resize(EDITOR)
    return dialog


def _found(window: MainWindow) -> QWidget:
    dialog = _cases(window)
    assert isinstance(dialog, CasesDialog)
    dialog.look()
    stage.wait_until(dialog.finding.isEnabled)
    return dialog


def _timeline(window: MainWindow) -> QWidget:
    dialog = _cases(window)
    assert isinstance(dialog, CasesDialog)
    dialog.page.tabs.setCurrentWidget(dialog.page.timeline)
    return dialog


def _coverage(window: MainWindow) -> QWidget:
    dialog = _cases(window)
    assert isinstance(dialog, CasesDialog)
    dialog.page.tabs.setCurrentWidget(dialog.page.coverage)
    return dialog


def _pair(window: MainWindow) -> QWidget:
    """The article beside the order, a claim of it selected, with its verdict and other passages."""
    window.session.open_document(stage.document_titled(window, REPORT))
    window.pairing.open(stage.document_titled(window, ORDER))
    beside, candidates = window.pairing.beside, window.pairing.candidates
    if beside is not None:
        beside.paging.text()
    stage.wait_until(lambda: candidates is not None and candidates.is_ready)
    session = window.session
    claim = next(each for each in session.annotations.values() if each.quote.exact.startswith(CLAIM))
    session.select_span(claim.id)
    stage.settle()
    order = next(each for each in session.relations.values() if each.source == claim.id and each.attributes)
    if beside is not None:
        target = beside.companion.annotations[order.target]
        beside.view.reveal(target.start, target.end)
    return window


SCREENS = (
    Screen("cases", _cases),
    Screen("cases-found", _found),
    Screen("cases-timeline", _timeline),
    Screen("cases-coverage", _coverage),
    Screen("pair", _pair),
)
