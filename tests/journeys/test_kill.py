"""Whenever the program is killed, what was on the screen is there when the project is opened again."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.progress import run
from annotator.services.checking import check
from storage.store import open_project
from tests import projects
from tests.ui.windows import open_window

ROOT = Path(__file__).parents[2]
TEXT = "\n".join(
    f"On day {day} the court of appeal 😀 ruled that the order of the port is void, and denied the motion."
    for day in range(40)
)
KILLS = 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, text=TEXT)
        return store.path


def shown_until_killed(project: Path, *, seed: int, lines: int) -> dict[str, str]:
    """Let a window mark, kill it in the midst of that, and return what it showed last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.marking_window", str(project), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(lines)]
    assert told[-1], "the window ended by itself"
    process.kill()
    # What was in the pipe was on the screen too; a line that was cut off in the middle counts for nothing.
    rest, _ = process.communicate()
    told += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    shown: dict[str, str] = json.loads(told[-1])
    return shown


def test_highlights_on_screen_survive_any_kill(qtbot: QtBot, project: Path) -> None:
    chance = random.Random(7)
    for seed in range(KILLS):
        shown = shown_until_killed(project, seed=seed, lines=chance.randrange(5, 25))

        with open_window(qtbot, project) as window:
            there = {span.id: span.label for span in window.session.annotations.values()}

        # The last edit may have reached the disk and not yet the screen, never the other way round.
        ahead = {id for id in there if shown.get(id) != there[id]}
        assert set(shown) <= set(there)
        assert len(ahead) <= 1
    with open_project(project, workstation="w") as store:
        assert run(check(store)) == ()
