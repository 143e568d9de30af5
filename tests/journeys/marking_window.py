"""A window that marks, relabels and takes back by keys until it is killed, and tells what is on the screen.

Run by `crashing`, as `python -m tests.journeys.marking_window`; it has everything loaded when it reads its
orders, one line of JSON. Each line of its output is an object: the label of each span by the span's id as
painted at that moment, the ids of the Changes made since the line before, and sentences that refused one.
"""

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.change import Change
from annotator.text import words
from ui import stage
from ui.app import make_application
from ui.main_window import MainWindow

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_C, Qt.Key.Key_D)
PAGES_LEFT = 12  # what a full disk has room for
BYTES_LEFT = 100_000


class Marker:
    """Marks at random in a window, one key after the other."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self._window, self._chance = window, chance
        self._made: list[str] = []
        self._refused: list[str] = []
        window.session.changed.connect(self._on_changed)
        window.session.refused.connect(self._refused.append)

    def mark_on(self) -> None:
        """Mark one word or more after the other; now and then another label, or undo and redo."""
        window, chance = self._window, self._chance
        places = words(window.session.text)
        while True:
            first = chance.randrange(len(places) - 4)
            last = first + chance.randrange(4)
            window.view.select(places[first].start, places[last].end)
            self._press(chance.choice(KEYS))
            if chance.random() < 0.3:
                self._press(chance.choice(KEYS))
            if chance.random() < 0.2:
                self._press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            if chance.random() < 0.1:
                self._press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)

    def _on_changed(self, change: Change) -> None:
        self._made.append(change.id)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        stage.press(self._window, key, modifiers)
        self._window.grab()
        spans = self._window.session.annotations.values()
        shown = {span.id: span.label for span in spans if span.id in self._window.view.spans_at(span.start)}
        print(json.dumps({"shown": shown, "made": self._made, "refused": self._refused}), flush=True)
        self._made.clear()
        self._refused.clear()


def bring_trouble(window: MainWindow, trouble: str) -> None:
    """Let the disk be full soon ("full"), or the system refuse to write soon ("limit")."""
    store = window.session.store
    assert store is not None
    if trouble == "full":
        sqlite = store._database._sqlite
        (pages,) = sqlite.execute("PRAGMA page_count").fetchone()
        sqlite.execute(f"PRAGMA max_page_count = {pages + PAGES_LEFT}")
    elif trouble == "limit":
        import resource  # not on Windows

        log = store.path.with_name(f"{store.path.name}-wal")
        limit = max(store.path.stat().st_size, log.stat().st_size) + BYTES_LEFT
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def main() -> None:
    make_application()
    project, seed, trouble = json.loads(sys.stdin.readline())
    window = stage.open_window(Path(project))
    window.view.setFocus()
    bring_trouble(window, trouble)
    Marker(window, random.Random(seed)).mark_on()


if __name__ == "__main__":
    main()
