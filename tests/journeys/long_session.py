"""A long session through the real window: memory, handles, None and speed must stay as they were.

`python3 tasks.py session` runs it with 20,000 edits, 500 switches of the document and 2,000 drawn pages;
a short one runs with the tests. State is told first and last, after a stretch that fills every cache.

Whether edits became slower is judged by the processor time of the window's thread, since time on the clock
grows with whatever else the machine does; both are told.
"""

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.text import words
from ui import stage
from ui.main_window import MainWindow

LABELS = ("organization", "person", "court", "judge", "law")
SPANS = 60  # in a document, at most, so that the last edit has no more to do than the first
MEMORY_GROWTH_MB = 60.0
HANDLE_GROWTH = 4
# Only a fall ends in a crash. PySide 6.11 adds a reference for each widget that is made with a parent.
NONE_DRIFT = 2_000
SLOWER = 1.10


@dataclass(frozen=True, slots=True)
class State:
    """What the process holds: MB of memory, open handles, references of None."""

    memory_mb: float
    handles: int
    nones: int


@dataclass(frozen=True, slots=True)
class Session:
    """A session's first and last state, and its first and last edits' median times in ms.

    `_ms` is processor time of the window's thread, `_clock_ms` what passed on the clock.
    """

    first: State
    last: State
    first_ms: float
    last_ms: float
    first_clock_ms: float
    last_clock_ms: float


def state() -> State:
    gc.collect()
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = int(status.split("VmRSS:")[1].split()[0])
    return State(kilobytes / 1024, len(os.listdir("/proc/self/fd")), sys.getrefcount(None))


def run_session(window: MainWindow, *, edits: int, switches: int, pages: int, seed: int = 1) -> Session:
    """Edit, switch and draw, spread over the session, as often as that."""
    chance = random.Random(seed)
    documents = [row.id for row in window.session.rows()]
    order = next((row.id for row in window.session.rows() if row.page_count), "")
    spent: list[float] = []
    passed: list[float] = []
    warm = max(1, edits // 10)
    first = state()
    for number in range(edits):
        if number == warm:
            first = state()
        if switches and number % max(1, edits // switches) == 0:
            window.session.open_document(chance.choice(documents))
            stage.settle()
        if pages and number % max(1, edits // pages) == 0:
            _draw_page(window, order, chance)
        began, clock = time.thread_time(), time.perf_counter()
        _edit(window, chance)
        spent.append(1000 * (time.thread_time() - began))
        passed.append(1000 * (time.perf_counter() - clock))
    some = max(1, min(1000, edits // 4))
    median = statistics.median
    return Session(
        first,
        state(),
        median(spent[warm : warm + some]),
        median(spent[-some:]),
        median(passed[warm : warm + some]),
        median(passed[-some:]),
    )


def faults(session: Session) -> list[str]:
    """What did not stay as it was."""
    first, last = session.first, session.last
    found = []
    if last.memory_mb - first.memory_mb > MEMORY_GROWTH_MB:
        found.append(f"memory grew from {first.memory_mb:.0f} to {last.memory_mb:.0f} MB")
    if last.handles - first.handles > HANDLE_GROWTH:
        found.append(f"open handles grew from {first.handles} to {last.handles}")
    if first.nones - last.nones > NONE_DRIFT:
        found.append(f"references of None fell from {first.nones} to {last.nones}")
    if session.last_ms > session.first_ms * SLOWER:
        found.append(f"edits took {session.first_ms:.2f} ms at first and {session.last_ms:.2f} ms at last")
    return found


def _edit(window: MainWindow, chance: random.Random) -> None:
    session = window.session
    spans = list(session.annotations)
    places = words(session.text)
    if len(spans) >= SPANS or (spans and chance.random() < 0.2):
        session.remove(chance.choice(spans))
    elif spans and chance.random() < 0.3:
        session.relabel(chance.choice(spans), chance.choice(LABELS))
    elif chance.random() < 0.1:
        session.undo()
    else:
        place = places[chance.randrange(len(places))]
        session.highlight(chance.choice(LABELS), place.start, place.end)
    stage.settle()


def _draw_page(window: MainWindow, order: str, chance: random.Random) -> None:
    """Show the pages of the court order at another zoom, so that none comes out of the cache."""
    if not order:
        return
    window.session.open_document(order)
    window.commands.actions["show.page"].trigger()
    window.view.set_zoom(chance.randrange(60, 180))
    stage.settle()
    window.grab()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edits", type=int, default=20_000)
    parser.add_argument("--switches", type=int, default=500)
    parser.add_argument("--pages", type=int, default=2_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage.leave_the_user_alone(Path(folder))
        window = stage.open_window(stage.sample_project(Path(folder)))
        try:
            done = run_session(window, edits=chosen.edits, switches=chosen.switches, pages=chosen.pages)
        except AnnotatorError as error:
            sys.exit(str(error))
        window.close()
    print(f"first: {done.first}, an edit {done.first_ms:.2f} ms, on the clock {done.first_clock_ms:.2f} ms")
    print(f"last:  {done.last}, an edit {done.last_ms:.2f} ms, on the clock {done.last_clock_ms:.2f} ms")
    found = faults(done)
    print("\n".join(found) or "Everything stayed as it was.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
