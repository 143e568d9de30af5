"""Draws all screens: `python -m ui.screens FOLDER`, or `FOLDER SUFFIX [THEME...]` for one scale.

Light and dark, on a screen of 1280x800 and, in a process of its own since Qt takes its screen and scale at
start, on one of 2560x1440 with a scale of 2. The pictures are named `SCREEN-THEME.png` and
`SCREEN-THEME@2x.png`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui import stage
from ui.screens import annotating, cases, learned, project, schema, team
from ui.screens.screen import dialogs

SCALES = {"": (1, QSize(1280, 800)), "@2x": (2, QSize(2560, 1440))}
THEMES = ("light", "dark")
SCREENS = (
    *annotating.SCREENS,
    *schema.SCREENS,
    *team.SCREENS,
    *learned.SCREENS,
    *project.SCREENS,
    *cases.SCREENS,
)


def draw_all(folder: Path) -> None:
    """Every screen in every theme and scale, each scale in a process of its own."""
    for suffix in SCALES:
        subprocess.run([sys.executable, "-m", "ui.screens", str(folder), suffix], check=True)


def _pretend_screen(work: Path, size: QSize, scale: int) -> None:
    """Let Qt start on a screen of that many pixels, so that dialogs are as large as on a real one."""
    screen = {"name": "drawn", "x": 0, "y": 0, "width": size.width(), "height": size.height(), "dpr": 1}
    layout = work / "screens.json"
    layout.write_text(
        json.dumps(
            {
                "synchronousWindowSystemEvents": False,
                "windowFrameMargins": True,
                "screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96}],
            }
        ),
        encoding="utf-8",
    )
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={layout}"
    os.environ["QT_SCALE_FACTOR"] = str(scale)


def _picture(widget: QWidget, target: Path) -> None:
    """A picture of a widget in a palette of its own 256 colours, a quarter of the size."""
    from PIL import Image

    stage.photograph(widget, target)
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def draw_scale(folder: Path, suffix: str, themes: Sequence[str] = THEMES) -> None:
    """Every screen in these themes at that scale."""
    scale, size = SCALES[suffix]
    with tempfile.TemporaryDirectory() as work:
        _pretend_screen(Path(work), size, scale)
        stage.leave_the_user_alone(Path(work))
        for theme in themes:
            # Each its own, since drawing some screens changes the project.
            made = stage.sample_project(Path(work) / theme / "Annotator")
            start_page = stage.open_window(None, theme=theme, size=size / scale)
            _picture(start_page, folder / f"start-{theme}{suffix}.png")
            start_page.close()
            window = stage.open_window(made, theme=theme, size=size / scale)
            for screen in SCREENS:
                _picture(screen.show(window), folder / f"{screen.name}-{theme}{suffix}.png")
                for dialog in dialogs():
                    dialog.close()
                stage.settle()
            window.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        draw_scale(Path(sys.argv[1]), sys.argv[2], sys.argv[3:] or THEMES)
    else:
        draw_all(Path(sys.argv[1]))
        print(f"The screens are in {sys.argv[1]}")  # noqa: T201
