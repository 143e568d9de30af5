"""Every screen of the manual can be drawn."""

import subprocess
import sys
from pathlib import Path

import pytest

from ui.screens.__main__ import SCREENS


def test_every_screen_has_a_name_of_its_own() -> None:
    names = [screen.name for screen in SCREENS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_screen_is_drawn(tmp_path: Path) -> None:
    # In a process of its own, as the task does it: the screens leave dialogs and settings behind.
    command = [sys.executable, "-m", "ui.screens", str(tmp_path), "", "light"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=580)
    assert done.returncode == 0, done.stderr[-2000:]
    drawn = {path.name for path in tmp_path.glob("*.png")}
    assert drawn == {f"{screen.name}-light.png" for screen in SCREENS} | {"start-light.png"}
