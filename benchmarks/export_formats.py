"""Every format's export of 20,000 spans, in spans a second, against the native JSONL of the same project.

PDF is not among them: it writes only what was read from PDFs.
"""

import tempfile
import time
from pathlib import Path

from annotator.progress import run
from annotator.services import exporting
from benchmarks.export_jsonl import fill
from benchmarks.figure import Figure
from exporters import EXPORTERS
from tests.projects import new_project

DOCUMENTS = 10
# Formats that count tokens and sentences are slower by what those take.
AIM = 60


def measure() -> list[Figure]:
    names = ["jsonl", *sorted(EXPORTERS.keys() - {"jsonl", "pdf"})]
    seconds: dict[str, float] = {}
    spans: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, new_project(Path(folder) / "bench.annotator") as store:
        fill(store, documents=DOCUMENTS)
        for name in names:
            exporter = EXPORTERS[name]
            everything = exporting.snapshot(store, exporting.Selection("all"))
            started = time.perf_counter()
            report = run(exporter.export(everything, Path(folder) / f"{name}{exporter.suffix}"))
            seconds[name] = time.perf_counter() - started
            spans[name] = report.spans
    return [
        Figure(
            f"{name} export, {spans[name] / seconds[name]:,.0f} spans a second",
            seconds[name],
            "native JSONL",
            seconds["jsonl"],
            "s",
            AIM,
        )
        for name in names
    ]
