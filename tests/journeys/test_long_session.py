"""A short stretch of the long session: nothing the process holds grows with the edits."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests import projects
from tests.journeys import long_session
from tests.journeys.long_session import Session, State
from tests.ui.windows import open_window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts what Linux tells of a process")
def test_short_session_leaves_memory_handles_and_none_as_they_were(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        for number in range(3):
            text = f"Document {number}.\n" + "The court ruled on the motion of the port.\n" * 20
            projects.add_document(store, f"document-{number}", text=text)
        path = store.path

    with open_window(qtbot, path) as window:
        done = long_session.run_session(window, edits=150, switches=10, pages=0)

    # A machine that does other work tells nothing of the speed of so few edits.
    assert long_session.faults(replace(done, last_ms=done.first_ms)) == []


@pytest.mark.parametrize(
    ("last", "last_ms", "fault"),
    [
        (State(300.0, 20, 9_000), 2.0, "memory grew from 100 to 300 MB"),
        (State(100.0, 40, 9_000), 2.0, "open handles grew from 20 to 40"),
        (State(100.0, 20, 1_000), 2.0, "references of None fell from 9000 to 1000"),
        (State(100.0, 20, 9_000), 3.0, "edits took 2.00 ms at first and 3.00 ms at last"),
    ],
)
def test_growth_and_slowness_are_told(last: State, last_ms: float, fault: str) -> None:
    first = State(100.0, 20, 9_000)

    assert long_session.faults(Session(first, last, 2.0, last_ms, 3.0, 3.0)) == [fault]
