"""2,000 occurrences marked as one change, and taken back, against 2,000 bare inserts in one transaction."""

import sqlite3
import tempfile
import time
from pathlib import Path

from annotator.geometry import Range
from annotator.model import Annotation
from annotator.progress import run
from annotator.services import annotating
from annotator.services.occurrences import find, mark, template_of
from benchmarks.figure import Figure, median
from storage.rows import table_of
from storage.store import ProjectStore
from tests.projects import add_document, lead, new_project

OCCURRENCES = 2_000
ROUNDS = 5
SENTENCE = "The court held that Norvel, a maker of surveillance software, is not immune from suit.\n"


def bare_inserts(path: Path, rows: list[tuple[object, ...]]) -> float:
    """Seconds to insert the rows in one transaction that is on disk in the end, and nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(table_of(Annotation).insert, rows)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


def rounds(store: ProjectStore) -> tuple[list[float], list[float], list[tuple[object, ...]]]:
    """Seconds of finding and marking, seconds of undoing, and the rows that one round wrote."""
    annotator = lead(store).id
    document = add_document(store, text=SENTENCE * OCCURRENCES)
    start = SENTENCE.index("Norvel")
    marked, undone = [], []
    rows: list[tuple[object, ...]] = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        template = template_of(
            store, document=document, label="organization", fragments=[(start, start + len("Norvel"))]
        )
        found = run(find(store, annotator=annotator, template=template, document=document))
        places: list[Range] = [row.place for row in found.rows]
        change = run(mark(store, annotator=annotator, template=template, places={document: places}))
        marked.append(time.perf_counter() - started)
        encode = table_of(Annotation).encode
        rows = [encode(record) for record in change.after if isinstance(record, Annotation)]
        started = time.perf_counter()
        annotating.undo(store, annotator=annotator, document=document)
        undone.append(time.perf_counter() - started)
    return marked, undone, rows


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annotator"
        with new_project(path) as store:
            marked, undone, rows = rounds(store)
        # Ids of their own; the rows of the rounds before stay, as spans of other documents would.
        bare = [
            bare_inserts(path, [(f"{number}-{row[0]}", *row[1:]) for row in rows]) for number in range(ROUNDS)
        ]
    inserts = median(bare) * 1e3
    baseline = f"{OCCURRENCES:,} bare inserts"
    return [
        Figure(
            f"find and mark {OCCURRENCES:,} occurrences",
            median(marked) * 1e3,
            baseline,
            median(bare) * 1e3,
            "ms",
            5,
        ),
        Figure("take them back", median(undone) * 1e3, baseline, inserts, "ms", 10),
    ]
