"""Reading Label Studio's tasks: regions in UTF-16, attributes, relations, several annotators."""

import json
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.document import ReadDocument
from annotator.readers.label_studio import read

TEXT = "A 😀 judge ruled."


def region(start: int, end: int, text: str = "", *, id: str = "r1", label: str = "PER") -> dict[str, object]:
    value = {"start": start, "end": end, "labels": [label], **({"text": text} if text else {})}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def annotation(*results: dict[str, object], by: object = 1, **more: object) -> dict[str, object]:
    return {"completed_by": by, "result": list(results), **more}


def documents(tmp_path: Path, *annotations: dict[str, object], **task: object) -> list[ReadDocument]:
    path = tmp_path / "tasks.json"
    tasks = [{"id": 3, "data": {"text": TEXT}, "annotations": list(annotations), **task}]
    path.write_text(json.dumps(tasks), "utf-8")
    return [part for part in read(path) if isinstance(part, ReadDocument)]


@pytest.mark.parametrize("words", ["judge", ""], ids=["quoted", "not quoted"])
def test_offsets_are_utf_16_units(tmp_path: Path, words: str) -> None:
    (document,) = documents(tmp_path, annotation(region(5, 10, words)))

    assert document.sets[0].annotations[0].fragments == (Fragment(4, 9),)


def test_offsets_that_agree_as_code_points_are_taken_so(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, annotation(region(4, 9, "judge")))

    assert document.sets[0].annotations[0].fragments == (Fragment(4, 9),)


def test_people_are_named_where_the_file_tells_them_apart(tmp_path: Path) -> None:
    (alone,) = documents(tmp_path, annotation(region(5, 10)))
    (two,) = documents(tmp_path, annotation(region(5, 10)), annotation(region(5, 10), by=2))
    (named,) = documents(tmp_path, annotation(by={"email": "a@b.org", "first_name": "", "last_name": ""}))

    assert [part.annotator for part in alone.sets] == [""]
    assert [part.annotator for part in two.sets] == ["Annotator 1", "Annotator 2"]
    assert [part.annotator for part in named.sets] == ["a@b.org"]


def test_results_that_share_a_regions_id_are_its_attributes_and_others_the_documents(tmp_path: Path) -> None:
    role = {"id": "r1", "from_name": "role", "type": "choices", "value": {"choices": ["judge"]}}
    topic = {"id": "t1", "from_name": "topic", "type": "choices", "value": {"choices": ["a", "b"]}}

    (document,) = documents(tmp_path, annotation(region(5, 10), role, topic))

    assert document.sets[0].annotations[0].attributes == {"role": "judge"}
    assert document.sets[0].labels == {"topic": ("a", "b")}


@pytest.mark.parametrize(("direction", "ends"), [("right", ("r1", "r2")), ("left", ("r2", "r1"))])
def test_relations_run_in_their_direction(tmp_path: Path, direction: str, ends: tuple[str, str]) -> None:
    link = {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": direction, "labels": ["did"]}

    (document,) = documents(tmp_path, annotation(region(5, 10), region(11, 16, id="r2", label="ACT"), link))

    (relation,) = document.sets[0].relations
    assert (relation.type, relation.source, relation.target) == ("did", *ends)


def test_cancelled_annotations_and_predictions_are_left_out_and_said_so(tmp_path: Path) -> None:
    (document,) = documents(
        tmp_path, annotation(region(5, 10), was_cancelled=True), predictions=[{"result": []}]
    )

    assert document.sets == ()
    assert ["cancelled" in document.warnings[0], "1 predictions" in document.warnings[1]] == [True, True]


def test_web_page_regions_use_their_global_offsets(tmp_path: Path) -> None:
    value = {"start": "/div[1]", "end": "/div[1]", "globalOffsets": {"start": 5, "end": 10}}
    row = {"id": "r", "type": "hypertextlabels", "value": {**value, "hypertextlabels": ["PER"]}}

    (document,) = documents(tmp_path, annotation(row))

    assert document.sets[0].annotations[0].fragments == (Fragment(4, 9),)


def test_task_about_a_picture_is_refused(tmp_path: Path) -> None:
    box = {"type": "rectanglelabels", "to_name": "image", "value": {"x": 1, "y": 2}}

    with pytest.raises(UnreadableSource, match="item 1: It has no “text”"):
        documents(tmp_path, annotation(box), data={"image": "cat.png"})


def test_spans_of_legalner_whose_text_disagrees_are_listed(corpus: Path) -> None:
    listed = 0
    for file in sorted((corpus / "annotated" / "legalner_bc").glob("src/data/annotations/*/*.json")):
        for document in read(file):
            assert isinstance(document, ReadDocument)
            for warning in document.warnings:
                _, found, spans = warning.partition("with other white space: ")
                listed += spans.count("”; ") + 1 if found else " reads “" in warning

    assert 300 < listed < 400
