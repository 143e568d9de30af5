"""The real window for tests, on a project of its own, as a person has it before them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.model import Annotation
from annotator.services import annotating
from storage.store import ProjectStore
from tests import reviews
from tests.ui.sessions import me, store_of
from ui.app import build_window
from ui.main_window import MainWindow
from ui.review.window import ReviewWindow


@contextmanager
def open_window(qtbot: QtBot, project: Path | None) -> Iterator[MainWindow]:
    """A window on a project, shown and active; it is closed in the end."""
    window = build_window()
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    try:
        if project is not None:
            assert window.projects.open(project)
        with qtbot.waitActive(window):
            window.activateWindow()
        window.view.setFocus()
        yield window
    finally:
        window.close()
        window.deleteLater()
        # Outside an event loop nothing deletes it, and each window left makes dressing the next one slower.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def joined_by(window: MainWindow, names: Iterable[str]) -> ProjectStore:
    """The open project, which annotators of these names have joined."""
    store = store_of(window.session)
    for name in names:
        annotating.add_annotator(store, annotator=me(window.session), name=name)
    return store


def marked_by_others(
    window: MainWindow,
    work: Mapping[str, Sequence[reviews.Mark]],
    documents: Sequence[str] = ("one", "two"),
    *,
    done: bool = True,
) -> None:
    """Annotators (by name) join the open project, and have marked the same words in documents."""
    store = joined_by(window, work)
    for document in documents:
        reviews.marked(store, work, document=document, done=done)
    window.session.refresh()


def open_review(qtbot: QtBot, window: MainWindow) -> ReviewWindow:
    """The review screen of a window's project, with a document read into it."""
    window.leading.review()
    screen = window.findChild(ReviewWindow)
    assert isinstance(screen, ReviewWindow)
    qtbot.waitUntil(lambda: screen.desk.review is not None)
    return screen


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is, as a person does."""
    combined = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        combined |= modifier
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, key, combined)


def spans(window: MainWindow) -> dict[str, Annotation]:
    """The spans of the open document by their words."""
    return {span.quote.exact: span for span in window.session.annotations.values()}


def select(window: MainWindow, words: str) -> None:
    """Select the first place of the words in the text."""
    start = window.session.text.index(words)
    window.view.select(start, start + len(words))


def put_caret(window: MainWindow, words: str) -> None:
    """Put the caret before the first place of the words."""
    window.view.set_caret(window.session.text.index(words))


def dialog(qtbot: QtBot, name: str) -> QDialog:
    """The open dialog of that object name, once it has the keyboard."""
    found = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.objectName() == name and widget.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} dialogs {name} are open"
    found[0].activateWindow()
    qtbot.waitUntil(found[0].isActiveWindow)
    return found[0]
