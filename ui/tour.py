"""The main job through the real window, by key presses: mark a holding, close, open, export.

`python3 tasks.py run` does this where there is no display; a picture of each step and the exported
JSONL stay in the folder that it is given.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.recipes import Recipe
from ui import stage
from ui.main_window import MainWindow

ARTICLE = "Google may keep Chrome"
LEAD_IN = "He ruled "
WORDS = 10
HOLDING_KEY = Qt.Key.Key_D


def tour(folder: Path) -> Path:
    """Walk through the main job and return the exported file; each step leaves a PNG."""
    stage.leave_the_user_alone(folder / "home")
    project = stage.sample_project(folder)
    window = stage.open_window(project)
    _step(window, folder, 1, "the sample project is open")
    window.session.open_document(stage.document_titled(window, ARTICLE))
    _select_after(window, LEAD_IN)
    _step(window, folder, 2, f"the words after “{LEAD_IN.strip()}” are selected")
    stage.press(window, HOLDING_KEY)
    marked = set(window.session.annotations)
    _step(window, folder, 3, "a key made them a holding")
    window.close()

    window = stage.open_window(project)
    window.session.open_document(stage.document_titled(window, ARTICLE))
    if set(window.session.annotations) != marked or not marked:
        raise RuntimeError("The holding is not there after the window was closed and opened.")
    window.session.select_span(next(iter(marked)))
    _step(window, folder, 4, "closed and opened: it is there")
    exported = _export(window, folder / "sample.jsonl")
    _step(window, folder, 5, "exported")
    window.close()
    return exported


def _step(window: MainWindow, folder: Path, number: int, what: str) -> None:
    picture = folder / f"step-{number}.png"
    stage.photograph(window, picture)
    print(f"{number}. {what}: {picture}")  # noqa: T201


def _select_after(window: MainWindow, words: str) -> None:
    """Put the caret behind the words and select on by keys, as an annotator would."""
    window.view.setFocus()
    window.view.set_caret(window.session.text.index(words) + len(words))
    for _ in range(WORDS):
        stage.press(
            window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )


def _export(window: MainWindow, target: Path) -> Path:
    window.importing.export_recipe(Recipe(out=str(target.absolute())))
    stage.wait_until(lambda: not window.jobs.jobs)
    documents = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    spans = sum(len(document["spans"]) for document in documents)
    print(f"{len(documents)} documents with {spans} spans: {target}")  # noqa: T201
    return target


if __name__ == "__main__":
    tour(Path(sys.argv[1]))
