"""Reference cycles are looked for on the GUI thread, and not among what an open document holds."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.progress import Job, Progress
from tests import projects
from tests.ui.windows import open_window
from ui.collector import ENOUGH


class Cycle:
    """Garbage that only the search for cycles finds, and that tells when it goes."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self.itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone()


def test_what_a_document_holds_is_set_aside_until_the_project_closes(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        document = projects.add_document(store)
    with open_window(qtbot, store.path) as window:
        window.session.open_document(document)
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)

        window.session.close_project()

        assert gc.get_freeze_count() == 0


def test_garbage_of_a_job_goes_on_the_gui_thread(qtbot: QtBot) -> None:
    """Else a job could take apart what belongs to the GUI thread: timers, widgets."""
    threads: list[int] = []

    def littering() -> Job[None]:
        for done in range(3 * ENOUGH):
            Cycle(lambda: threads.append(threading.get_ident()))
            if done % ENOUGH == 0:
                yield Progress(done, 3 * ENOUGH)

    with open_window(qtbot, None) as window:
        handle = window.jobs.job("Litter", littering)
        with qtbot.waitSignal(handle.finished):
            handle.start()
        qtbot.waitUntil(lambda: len(threads) == 3 * ENOUGH)

    assert set(threads) == {threading.get_ident()}
