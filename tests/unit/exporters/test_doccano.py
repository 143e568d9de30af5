"""doccano's JSONL: read back by our reader, by doccano's own importer, and compared with its own examples."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Fragment
from annotator.progress import run
from annotator.readers.doccano import read
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from annotator.services.exporting import Selection, snapshot
from annotator.text import normalise
from exporters import EXPORTERS
from exporters.exporter import with_options
from storage.store import ProjectStore
from tests import projects
from tests.factories import annotation, relation
from tests.unit.exporters.exporting import bring_in, check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.own_environment import python_with, run_script
from tests.unit.exporters.rich_project import read_document, rich_project

TEXT = "A 😀 judge\nruled."


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def span(label: str, start: int, end: int) -> ReadAnnotation:
    return ReadAnnotation(f"{label} {start}", label, (Fragment(start, end),))


def test_spans_are_triples_in_code_points(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, span("judge", 4, 9))
        report = export(store, "doccano", tmp_path / "out.jsonl")

    (row,) = lines(tmp_path / "out.jsonl")
    assert (row["text"], row["label"], row["Comments"]) == (TEXT, [[4, 9, "judge"]], [])
    assert (row["title"], row["kind"]) == ("Ruling", "article")
    assert (report.documents, report.spans, len(report.losses)) == (1, 1, 0)


def test_relations_have_entities_with_ids_that_count_through_the_file(tmp_path: Path) -> None:
    link = ReadRelation("issued_by", "holding 0", "judge 4")
    with projects.new_project(tmp_path) as store:
        for number in range(2):
            own = ReadSet("Ana", annotations=(span("holding", 0, 9), span("judge", 4, 9)), relations=(link,))
            bring_in(
                store, read_document(f"Ruling {number}", f"{TEXT}{number}", sets=(own,), key=str(number))
            )
        export(store, "doccano", tmp_path / "out.jsonl", write="relations")

    rows = lines(tmp_path / "out.jsonl")
    assert [entity["id"] for row in rows for entity in row["entities"]] == [1, 2, 3, 4]
    assert [row["relations"] for row in rows] == [
        [{"id": number, "from_id": 2 * number - 1, "to_id": 2 * number, "type": "issued_by"}]
        for number in (1, 2)
    ]


def test_every_line_has_the_same_keys_in_plain_ascii(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "doccano", tmp_path / "out.jsonl")

    article, opinion = lines(tmp_path / "out.jsonl")
    assert list(article) == list(opinion)
    assert article["metadata"] == {"a": "é", "z": [1, {"a": None, "b": 2}]}
    assert (opinion["metadata"], opinion["case"]) == ({}, "4:19-cv-07123")
    assert (tmp_path / "out.jsonl").read_bytes().isascii()


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, ["holding", "judge"]),
        ({"spans": "flat"}, ["holding"]),
        ({"spans": "flat", "overlap": "priority", "priority": "judge"}, ["judge"]),
    ],
)
def test_project_without_overlapping_spans_gets_flat_ones(
    tmp_path: Path, options: dict[str, str], kept: list[str]
) -> None:
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, span("holding", 0, 9), span("judge", 4, 9))
        report = export(store, "doccano", tmp_path / "out.jsonl", **options)

    (row,) = lines(tmp_path / "out.jsonl")
    assert [label for _, _, label in row["label"]] == kept
    assert report.losses.counts == ({} if len(kept) == 2 else {"nested": 1})


def test_all_that_it_cannot_hold_is_told(rich: ProjectStore, tmp_path: Path) -> None:
    spans = export(rich, "doccano", tmp_path / "a.jsonl").losses.counts
    related = export(rich, "doccano", tmp_path / "b.jsonl", write="relations").losses.counts

    common = {"annotator", "attribute", "certainty", "discontinuous", "document_label", "note"}
    assert set(spans) == common | {"relation"}
    assert set(related) == common | {"relation_across"}


def test_own_examples_of_doccano_come_out_as_they_went_in(corpus: Path, tmp_path: Path) -> None:
    examples = corpus / "peers/doccano/backend/data_export/pipeline/examples/sequence_labeling/example.jsonl"
    with projects.new_project(tmp_path) as store:
        for document in read(examples):
            assert isinstance(document, ReadDocument)
            bring_in(store, document)
        export(store, "doccano", tmp_path / "out.jsonl")

    # A label that the project has, such as person, is that one.
    found, given = (
        [
            (row["text"], [(start, end, label.lower()) for start, end, label in row["label"]])
            for row in lines(path)
        ]
        for path in (tmp_path / "out.jsonl", examples)
    )
    assert found == given


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("write", ["spans", "relations"])
def test_spans_and_links_come_back_from_our_reader(
    data: st.DataObject, rich: ProjectStore, write: str
) -> None:
    text = normalise(
        "x" + data.draw(st.text(st.sampled_from("ab .\n\té\u00a0\u2028\u0085'\"\\"), max_size=30))
    )
    places = data.draw(st.sets(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5))
    extents = sorted((start, end) for start, end in places if start < end)
    spans = [
        annotation(f"s{number}", start=start, end=end, label="court", text=text)
        for number, (start, end) in enumerate(extents)
    ]
    links = [relation(f"r{number}", source="s0", target=other.id) for number, other in enumerate(spans[1:])]
    whole = snapshot(rich, Selection())
    first = next(whole.documents())
    document = dataclasses.replace(first, text=text, annotations=tuple(spans), relations=tuple(links))
    exporter = with_options(EXPORTERS["doccano"], {"write": write})

    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        run(exporter.export(dataclasses.replace(whole, documents=lambda: iter([document])), path))
        (back,) = read(path)

    assert isinstance(back, ReadDocument)
    assert back.text == text
    own = back.sets[0]
    places_by_key = {row.key: tuple(row.fragments[0]) for row in own.annotations}
    assert sorted(places_by_key.values()) == extents
    expected = {(extents[0], extent) for extent in extents[1:]} if write == "relations" else set()
    assert {(places_by_key[row.source], places_by_key[row.target]) for row in own.relations} == expected


@pytest.fixture(scope="module")
def python_of_doccano(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # doccano does not say that it needs the older marshmallow and numpy.
    folder = tmp_path_factory.mktemp("doccano") / "environment"
    return python_with(folder, "doccano==1.8.4", "marshmallow<4", "numpy<2")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("options", [{}, {"write": "relations"}, {"spans": "flat"}], ids=str)
def test_doccano_reads_it_with_its_own_importer(
    python_of_doccano: Path, rich: ProjectStore, tmp_path: Path, options: dict[str, str]
) -> None:
    report = export(rich, "doccano", tmp_path / "out.jsonl", **options)
    written = lines(tmp_path / "out.jsonl")

    told = json.loads(
        run_script(
            python_of_doccano,
            Path(__file__).with_name("read_with_doccano.py"),
            str(tmp_path / "out.jsonl"),
            options.get("write", "spans"),
            options.get("spans", "all"),
            DATABASE_URL=f"sqlite:///{tmp_path / 'doccano.sqlite3'}",
            DJANGO_SETTINGS_MODULE="config.settings.development",
        )
    )

    assert told["errors"] == []
    assert [row["text"] for row in told["examples"]] == [row["text"] for row in written]
    assert [row["meta"]["metadata"] for row in told["examples"]] == [row["metadata"] for row in written]
    spans = [[tuple(span) for span in row["spans"]] for row in told["examples"]]
    assert spans == [[tuple(span) for span in triples(row)] for row in written]
    assert sum(map(len, spans)) == report.spans > 0
    links = [sorted(row["relations"]) for row in told["examples"]]
    expected = [[45, 0, "issued_by"], [45, 24, "issued_by"]] if "write" in options else []
    assert links == [expected, []]


def triples(row: dict) -> list[list]:
    """The spans of a line, however they are written."""
    if "label" in row:
        return row["label"]
    return [[entity["start_offset"], entity["end_offset"], entity["label"]] for entity in row["entities"]]


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "doccano", tmp_path)
