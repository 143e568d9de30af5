"""Merging a package with 50,000 annotations, against bare inserts of the same rows in one transaction.

The merge checks every record and the hashes of the package, adds the history of each annotation, works out
what stands of it, and looks for the same span made twice; the baseline does none of it.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

from annotator.change import make_change
from annotator.model import Annotation, Fragment, annotator_set_id, new_id, now, quote
from benchmarks.figure import Figure, median
from storage.store import ProjectStore
from tests import exchange
from tests.projects import add_document, lead, new_project

DOCUMENTS, SPANS_EACH, TOGETHER = 50, 1_000, 10
ROUNDS = 3
AIM = 40.0
SENTENCE = "The court held that the maker is not immune from suit. "


def fill(store: ProjectStore) -> None:
    """Mark the word court everywhere, some spans in one Change."""
    ana = lead(store).id
    text = SENTENCE * SPANS_EACH
    start, moment = SENTENCE.index("court"), now()
    with store.together():
        for document in store.documents():
            spans = []
            for place in range(start, len(text), len(SENTENCE)):
                fragments = (Fragment(place, place + len("court")),)
                spans.append(
                    Annotation(
                        new_id(),
                        document.id,
                        document.text_version,
                        annotator_set_id(ana),
                        "court",
                        fragments,
                        quote(text, fragments),
                        moment,
                        moment,
                    )
                )
            for at in range(0, len(spans), TOGETHER):
                some = spans[at : at + TOGETHER]
                store.apply(make_change("Mark Court", annotator=ana, document=document.id, after=some))


def prepared(folder: Path) -> tuple[Path, Path]:
    """A project without annotations, and the package of a laptop where all were made."""
    with new_project(folder, name="Bench") as store:
        for number in range(DOCUMENTS):
            add_document(store, f"document-{number}", text=SENTENCE * SPANS_EACH, title=f"Case {number}")
        first = exchange.packed(store, folder / "out.annopack")
    with exchange.adopted(first, folder / "laptop.annotator", "laptop") as laptop:
        fill(laptop)
        back = exchange.packed(laptop, folder / "back.annopack", with_contents=False)
    return folder / "Bench.annotator", back


def merged(project: Path, package: Path) -> float:
    """Seconds to merge the package; it is taken back afterwards."""
    with exchange.open_project(project, workstation="desk") as store:
        started = time.perf_counter()
        brought = exchange.merged(store, package)
        taken = time.perf_counter() - started
        if brought.taken.records < DOCUMENTS * SPANS_EACH:
            raise RuntimeError(f"only {brought.taken.records} records came in")
        store.take_back_merge(store.merges()[0].id)
    return taken


def inserted(folder: Path) -> float:
    """Seconds for as many bare inserts of rows of that size."""
    rows = [(str(number), "document", SENTENCE, number) for number in range(DOCUMENTS * SPANS_EACH)]
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("DROP TABLE IF EXISTS span")
    connection.execute("CREATE TABLE span (id TEXT PRIMARY KEY, document TEXT, words TEXT, start INTEGER)")
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project, package = prepared(folder)
        ours = [merged(project, package) for _ in range(ROUNDS)]
        bare = [inserted(folder) for _ in range(ROUNDS)]
    what = f"merge a package with {DOCUMENTS * SPANS_EACH:,} annotations"
    return [Figure(what, median(ours), "bare inserts of as many rows", median(bare), "s", AIM)]
