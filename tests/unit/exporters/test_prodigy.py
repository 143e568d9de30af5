"""Prodigy's JSONL: its schema, spaCy's tokens, one line for each annotator, and back through our reader."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.model import Fragment
from annotator.progress import run
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from annotator.readers.prodigy import read
from annotator.services.exporting import Selection, snapshot
from annotator.text import normalise
from exporters import EXPORTERS
from exporters.exporter import with_options
from exporters.spacy_tokens import tokenizer
from storage.store import ProjectStore
from tests import projects
from tests.factories import annotation, relation
from tests.unit.exporters.exporting import bring_in, check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import read_document, rich_project

TEXT = "A 😀 judge of the Fourth District Court ruled.\n\nIt’s Acme-owned."

# What Prodigy's interfaces ner_manual, spans_manual and relations ask of an example.
_NUMBER = {"type": "integer", "minimum": 0}
_SPAN = {
    "type": "object",
    "required": ["start", "end", "token_start", "token_end", "label"],
    "properties": {
        "start": _NUMBER,
        "end": _NUMBER,
        "token_start": _NUMBER,
        "token_end": _NUMBER,
        "label": {"type": "string", "minLength": 1},
    },
    "additionalProperties": False,
}
_HASH = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
SCHEMA = {
    "type": "object",
    "required": ["text", "tokens", "spans", "relations", "meta", "answer", "_input_hash", "_task_hash"],
    "properties": {
        "text": {"type": "string"},
        "tokens": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["text", "start", "end", "id", "ws"],
                "properties": {
                    "text": {"type": "string", "minLength": 1},
                    "start": _NUMBER,
                    "end": _NUMBER,
                    "id": _NUMBER,
                    "ws": {"type": "boolean"},
                },
                "additionalProperties": False,
            },
        },
        "spans": {"type": "array", "items": _SPAN},
        "relations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["head", "child", "head_span", "child_span", "label"],
                "properties": {
                    "head": _NUMBER,
                    "child": _NUMBER,
                    "head_span": _SPAN,
                    "child_span": _SPAN,
                    "label": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
        "meta": {"type": "object"},
        "answer": {"enum": ["accept", "reject", "ignore"]},
        "_input_hash": _HASH,
        "_task_hash": _HASH,
        "_view_id": {"enum": ["spans_manual", "relations"]},
        "_session_id": {"type": "string", "minLength": 1},
        "_annotator_id": {"type": "string", "minLength": 1},
    },
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def mark(words: str, label: str) -> ReadAnnotation:
    start = TEXT.index(words)
    return ReadAnnotation(f"{label} {words}", label, (Fragment(start, start + len(words)),))


def written(tmp_path: Path, *spans: ReadAnnotation, **options: str) -> tuple[dict, list[tuple[str, str]]]:
    """The one example that is written of the text, and the losses that were told."""
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, *spans)
        report = export(store, "prodigy", tmp_path / "out.jsonl", **options)
    (row,) = lines(tmp_path / "out.jsonl")
    return row, [(loss.kind, loss.detail) for loss in report.losses.all]


def test_every_example_is_as_prodigy_wants_it_and_its_tokens_are_spacys(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, "prodigy", tmp_path / "out.jsonl")

    check, nlp = Draft202012Validator(SCHEMA), spacy.blank("en")
    for row in lines(tmp_path / "out.jsonl"):
        check.validate(row)
        doc = nlp.make_doc(row["text"])
        assert [
            (token["text"], token["start"], token["id"], token["ws"], token["end"] - token["start"])
            for token in row["tokens"]
        ] == [(token.text, token.idx, token.i, bool(token.whitespace_), len(token)) for token in doc]
        for span in row["spans"]:
            found = doc.char_span(span["start"], span["end"])
            assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])
        for link in row["relations"]:
            assert (link["head"], link["child"]) == (
                link["head_span"]["token_end"],
                link["child_span"]["token_end"],
            )
            assert link["head_span"] in row["spans"]


def test_each_annotator_of_a_text_has_a_line_and_one_input_groups_them(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, "prodigy", tmp_path / "out.jsonl")

    rows = lines(tmp_path / "out.jsonl")
    owners = [(row["meta"]["title"], row["_session_id"], row["_view_id"]) for row in rows]
    assert owners == [
        ("Article", "Ana", "relations"),
        ("Article", "gold", "spans_manual"),
        ("Opinion", "Ana", "spans_manual"),
        ("Opinion", "Bo Č.", "spans_manual"),
    ]
    assert len({row["_input_hash"] for row in rows}) == 2
    assert len({row["_task_hash"] for row in rows}) == 4


def test_text_that_nobody_marked_has_a_line_without_an_annotator(tmp_path: Path) -> None:
    row, _ = written(tmp_path)

    assert (row["spans"], row["answer"], "_session_id" in row) == ([], "accept", False)


@pytest.mark.parametrize(
    ("options", "kept", "losses"),
    [
        ({}, {"judge", "court"}, []),
        ({"spans": "flat"}, {"judge"}, [("nested", "it shares letters with judge and is left out")]),
        (
            {"spans": "flat", "overlap": "priority", "priority": "court"},
            {"court"},
            [("nested", "it shares letters with court and is left out")],
        ),
    ],
)
def test_flat_spans_follow_the_policy(
    tmp_path: Path, options: dict[str, str], kept: set[str], losses: list[tuple[str, str]]
) -> None:
    spans = (mark("judge of the Fourth District Court", "judge"), mark("District Court", "court"))

    row, told = written(tmp_path, *spans, **options)

    assert {span["label"] for span in row["spans"]} == kept
    assert told == losses


@pytest.mark.parametrize(
    ("alignment", "words"), [("strict", None), ("expand", "Fourth District"), ("contract", "Fourth")]
)
def test_span_off_the_tokens_is_told(tmp_path: Path, alignment: str, words: str | None) -> None:
    row, losses = written(tmp_path, mark("Fourth Dist", "court"), alignment=alignment)

    assert [TEXT[span["start"] : span["end"]] for span in row["spans"]] == ([words] if words else [])
    assert [kind for kind, _ in losses] == ["misaligned"]


def test_links_between_spans_come_back_with_them(tmp_path: Path) -> None:
    holding, judge = mark("Fourth District Court ruled", "holding"), mark("judge", "judge")
    link = ReadRelation("issued_by", holding.key, judge.key)
    own = ReadSet("Ana", annotations=(holding, judge), relations=(link,))
    with projects.new_project(tmp_path) as store:
        bring_in(store, read_document("Ruling", TEXT, sets=(own,)))
        report = export(store, "prodigy", tmp_path / "out.jsonl")

    (back,) = read(tmp_path / "out.jsonl")
    assert isinstance(back, ReadDocument)
    (part,) = back.sets
    labels = {row.key: row.label for row in part.annotations}
    assert [(row.type, labels[row.source], labels[row.target]) for row in part.relations] == [
        ("issued_by", "holding", "judge")
    ]
    assert (report.relations, len(report.losses)) == (1, 0)


@settings(max_examples=40)
@given(data=st.data())
def test_spans_links_and_annotators_come_back_from_our_reader(
    data: st.DataObject, rich: ProjectStore
) -> None:
    text = normalise("x" + data.draw(st.text(st.sampled_from("ab .\n\t😀é\u00a0'’-$"), max_size=30))) + "\n"
    tokens = [token for token in tokenizer("en").make_doc(text) if not token.is_space]
    places = st.tuples(st.integers(0, len(tokens) - 1), st.integers(0, len(tokens) - 1)).map(sorted)
    extents = sorted(
        {
            (tokens[first].idx, tokens[last].idx + len(tokens[last]))
            for first, last in data.draw(st.lists(places, max_size=4))
        }
    )
    spans = [
        annotation(f"s{number}", start=start, end=end, label="court", text=text)
        for number, (start, end) in enumerate(extents)
    ]
    links = [relation(f"r{number}", source="s0", target=one.id) for number, one in enumerate(spans[1:])]
    whole = snapshot(rich, Selection())
    owner = next(row.id for row in rich.sets() if row.kind == "annotator")
    document = dataclasses.replace(
        next(whole.documents()),
        text=text,
        annotations=tuple(dataclasses.replace(span, set=owner) for span in spans),
        relations=tuple(dataclasses.replace(link, set=owner) for link in links),
    )

    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        one = dataclasses.replace(whole, documents=lambda: iter([document]))
        run(with_options(EXPORTERS["prodigy"], {}).export(one, path))
        (back,) = read(path)

    assert isinstance(back, ReadDocument)
    assert (back.text, back.title) == (text, "Article")
    parts = [part for part in back.sets if part.annotations]
    assert [part.annotator for part in parts] == [whole.owner_name(owner)] * bool(spans)
    found = {row.key: tuple(row.fragments[0]) for part in parts for row in part.annotations}
    assert sorted(found.values()) == extents
    assert {(found[row.source], found[row.target]) for part in parts for row in part.relations} == {
        (extents[0], extent) for extent in extents[1:]
    }


def test_all_that_it_cannot_hold_is_told(rich: ProjectStore, tmp_path: Path) -> None:
    counts = export(rich, "prodigy", tmp_path / "out.jsonl").losses.counts

    assert set(counts) == {
        "attribute",
        "certainty",
        "discontinuous",
        "document_label",
        "note",
        "relation_across",
    }


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "prodigy", tmp_path)
