"""JSONL export of 1,000,000 spans against a SELECT by SQLAlchemy Core and orjson, and its memory."""

import resource
import tempfile
import time
from pathlib import Path

import orjson
import sqlalchemy

from annotator.change import make_change
from annotator.model import (
    Annotation,
    Document,
    Fragment,
    TextVersion,
    annotator_set_id,
    new_id,
    now,
    quote,
)
from annotator.progress import run
from annotator.services import exporting
from annotator.store import Contents, Store
from annotator.text import text_sha256
from benchmarks.figure import Figure
from exporters import EXPORTERS
from tests.projects import new_project

DOCUMENTS = 500
SPANS_EACH = 2_000
SENTENCE = "The court held that the defendant, a maker of surveillance software, is not immune from suit. "
HELD = "that the defendant, a maker of surveillance"


def fill(store: Store, *, documents: int = DOCUMENTS) -> None:
    """Documents of 190,000 characters with 2,000 holdings each, from word to word."""
    annotator = store.annotators()[0].id
    text = SENTENCE * SPANS_EACH
    for number in range(documents):
        own_text = f"{number}\n{text}"
        document, version = new_id(), new_id()
        sha256 = text_sha256(own_text)
        written = now()
        after = [
            Document(document, f"Document {number}", "article", sha256, f"{number}.txt", version, written),
            TextVersion(version, document, "text", "1", sha256, len(own_text), written),
        ]
        offset = len(own_text) - len(text) + SENTENCE.index(HELD)
        for index in range(SPANS_EACH):
            start = offset + index * len(SENTENCE)
            fragments = (Fragment(start, start + len(HELD)),)
            after.append(
                Annotation(
                    new_id(),
                    document,
                    version,
                    annotator_set_id(annotator),
                    "holding",
                    fragments,
                    quote(own_text, fragments),
                    written,
                    written,
                )
            )
        change = make_change("Import", annotator=annotator, document=document, after=after)
        store.apply(change, Contents({sha256: own_text.encode()}, {sha256: own_text}, {}))


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare_select(project: Path, target: Path) -> float:
    """Seconds to SELECT every annotation by SQLAlchemy Core and write it with orjson, nothing else done."""
    started = time.perf_counter()
    engine = sqlalchemy.create_engine(f"sqlite:///{project}")
    table = sqlalchemy.Table("annotation", sqlalchemy.MetaData(), autoload_with=engine)
    names = ["".join(column.name) for column in table.columns]  # orjson takes no quoted_name as a key
    with engine.connect() as connection, target.open("wb") as file:
        for row in connection.execution_options(yield_per=1_000).execute(sqlalchemy.select(table)):
            record = dict(zip(names, row, strict=True))
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    engine.dispose()
    return time.perf_counter() - started


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annotator"
        with new_project(path) as store:
            fill(store)
            tenth = store.documents()[: DOCUMENTS // 10]
            everything = exporting.Selection("all")
            jsonl = EXPORTERS["jsonl"]
            part = exporting.snapshot(store, everything, documents=[document.id for document in tenth])
            run(jsonl.export(part, Path(folder) / "tenth.jsonl"))
            peak_of_tenth = peak_megabytes()
            started = time.perf_counter()
            run(jsonl.export(exporting.snapshot(store, everything), Path(folder) / "all.jsonl"))
            seconds = time.perf_counter() - started
            peak_of_all = peak_megabytes()
        baseline = bare_select(path, Path(folder) / "bare.jsonl")
    return [
        Figure(
            "JSONL export of 1,000,000 spans",
            seconds,
            "Core SELECT and orjson of the same rows",
            baseline,
            "s",
            2,
        ),
        Figure("its peak memory", peak_of_all, "the same for a tenth of it", peak_of_tenth, "MB", 1.1),
    ]
