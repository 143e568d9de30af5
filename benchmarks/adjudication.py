"""Review: units of 5 x 10,000 spans, of one usual document, and the next disagreement on the screen.

The first two are pure, against the times aimed for; the last is in the real window, on a text of 1 MB with
5 x 2,000 spans, from the key press to the painted screen, against a frame at 60 Hz.
"""

import os
import random
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.adjudication.units import units
from annotator.agreement.work import DocumentWork
from annotator.change import make_change
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    Fragment,
    annotator_set_id,
    derived_id,
    new_id,
    now,
    quote,
)
from benchmarks.figure import Figure, median, slowest
from benchmarks.text_view import FRAME, LETTERS, long_text
from storage.rolling import backups_of
from storage.store import ProjectStore
from tests.projects import add_document, new_project
from ui.review.window import ReviewWindow
from ui.settings import backups_folder
from ui.stage import open_window, settle, wait_until

PEOPLE = ("a1", "a2", "a3", "a4", "a5")
LABELS = ("organization", "person", "court", "judge", "law", "date", "money")
COLD_SECONDS, DOCUMENT_SECONDS = 2.5, 0.030
ROUNDS, STEPS = 5, 200


def marks(count: int, letters: int) -> dict[str, list[tuple[int, int, str]]]:
    """What five annotators marked: mostly alike, here and there elsewhere, longer, or with another label."""
    chance = random.Random(7)
    places = sorted(
        (start, start + chance.randrange(4, 40), chance.choice(LABELS))
        for start in (chance.randrange(0, letters - 60) for _ in range(count))
    )
    made: dict[str, list[tuple[int, int, str]]] = {}
    for who in PEOPLE:
        own = set()
        for start, end, label in places:
            turn = chance.random()
            if turn < 0.06:
                continue
            if turn < 0.14:
                end += chance.randrange(1, 9)
            elif turn < 0.20:
                label = chance.choice(LABELS)
            own.add((start, end, label))
        made[who] = sorted(own)
    return made


def spans(
    marked: Mapping[str, list[tuple[int, int, str]]], text: str, *, document: str, version: str
) -> dict[str, tuple[Annotation, ...]]:
    moment = now()
    return {
        who: tuple(
            Annotation(
                new_id(),
                document,
                version,
                annotator_set_id(who),
                label,
                (Fragment(start, end),),
                quote(text, (Fragment(start, end),)),
                moment,
                moment,
            )
            for start, end, label in own
        )
        for who, own in marked.items()
    }


def seconds_for_units(count: int, letters: int, rounds: int) -> list[float]:
    text = long_text("Case")[:letters]
    made = spans(marks(count, letters), text, document="d", version="v")
    work = DocumentWork("d", letters, (), made)
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        units(work, layer="entity", text_sha256="t")
        taken.append(time.perf_counter() - started)
    return taken


def fill(store: ProjectStore, count: int) -> None:
    """A document of 1 MB that five annotators have finished."""
    text = long_text("Case")
    add_document(store, "case", text=text, title="Case")
    people = [Annotator(who, who.upper(), "annotator") for who in PEOPLE]
    sets = [AnnotationSet(annotator_set_id(who), "annotator", who) for who in PEOPLE]
    done = [Assignment(derived_id(who, "case", "assignment"), "case", who, "done") for who in PEOPLE]
    made = spans(marks(count, LETTERS), text, document="case", version="case-text")
    rows = [span for own in made.values() for span in own]
    store.apply(make_change("Mark", annotator="ana", after=(*people, *sets, *done, *rows)))


def milliseconds_for_steps(*, is_busy: bool = False) -> list[tuple[float, float]]:
    """From the key that goes to the next disagreement until everything is painted.

    By the clock, and by what of that the window's thread was at work. `is_busy` steps at once, while the
    project is checked and backed up, as it is soon after it was opened, and while hints are estimated.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_project(folder, name="Bench") as store:
            fill(store, 2_000)
        path = folder / "Bench.annotator"
        window = open_window(path)
        window.leading.review()
        screen = window.findChildren(ReviewWindow)[-1]
        wait_until(lambda: screen.desk.review is not None)
        settle()
        screen.activateWindow()
        settle()
        if not is_busy:
            wait_until(lambda: bool(screen.desk.likely and backups_of(path, backups_folder())))
        taken = []
        for _ in range(STEPS):
            started, used = time.perf_counter(), time.thread_time()
            QTest.keyClick(screen, Qt.Key.Key_Right)
            QApplication.processEvents()
            used = time.thread_time() - used
            taken.append(((time.perf_counter() - started) * 1000, used * 1000))
        if screen.desk.place < STEPS:
            raise RuntimeError(f"only {screen.desk.place} steps were taken")
        window.close()
        return taken


def measure() -> list[Figure]:
    many = seconds_for_units(10_000, LETTERS, ROUNDS)
    one = seconds_for_units(100, 20_000, 20)
    clock, processor = slowest(milliseconds_for_steps())
    first, _ = slowest(milliseconds_for_steps(is_busy=True))
    what, frame = "next disagreement, 1 MB, p95", "a 60 Hz frame"
    return [
        Figure("units of 5 x 10,000 spans, cold", median(many), "time aimed for", COLD_SECONDS, "s", 1),
        Figure("units of a document, 5 x 100 spans", median(one), "time aimed for", DOCUMENT_SECONDS, "s", 1),
        Figure(what, clock, frame, FRAME, "ms", 1),
        Figure(f"{what}, processor", processor, frame, FRAME, "ms", 1),
        Figure(f"{what}, while the project is checked", first, frame, FRAME, "ms", 2),
    ]
