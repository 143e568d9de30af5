"""JSONL: what a line holds, that it is the same every time, and that a project comes back from it."""

import dataclasses
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator import snapshot as snapshots
from annotator.errors import ExportError
from annotator.model import Fragment
from annotator.progress import run
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from annotator.readers.isolated import ReaderProcess
from annotator.readers.jsonl import read
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import ImportRow, import_document, import_paths
from annotator.text import normalise, text_sha256
from exporters import EXPORTERS, ExportReport
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.rich_project import bo_of, read_document, rich_project

SCHEMA = json.loads((files("exporters") / "jsonl.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def export(store: ProjectStore, target: Path, selection: Selection | None = None) -> ExportReport:
    return run(EXPORTERS["jsonl"].export(snapshot(store, selection or Selection()), target))


def lines(target: Path) -> list[dict]:
    return [json.loads(line) for line in target.read_bytes().splitlines()]


def bring_in(store: ProjectStore, source: Path) -> list[ImportRow]:
    with ReaderProcess() as process:
        report = run(import_paths(store, [source], annotator=projects.lead(store).id, process=process))
    return list(report.rows)


def test_every_line_fits_the_schema(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, tmp_path / "out.jsonl")

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for line in lines(tmp_path / "out.jsonl"):
        jsonschema.validate(line, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_schema_refuses_an_unknown_key_and_an_owner_that_is_both(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, tmp_path / "out.jsonl")
    line = lines(tmp_path / "out.jsonl")[0]
    span = line["spans"][0]

    for wrong in (
        {**span, "score": 1},
        {**span, "annotator": "Ana", "gold": True},
        {**span, "annotator": None, "gold": False},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**line, "spans": [wrong]}, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_spans_are_the_words_that_stand_at_their_offsets(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, tmp_path / "out.jsonl")

    for line in lines(tmp_path / "out.jsonl"):
        assert text_sha256(line["text"]) == line["text_sha256"]
        for span in line["spans"]:
            assert span["text"] == " ".join(line["text"][start:end] for start, end in span["fragments"])
            assert (span["start"], span["end"]) == (span["fragments"][0][0], span["fragments"][-1][1])


def test_line_says_whose_each_thing_is(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, tmp_path / "out.jsonl")

    article, opinion = lines(tmp_path / "out.jsonl")
    assert (report.documents, report.spans, report.relations) == (2, 7, 3)
    assert {(span["label"], span["layer"], span["annotator"], span["gold"]) for span in article["spans"]} == {
        ("judge", "entity", "Ana", False),
        ("judge", "entity", None, True),
        ("court", "entity", "Ana", False),
        ("holding", "holding", "Ana", False),
        ("claim", "claim", "Bo Č.", False),
    }
    assert article["labels"] == [
        {"name": "topic", "value": ["privacy"], "annotator": "Ana", "gold": False},
        {"name": "topic", "value": ["antitrust", "contracts"], "annotator": "Bo Č.", "gold": False},
    ]
    assert article["status"] == [{"annotator": "Ana", "state": "done", "layers": [], "message": ""}]
    assert opinion["status"][0]["message"] == "not mine"
    assert opinion["case"] == "4:19-cv-07123"


def test_link_to_another_document_stands_on_the_line_of_its_source(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, tmp_path / "out.jsonl")

    article, opinion = lines(tmp_path / "out.jsonl")
    reports = next(relation for relation in article["relations"] if relation["type"] == "reports")
    assert reports["target_document"] == opinion["id"]
    assert reports["attributes"] == {"values": ["accurate", "overstates"]}
    assert {r["target_document"] for r in article["relations"]} == {article["id"], opinion["id"]}
    assert opinion["relations"] == []


def test_gold_span_carries_its_newest_decision_and_the_line_the_others(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, tmp_path / "out.jsonl")

    article = lines(tmp_path / "out.jsonl")[0]
    (gold,) = [span for span in article["spans"] if span["gold"]]
    assert (gold["decision"]["rule_id"], gold["decision"]["proposers"], gold["decision"]["decided_by"]) == (
        "R4",
        ["Ana"],
        "Ana",
    )
    assert sorted((row["outcome"], row["annotation"], row["decided_by"]) for row in article["decisions"]) == [
        ("accept", gold["id"], "Ana"),
        ("reject_all", None, "auto:unanimous@1"),
    ]


def test_only_the_first_line_carries_the_texts_of_schema_and_guidelines(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, tmp_path / "out.jsonl")

    first, second = lines(tmp_path / "out.jsonl")
    assert first["schema"]["toml"] == rich.schema_toml()
    assert (first["schema"]["name"], first["schema"]["number"]) == ("ours", 2)
    assert first["guideline"]["markdown"] == "# Our rules\n"
    assert second["schema"] == {key: value for key, value in first["schema"].items() if key != "toml"}


@pytest.mark.parametrize(("kind", "owners"), [("gold", {(None, True)}), ("annotator", {("Bo Č.", False)})])
def test_selection_takes_one_set_of_all_documents(
    rich: ProjectStore, tmp_path: Path, kind: str, owners: set
) -> None:
    who = bo_of(rich) if kind == "annotator" else None

    export(rich, tmp_path / "out.jsonl", Selection(kind, who))

    found = lines(tmp_path / "out.jsonl")
    assert len(found) == 2
    assert {(span["annotator"], span["gold"]) for line in found for span in line["spans"]} == owners
    assert {row["annotator"] for line in found for row in line["status"]} <= {name for name, _ in owners}


def test_export_of_the_same_project_gives_the_same_bytes(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, tmp_path / "one.jsonl")
    export(rich, tmp_path / "two.jsonl")

    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_project_that_goes_out_and_comes_back_gives_the_same_bytes(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, tmp_path / "out.jsonl")

    with projects.new_project(tmp_path, name="Back", guidelines="# Others\n") as back:
        rows = bring_in(back, tmp_path / "out.jsonl")
        export(back, tmp_path / "back.jsonl")
        again = bring_in(back, tmp_path / "out.jsonl")
        faults = list(back.verify())

    assert (tmp_path / "back.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()
    assert [(row.outcome, row.spans) for row in rows] == [("read", 5), ("read", 2)]
    assert {row.outcome for row in again} == {"already_here"}
    assert faults == []


def test_export_read_back_into_its_own_project_changes_nothing(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        export(store, tmp_path / "out.jsonl")
        before = [entry.change_id for entry in store.history()]

        rows = bring_in(store, tmp_path / "out.jsonl")

        assert {(row.outcome, row.warnings) for row in rows} == {("already_here", ())}
        assert [entry.change_id for entry in store.history()] == before


def test_cancelled_export_leaves_nothing_and_the_old_file_as_it_was(
    rich: ProjectStore, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    job = EXPORTERS["jsonl"].export(snapshot(rich, Selection()), target)
    next(job)
    next(job)
    assert len(list(tmp_path.iterdir())) == 2

    job.close()

    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text() == "old"


@pytest.mark.parametrize("name", ["missing/out.jsonl", "folder", "file/out.jsonl"])
def test_target_that_cannot_be_written_is_a_sentence_and_leaves_nothing(
    rich: ProjectStore, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()

    with pytest.raises(ExportError, match=r"“.*” (cannot be written|is not a file)"):
        export(rich, tmp_path / name)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_export_that_fails_half_way_leaves_nothing(rich: ProjectStore, tmp_path: Path) -> None:
    whole = snapshot(rich, Selection())

    def broken() -> Iterator[snapshots.DocumentSnapshot]:
        yield next(whole.documents())
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left on device"):
        run(EXPORTERS["jsonl"].export(dataclasses.replace(whole, documents=broken), tmp_path / "out.jsonl"))

    assert list(tmp_path.iterdir()) == []


def test_original_hash_survives_where_only_the_text_came_along(tmp_path: Path) -> None:
    line = {
        "text": "A ruling.",
        "source": {"name": "order.pdf", "sha256": "ab" * 32, "reader": "pdf", "version": "3"},
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(line))

    with projects.new_project(tmp_path) as store:
        for document in read(tmp_path / "in.jsonl"):
            import_document(store, document, annotator=projects.lead(store).id)
        export(store, tmp_path / "out.jsonl")

    assert lines(tmp_path / "out.jsonl")[0]["source"] == line["source"]


def test_empty_project_exports_an_empty_file(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        report = export(store, tmp_path / "out.jsonl")

    assert (report.documents, (tmp_path / "out.jsonl").read_bytes()) == (0, b"")


def test_documents_come_in_order_of_import(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        for title in ("Zebra", "Ant", "Mole"):
            import_document(store, read_document(title, f"{title} text"), annotator=projects.lead(store).id)
        export(store, tmp_path / "out.jsonl")

    assert [line["title"] for line in lines(tmp_path / "out.jsonl")] == ["Zebra", "Ant", "Mole"]


_words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


@given(
    st.lists(
        _words.filter(lambda text: bool(normalise(text).strip())), min_size=1, max_size=3, unique_by=normalise
    ),
    st.data(),
)
@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_any_text_and_any_spans_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    documents = [any_document(normalise(text), data) for text in texts]
    with projects.new_project(folder, name="Out") as store:
        for document in documents:
            row = import_document(store, document, annotator=projects.lead(store).id)
            assert row.outcome == "read"
        export(store, folder / "out.jsonl")
    with projects.new_project(folder, name="Back") as back:
        for part in read(folder / "out.jsonl"):
            assert isinstance(part, ReadDocument)
            row = import_document(back, part, annotator=projects.lead(back).id)
            assert row.outcome == "read"
        export(back, folder / "back.jsonl")

    assert (folder / "back.jsonl").read_bytes() == (folder / "out.jsonl").read_bytes()
    for line in lines(folder / "out.jsonl"):
        jsonschema.validate(line, SCHEMA, cls=jsonschema.Draft202012Validator)


def any_document(text: str, data: st.DataObject) -> ReadDocument:
    """The text with spans of one or two fragments anywhere in it."""
    places = st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted)
    spans = []
    for number in range(data.draw(st.integers(0, 4))):
        cuts = data.draw(places)
        fragments = tuple(Fragment(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
        attributes = data.draw(
            st.dictionaries(_words, _words | st.booleans() | st.integers(-5, 5), max_size=2)
        )
        label = data.draw(st.sampled_from(["judge", "PER", "ünlich", "a b"]))
        spans.append(
            ReadAnnotation(f"T{number}", label, fragments, attributes=attributes, note=data.draw(_words))
        )
    links = ()
    if len(spans) > 1:
        links = (ReadRelation(data.draw(st.sampled_from(["restates", "Equiv"])), "T0", "T1", key="R1"),)
    return read_document(
        "Any", text, key=text, sets=(ReadSet("Zoë", annotations=tuple(spans), relations=links),)
    )
