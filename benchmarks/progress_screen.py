"""Opening the progress screen on 10,000 documents of five annotators, all assigned, most with ten spans.

Measured is the time from the command until documents and annotators are on the screen; labels and weeks
follow by themselves, and are measured apart.
"""

import os
import random
import tempfile
import time
from pathlib import Path

from annotator.change import make_change
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    Document,
    Fragment,
    Record,
    TextVersion,
    WorkInterval,
    WorkState,
    annotator_set_id,
    derived_id,
    new_id,
    now,
    quote,
)
from annotator.store import Contents
from annotator.text import text_sha256
from benchmarks.figure import Figure, median
from storage.store import ProjectStore
from tests.projects import lead, new_project

DOCUMENTS, PEOPLE, SPANS, AT_ONCE, ROUNDS = 10_000, 5, 10, 500, 7
AIM_MS = 300.0
STATES: tuple[WorkState, ...] = (*("done",) * 6, *("todo",) * 3, "returned")
LABELS = ("person", "organization", "court", "claim")


def fill(store: ProjectStore) -> None:
    """Documents, and for each annotator a state, a sitting and spans in those that they have begun."""
    chance, ana = random.Random(5), lead(store).id
    people = [ana, *(new_id() for _ in range(PEOPLE - 1))]
    after: list[Record] = []
    for number, who in enumerate(people[1:]):
        after += [Annotator(who, f"Person {number}"), AnnotationSet(annotator_set_id(who), "annotator", who)]
    store.apply(make_change("Add people", annotator=ana, after=after))
    text = "The court heard the parties in the matter and ruled. " * 10
    sha256 = text_sha256(text)
    for first in range(0, DOCUMENTS, AT_ONCE):
        records: list[Record] = []
        for number in range(first, first + AT_ONCE):
            document, version = new_id(), new_id()
            records += [
                Document(document, f"Document {number}", "article", sha256, "a.txt", version, now()),
                TextVersion(version, document, "text", "1", sha256, len(text), now()),
            ]
            for who in people:
                records += _work(chance, document, version, who, text)
        store.apply(
            make_change("Import", annotator=ana, after=records),
            Contents({sha256: text.encode()}, {sha256: text}, {}),
        )


def _work(chance: random.Random, document: str, version: str, who: str, text: str) -> list[Record]:
    state = chance.choice(STATES)
    found: list[Record] = [
        Assignment(derived_id(who, document, "assignment"), document, who, state, ("entity", "claim"))
    ]
    if state == "todo":
        return found
    day = f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}T10:00:00.000Z"
    found.append(WorkInterval(new_id(), document, who, day, 600, SPANS, int(state == "done")))
    for number in range(SPANS):
        place = (Fragment(number * 50, number * 50 + 9),)
        found.append(
            Annotation(
                new_id(),
                document,
                version,
                annotator_set_id(who),
                chance.choice(LABELS),
                place,
                quote(text, place),
                day,
                day,
            )
        )
    return found


def open_times(path: Path) -> tuple[list[float], list[float]]:
    """Milliseconds until documents and annotators are shown, and until all is, each time anew."""
    from PySide6.QtWidgets import QApplication

    from ui.stage import leave_the_user_alone, open_window, settle, wait_until
    from ui.standing.dialog import StandingDialog

    leave_the_user_alone(path.parent)
    window = open_window(path)
    first, whole = [], []
    for _ in range(ROUNDS):
        settle()
        started = time.perf_counter()
        window.leading.show_standing()
        dialog = window.findChildren(StandingDialog)[-1]
        wait_until(lambda dialog=dialog: dialog.standing is not None)  # type: ignore[misc]
        QApplication.processEvents()
        first.append((time.perf_counter() - started) * 1e3)
        wait_until(lambda dialog=dialog: dialog.distribution is not None)  # type: ignore[misc]
        whole.append((time.perf_counter() - started) * 1e3)
        dialog.close()
    window.close()
    return first, whole


def measure() -> list[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annotator"
        with new_project(path) as store:
            fill(store)
        first, whole = open_times(path)
    size = f"{DOCUMENTS:,} documents x {PEOPLE}"
    return [
        Figure(f"progress screen of {size}", median(first), "what is aimed for", AIM_MS, "ms", 1),
        Figure("the same, with labels and weeks", median(whole), "documents alone", median(first), "ms", 4),
    ]
