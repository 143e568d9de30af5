"""Every format's export of 20,000 spans, in spans a second, against the native JSONL of the same project.

PDF writes only what was read from PDFs, so it has a project of its own, of a PDF with a span on each line.
"""

import tempfile
import time
from pathlib import Path

from annotator.change import make_change
from annotator.model import Annotation, Fragment, annotator_set_id, new_id, now, quote
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import exporting
from annotator.services.importing import import_paths
from annotator.store import Store
from benchmarks.export_jsonl import fill
from benchmarks.figure import Figure
from exporters import EXPORTERS
from tests.pdf_pages import Paper
from tests.projects import lead, new_project

DOCUMENTS = 10
PAGES = 50
LINES_EACH = 40
WORDS = "claim of immunity"
# Formats that count tokens and sentences are slower by what those take.
AIM = 60


def fill_with_pdf(store: Store, folder: Path) -> None:
    """A PDF of many pages with a holding on each line."""
    paper = Paper()
    for page in range(PAGES):
        if page:
            paper.add_page()
        lines = (f"Line {page}.{line} of the order is about a {WORDS} again." for line in range(LINES_EACH))
        paper.put_lines(90, 90, lines)
    (folder / "order.pdf").write_bytes(paper.bytes())
    with ReaderProcess() as process:
        run(import_paths(store, [folder / "order.pdf"], annotator=lead(store).id, process=process))
    (document,) = store.documents()
    text = store.text(document.text_version)
    written, after, start = now(), [], text.find(WORDS)
    while start >= 0:
        place = (Fragment(start, start + len(WORDS)),)
        own = annotator_set_id(lead(store).id)
        span = (new_id(), document.id, document.text_version, own, "holding", place, quote(text, place))
        after.append(Annotation(*span, written, written))
        start = text.find(WORDS, start + 1)
    store.apply(make_change("Mark", annotator=lead(store).id, document=document.id, after=after))


def exported(store: Store, name: str, folder: Path) -> tuple[float, int]:
    """Seconds that the export of everything in a format takes, and how many spans it wrote."""
    exporter = EXPORTERS[name]
    everything = exporting.snapshot(store, exporting.Selection("all"))
    started = time.perf_counter()
    report = run(exporter.export(everything, folder / f"{name}{exporter.suffix}"))
    return time.perf_counter() - started, report.spans


def rows(found: dict[str, tuple[float, int]], against: str) -> list[Figure]:
    """A row for each format, against the native JSONL among them."""
    return [
        Figure(
            f"{name} export, {spans / seconds:,.0f} spans a second",
            seconds,
            against,
            found["jsonl"][0],
            "s",
            AIM,
        )
        for name, (seconds, spans) in found.items()
    ]


def measure() -> list[Figure]:
    names = ["jsonl", *sorted(EXPORTERS.keys() - {"jsonl", "pdf"})]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with new_project(folder / "bench.annotator") as store:
            fill(store, documents=DOCUMENTS)
            found = {name: exported(store, name, folder) for name in names}
        (folder / "pdf").mkdir()
        with new_project(folder / "pdf" / "bench.annotator") as store:
            fill_with_pdf(store, folder)
            of_pdf = {name: exported(store, name, folder / "pdf") for name in ("jsonl", "pdf")}
    return rows(found, "native JSONL") + rows(of_pdf, "native JSONL of the same PDF")[1:]
