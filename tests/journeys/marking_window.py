"""A window that marks and relabels words by keys until it is killed, and says after each paint what it shows.

Run by `test_kill`: `python -m tests.journeys.marking_window PROJECT SEED`. Each line of its output is one
JSON object, the label of each span by the span's id, of what is on the screen at that moment.
"""

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.text import words
from ui import stage
from ui.main_window import MainWindow

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_C, Qt.Key.Key_D)


def mark_on(window: MainWindow, chance: random.Random) -> None:
    """Mark one word or more after the other; every third time another label for the span just made."""
    places = words(window.session.text)
    while True:
        first = chance.randrange(len(places) - 4)
        last = first + chance.randrange(4)
        window.view.select(places[first].start, places[last].end)
        stage.press(window, chance.choice(KEYS))
        show(window)
        if chance.random() < 0.3:
            stage.press(window, chance.choice(KEYS))
            show(window)


def show(window: MainWindow) -> None:
    """Paint the window, and print what is painted."""
    window.grab()
    spans = window.session.annotations.values()
    shown = {span.id: span.label for span in spans if span.id in window.view.spans_at(span.start)}
    print(json.dumps(shown), flush=True)


def main() -> None:
    window = stage.open_window(Path(sys.argv[1]))
    window.view.setFocus()
    mark_on(window, random.Random(int(sys.argv[2])))


if __name__ == "__main__":
    main()
