"""Reading doccano's files: triples, entities with relations, categories, and what is wrong with them."""

import json
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.doccano import read
from annotator.readers.document import ReadDocument, RefusedSource

TEXT = "A 😀 judge\nruled."


def written(tmp_path: Path, *lines: object, name: str = "set.jsonl") -> Path:
    path = tmp_path / name
    parts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_bytes("\n".join(parts).encode())
    return path


def documents(path: Path) -> list[ReadDocument]:
    return [part for part in read(path) if isinstance(part, ReadDocument)]


def spans(document: ReadDocument) -> list[tuple[str, Fragment]]:
    return [(span.label, span.fragments[0]) for part in document.sets for span in part.annotations]


def test_triples_are_spans(tmp_path: Path) -> None:
    (document,) = documents(written(tmp_path, {"id": 7, "text": "A judge", "label": [[2, 7, "JUDGE"]]}))

    assert (document.text, document.title, document.key) == ("A judge", "A judge", "line 1")
    assert spans(document) == [("JUDGE", Fragment(2, 7))]
    assert document.warnings == ()


def test_entities_are_joined_by_relations(tmp_path: Path) -> None:
    line = {
        "text": "Ada ruled.",
        "entities": [
            {"id": 4, "label": "PER", "start_offset": 0, "end_offset": 3},
            {"id": 9, "label": "ACT", "start_offset": 4, "end_offset": 9},
        ],
        "relations": [{"id": 4, "from_id": 4, "to_id": 9, "type": "did"}],
    }

    (document,) = documents(written(tmp_path, line))

    (link,) = document.sets[0].relations
    assert (link.type, link.source, link.target) == ("did", "4", "9")


@pytest.mark.parametrize("start", [4, 5], ids=["code points", "UTF-16"])
def test_unit_is_the_one_under_which_spans_are_words(tmp_path: Path, start: int) -> None:
    (document,) = documents(written(tmp_path, {"text": TEXT, "label": [[start, start + 5, "J"]]}))

    assert spans(document) == [("J", Fragment(4, 9))]
    assert "does not quote its words" in document.warnings[0]


def test_categories_become_a_label_of_the_document(tmp_path: Path) -> None:
    lines = [{"text": "One.", "label": ["good"]}, {"text": "Two.", "labels": ["good", "new"]}]

    found = documents(written(tmp_path, *lines))

    assert [document.sets[0].labels for document in found] == [
        {"category": "good"},
        {"category": ("good", "new")},
    ]


def test_columns_under_other_names_are_found(tmp_path: Path) -> None:
    (document,) = documents(written(tmp_path, {"column_data": "Ada ruled.", "column_label": [[0, 3, "P"]]}))

    assert spans(document) == [("P", Fragment(0, 3))]


def test_metadata_and_comments_are_kept(tmp_path: Path) -> None:
    line = {"id": 1, "text": "Ada.", "label": [], "source": "wire", "Comments": ["look"]}

    (document,) = documents(written(tmp_path, line))

    assert document.metadata == {"source": "wire", "comments": ["look"]}


def test_a_list_in_a_json_file_is_read_like_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path, json.dumps([{"text": "Ada.", "label": [[0, 3, "P"]]}] * 2, indent=1), name="set.json"
    )

    assert [document.key for document in documents(path)] == ["item 1", "item 2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut off he', "not JSON in UTF-8"),
        ('{"text": "half \\ud83d of it", "label": []}', "not JSON in UTF-8"),
        ({"text": "", "label": []}, "no “text”"),
        ({"text": "x", "label": [[0, 1]]}, "Label 1 is not"),
        ({"text": "x", "label": [["0", 1, "A"]]}, "Label 1 is not"),
        ({"text": "x", "label": {"a": 1}}, "list wanted"),
        ({"text": "x", "entities": [], "labels": []}, "several lists"),
        ({"filename": "cat.jpg", "label": ["meow"]}, "picture"),
        ({"text": "x", "label": [], "relations": [{"type": "a", "from_id": 1}]}, "what it joins"),
    ],
)
def test_broken_line_is_refused_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: object, reason: str
) -> None:
    good = {"text": "Ada ruled.", "label": [[0, 3, "P"]]}

    parts = list(read(written(tmp_path, good, line, good)))

    (refused,) = [part for part in parts if isinstance(part, RefusedSource)]
    assert refused.name == "line 2"
    assert reason in refused.reason
    assert [type(part) for part in parts] == [ReadDocument, RefusedSource, ReadDocument]


def test_cut_off_list_is_refused_with_the_line_where_it_ends(tmp_path: Path) -> None:
    whole = json.dumps([{"text": "Ada.", "label": []}] * 2, indent=1)
    path = written(tmp_path, whole[:-30], name="set.json")

    with pytest.raises(UnreadableSource, match=r"line \d+, column \d+"):
        list(read(path))


def test_latin_1_is_refused_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes('{"text": "Zoë", "label": []}\n'.encode("latin-1"))

    with pytest.raises(UnreadableSource, match="line 1: It is not JSON in UTF-8"):
        list(read(path))
