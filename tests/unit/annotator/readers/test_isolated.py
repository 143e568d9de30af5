"""Whatever a reader does in its process, the program gets documents, progress or one sentence."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from annotator.errors import ReaderFault, UnreadableSource
from annotator.progress import Progress
from annotator.readers import Reader
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.isolated import ReaderProcess
from tests.unit.annotator.readers.word_files import paragraph, write_docx

HERE = Path(__file__).parent
PROGRAM = """
import pathlib, sys
from annotator.readers import Reader
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import ReaderProcess

if __name__ == "__main__":
    readers = (Reader("hostile", (".do",), "", "hostile_readers"),)
    with ReaderProcess(readers=readers) as process:
        for part in process.read(pathlib.Path(sys.argv[1])):
            if isinstance(part, ReadDocument):
                print("reading", flush=True)
"""
HOSTILE = (Reader("hostile", (".do",), "What it is told", "hostile_readers"),)


@pytest.fixture(scope="module")
def hostile() -> Iterator[ReaderProcess]:
    """A process of hostile readers that is given up after a second and at 1 GB."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        with ReaderProcess(seconds=1, memory_mb=1024, readers=HOSTILE) as process:
            yield process


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "a.do"


def _told(source: Path, *orders: str) -> Path:
    source.write_text("\n".join(orders), "utf-8")
    return source


def _parts(process: ReaderProcess, source: Path) -> list[ReadDocument | RefusedSource]:
    return [part for part in process.read(source) if not isinstance(part, Progress)]


def _texts(process: ReaderProcess, source: Path) -> list[str]:
    return [part.text for part in _parts(process, source) if isinstance(part, ReadDocument)]


def _child(number: str) -> BaseProcess | None:
    return next((child for child in multiprocessing.active_children() if child.pid == int(number)), None)


def test_a_real_file_is_read_as_its_reader_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "ruling.txt"
    path.write_bytes("A judge ruled. 😀\r\n".encode())

    with ReaderProcess() as process:
        (document,) = _parts(process, path)

    assert isinstance(document, ReadDocument)
    assert (document.text, document.source) == ("A judge ruled. 😀\n", path.read_bytes())


def test_documents_and_refused_parts_come_in_order(hostile: ReaderProcess, source: Path) -> None:
    parts = _parts(hostile, _told(source, "one", "refuse a part", "two"))

    assert [part.text if isinstance(part, ReadDocument) else part.name for part in parts] == [
        "one",
        "part 1",
        "two",
    ]


def test_each_document_has_its_own_pages(hostile: ReaderProcess, source: Path) -> None:
    parts = _parts(hostile, _told(source, "pages", "none", "pages"))

    numbers = [[page.number for page in part.pages] for part in parts if isinstance(part, ReadDocument)]
    assert numbers == [[1, 2], [], [1, 2]]


def test_the_progress_of_a_reader_is_passed_on(hostile: ReaderProcess, source: Path) -> None:
    assert Progress(3, 7, "page 3") in list(hostile.read(_told(source, "progress", "one")))


def test_what_is_no_document_is_an_error_of_the_reader(hostile: ReaderProcess, source: Path) -> None:
    with pytest.raises(ReaderFault, match=r"has an error \(TypeError\)") as fault:
        _parts(hostile, _told(source, "nonsense"))

    assert "a reader gave str for a document" in fault.value.trace


def test_one_process_reads_source_after_source(hostile: ReaderProcess, source: Path) -> None:
    processes = {_texts(hostile, _told(source, "process"))[0] for _ in range(20)}

    assert len(processes) == 1
    assert processes != {str(os.getpid())}


