"""From starting Python to the first usable window with the sample project open, against an empty one.

Both are whole processes, taken in turn, so that a machine that grows slower meanwhile slows both. Ours does
what `annotator open` does, up to the first paint.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, median
from ui import stage

RUNS = 9

EMPTY_WINDOW = """
import sqlalchemy
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
application.processEvents()
"""

SAMPLE_PROJECT = """
import gc
gc.disable()
import sys
from pathlib import Path
from ui.app import build_window, make_application
application = make_application()
window = build_window()
window.resize(1280, 800)
window.projects.open(Path(sys.argv[1]))
window.show()
application.processEvents()
"""


def seconds(code: str, folder: str, *arguments: str) -> float:
    """Wall time of a Python process that runs the code until Qt has painted, and ends without tidying up.

    Bytecode is kept in the folder, as it is beside an installed program, whatever the environment says.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"{code}\nimport os; os._exit(0)", *arguments],
        check=True,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPYCACHEPREFIX": folder},
    )
    return time.perf_counter() - started


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        project = str(stage.sample_project(Path(folder)))
        seconds(EMPTY_WINDOW, folder), seconds(SAMPLE_PROJECT, folder, project)
        pairs = [
            (seconds(SAMPLE_PROJECT, folder, project), seconds(EMPTY_WINDOW, folder)) for _ in range(RUNS)
        ]
    ours, empty = (median([pair[side] for pair in pairs]) for side in (0, 1))
    return [Figure("start with the sample project", ours, "SQLAlchemy and an empty window", empty, "s", 1.5)]
