"""Tables in files: cut at so many rows, the same bytes each time, read back with their types."""

import json
from pathlib import Path

import pytest
from pyarrow import parquet

from exporters.column_files import FileKind, TableFiles
from exporters.columns import Column, Table

TABLE = Table(
    "marks",
    (
        Column("id"),
        Column("start", "integer"),
        Column("gold", "truth"),
        Column("names", "texts"),
        Column("tags", "integers"),
        Column("more", "json"),
        Column("pieces", "objects", (Column("start", "integer"), Column("note"))),
    ),
    {"about": "told"},
)
KINDS: tuple[FileKind, ...] = ("parquet", "jsonl")


def row(number: int) -> dict[str, object]:
    return {
        "id": f"é{number}",
        "start": number,
        "gold": number % 2 == 0,
        "names": ["a", "b"],
        "tags": [],
        "more": {"x": [1, None]},
        "pieces": [{"start": 1, "note": None}],
    }


def write(folder: Path, kind: FileKind, count: int, *, rows_per_file: int = 10) -> TableFiles:
    folder.mkdir()
    files = TableFiles(folder, TABLE, kind, rows_per_file=rows_per_file)
    for number in range(count):
        files.add(row(number))
    files.close()
    return files


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (9, [9]), (10, [10]), (25, [10, 10, 5])])
def test_file_ends_after_so_many_rows(tmp_path: Path, kind: FileKind, count: int, sizes: list[int]) -> None:
    written = write(tmp_path / "out", kind, count).files

    assert [file.rows for file in written] == sizes
    assert [file.path for file in written] == [f"marks/part-{n:05}.{kind}" for n in range(len(sizes))]
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("part-*"))
    assert found == [file.path for file in written]


def test_parquet_has_the_types_and_tells_what_the_table_tells(tmp_path: Path) -> None:
    write(tmp_path / "out", "parquet", 2)

    table = parquet.read_table(tmp_path / "out" / "marks" / "part-00000.parquet")

    assert table.schema.metadata[b"about"] == b"told"
    assert table.to_pylist() == [
        {**row(n), "more": '{"x":[1,null]}', "pieces": [{"start": 1, "note": None}]} for n in range(2)
    ]


def test_jsonl_holds_the_rows_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "out", "jsonl", 2)

    lines = (tmp_path / "out" / "marks" / "part-00000.jsonl").read_bytes().splitlines()
    assert [json.loads(line) for line in lines] == [row(0), row(1)]


@pytest.mark.parametrize("kind", KINDS)
def test_same_rows_give_the_same_bytes(tmp_path: Path, kind: FileKind) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, kind, 25)

    for path in (tmp_path / "one" / "marks").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / "marks" / path.name).read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_abandoned_file_is_let_go_of(tmp_path: Path, kind: FileKind) -> None:
    files = TableFiles(tmp_path, TABLE, kind, rows_per_file=10)
    for number in range(3):
        files.add(row(number), characters=4_000_000 if number == 2 else 0)

    files.abandon()

    assert files.files == []
    (tmp_path / "marks" / f"part-00000.{kind}").unlink()
