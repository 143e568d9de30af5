"""Reading annotated documents, one a line: ours and what other hands made of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.jsonl import read
from annotator.text import text_sha256

TEXT = "A 😀 judge\nruled."


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "documents.jsonl"
    parts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_bytes("\n".join(parts).encode())
    return path


def only(path: Path) -> ReadDocument:
    (document,) = read(path)
    assert isinstance(document, ReadDocument)
    return document


def span(start: int, end: int, text: str = "", **more: object) -> dict[str, object]:
    words = {"text": text} if text else {}
    return {"start": start, "end": end, "label": "judge", "annotator": "Ana", **words, **more}


def test_text_alone_is_a_document(tmp_path: Path) -> None:
    document = only(written(tmp_path, {"text": TEXT}))

    assert (document.title, document.text, document.kind, document.sets) == (
        "A 😀 judge",
        TEXT,
        "article",
        (),
    )
    assert document.source == TEXT.encode()


def test_spans_are_parted_by_annotator_and_gold(tmp_path: Path) -> None:
    spans = [
        span(4, 9),
        span(0, 1, annotator="Bo"),
        {**span(0, 1), "annotator": None, "gold": True},
        span(2, 3),
    ]

    sets = only(written(tmp_path, {"text": TEXT, "spans": spans})).sets

    assert [(part.annotator, part.kind, len(part.annotations)) for part in sets] == [
        ("Ana", "annotator", 2),
        ("Bo", "annotator", 1),
        ("", "gold", 1),
    ]


@pytest.mark.parametrize("start", [4, 5, 7], ids=["code points", "UTF-16", "UTF-8"])
def test_unit_of_the_offsets_is_found_over_the_whole_file(tmp_path: Path, start: int) -> None:
    quoted, silent = span(start, start + 5, "judge"), span(start, start + 5)

    documents = list(
        read(written(tmp_path, {"text": TEXT, "spans": [silent]}, {"text": TEXT, "spans": [quoted]}))
    )

    assert [d.sets[0].annotations[0].fragments for d in documents if isinstance(d, ReadDocument)] == [
        (Fragment(4, 9),),
        (Fragment(4, 9),),
    ]


def test_span_whose_words_are_elsewhere_is_left_out_and_listed(tmp_path: Path) -> None:
    document = only(written(tmp_path, {"text": TEXT, "spans": [span(3, 8, "judge"), span(4, 9, "judge")]}))

    assert [annotation.fragments for annotation in document.sets[0].annotations] == [(Fragment(4, 9),)]
    assert document.warnings == ("Span judge “judge” left out: 3-8 reads “judg”.",)


@pytest.mark.parametrize(("start", "end"), [(4, 90), (-2, 3), (9, 4), (4, 4)])
def test_offsets_that_are_no_place_in_the_text_are_listed(tmp_path: Path, start: int, end: int) -> None:
    document = only(written(tmp_path, {"text": TEXT, "spans": [span(start, end)]}))

    assert document.sets[0].annotations == ()
    assert document.warnings == (f"Span judge left out: {start}-{end} is no place in the text.",)


def test_link_to_a_span_left_out_is_listed_too(tmp_path: Path) -> None:
    line = {
        "text": TEXT,
        "spans": [span(4, 9, "judge", id="a"), span(0, 1, "B", id="b")],
        "relations": [{"type": "names", "source": "a", "target": "b", "annotator": "Ana"}],
    }

    document = only(written(tmp_path, line))

    assert document.sets[0].relations == ()
    assert document.warnings[1] == "Link names left out with the span that it joins."


def test_offsets_follow_the_text_when_its_line_breaks_are_changed(tmp_path: Path) -> None:
    document = only(written(tmp_path, {"text": "One\r\ntwo\r\nthree", "spans": [span(10, 15, "three")]}))

    (annotation,) = document.sets[0].annotations
    assert document.text == "One\ntwo\nthree"
    assert document.text[slice(*annotation.fragments[0])] == "three"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut off he', "not JSON in UTF-8"),
        ("[1, 2]", "not a JSON object"),
        ({"title": "no text"}, "Has no “text”"),
        ({"text": "  \n"}, "Has no “text”"),
        ({"text": 7}, "Has a text wanted under “text”, but finds 7"),
        ({"text": "a", "spans": [{"start": 0, "end": 1}]}, "Span 1 has no “label”"),
        (
            {"text": "a", "spans": [{"fragments": [[0]], "label": "x"}]},
            "Span 1 has “fragments” that are not pairs",
        ),
        ({"text": "a", "spans": [span(0, 1, id="s"), span(0, 1, id="s")]}, "Span 2 has the id s"),
        ({"text": "a", "spans": [span(0, 1, certainty="maybe")]}, "not one of sure, likely, unsure"),
        ({"text": "a", "spans": [span(0, 1, attributes={"x": None})]}, "Span 1 has a value for “x”"),
        ({"text": "a", "status": [{"annotator": "Ana", "state": "asleep"}]}, "not one of todo"),
    ],
)
def test_line_that_cannot_be_read_is_refused_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: object, reason: str
) -> None:
    first, refused, last = read(written(tmp_path, {"text": "first"}, line, {"text": "last"}))

    assert isinstance(refused, RefusedSource)
    assert refused.name == "line 2"
    assert reason in refused.reason
    assert [d.text for d in (first, last) if isinstance(d, ReadDocument)] == ["first", "last"]


def test_refused_line_before_the_first_good_one_is_reported_too(tmp_path: Path) -> None:
    refused, document = read(written(tmp_path, "{", {"text": "good"}))

    assert isinstance(refused, RefusedSource)
    assert isinstance(document, ReadDocument)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "holds no annotated documents: line 1"),
        ('{"text": "x"}'.encode("utf-16"), "holds no annotated documents: line 1"),
    ],
)
def test_file_without_a_document_is_refused_whole(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(data)

    with pytest.raises(UnreadableSource, match=reason):
        list(read(path))


def test_byte_order_mark_and_blank_lines_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "one"}\r\n\r\n{"text": "two"}\r\n')

    assert [d.text for d in read(path) if isinstance(d, ReadDocument)] == ["one", "two"]


def test_what_the_format_does_not_have_is_named(tmp_path: Path) -> None:
    document = only(
        written(tmp_path, {"text": "a", "label": [[0, 1, "X"]], "spans": [span(0, 1, score=0.5)]})
    )

    assert document.warnings == ("Left out what this format does not have: label, score of spans.",)


def test_text_that_was_changed_after_the_export_is_told(tmp_path: Path) -> None:
    document = only(written(tmp_path, {"text": "changed", "text_sha256": text_sha256("as it was")}))

    assert "changed after it was exported" in document.warnings[0]


def test_schema_of_the_first_line_goes_with_the_lines_that_name_it(tmp_path: Path) -> None:
    toml, other = 'name = "mine"\n', "0" * 64
    whole = {"name": "mine", "version": 1, "number": 3, "sha256": text_sha256(toml), "toml": toml}
    named = {key: value for key, value in whole.items() if key != "toml"}

    documents = list(
        read(
            written(
                tmp_path,
                {
                    "text": "a",
                    "schema": whole,
                    "guideline": {"number": 2, "sha256": text_sha256(""), "markdown": ""},
                },
                {"text": "b", "schema": named, "guideline": {"number": 2, "sha256": text_sha256("")}},
                {
                    "text": "c",
                    "schema": {**named, "sha256": other},
                    "guideline": {"number": 2, "sha256": other},
                },
            )
        )
    )

    assert [
        (d.schema_toml, d.schema_number, d.guideline_number) for d in documents if isinstance(d, ReadDocument)
    ] == [
        (toml, 3, 2),
        (toml, 3, 2),
        ("", 0, 0),
    ]


def test_decision_comes_with_its_gold_span_and_one_without_a_span_on_its_own(tmp_path: Path) -> None:
    decision = {"id": "d", "outcome": "accept", "proposers": ["Ana"], "decided_by": "Rae", "rule_id": "R2"}
    gold = {**span(4, 9, "judge", id="g"), "annotator": None, "gold": True, "decision": decision}
    rejected = {**decision, "id": "e", "outcome": "reject_all", "annotation": None}

    (part,) = only(written(tmp_path, {"text": TEXT, "spans": [gold], "decisions": [rejected]})).sets

    assert [(d.key, d.annotation, d.outcome, d.proposers) for d in part.decisions] == [
        ("d", "g", "accept", ("Ana",)),
        ("e", "", "reject_all", ("Ana",)),
    ]


@given(st.binary(max_size=60), st.integers(0, 200))
def test_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    line = json.dumps(
        {"id": "d", "text": TEXT, "spans": [span(4, 9, "judge")], "labels": [], "metadata": {}}
    ).encode()
    path = tmp_path_factory.getbasetemp() / "damaged.jsonl"
    path.write_bytes(line[:place] + noise + line[place:] + b"\n" + line)

    documents = [part for part in read(path) if isinstance(part, ReadDocument)]

    assert documents[-1].text == TEXT
