"""The real window driven without a person: opened on the sample project, waited for, photographed.

The tour, the screens and the benchmarks use it; nothing in the program itself does.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model import Fragment, annotator_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.locking import is_done
from storage.store import ProjectStore
from ui.app import build_window, make_application
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.sample import make_sample
from ui.settings import Settings

SIZE = QSize(1280, 800)
PATIENCE_SECONDS = 60
_LOOK_AGAIN_MS = 50


def leave_the_user_alone(folder: Path) -> None:
    """Keep settings, memory and window layout in the folder instead of where the user's own are.

    On Linux and macOS; Windows tells a program these places in a way that cannot be bent.
    """
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder)


def sample_project(folder: Path) -> Path:
    """A fresh sample project in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.annotator"
    for old in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        old.unlink(missing_ok=True)
    return run(make_sample(path, workstation="stage"))


def open_window(project: Path | None, *, theme: str = "light", size: QSize = SIZE) -> MainWindow:
    """The window on a project, or on the start page, at that size."""
    make_application()
    settings = Settings.load()
    settings["theme"] = theme
    memory = Memory()
    memory.asked_for_copies = True  # nobody is there to answer
    window = build_window(settings, memory)
    window.resize(size)
    window.show()
    if project is not None:
        window.projects.open(project)
    settle()
    return window


def second_opinion(store: ProjectStore, annotator: str, *, name: str, shift: int = 0) -> None:
    """Let somebody else mark what the annotator did, here and there otherwise; both are done with all.

    Another `shift`, other places where they differ.
    """
    if any(person.name == name for person in store.annotators()):
        return
    annotating.add_annotator(store, annotator=annotator, name=name)
    other = next(person.id for person in store.annotators() if person.name == name)
    for document in store.documents():
        once = {
            (span.label, span.start): span
            for span in store.annotations(document.id, annotator_set_id(annotator))
        }
        for at, span in enumerate(once.values(), shift):
            start, end = span.start, span.end
            if at % 7 == 3:
                continue
            if at % 5 == 2 and " " in span.quote.exact and len(span.fragments) == 1:
                start += span.quote.exact.index(" ") + 1
            annotating.highlight(
                store,
                annotator=other,
                document=document.id,
                label=span.label,
                fragments=(Fragment(start, end),),
            )
        for who in (annotator, other):
            if not is_done(store, annotator=who, document=document.id):
                annotating.set_work_state(store, annotator=who, document=document.id, state="done")


def take_first(store: ProjectStore, reviewer: str) -> None:
    """Decide every unit for the span that comes first in the text, as a hasty reviewer would."""
    from annotator.adjudication.decisions import result_of
    from annotator.services.deciding import Ruling, decide
    from annotator.services.reviewing import review

    for document in store.documents():
        of = review(store, document.id)
        for unit in of.units:
            if not of.standing(unit.key).is_settled:
                ruling = Ruling("accept", (result_of(unit.candidates[0].span),))
                decide(store, reviewer=reviewer, document=document.id, unit=unit.key, ruling=ruling)


def settle() -> None:
    """Let Qt do all that it has put off.

    What is to be deleted later has to be asked for: Qt itself does that only in the loop of `exec`.
    """
    for _ in range(5):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the event loop until something is so; raises TimeoutError after a minute.

    Given a time, `processEvents` would not wait but come back at once, and asking over and over again takes
    Python away from the worker whose answer is waited for. So it waits without one, and a timer wakes it.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    waker = QTimer()
    waker.start(_LOOK_AGAIN_MS)
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("The window did not get there within a minute.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    waker.stop()


def photograph(widget: QWidget, target: Path) -> None:
    """Leave a PNG of a widget as it is on the screen now."""
    settle()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(target), "PNG"):
        raise OSError(f"{target} could not be written.")


def press(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key in the document."""
    QTest.keyClick(window.view, key, modifiers)
    settle()


def document_titled(window: MainWindow, words: str) -> str:
    """The id of the document whose title begins so."""
    return next(row.id for row in window.session.rows() if row.title.startswith(words))
