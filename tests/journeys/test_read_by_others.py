"""Formats that are only written, read with others' eyes: any spans, attributes and annotators come back."""

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from annotator.progress import run
from annotator.readers.document import ReadDocument
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import import_document
from exporters.chat import place_of
from exporters.exporter import OptionValue
from tests import projects
from tests.journeys.drawn import marked_texts
from tests.unit.exporters.exporting import exporter
from tests.unit.exporters.qda_rules import NS

# Whose (where the format tells), label, words, places, and attributes as JSON where the format has them.
Seen: TypeAlias = tuple[str, str, str, tuple[tuple[int, int], ...], str]
Read: TypeAlias = Callable[[Path], Counter[Seen]]


def values(attributes: dict[str, Any]) -> str:
    return json.dumps(attributes, sort_keys=True)


def pieces_of(fragments: list[Any]) -> tuple[tuple[int, int], ...]:
    """Pieces as records, as Arrow has them, or as pairs."""
    return tuple(
        (each["start"], each["end"]) if isinstance(each, dict) else tuple(each) for each in fragments
    )


def read_xlsx(path: Path) -> Counter[Seen]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    found = Counter[Seen]()
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        attributes = json.loads(cells["other_attributes"] or "{}")
        attributes |= {
            str(name).removeprefix("attribute."): value
            for name, value in cells.items()
            if str(name).startswith("attribute.") and value is not None
        }
        places = tuple(tuple(map(int, part.split("-"))) for part in str(cells["fragments"]).split())
        words = openpyxl.utils.escape.unescape(str(cells["text"]))
        found[str(cells["annotator"]), str(cells["label"]), words, places, values(attributes)] += 1  # type: ignore[index]
    return found


def read_huggingface(folder: Path) -> Counter[Seen]:
    found = Counter[Seen]()
    for file in sorted(folder.glob("spans/*.parquet")):
        for row in pyarrow.parquet.read_table(file).to_pylist():
            for span in row["spans"]:
                attributes = values(json.loads(span["attributes"]))
                places = pieces_of(span["fragments"])
                assert span["text"] == " ".join(row["text"][start:end] for start, end in places)
                found[span["annotator"], span["label"], span["text"], places, attributes] += 1
    return found


def read_shards(folder: Path) -> Counter[Seen]:
    kind = json.loads((folder / "tables.json").read_bytes())["format"]
    found = Counter[Seen]()
    for file in sorted(folder.glob(f"spans/*.{kind}")):
        if kind == "parquet":
            rows = pyarrow.parquet.read_table(file).to_pylist()
        else:
            rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for row in rows:
            told = row["attributes"] or {}
            attributes = values(json.loads(told) if isinstance(told, str) else told)
            found[row["annotator"], row["label"], row["text"], pieces_of(row["fragments"]), attributes] += 1
    return found


def read_chat(folder: Path) -> Counter[Seen]:
    chats, offsets = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        for name in ("chat.jsonl", "offsets.jsonl")
    )
    found = Counter[Seen]()
    for chat, sidecar in zip(chats, offsets, strict=True):
        _, user, answer = (message["content"] for message in chat["messages"])
        for entity in json.loads(answer)["entities"]:
            parts = entity.get("pieces", [entity])
            starts = [place_of(user, part["text"], part["occurrence"]) for part in parts]
            places = tuple((start[0], start[1]) for start in starts if start is not None)
            words = " ".join(user[start:end] for start, end in places)
            attributes = values(entity.get("attributes", {}))
            found[sidecar["annotator"], entity["label"], words, places, attributes] += 1
    return found


def read_refi_qda(path: Path) -> Counter[Seen]:
    found = Counter[Seen]()
    with zipfile.ZipFile(path) as archive:
        project = etree.fromstring(archive.read("project.qde"))
        codes = {code.get("guid"): code.get("name") for code in project.iter(f"{NS}Code")}
        users = {user.get("guid"): user.get("name") for user in project.iter(f"{NS}User")}
        for source in project.iter(f"{NS}TextSource"):
            name = source.get("plainTextPath", "").removeprefix("internal://")
            text = archive.read(f"sources/{name}").decode()
            for selection in source.iter(f"{NS}PlainTextSelection"):
                place = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
                coding = next(selection.iter(f"{NS}Coding"))
                label = codes[next(coding.iter(f"{NS}CodeRef")).get("targetGUID")]
                who = users[coding.get("creatingUser")]
                found[str(who), str(label).lower(), text[slice(*place)], (place,), ""] += 1
    return found


CASES: dict[str, tuple[str, dict[str, OptionValue], Read]] = {
    "xlsx": ("xlsx", {}, read_xlsx),
    "huggingface": ("huggingface", {}, read_huggingface),
    "shards in Parquet": ("shards", {}, read_shards),
    "shards in JSON Lines": ("shards", {"files": "jsonl"}, read_shards),
    "chat": ("chat", {}, read_chat),
    "refi-qda": ("refi-qda", {}, read_refi_qda),
}


def expected(read: ReadDocument, name: str) -> Counter[Seen]:
    """The spans as they were drawn, as the format tells of them."""
    found = Counter[Seen]()
    for part in read.sets:
        for span in part.annotations:
            places = tuple((start, end) for start, end in span.fragments)
            attributes = values(
                {id: list(v) if isinstance(v, tuple) else v for id, v in span.attributes.items()}
            )
            for group in [(place,) for place in places] if name == "refi-qda" else [places]:
                words = " ".join(read.text[start:end] for start, end in group)
                found[part.annotator, span.label, words, group, "" if name == "refi-qda" else attributes] += 1
    return found


def check_is_read(case: str, read: ReadDocument, folder: Path) -> None:
    name, options, reader = CASES[case]
    chosen = exporter(name, **options)
    target = folder / f"out{chosen.suffix}"
    with projects.new_project(folder, name="There") as store:
        import_document(store, read, annotator=projects.lead(store).id)
        run(chosen.export(snapshot(store, Selection()), target))

    assert reader(target) == expected(read, name)


@pytest.mark.parametrize("case", CASES)
def test_few_drawn_documents_are_read_as_they_were_marked(
    case: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=4, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(marked_texts())
    def holds(read: ReadDocument) -> None:
        check_is_read(case, read, tmp_path_factory.mktemp("read"))

    holds()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("case", CASES)
def test_any_drawn_documents_are_read_as_they_were_marked(
    case: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(marked_texts())
    def holds(read: ReadDocument) -> None:
        check_is_read(case, read, tmp_path_factory.mktemp("read"))

    holds()
