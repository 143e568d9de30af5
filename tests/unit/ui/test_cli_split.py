"""`annotator export --split`: a folder with train, validation and test, and what is said of it; `--card`."""

import json
from pathlib import Path

import pytest

from storage.store import open_project
from tests import projects
from tests.unit.exporters.news_project import add_stories, news_project
from ui import cli


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with news_project(tmp_path, count=20) as store:
        return store.path


def export(project: Path, out: Path, *more: str) -> int:
    return cli.run(["export", str(project), "--format", "jsonl", "--out", str(out), *more])


def places(out: Path) -> dict[str, str]:
    return {row["id"]: row["split"] for row in json.loads((out / "splits.json").read_bytes())["documents"]}


def test_split_writes_a_folder_and_says_what_went_where(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dataset"

    assert export(project, out, "--split", "80/10/10", "--seed", "7") == 0

    said = capsys.readouterr().out
    assert {path.name for path in out.iterdir()} >= {"train.jsonl", "validation.jsonl", "test.jsonl"}
    assert "train: 16 documents (80%; 80% was asked for)" in said
    assert "1 group of documents stayed together, the largest of 8." in said or "groups of documents" in said


def test_card_without_a_split_is_beside_one_file(project: Path, tmp_path: Path) -> None:
    assert export(project, tmp_path / "out", "--card") == 0

    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "data.jsonl",
        "README.md",
        "labels.svg",
        "preflight.json",
        "MANIFEST.json",
    }


def test_more_documents_leave_the_earlier_where_they_were(project: Path, tmp_path: Path) -> None:
    export(project, tmp_path / "one", "--split", "80/10/10")
    with open_project(project, workstation=projects.WORKSTATION) as store:
        add_stories(store, range(20, 40))

    export(project, tmp_path / "two", "--split", "80/10/10")
    export(project, tmp_path / "three", "--split", "80/10/10", "--seed", "9")
    earlier = tmp_path / "one" / "splits.json"
    export(project, tmp_path / "four", "--split", "80/10/10", "--seed", "9", "--split-from", str(earlier))

    before = places(tmp_path / "one")
    assert len(places(tmp_path / "two")) == 40
    assert before.items() <= places(tmp_path / "two").items()
    assert not before.items() <= places(tmp_path / "three").items()
    assert before.items() <= places(tmp_path / "four").items()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--split", "80/10"), "“80/10” is no split"),
        (("--seed", "3"), "--seed, --split-by and --split-from are about --split"),
        (("--split", "80/20", "--split-from", "nowhere.json"), "cannot be read"),
    ],
)
def test_wrong_split_is_one_sentence(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    assert export(project, tmp_path / "out", *more) == 1

    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_split_that_gets_nothing_is_told(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(project, tmp_path / "out", "--split", "80/10/10", "--split-by", "publisher") == 0

    assert "has no document, and so no file" in capsys.readouterr().err
