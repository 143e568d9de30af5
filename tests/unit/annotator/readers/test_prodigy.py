"""Reading Prodigy's examples: spans, answers, sessions, relations between tokens."""

import json
from pathlib import Path

import pytest

from annotator.model import Fragment
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.prodigy import read

TEXT = "A 😀 judge ruled."
TOKENS = [
    {"text": "A", "start": 0, "end": 1, "id": 0},
    {"text": "😀", "start": 2, "end": 3, "id": 1},
    {"text": "judge", "start": 4, "end": 9, "id": 2},
    {"text": "ruled", "start": 10, "end": 15, "id": 3},
]


def documents(tmp_path: Path, *lines: dict[str, object]) -> list[ReadDocument]:
    path = tmp_path / "examples.jsonl"
    path.write_text("\n".join(json.dumps({"text": TEXT, **line}) for line in lines), "utf-8")
    return [part for part in read(path) if isinstance(part, ReadDocument)]


def test_spans_of_an_accepted_example_belong_to_its_session(tmp_path: Path) -> None:
    span = {"start": 4, "end": 9, "token_start": 2, "token_end": 2, "label": "PERSON"}

    (document,) = documents(
        tmp_path, {"spans": [span], "answer": "accept", "_session_id": "set-ana", "meta": {"title": "Ruling"}}
    )

    (part,) = document.sets
    assert (document.title, part.annotator) == ("Ruling", "set-ana")
    assert [(span.label, span.fragments) for span in part.annotations] == [("PERSON", (Fragment(4, 9),))]


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_what_was_not_accepted_is_text_only_and_said_so(tmp_path: Path, answer: str) -> None:
    (document,) = documents(
        tmp_path, {"spans": [{"start": 4, "end": 9, "label": "PERSON"}], "answer": answer}
    )

    assert document.sets == ()
    assert f"The answer is “{answer}”: its 1 spans are left out" in document.warnings[0]


def test_examples_on_one_input_share_its_key(tmp_path: Path) -> None:
    found = documents(
        tmp_path, {"_input_hash": 5, "_session_id": "a"}, {"_input_hash": 5, "_session_id": "b"}, {}
    )

    assert [document.key for document in found] == ["input 5", "input 5", "line 3"]


def test_relations_join_spans_or_the_tokens_that_they_name(tmp_path: Path) -> None:
    relation = {
        "head": 2,
        "child": 3,
        "label": "DID",
        "head_span": {"start": 4, "end": 9, "label": "PERSON"},
    }

    (document,) = documents(
        tmp_path,
        {"tokens": TOKENS, "spans": [{"start": 4, "end": 9, "label": "PERSON"}], "relations": [relation]},
    )

    (part,) = document.sets
    assert [(span.label, span.fragments[0]) for span in part.annotations] == [
        ("PERSON", Fragment(4, 9)),
        ("token", Fragment(10, 15)),
    ]
    assert [(link.type, link.source, link.target) for link in part.relations] == [
        ("DID", part.annotations[0].key, part.annotations[1].key)
    ]


def test_tokens_tell_the_unit_of_the_offsets(tmp_path: Path) -> None:
    shifted = [{**token, "start": token["start"] + 1, "end": token["end"] + 1} for token in TOKENS[2:]]

    (document,) = documents(
        tmp_path, {"tokens": shifted, "spans": [{"start": 5, "end": 10, "label": "PERSON"}]}
    )

    assert document.sets[0].annotations[0].fragments == (Fragment(4, 9),)


def test_relation_with_an_unknown_token_refuses_its_line(tmp_path: Path) -> None:
    path = tmp_path / "examples.jsonl"
    lines = [{"text": "Ada."}, {"text": "Ada.", "relations": [{"head": 7, "child": 8, "label": "X"}]}]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")

    refused = [part for part in read(path) if isinstance(part, RefusedSource)]

    assert [(part.name, part.reason) for part in refused] == [
        ("line 2", "Relation 1 has a head that is no token.")
    ]
