"""Datasets that are broken or hostile: each fault is told with its line, the rest comes in, once."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.checking import check
from annotator.services.importing import ImportReport, import_paths
from storage.store import ProjectStore
from tests import projects

TEXT = "Ada 😀 sued the port."
GOOD = [0, 3, "PER"]
UTF16 = [7, 11, "VERB"]  # "sued", counted in UTF-16 units
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&i;</xmi:XMI>'
)


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        yield store


def bring_in(store: ProjectStore, process: ReaderProcess, *paths: Path) -> ImportReport:
    return run(import_paths(store, paths, annotator=projects.lead(store).id, process=process))


def line(*labels: list[object], text: str = TEXT) -> str:
    return json.dumps({"text": text, "label": list(labels)}) + "\n"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def told(report: ImportReport) -> str:
    """Everything that a report complains of."""
    return "\n".join(
        f"{row.source}: {sentence}"
        for row in report.rows
        for sentence in (row.reason, *row.warnings)
        if sentence
    )


def spans(store: ProjectStore) -> int:
    return sum(len(store.annotations(document.id)) for document in store.documents())


def assert_comes_in_once(
    store: ProjectStore, process: ReaderProcess, path: Path, *, documents: int, annotations: int
) -> ImportReport:
    """Import a file twice: what is sound in it is there once, and the project holds."""
    report = bring_in(store, process, path)
    assert (len(store.documents()), spans(store)) == (documents, annotations), told(report)
    again = bring_in(store, process, path)
    assert (again.count("read"), len(store.documents()), spans(store)) == (0, documents, annotations)
    assert run(check(store)) == ()
    return report


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ([5, 900, "X"], "d.jsonl: Line 2: Span X left out: 5-900 is no place in the text."),
        ([-4, 3, "X"], "Line 2: Span X left out: -4-3 is no place in the text."),
        ([9, 4, "X"], "Line 2: Span X left out: 9-4 is no place in the text."),
        ([4, 4, "X"], "Line 2: Span X left out: 4-4 is no place in the text."),
        ([5, 8, "X"], "Line 2: Span X left out: 5-8 is no place in the text."),  # half of the emoji
        ([0, 3, "A\tB\nC"], "Line 2: Written on one line: 'A\\tB\\nC'."),
        ([0, 3, "\u0000\u0007"], "left out: it has no label"),
        ([0, 3, "L" * 5000], "its label has 5,000 characters"),
        (GOOD, "Line 2: Span PER left out: the same span stands there already."),
    ],
)
def test_a_span_that_is_none_is_listed_with_its_line(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path, bad: list[object], reason: str
) -> None:
    path = written(tmp_path, "d.jsonl", line(text="First.") + line(GOOD, UTF16, [12, 15, "DET"], bad))

    kept = 4 if "one line" in reason else 3
    report = assert_comes_in_once(store, process, path, documents=2, annotations=kept)

    assert reason in told(report)
    assert all(len(one) < 400 for row in report.rows for one in row.warnings)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(GOOD)[:-9].encode(), "d.jsonl: line 2: It is not JSON in UTF-8"),
        (line(GOOD, text="Café 😀").encode("utf-16-le"), "line 2: It is not JSON in UTF-8"),
        ('{"text": "Café", "label": []}\n'.encode("latin-1"), "line 2: It is not JSON in UTF-8"),
        (b'{"text": "half \\ud83d of it", "label": []}\n', "line 2: It is not JSON in UTF-8"),
        (b'{"text": "x", "label": [[0, 1]]}\n', "line 2: Label 1 is not [start, end, label]."),
        (b'{"label": [[0, 1, "X"]]}\n', "line 2: It has no “text”."),
        (b"[" * 100_000 + b"\n", "line 2: It is not JSON in UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_by_its_number(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path, bad: bytes, reason: str
) -> None:
    path = written(tmp_path, "d.jsonl", line(GOOD).encode() + bad)

    report = assert_comes_in_once(store, process, path, documents=1, annotations=1)

    assert reason in told(report)


def test_ids_that_are_used_twice_are_listed(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    entities = [
        {"id": 1, "start_offset": 0, "end_offset": 3, "label": "PER"},
        {"id": 1, "start_offset": 15, "end_offset": 19, "label": "ORG"},
    ]
    row = json.dumps({"text": "Ada 😀 sued the port.", "entities": entities, "relations": []})

    report = assert_comes_in_once(
        store, process, written(tmp_path, "d.jsonl", row), documents=1, annotations=1
    )

    assert "Line 1: Span ORG left out: the id 1 is used twice." in told(report)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.xmi", BOMB, "document type or entities"),
        ("cut.json", '[{"id": 1, "data": {"text": "A"}, "annotations": [', "line 1, column"),
        ("cut.xmi", '<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"', "line 1"),
        ("cut.spacy", b"\x78\x9c\x00", "is no DocBin"),
        ("cut.zip", b"PK\x03\x04\x00", "is damaged or no zip archive"),
        ("huge.csv", b"start,end,label\n1,2," + b"x" * 10_000_001 + b"\n", "begins in line 2, field larger"),
    ],
)
def test_a_file_that_is_broken_as_a_whole_leaves_nothing(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    report = assert_comes_in_once(
        store, process, written(tmp_path, name, content), documents=0, annotations=0
    )

    assert [row.outcome for row in report.rows] == ["refused"]
    assert reason in told(report)


def test_an_archive_that_reaches_out_brings_only_what_stays_inside(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    path = tmp_path / "in" / "evil.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.jsonl", line(GOOD))
        archive.writestr("good.jsonl", line(GOOD))

    report = assert_comes_in_once(store, process, path, documents=1, annotations=1)

    assert "evil.zip: ../../evil.jsonl: It would be written outside" in told(report)
    assert not list(tmp_path.rglob("evil.jsonl"))


def test_brat_in_an_old_encoding_comes_in_with_a_word_about_it(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = tmp_path / "brat"
    folder.mkdir()
    written(folder, "a.txt", "Café owner José sued.".encode("cp1252"))
    written(folder, "a.ann", "T1\tPER 11 15\tJosé\n".encode("cp1252"))

    report = assert_comes_in_once(store, process, folder, documents=1, annotations=1)

    assert "it was read as cp1252" in told(report)
