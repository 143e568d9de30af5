"""Import of 1,000 doccano documents with 100 spans each, against reading the JSON and bare inserts.

The import checks every span, finds the unit of the offsets, quotes the words with what is around them,
indexes the texts for search and writes the history; the baseline does none of it.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

import orjson

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.importing import import_paths
from benchmarks.figure import Figure, median
from tests.projects import lead, new_project

DOCUMENTS = 1_000
SPANS_EACH = 100
ROUNDS = 3
AIM = 40.0
SENTENCE = "The court held that the defendant, a maker of surveillance software, is not immune from suit. "


def write_dataset(path: Path) -> None:
    """A JSONL file as doccano exports it; every span is the word court."""
    start = SENTENCE.index("court")
    with path.open("wb") as file:
        for number in range(DOCUMENTS):
            head = f"Case {number}. "
            spans = [
                [place, place + len("court"), "court"]
                for place in range(len(head) + start, len(head) + SPANS_EACH * len(SENTENCE), len(SENTENCE))
            ]
            line = {"id": number, "text": head + SENTENCE * SPANS_EACH, "label": spans}
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def imported(dataset: Path, folder: Path, process: ReaderProcess) -> float:
    """Seconds to import the file into a new project."""
    with new_project(folder, name="Bench") as store:
        started = time.perf_counter()
        report = run(import_paths(store, [dataset], annotator=lead(store).id, process=process))
        taken = time.perf_counter() - started
    if (report.count("read"), report.spans) != (DOCUMENTS, DOCUMENTS * SPANS_EACH):
        raise RuntimeError(f"{report.count('read')} documents and {report.spans} spans came in")
    return taken


def bare_inserts(dataset: Path, folder: Path) -> float:
    """Seconds to parse the same lines and insert their texts and spans in one transaction."""
    started = time.perf_counter()
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE document (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute(
        "CREATE TABLE span (document INTEGER, first INTEGER, last INTEGER, label TEXT, words TEXT)"
    )
    connection.execute("BEGIN")
    with dataset.open("rb") as file:
        for line in file:
            row = orjson.loads(line)
            text = row["text"]
            connection.execute("INSERT INTO document VALUES (?, ?)", (row["id"], text))
            connection.executemany(
                "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
                [(row["id"], start, end, label, text[start:end]) for start, end, label in row["label"]],
            )
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - started


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ReaderProcess() as process:
        dataset = Path(folder) / "dataset.jsonl"
        write_dataset(dataset)
        ours, bare = [], []
        for number in range(ROUNDS):
            place = Path(folder) / str(number)
            place.mkdir()
            ours.append(imported(dataset, place, process))
            bare.append(bare_inserts(dataset, place))
    rate = DOCUMENTS * SPANS_EACH / median(ours)
    return [
        Figure(
            f"doccano import of {DOCUMENTS:,} documents with {SPANS_EACH} spans, {rate:,.0f} spans a second",
            median(ours),
            "orjson and bare inserts in one transaction",
            median(bare),
            "s",
            AIM,
        )
    ]
