"""Whenever the program is killed, what was on the screen is there when the project is opened again."""

import sys
from pathlib import Path

import pytest

from tests.journeys import crashing

KILLS = 3


def test_what_was_on_screen_survives_any_kill(tmp_path: Path) -> None:
    project = crashing.new_project(tmp_path)

    with crashing.windows() as windows:
        for seed in range(KILLS):
            assert crashing.crash(windows.next(), project, "kill", seed=seed).made


@pytest.mark.parametrize(
    "kind",
    [
        "full",
        pytest.param("limit", marks=pytest.mark.skipif(sys.platform == "win32", reason="no such limit")),
        "pair",
    ],
)
def test_what_was_on_screen_survives_a_kill_amid_other_trouble(tmp_path: Path, kind: crashing.Kind) -> None:
    project = crashing.new_project(tmp_path)

    with crashing.windows() as windows:
        assert crashing.crash(windows.next(), project, kind, seed=1).made
