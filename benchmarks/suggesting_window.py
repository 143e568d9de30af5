"""Suggestions in the window, for an opinion of 30 pages: until all are outlined, and the frames meanwhile.

All suggesters that come with the program are asked: the dictionary, which has learned from nine documents
that are done, and the rules, in a process of their own that is started by the first look. A page counts 330
words. A frame is a repaint of the text and whatever else has come up. The machine may run other things
beside, so that processor time is told as well: of the suggesters with the start of their process, and of the
window's thread.
"""

import gc
import os
import random
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from annotator.model import Fragment
from annotator.services import annotating, suggesting
from annotator.suggest.suggestion import Suggestion
from benchmarks.figure import Figure, percentile_99
from storage.store import ProjectStore
from tests import projects
from ui.main_window import MainWindow
from ui.stage import leave_the_user_alone, open_window, settle, wait_until

PAGES, PAGE_WORDS = 30, 330
LEARNED_FROM = 9
SECONDS, FRAME_MS = 2.0, 50.0
SIZE = QSize(1280, 800)
_SENTENCES = (
    "The Court held in {a} v. {b}, Inc., {n} F.3d {m}, {k} (9th Cir. 20{y}), that notice is enough.",
    "On March {d}, 20{y}, {a} moved to compel the production of {n} documents from {b}, Inc.",
    "Id. at {k}. The motion of {a} is GRANTED, and {b} shall pay $4{n},000 by June {d}, 20{y}.",
    "Judge Ada {a} of the U.S. District Court for the Northern District of California disagreed.",
    "The witness told the panel that nobody at {b} had read the contract before it was signed by both sides.",
    "See 28 U.S.C. § 16{d}; Dkt. No. {n}, at {k}; {a}, {n} F.3d at {k}.",
    "What remains is a question of fact, on which reasonable people may differ, and so it goes to a jury.",
)
_PLAIN = (
    "A promise that nobody relied on is no contract, and the record shows none that anybody relied on.",
    "The parties agree on most of what happened, though not on why it did, and the papers do not say.",
    "Such a rule would leave the words of the statute without work, which is no way to read them.",
    "It is enough that the choice was open to both, that each knew of it, and that neither was hurried.",
)
_NAMES = ("Harlow", "Norvel", "Quist", "Bramer", "Ostend", "Lantern", "Meridan", "Tarlow", "Vex", "Calder")


def opinion(seed: int, words: int) -> str:
    """A text of so many words: paragraphs with citations, dates, sums, names, and sentences without any."""
    chance = random.Random(seed)
    paragraphs, count = list[str](), 0
    while count < words:
        sentences = [
            chance.choice((*_SENTENCES, *_PLAIN * 4)).format(
                a=chance.choice(_NAMES),
                b=chance.choice(_NAMES),
                n=chance.randint(100, 900),
                m=chance.randint(100, 1300),
                k=chance.randint(20, 90),
                d=chance.randint(1, 28),
                y=chance.randint(10, 24),
            )
            for _ in range(5)
        ]
        paragraphs.append(" ".join(sentences))
        count += len(paragraphs[-1].split())
    return "\n".join(paragraphs) + "\n"


def _project(store: ProjectStore) -> None:
    """Nine documents of three pages that are done, each with its names marked, and the one to look at."""
    who = projects.lead(store).id
    for number in range(LEARNED_FROM):
        text = opinion(number, 3 * PAGE_WORDS)
        document = projects.add_document(store, f"done-{number}", text=text, kind="opinion")
        places = sorted({(at, at + len(name)) for name in _NAMES for at in _places(text, f"{name} ")})
        marks = [Suggestion((Fragment(*place),), "person", 1.0, "", "") for place in places]
        suggesting.accept(store, annotator=who, document=document, suggestions=marks)
        annotating.set_work_state(store, annotator=who, document=document, state="done")
    projects.add_document(store, "opinion", text=opinion(-1, PAGES * PAGE_WORDS), kind="opinion")


def _places(text: str, words: str) -> list[int]:
    found, at = list[int](), text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


class _Frame(NamedTuple):
    """Milliseconds of a frame by the clock, and those in which the window's thread worked."""

    clock: float
    processor: float


def _look(window: MainWindow) -> tuple[float, list[_Frame]]:
    """Seconds until nothing is looked for any more, and each frame until then."""
    window.view.viewport().repaint()
    window.suggesting.look()
    begun, frames = time.perf_counter(), list[_Frame]()
    while window.suggesting.is_looking:
        start, worked = time.perf_counter(), time.thread_time()
        window.view.viewport().repaint()
        QApplication.processEvents()
        took, work = time.perf_counter() - start, time.thread_time() - worked
        frames.append(_Frame(took * 1000, work * 1000))
        time.sleep(max(0.0, 1 / 60 - took))
    return time.perf_counter() - begun, frames


def measure() -> list[Figure]:
    """Seconds of the first look and of one after an edit, processor seconds, and the longest frame."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        leave_the_user_alone(Path(name))
        path = Path(name) / "bench.annotator"
        with projects.new_project(path) as store:
            _project(store)
        window = open_window(path, size=SIZE)
        window.session.open_document("opinion")
        wait_until(lambda: gc.get_freeze_count() > 0)  # what comes once after opening, whatever is suggested
        before = os.times()
        window.suggesting.toggle()
        first, frames = _look(window)
        found = len(window.suggesting.found)
        window.session.highlight("person", *window.suggesting.found[0].fragments[0], exact=True)
        settle()
        again, more = _look(window)
        window.close()
        settle()
        after = os.times()
    application.closeAllWindows()
    if found < PAGES:
        raise RuntimeError(f"{found} suggestions are too few for a measure")
    used = sum(after[2:4]) - sum(before[2:4])
    clock = percentile_99([each.clock for each in (*frames, *more)])
    worked = max(each.processor for each in (*frames, *more))
    what = f"suggest in {PAGES} pages, {found} found"
    return [
        Figure(what, first, "two seconds", SECONDS, "s", 1.0),
        Figure(f"{what}, processor of the suggesters", used, "two seconds", SECONDS, "s", 1.0),
        Figure("the same after an edit", again, "two seconds", SECONDS, "s", 1.0),
        Figure("frames meanwhile, p99", clock, "the aim", FRAME_MS, "ms", 1.0),
        Figure("longest frame, processor", worked, "the aim", FRAME_MS, "ms", 1.0),
    ]
