"""Reading W3C Web Annotations: our own export, what other programs write, and texts that are not there."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.web_annotation import claimed, read

TEXT = "A 😀 judge ruled. The judge left.\n"
ANNO = "http://www.w3.org/ns/anno.jsonld"


def quoted(words: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": words, "prefix": prefix, "suffix": suffix}


def positioned(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def annotation(*selectors: dict[str, Any], source: str = "a.txt", **more: Any) -> dict[str, Any]:
    return {
        "@context": ANNO,
        "id": f"urn:example:{len(json.dumps([selectors, more]))}",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "JUDGE", "purpose": "tagging"},
        "target": {"source": source, "selector": list(selectors)},
        **more,
    }


def documents(folder: Path, *values: Any, name: str = "a.jsonld") -> list[ReadDocument | RefusedSource]:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / name).write_text(json.dumps(values[0] if len(values) == 1 else list(values)), "utf-8")
    return list(read(folder / name))


def one(folder: Path, *values: Any) -> ReadDocument:
    (document,) = documents(folder, *values)
    assert isinstance(document, ReadDocument)
    return document


def places(document: ReadDocument) -> list[tuple[str, tuple[Fragment, ...]]]:
    return [(span.label, span.fragments) for part in document.sets for span in part.annotations]


@pytest.mark.parametrize(
    "selectors",
    [
        [positioned(4, 9), quoted("judge")],
        [positioned(5, 10), quoted("judge")],  # UTF-16 units, as browsers count
        [positioned(7, 12), quoted("judge")],  # UTF-8 bytes
        [quoted("judge", prefix="😀 ", suffix=" ruled")],
        [{"type": "FragmentSelector", "value": "page=1", "refinedBy": quoted("judge", "😀 ", " ruled")}],
        [{"type": "FragmentSelector", "value": "char=4,9"}],
        [
            {
                "type": "RangeSelector",
                "startSelector": positioned(4, 4),
                "endSelector": positioned(9, 9),
            }
        ],
    ],
)
def test_each_kind_of_selector_finds_its_words(tmp_path: Path, selectors: list[dict[str, Any]]) -> None:
    document = one(tmp_path, annotation(*selectors))

    assert places(document) == [("JUDGE", (Fragment(4, 9),))]
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("selectors", "reason"),
    [
        ([positioned(0, 5), quoted("judge")], r"“judge” left out: 0-5 reads “A 😀 j”"),
        ([positioned(4, 90)], "4-90 is no place in the text"),
        ([positioned(9, 4)], "9-4 is no place in the text"),
        (
            [quoted("judge")],
            "“judge” left out: the text has not these words in one place",
        ),  # two places, and nothing around them
    ],
)
def test_what_stands_elsewhere_is_listed_and_not_shifted(
    tmp_path: Path, selectors: list[dict[str, Any]], reason: str
) -> None:
    good = annotation(positioned(4, 9), quoted("judge"))

    document = one(tmp_path, good, annotation(*selectors, id="urn:example:wrong"))

    assert places(document) == [("JUDGE", (Fragment(4, 9),))]
    assert len(document.warnings) == 1
    assert reason in document.warnings[0]


def test_bodies_that_are_no_tag_are_notes_and_creators_are_annotators(tmp_path: Path) -> None:
    bodies = [
        {"type": "TextualBody", "value": "see R4", "purpose": "commenting"},
        {"type": "TextualBody", "value": "JUDGE", "purpose": "tagging"},
        "plain",
    ]
    by_ana = annotation(positioned(4, 9), body=bodies, creator={"name": "Ana"}, id="urn:a")
    by_bo = annotation(positioned(4, 9), creator="https://example.org/people/bo", id="urn:b")

    document = one(tmp_path, {"type": "AnnotationCollection", "first": {"items": [by_ana, by_bo]}})

    assert [part.annotator for part in document.sets] == ["Ana", "bo"]
    (span,) = document.sets[0].annotations
    assert (span.label, span.note) == ("JUDGE", "see R4\nplain")


def test_without_a_tag_the_motivation_is_the_label(tmp_path: Path) -> None:
    note = {"type": "TextualBody", "value": "why?"}

    document = one(tmp_path, annotation(positioned(4, 9), body=note, motivation="questioning"))

    assert places(document) == [("questioning", (Fragment(4, 9),))]
    assert document.sets[0].annotations[0].note == "why?"


@pytest.mark.parametrize("source", ["https://example.org/news/a", "https://example.org/a.txt#top", "./a.txt"])
def test_the_text_is_the_file_of_the_same_name(tmp_path: Path, source: str) -> None:
    assert places(one(tmp_path, annotation(positioned(4, 9), source=source))) == [
        ("JUDGE", (Fragment(4, 9),))
    ]


@pytest.mark.parametrize("source", ["b.txt", "../a.txt/..", "/etc/passwd", "https://example.org/", ".."])
def test_a_text_that_is_not_beside_the_file_is_asked_for(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")

    with pytest.raises(UnreadableSource, match=r"annotation 1: Its text .* is not there: save it as"):
        documents(folder, annotation(positioned(4, 9), source=source))


def test_an_annotation_that_cannot_be_read_is_refused_by_its_number(tmp_path: Path) -> None:
    good, bad = (
        annotation(positioned(4, 9)),
        annotation(target={"source": "a.txt", "selector": {"type": "X"}}),
    )

    refused, document = documents(
        tmp_path, {"@context": ANNO, "type": "AnnotationPage", "items": [good, bad]}
    )

    assert isinstance(refused, RefusedSource)
    assert (refused.name, refused.reason) == (
        "a.jsonld, annotation 2",
        "Target has no selector of a position or of words.",
    )
    assert isinstance(document, ReadDocument)


@pytest.mark.parametrize("name", ["a.jsonld", "a.json", "a.jsonl"])
def test_files_of_annotations_are_known_by_what_they_hold(tmp_path: Path, name: str) -> None:
    documents(tmp_path, annotation(positioned(4, 9)), name=name)

    assert reader_for(tmp_path / name).name == "w3c"


def test_a_folder_takes_in_its_annotations_and_their_texts(tmp_path: Path) -> None:
    documents(tmp_path, annotation(positioned(4, 9)))
    (tmp_path / "other.txt").write_text("Another.", "utf-8")

    assert reader_for(tmp_path).name == "w3c-folder"
    assert claimed(tmp_path) == {tmp_path / "a.jsonld", tmp_path / "a.txt", tmp_path / "context.jsonld"}
    assert len(list(read(tmp_path))) == 1
