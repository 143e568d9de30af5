"""A dataset in a folder: its parts, its reports, the same bytes again, and nothing half-written."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import ExportError
from annotator.progress import run
from annotator.services.datasets import dataset
from annotator.services.exporting import Selection
from annotator.services.splitting import SplitPlan, split_documents
from annotator.snapshot import DocumentSnapshot
from annotator.splitting import read_shares
from exporters import EXPORTERS, ExportReport
from exporters.dataset import deliver_dataset, known_places
from storage.store import ProjectStore
from tests.unit.exporters.exporting import bring_in, written
from tests.unit.exporters.news_project import news_project, story
from tests.unit.exporters.rich_project import read_document, rich_project

PLAN = SplitPlan(read_shares("60/20/20"), seed=3)


def deliver(store: ProjectStore, name: str, target: Path, *, strict: bool = False) -> ExportReport:
    split = run(split_documents(store, Selection(), PLAN))
    return run(deliver_dataset(dataset(store, Selection(), split), EXPORTERS[name], target, strict=strict))


@pytest.mark.parametrize(("name", "train"), [("jsonl", "train.jsonl"), ("brat", "train/annotation.conf")])
def test_each_split_has_its_file_or_folder(tmp_path: Path, name: str, train: str) -> None:
    with news_project(tmp_path) as store:
        report = deliver(store, name, tmp_path / "out")

    files = written(tmp_path / "out")
    assert {train, "splits.json", "preflight.json", "MANIFEST.json"} <= files.keys()
    assert (report.documents, report.spans) == (12, 12)
    assert json.loads(files["preflight.json"])["written"] == {"documents": 12, "spans": 12, "relations": 0}


def test_splits_json_says_where_each_document_is_and_why(tmp_path: Path) -> None:
    with news_project(tmp_path) as store:
        bring_in(store, read_document("Wire", story(3).replace("denied", "refused", 1), key="2"))
        deliver(store, "jsonl", tmp_path / "out")

    files = written(tmp_path / "out")
    said = json.loads(files["splits.json"])
    in_file = {
        json.loads(line)["id"]: name
        for name in ("train", "validation", "test")
        for line in files[f"{name}.jsonl"].splitlines()
    }
    assert {row["id"]: row["split"] for row in said["documents"]} == in_file
    assert known_places(tmp_path / "out" / "splits.json") == in_file
    assert sum(said["counts"].values()) == 13
    assert {link["reason"] for link in said["kept_together"]} == {"case", "near_duplicate"}
    assert said["leaks"] == []
    assert (said["seed"], said["near_duplicate"]["similarity"]) == (3, 0.5)


def test_parts_have_each_document_once_and_sentences_stay_with_theirs(tmp_path: Path) -> None:
    selection = Selection(unit="sentence")
    with news_project(tmp_path) as store:
        split = run(split_documents(store, selection, PLAN))
        whole = dataset(store, selection, split)
        found = {
            name: {str(one.document.metadata["document"]) for one in part.documents()}
            for name, part in whole.parts.items()
        }

    assert found == {name: set(split.documents(name)) for name in split.shares}


def test_same_project_and_options_are_the_same_bytes(tmp_path: Path) -> None:
    with news_project(tmp_path) as store:
        deliver(store, "jsonl", tmp_path / "one")
        deliver(store, "jsonl", tmp_path / "two")
        deliver(store, "jsonl", tmp_path / "two")

    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_split_without_a_document_has_no_file(tmp_path: Path) -> None:
    with news_project(tmp_path, count=1) as store:
        deliver(store, "jsonl", tmp_path / "out")

    files = written(tmp_path / "out")
    assert len([name for name in files if name.endswith(".jsonl")]) == 1
    assert sum(json.loads(files["splits.json"])["counts"].values()) == 1


def test_strict_writes_nothing_where_something_is_lost(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store, pytest.raises(ExportError, match="cannot hold everything"):
        deliver(store, "chat", tmp_path / "out", strict=True)

    assert not (tmp_path / "out").exists()


def test_disk_that_fills_up_in_the_second_part_leaves_nothing(tmp_path: Path) -> None:
    def full_disk() -> Iterator[DocumentSnapshot]:
        raise OSError(28, "No space left on device")
        yield

    with news_project(tmp_path) as store:
        split = run(split_documents(store, Selection(), PLAN))
        whole = dataset(store, Selection(), split)
        full = dataclasses.replace(whole.parts["test"], documents=full_disk)
        whole = dataclasses.replace(whole, parts={**whole.parts, "test": full})
        with pytest.raises(ExportError, match="No space left on device"):
            run(deliver_dataset(whole, EXPORTERS["jsonl"], tmp_path / "out"))

    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".annotator"] == []


@pytest.mark.parametrize("content", [b"", b"[]", b'{"documents": [{"id": "a"}]}', b'{"documents": 3}'])
def test_file_that_is_no_splits_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "splits.json"
    path.write_bytes(content)

    with pytest.raises(ExportError, match=r"is no splits\.json"):
        known_places(path)


def test_missing_splits_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be read"):
        known_places(tmp_path / "splits.json")
