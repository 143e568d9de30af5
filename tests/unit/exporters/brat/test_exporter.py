"""A brat folder: laid out as brat's own corpora are, every T line its text, read back by our reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_exports import marks, read_back
from tests.unit.exporters.rich_project import rich_project


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def test_every_annotator_has_a_folder_with_all_documents(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "brat", tmp_path / "out")

    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("*.ann"))
    assert found == sorted(
        f"{who}/{what}.ann" for who in ("Ana", "Bo_Č", "gold") for what in ("Article", "Opinion")
    )
    for standoff in (tmp_path / "out").rglob("*.ann"):
        assert standoff.with_suffix(".txt").is_file()
    assert {"annotation.conf", "visual.conf"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_every_t_line_equals_its_text(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "brat", tmp_path / "out")

    count = 0
    for standoff in (tmp_path / "out").rglob("*.ann"):
        text = standoff.with_suffix(".txt").read_bytes().decode()
        for line in standoff.read_bytes().decode().splitlines():
            if line.startswith("T"):
                _, head, words = line.split("\t", 2)
                pairs = [tuple(map(int, pair.split())) for pair in head.partition(" ")[2].split(";")]
                assert " ".join(text[start:end] for start, end in pairs) == words
                count += 1
    assert count == 7


def test_spans_come_back_with_their_annotators(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "brat", tmp_path / "out")

    with read_back(tmp_path / "out", tmp_path) as back:
        found = {(text, label, pieces) for text, _, label, pieces, _, _ in marks(back)}
        owners = {owner for _, owner, *_ in marks(back)}
    assert found == {(text, label, pieces) for text, _, label, pieces, _, _ in marks(rich)}
    assert owners == {"Ana", "Bo_Č", "gold"}
    assert (report.documents, report.spans, report.relations) == (2, 7, 2)


def test_what_brat_cannot_hold_is_told(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "brat", tmp_path / "out")

    assert report.losses.counts == {
        "certainty": 1,
        "document_label": 2,
        "note": 1,
        "relation_across": 1,
    }
    assert (tmp_path / "out" / "preflight.json").is_file()


def test_line_break_at_the_edge_of_a_span_is_told(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        marked(store, "Two lines", "one\ntwo\n", ReadAnnotation("T1", "claim", (Fragment(0, 8),)))
        losses = export(store, "brat", tmp_path / "out").losses.all

    assert [(loss.kind, loss.detail) for loss in losses] == [
        ("misaligned", "line breaks at an edge of its pieces are left out")
    ]


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "brat", tmp_path)
