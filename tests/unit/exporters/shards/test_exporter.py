"""The large export, read by DuckDB as the folder is: joins, counts, offsets; and memory that stays flat."""

import dataclasses
import gc
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from annotator.errors import ExportError
from annotator.progress import run
from annotator.services.exporting import Selection, snapshot
from annotator.snapshot import DocumentSnapshot
from storage.store import ProjectStore
from tests.factories import annotation
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, exporter
from tests.unit.exporters.rich_project import rich_project

KINDS = ("parquet", "jsonl")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


@pytest.fixture(scope="module", params=KINDS)
def out(request: pytest.FixtureRequest, rich: ProjectStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich project in files of at most two rows."""
    target = tmp_path_factory.mktemp("shards") / "out"
    report = export(rich, "shards", target, files=request.param, rows=2)
    assert (report.documents, report.spans, report.relations, len(report.losses)) == (2, 7, 3, 0)
    return target


def table(folder: Path, name: str) -> str:
    """A table as SQL names it: all its files in the folder."""
    kind = json.loads((folder / "tables.json").read_bytes())["format"]
    reader = "read_parquet" if kind == "parquet" else "read_json"
    return f"{reader}('{folder}/{name}/*.{kind}')"


def test_spans_join_their_documents_and_cut_out_their_words(out: Path) -> None:
    rows = duckdb.sql(f"""
        select s.text = substring(d.text, s.start + 1, s."end" - s.start),
            len(s.fragments), s.annotator, s.gold
        from {table(out, "spans")} s join {table(out, "documents")} d on s.document = d.id
    """).fetchall()

    assert len(rows) == 7
    assert [is_same for is_same, pieces, _, _ in rows if pieces == 1] == [True] * 6
    assert {(who, gold) for _, _, who, gold in rows} == {("Ana", False), ("Bo Č.", False), (None, True)}


def test_attributes_metadata_and_labels_can_be_asked_for(out: Path) -> None:
    def ask(query: str) -> set[tuple[object, ...]]:
        return set(duckdb.sql(query).fetchall())

    assert ask(f"select attributes->>'issue' from {table(out, 'spans')} where note <> ''") == {("immunity",)}
    assert ask(f"select title, metadata->>'a' from {table(out, 'documents')}") == {
        ("Article", "é"),
        ("Opinion", None),
    }
    assert ask(
        f"select annotator, value->>'$' from {table(out, 'document_labels')} where annotator = 'Ana'"
    ) == {("Ana", '["privacy"]')}
    assert ask(f"""
        select r.type, t.label
        from {table(out, "relations")} r join {table(out, "spans")} t on r.target = t.id
    """) == {("issued_by", "judge"), ("issued_by", "court"), ("reports", "holding")}
    assert ask(f"select outcome, annotation is null from {table(out, 'decisions')}") == {
        ("accept", False),
        ("reject_all", True),
    }


def test_description_and_manifest_name_every_file_and_its_rows(out: Path) -> None:
    described = json.loads((out / "tables.json").read_bytes())
    manifest = json.loads((out / "MANIFEST.json").read_bytes())

    spans = described["tables"]["spans"]
    assert spans["rows"] == 7
    assert [file["rows"] for file in spans["files"]] == [2, 2, 2, 1]
    listed = {file["path"] for each in described["tables"].values() for file in each["files"]}
    found = {path.relative_to(out).as_posix() for path in out.glob("*/*")}
    assert listed == found
    assert {entry["path"] for entry in manifest["files"]} == found | {"tables.json", "preflight.json"}
    columns = duckdb.sql(f"select * from {table(out, 'spans')}").columns
    assert columns == spans["columns"]


@pytest.mark.parametrize("kind", KINDS)
def test_same_project_gives_the_same_bytes(rich: ProjectStore, tmp_path: Path, kind: str) -> None:
    for name in ("one", "two"):
        export(rich, "shards", tmp_path / name, files=kind)

    manifests = [(tmp_path / name / "MANIFEST.json").read_bytes() for name in ("one", "two")]
    assert manifests[0] == manifests[1]


def test_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "shards", tmp_path)


def test_files_of_no_rows_are_refused(rich: ProjectStore, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="fewer than one row"):
        export(rich, "shards", tmp_path / "out", rows=0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_memory_stays_flat_however_many_spans_there_are(
    rich: ProjectStore, tmp_path: Path, kind: str
) -> None:
    whole = snapshot(rich, Selection())
    document = next(whole.documents())
    spans = tuple(
        annotation(str(number), start=number % 50, end=number % 50 + 9, text=document.text)
        for number in range(1000)
    )
    own = next(row.set for row in document.annotations)
    many = dataclasses.replace(
        document, annotations=tuple(dataclasses.replace(span, set=own) for span in spans), relations=()
    )

    def peak(times: int) -> int:
        def documents() -> Iterator[DocumentSnapshot]:
            return (many for _ in range(times))

        gc.collect()
        tracemalloc.start()
        try:
            run(
                exporter("shards", files=kind).export(
                    dataclasses.replace(whole, documents=documents), tmp_path / f"{times}"
                )
            )
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(60) < 1.2 * peak(20)
