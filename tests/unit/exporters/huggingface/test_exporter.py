"""A Hugging Face folder, loaded by `datasets` without a network: both configurations and their types."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import MissingExtra
from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project

TEXT = "A 😀 judge of the Fourth District Court ruled.\nShe did not say why."


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def load(folder: Path, configuration: str | None = None, *, cache: Path) -> Any:
    """All splits of a configuration, with no network and no copy of an earlier run."""
    import datasets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
        return datasets.load_dataset(str(folder), configuration, cache_dir=str(cache))


def find(words: str, label: str) -> ReadAnnotation:
    start = TEXT.index(words)
    return ReadAnnotation(f"{label} {words}", label, (Fragment(start, start + len(words)),))


def spans_of_tags(row: dict[str, Any], names: list[str]) -> list[tuple[str, list[str]]]:
    """What a reader of IOB2 makes of a row: each entity with its label and its tokens."""
    found: list[tuple[str, list[str]]] = []
    for token, tag in zip(row["tokens"], row["ner_tags"], strict=True):
        letter, _, label = names[tag].partition("-")
        if letter == "B":
            found.append((label, [token]))
        elif letter == "I":
            assert found[-1][0] == label
            found[-1][1].append(token)
    return found


def test_default_configuration_is_for_token_classification(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        marked(
            store,
            "Ruling",
            TEXT,
            find("judge of the Fourth District Court", "judge"),
            find("Fourth District Court", "court"),
            find("She", "person"),
        )
        report = export(store, "huggingface", tmp_path / "out")

    rows = load(tmp_path / "out", cache=tmp_path / "cache")["train"]
    names = rows.features["ner_tags"].feature.names
    assert names[0] == "O"
    assert {"B-judge", "I-judge", "B-court", "I-court"} <= set(names)
    (row,) = rows
    assert row["tokens"][:4] == ["A", "😀", "judge", "of"]
    assert spans_of_tags(row, names) == [
        ("judge", ["judge", "of", "the", "Fourth", "District", "Court"]),
        ("person", ["She"]),
    ]
    assert [(loss.kind, loss.detail) for loss in report.losses.all] == [
        ("nested", "as it is it has no tags, and stands only in the configuration spans")
    ]


def test_configuration_of_spans_holds_every_span(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "huggingface", tmp_path / "out")

    article, opinion = load(tmp_path / "out", "spans", cache=tmp_path / "cache")["train"]
    assert (report.documents, report.spans) == (2, len(article["spans"]) + len(opinion["spans"]))
    for row in (article, opinion):
        for span in row["spans"]:
            pieces = [row["text"][piece["start"] : piece["end"]] for piece in span["fragments"]]
            assert span["text"] == " ".join(pieces)
    assert {span["annotator"] for span in article["spans"]} == {"Ana", "Bo Č.", None}
    (apart,) = [span for span in article["spans"] if len(span["fragments"]) == 2]
    assert (apart["label"], apart["layer"], apart["gold"]) == ("claim", "claim", False)
    held = next(span for span in article["spans"] if span["label"] == "holding")
    assert json.loads(held["attributes"])["issue"] == "immunity"
    assert held["note"] == "R4,\n“see” below"


def test_split_can_be_named(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "huggingface", tmp_path / "out", split="test")

    for configuration in ("default", "spans"):
        read = load(tmp_path / "out", configuration, cache=tmp_path / "cache")
        assert {name: len(rows) for name, rows in read.items()} == {"test": 2}


def test_span_off_the_tokens_is_tagged_only_if_asked_for(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, find("Fourth Dist", "court"))
        report = export(store, "huggingface", tmp_path / "strict")
        export(store, "huggingface", tmp_path / "expand", alignment="expand")

    def tagged(folder: str) -> list[tuple[str, list[str]]]:
        rows = load(tmp_path / folder, cache=tmp_path / "cache")["train"]
        return spans_of_tags(rows[0], rows.features["ner_tags"].feature.names)

    assert tagged("strict") == []
    assert report.losses.counts == {"misaligned": 1}
    assert tagged("expand") == [("court", ["Fourth", "District"])]


def test_without_pyarrow_one_sentence_says_how_to_install_it(
    rich: ProjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match=r"pip install 'annotator\[parquet\]'"):
        export(rich, "huggingface", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "huggingface", tmp_path)
