"""Label Studio's tasks and interface: checked and converted by its own SDK, and back through our reader."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ExportError
from annotator.model import AttributeValue, Fragment
from annotator.progress import run
from annotator.readers.document import ReadAnnotation, ReadDocument
from annotator.readers.label_studio import read
from annotator.services.exporting import Selection, snapshot
from annotator.text import normalise
from exporters import EXPORTERS
from exporters.label_studio_config import Interface
from storage.store import ProjectStore
from tests import projects
from tests.factories import annotation, relation
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.own_environment import python_with, run_script
from tests.unit.exporters.rich_project import rich_project

TEXT = "A 😀 judge\nruled."


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def tasks(folder: Path) -> list[dict]:
    return json.loads((folder / "tasks.json").read_bytes())


def interface(folder: Path) -> ElementTree.Element:
    return ElementTree.fromstring((folder / "label_config.xml").read_bytes())


def results(folder: Path) -> list[dict]:
    return [row for task in tasks(folder) for part in task["annotations"] for row in part["result"]]


def marked_with(
    tmp_path: Path, label: str, attributes: dict[str, AttributeValue]
) -> tuple[Path, list[tuple[str, str]]]:
    """The folder written of a text with one span, and what was told of it."""
    span = ReadAnnotation("1", label, (Fragment(4, 9),), attributes=attributes)
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, span)
        report = export(store, "label-studio", tmp_path / "out")
    return tmp_path / "out", [(loss.kind, loss.detail) for loss in report.losses.all]


def test_offsets_are_utf_16_and_words_stand_beside_them(tmp_path: Path) -> None:
    folder, losses = marked_with(tmp_path, "judge", {})

    (row,) = results(folder)
    assert row["value"] == {"start": 5, "end": 10, "text": "judge", "labels": ["judge"]}
    assert (row["from_name"], row["to_name"], row["type"]) == ("label", "text", "labels")
    assert losses == []


def test_everybody_has_an_annotation_and_gold_is_the_ground_truth(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "label-studio", tmp_path / "out")

    article = tasks(tmp_path / "out")[0]
    parts = [(part["annotator"], part["ground_truth"]) for part in article["annotations"]]
    assert parts == [("Ana", False), ("Bo Č.", False), ("gold", True)]
    assert article["data"]["title"] == "Article"
    # Its importer refuses whom it does not know.
    assert all("completed_by" not in part for part in article["annotations"])


def test_members_there_are_named_by_their_address(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "label-studio", tmp_path / "out", people="Ana=ana@example.org")

    parts = tasks(tmp_path / "out")[0]["annotations"]
    assert [part.get("completed_by") for part in parts] == [{"email": "ana@example.org"}, None, None]
    with pytest.raises(ExportError, match="“Ana” is no name with an e-mail address"):
        export(rich, "label-studio", tmp_path / "other", people="Ana")


@pytest.mark.parametrize(
    ("name", "value", "kind", "given", "told"),
    [
        ("issue", "immunity", "choices", {"choices": ["immunity"]}, []),
        ("issue", "of our own", "choices", {"choices": ["of our own"]}, []),
        ("odd", 2.5, "textarea", {"text": ["2.5"]}, [("attribute", "odd becomes text")]),
        ("so", True, "textarea", {"text": ["true"]}, [("attribute", "so becomes text")]),
        ("names", ("a", "b"), "textarea", {"text": ["a", "b"]}, []),
    ],
)
def test_every_value_has_a_control_that_offers_it(
    tmp_path: Path,
    name: str,
    value: AttributeValue,
    kind: str,
    given: dict[str, object],
    told: list[tuple[str, str]],
) -> None:
    folder, losses = marked_with(tmp_path, "holding", {name: value})

    row = next(row for row in results(folder) if row["from_name"] == name)
    region = next(row for row in results(folder) if row["type"] == "labels")
    assert (row["type"], row["id"]) == (kind, region["id"])
    assert {key: row["value"][key] for key in given} == given
    (control,) = interface(folder).findall(f"*[@name='{name}']")
    assert (control.get("toName"), control.get("perRegion")) == ("text", "true")
    if kind == "choices":
        assert value in [choice.get("value") for choice in control]
    assert losses == told


def test_interface_offers_labels_with_their_colours_and_links(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "label-studio", tmp_path / "out")

    view = interface(tmp_path / "out")
    labels = {label.get("value"): label.get("background") for label in view.find("Labels") or ()}
    assert labels["holding"] == "#0072B2"
    assert "metaphor" in labels  # no label of the schema that was given, but of the project
    assert "issued_by" in [row.get("value") for row in view.find("Relations") or ()]
    assert view.find("Text").attrib == {"name": "text", "value": "$text"}  # type: ignore[union-attr]
    names = [control.get("name") for control in view.iter() if control.get("name")]
    assert len(names) == len(set(names))


def test_names_that_the_tool_needs_itself_are_told_apart(rich: ProjectStore) -> None:
    schema = snapshot(rich, Selection()).schema
    attributes = tuple(
        dataclasses.replace(schema.attributes[0], id=name, kind="text") for name in ("label", "text", "n")
    )
    ours = Interface(dataclasses.replace(schema, attributes=attributes))
    ours.document_labels.update({"label", "topic"})

    view = ElementTree.fromstring(ours.xml())

    names = [control.get("name") for control in view if control.get("name")]
    assert names == ["label_", "text", "label", "text_", "n", "label__", "topic"]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_spans_links_attributes_and_notes_come_back_from_our_reader(
    data: st.DataObject, rich: ProjectStore
) -> None:
    text = normalise("x" + data.draw(st.text(st.sampled_from("ab .\n\té😀\u00a0\u2028'\""), max_size=30)))
    places = data.draw(st.sets(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    extents = sorted((start, end) for start, end in places if start < end)
    value = data.draw(st.sampled_from(["", "immunity", "other"]))
    owner = next(row.id for row in rich.sets() if row.kind == "annotator")
    spans = [
        dataclasses.replace(
            annotation(
                f"s{number}",
                start=start,
                end=end,
                label="holding",
                text=text,
                attributes={"issue": value} if value else {},
                note=data.draw(st.sampled_from(["", "see\nbelow"])),
            ),
            set=owner,
        )
        for number, (start, end) in enumerate(extents)
    ]
    links = [
        dataclasses.replace(relation(f"r{number}", source="s0", target=one.id), set=owner)
        for number, one in enumerate(spans[1:])
    ]
    whole = snapshot(rich, Selection())
    document = dataclasses.replace(
        next(whole.documents()), text=text, annotations=tuple(spans), relations=tuple(links), labels=()
    )

    with TemporaryDirectory() as folder:
        one = dataclasses.replace(whole, documents=lambda: iter([document]))
        run(EXPORTERS["label-studio"].export(one, Path(folder) / "out"))
        (back,) = read(Path(folder) / "out" / "tasks.json")

    assert isinstance(back, ReadDocument)
    assert (back.text, back.title) == (text, "Article")
    assert [part.annotator for part in back.sets] == [whole.owner_name(owner)] * bool(spans)
    found = [row for part in back.sets for row in part.annotations]
    assert {(row.key, *row.fragments, row.note, row.attributes.get("issue", "")) for row in found} == {
        (span.id, *span.fragments, span.note, value) for span in spans
    }
    ends = {(row.source, row.target) for part in back.sets for row in part.relations}
    assert ends == {(link.source, link.target) for link in links}


def test_labels_of_documents_come_back_too(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "label-studio", tmp_path / "out")

    article, _ = read(tmp_path / "out" / "tasks.json")

    assert isinstance(article, ReadDocument)
    assert [(part.annotator, dict(part.labels)) for part in article.sets] == [
        ("Ana", {"topic": "privacy"}),
        ("Bo Č.", {"topic": ("antitrust", "contracts")}),
        ("gold", {}),
    ]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_sdk_of_label_studio_finds_no_fault_and_converts_it(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "label-studio", tmp_path / "out")
    python = python_with(tmp_path / "environment", "label-studio-sdk==2.1.2")

    script = Path(__file__).with_name("read_with_label_studio.py")
    told = json.loads(run_script(python, script, str(tmp_path / "out"), str(tmp_path / "made")))

    assert told["wrong"] == []
    assert told["json"] == tasks(tmp_path / "out")
    regions = [row for row in results(tmp_path / "out") if row["type"] == "labels"]
    assert len(regions) == report.spans > 0
    # Nesting aside, its columns have each region once, for each annotation of its task.
    assert told["conll"].count(" B-") == report.spans


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "label-studio", tmp_path)
