"""Searching 10,000 documents against SQLite's FTS5 asked for the same paragraphs, with nothing around it."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.change import make_change
from annotator.model import Document, Record, TextVersion, new_id, now
from annotator.searching import PAGE, Search, parse
from annotator.store import Contents
from annotator.text import text_sha256
from benchmarks.figure import Figure, median
from storage.search import match_expression
from storage.store import ProjectStore
from tests.projects import lead, new_project

DOCUMENTS = 10_000
AT_ONCE = 500
ROUNDS = 101
WORDS = (
    *("court", "judge", "motion", "order", "claim", "defendant", "plaintiff", "immunity", "jurisdiction"),
    *("discovery", "damages", "the", "of", "a", "to", "in", "that", "for", "on", "with", "as", "by", "act"),
    *("software", "surveillance", "company", "message", "server", "phone", "user", "data", "state", "law"),
)
QUERIES = {
    "a common word": "court",
    "a phrase": '"court order"',
    "a beginning with a word": "juris* surveillance",
    "a rare word": "word7",
}
_BARE = (
    "SELECT rowid, document, start, highlight(paragraph_index, 2, char(1), char(2)) FROM paragraph_index "
    f"WHERE paragraph_index MATCH ? ORDER BY rowid LIMIT {PAGE}"
)


def fill(store: ProjectStore) -> None:
    """Documents of eight paragraphs of forty words, some of them rare."""
    chance = random.Random(7)
    for first in range(0, DOCUMENTS, AT_ONCE):
        after: list[Record] = []
        texts: dict[str, str] = {}
        for number in range(first, first + AT_ONCE):
            lines = [" ".join(chance.choices(WORDS, k=40)) + f" word{number // 20}" for _ in range(8)]
            text = f"Document {number}\n" + "\n".join(lines)
            sha256, document, version, written = text_sha256(text), new_id(), new_id(), now()
            texts[sha256] = text
            after += [
                Document(
                    document, f"Document {number}", "article", sha256, f"{number}.txt", version, written
                ),
                TextVersion(version, document, "text", "1", sha256, len(text), written),
            ]
        sources = {sha256: text.encode() for sha256, text in texts.items()}
        change = make_change("Import", annotator=lead(store).id, after=after)
        store.apply(change, Contents(sources, texts, {}))


def seconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


def compare(store: ProjectStore, bare: sqlite3.Connection, typed: str) -> tuple[float, float]:
    """Milliseconds of the first page of hits, ours and bare; both have found the same."""
    expression = match_expression(parse(typed))
    page = store.search(Search(parse(typed)))
    rows = bare.execute(_BARE, (expression,)).fetchall()
    assert [(hit.document, hit.start) for hit in page.hits] == [(row[1], row[2]) for row in rows]
    # In turn, so that whatever else the machine does slows both alike.
    pairs = [
        (
            seconds(lambda: store.search(Search(parse(typed)))),
            seconds(lambda: bare.execute(_BARE, (expression,)).fetchall()),
        )
        for _ in range(ROUNDS)
    ]
    return median([ours for ours, _ in pairs]) * 1e3, median([alone for _, alone in pairs]) * 1e3


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annotator"
        with new_project(path) as store:
            fill(store)
            with closing(sqlite3.connect(path)) as bare:
                taken = {name: compare(store, bare, typed) for name, typed in QUERIES.items()}
    return [
        Figure(f"search {DOCUMENTS:,} documents for {name}", ours, "FTS5 alone", baseline, "ms", 2)
        for name, (ours, baseline) in taken.items()
    ]
