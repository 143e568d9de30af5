"""Reading court PDFs on two cores beside plain pdfplumber; memory and frames while 730 pages are read.

Everything that an import does to the files is in the time: words, layout, notes, redactions, facts, the way
back from the worker processes. Those have started, as pdfplumber is loaded, since they serve file after file.
The files are those of the corpus beside the project; without it there is nothing to measure.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pdfplumber
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from annotator.readers.ahead import ReadAhead
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import MEMORY_MB, ReaderProcess
from benchmarks.figure import Figure, slowest
from benchmarks.pdf_quality import CORPUS, TIMED
from tests import projects
from tests.factories import TEXT
from ui.main_window import MainWindow
from ui.stage import open_window, settle

COURT = CORPUS / "court"
STATUTE = COURT / "inflation-reduction-act-730p.pdf"
SIZE = QSize(1280, 800)
TIMES_FASTER = 6.0
MOST_MB = 1024
FRAME_MS = 50.0
PAUSE = 0.016
ALONE = 100


def read_ours(sources: list[Path]) -> tuple[int, float]:
    """Read the files in two processes, as an import does; how many pages there are, and how many seconds."""
    with ReaderProcess() as process, ReaderProcess() as helper:
        for reader in (process, helper):
            for _ in reader.read(sources[0]):
                pass
        begun, pages = time.perf_counter(), 0
        with ReadAhead((process, helper)) as ahead:
            for number, source in enumerate(sources):
                for each in sources[number:]:
                    if not ahead.start(each):
                        break
                pages += sum(len(part.pages) for part in ahead.read(source) if isinstance(part, ReadDocument))
        return pages, time.perf_counter() - begun


def read_plainly(sources: list[Path]) -> tuple[int, float]:
    """The same by pdfplumber, in this process."""
    begun, pages = time.perf_counter(), 0
    for source in sources:
        with pdfplumber.open(source) as document:
            for page in document.pages:
                page.extract_words()
                page.close()
            pages += len(document.pages)
    return pages, time.perf_counter() - begun


def measure_speed() -> list[Figure]:
    """By the clock, which depends on what else the machine does, and by processor time, which hardly does.

    The latter counts what starting our processes takes, too.
    """
    sources = [COURT / f"{name}.pdf" for name in TIMED]
    times: list[tuple[float, float]] = []
    for work in (read_ours, read_plainly):
        used = processor_seconds()
        pages, seconds = work(sources)
        processor = processor_seconds() - used
        times.append((seconds * 1000 / pages, processor * 1000 / pages))
    (ours, ours_used), (plain, plain_used) = times
    what, against = f"read a page of {len(sources)} filings", "pdfplumber extract_words"
    return [
        Figure(f"{what}, two processes", ours, f"{against}, one", plain, "ms", round(1 / TIMES_FASTER, 3)),
        Figure(f"{what}, processor", ours_used, against, plain_used, "ms", round(2 / TIMES_FASTER, 3)),
    ]


def processor_seconds() -> float:
    """What this process and those that it ended have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measure_memory() -> list[Figure]:
    """The most memory that the worker had while it read 730 pages; where the system keeps count of it."""
    if sys.platform == "win32":
        return []
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with ReaderProcess() as process:
        for _ in process.read(STATUTE):
            pass
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    megabytes = peak / (1024 if sys.platform == "linux" else 2**20)
    return [
        Figure(
            "peak memory of reading 730 pages", megabytes, "the limit", MEMORY_MB, "MB", MOST_MB / MEMORY_MB
        )
    ]


def mark_and_paint(window: MainWindow, start: int) -> None:
    """A frame of somebody at work: a mark, its painting, and whatever else has come up."""
    window.session.highlight("person", start, start + 4, exact=True)
    window.view.viewport().repaint()
    QApplication.processEvents()


def frames(window: MainWindow, is_over: Callable[[int], bool]) -> list[tuple[float, float]]:
    """Milliseconds of frame after frame; every mark is taken away again, which is not timed.

    By the clock, and by what of that the window's thread was at work.
    """
    times: list[tuple[float, float]] = []
    while not is_over(len(times)):
        start = 7 * len(times) % (len(window.session.text) - 4)
        begun, used = time.perf_counter(), time.thread_time()
        mark_and_paint(window, start)
        used = time.thread_time() - used
        times.append(((time.perf_counter() - begun) * 1000, used * 1000))
        window.session.remove(*window.session.annotations)
        time.sleep(PAUSE)
    return times


def measure_frames() -> list[Figure]:
    """Frames with a mark each while the statute is imported beside, and while nothing is."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bench.annotator"
        with projects.new_project(path) as store:
            projects.add_document(store, text=TEXT * 40)
        window = open_window(path, size=SIZE)
        window.session.open_document(window.session.rows()[0].id)
        settle()
        alone, alone_used = slowest(frames(window, lambda count: count >= ALONE))
        window.importing.import_paths([STATUTE])
        beside, beside_used = slowest(frames(window, lambda _count: not window.jobs.jobs))
        window.close()
        settle()
    application.closeAllWindows()
    what, idle = "mark and paint while 730 pages are read, p95", "the same while nothing is read"
    return [
        Figure(what, beside, "the aim", FRAME_MS, "ms", 1),
        Figure(what, beside, idle, alone, "ms", 2),
        Figure(f"{what}, processor", beside_used, f"{idle}, processor", alone_used, "ms", 2),
    ]


def measure() -> list[Figure]:
    if not COURT.is_dir():
        return []
    return [*measure_speed(), *measure_memory(), *measure_frames()]