def test_a_relative_path_is_read_from_where_the_program_is_now(
    hostile: ReaderProcess, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _texts(hostile, _told(source, "start the process elsewhere"))
    monkeypatch.chdir(source.parent)

    assert _texts(hostile, Path(source.name)) == ["start the process elsewhere"]


def test_progress_is_told_while_a_reader_takes_its_time(hostile: ReaderProcess, source: Path) -> None:
    reading = hostile.read(_told(source, "one", "hang"))
    told: list[Progress] = []

    with pytest.raises(UnreadableSource):
        told.extend(part for part in reading if isinstance(part, Progress))

    assert len(told) >= 10
    assert {progress.subject for progress in told} == {"a.do"}
    assert told[-1].done == 1


@pytest.mark.parametrize("order", ["hang", "spin"])
def test_a_reader_that_does_not_end_is_given_up(hostile: ReaderProcess, source: Path, order: str) -> None:
    with pytest.raises(UnreadableSource, match=r"“a\.do” was given up: .* longer than 1 seconds.*Split it"):
        _parts(hostile, _told(source, order))


@pytest.mark.parametrize("order", ["crash", "exit"])
def test_a_reader_that_crashes_is_one_sentence(hostile: ReaderProcess, source: Path, order: str) -> None:
    with pytest.raises(UnreadableSource, match=r"“a\.do” cannot be read: its reader crashed"):
        _parts(hostile, _told(source, order))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a limit at the first byte above it")
def test_a_reader_that_eats_memory_is_given_up(hostile: ReaderProcess, source: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"“a\.do” was given up: .* more than 1,024 MB of memory"):
        _parts(hostile, _told(source, "eat"))


def test_a_reader_with_a_bug_is_one_sentence_and_a_log_entry(
    hostile: ReaderProcess, source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "annotator.readers.isolated")
    with pytest.raises(ReaderFault, match=r"“a\.do” .* has an error \(KeyError\)"):
        _parts(hostile, _told(source, "bug"))

    assert "hostile_readers.py" in caplog.text


def test_a_source_nested_too_deeply_is_one_sentence(hostile: ReaderProcess, source: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"“a\.do” .* nested too deeply"):
        _parts(hostile, _told(source, "deep"))


def test_a_word_file_of_tables_within_tables_is_one_sentence(tmp_path: Path) -> None:
    depth = 5000
    nested = "<w:tbl><w:tr><w:tc>" * depth + paragraph("Deep") + "</w:tc></w:tr></w:tbl>" * depth

    with (
        ReaderProcess() as process,
        pytest.raises(UnreadableSource, match=r"“deep\.docx” .* nested too deeply"),
    ):
        _parts(process, write_docx(tmp_path / "deep.docx", nested))


def test_a_refusal_arrives_in_its_own_words(hostile: ReaderProcess, source: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"^“a\.do” is refused: it says so\.$"):
        _parts(hostile, _told(source, "refuse"))


def test_a_source_without_a_reader_is_refused(hostile: ReaderProcess, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()

    with pytest.raises(UnreadableSource, match=r"not one of \.do"):
        _parts(hostile, tmp_path / "a.txt")


@pytest.mark.parametrize("order", ["hang", "crash", "bug", "refuse"])
def test_documents_before_the_failure_arrive_and_the_next_source_is_read(
    hostile: ReaderProcess, source: Path, order: str
) -> None:
    reading = hostile.read(_told(source, "one", order))
    read: list[str] = []

    with pytest.raises(UnreadableSource):
        read.extend(part.text for part in reading if isinstance(part, ReadDocument))

    assert read == ["one"]
    assert _texts(hostile, _told(source, "next")) == ["next"]


def test_the_time_limit_starts_anew_with_each_document(hostile: ReaderProcess, source: Path) -> None:
    reading = hostile.read(_told(source, "one", "two", "hang"))
    while not isinstance(next(reading), ReadDocument):
        pass
    waited = 0
    for part in reading:
        waited = waited + 1 if isinstance(part, Progress) else 0
        if waited >= 10:
            break
    reading.close()

    assert waited >= 10


def test_closing_the_reading_ends_the_process_and_the_next_one_is_new(
    hostile: ReaderProcess, source: Path
) -> None:
    (first,) = _texts(hostile, _told(source, "process"))
    reading = hostile.read(_told(source, "spin"))
    assert isinstance(next(reading), Progress)

    reading.close()

    (second,) = _texts(hostile, _told(source, "process"))
    assert first != second
    assert _child(first) is None


def test_a_process_that_was_killed_while_idle_is_replaced(hostile: ReaderProcess, source: Path) -> None:
    (first,) = _texts(hostile, _told(source, "process"))
    child = _child(first)
    assert child is not None
    child.kill()
    child.join(10)

    (second,) = _texts(hostile, _told(source, "process"))

    assert first != second


def test_two_readings_at_once_are_a_mistake(hostile: ReaderProcess, source: Path) -> None:
    reading = hostile.read(_told(source, "hang"))
    next(reading)

    with pytest.raises(RuntimeError, match="already reads"):
        next(hostile.read(source))
    reading.close()


def test_leaving_the_context_ends_the_process(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    with ReaderProcess(readers=HOSTILE) as process:
        (number,) = _texts(process, _told(source, "process"))

    assert _child(number) is None


def test_what_libraries_print_stays_out_of_the_output(
    hostile: ReaderProcess, source: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _texts(hostile, _told(source, "print", "done")) == ["done"]

    assert capfd.readouterr() == ("", "")


def test_the_process_loads_no_qt_and_no_database(hostile: ReaderProcess, source: Path) -> None:
    (modules,) = _texts(hostile, _told(source, "modules"))

    loaded = {name.partition(".")[0] for name in modules.split("\n")}
    assert "annotator" in loaded
    assert not loaded & {"PySide6", "sqlalchemy", "storage", "ui", "numpy", "trafilatura"}


@pytest.mark.parametrize("order", ["hang", "spin"])
def test_the_process_ends_when_the_program_is_killed(source: Path, tmp_path: Path, order: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    command = [sys.executable, program, _told(source, "one", order)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        running.kill()
        # The worker shares the error output: its end is seen only when both processes are gone.
        _, errors = running.communicate(timeout=20)

    assert (first.rstrip(), errors) == (b"reading", b"")
