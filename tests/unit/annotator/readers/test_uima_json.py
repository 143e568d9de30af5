"""Reading UIMA CAS JSON: the same things as XMI in another dress."""

import json
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.document import ReadDocument
from annotator.readers.uima_json import read

SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "A 😀 judge\nruled."}


def span(identity: int, begin: int, end: int, **more: object) -> dict[str, object]:
    return {"%ID": identity, "%TYPE": "custom.Span", "@sofa": 1, "begin": begin, "end": end, **more}


def only(tmp_path: Path, *structures: object, types: object = None, indent: int | None = 1) -> ReadDocument:
    path = tmp_path / "cas.json"
    cas = {"%TYPES": types or {}, "%FEATURE_STRUCTURES": [SOFA, *structures]}
    path.write_text(json.dumps(cas, indent=indent), "utf-8")
    (document,) = read(path)
    return document


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "many lines"])
def test_annotations_are_spans_with_features_as_attributes(tmp_path: Path, indent: int | None) -> None:
    document = only(tmp_path, span(2, 5, 10, label="PER", weight=2, sure=True, gone=None), indent=indent)

    (found,) = document.sets[0].annotations
    assert (found.label, found.fragments) == ("PER", (Fragment(4, 9),))
    assert found.attributes == {"weight": 2, "sure": True}


def test_references_and_arrays_join_spans(tmp_path: Path) -> None:
    document = only(
        tmp_path,
        span(2, 0, 1, **{"@links": 5}),
        span(3, 5, 10),
        {"%ID": 4, "%TYPE": "custom.SpanLink", "role": "speaker", "@target": 3},
        {"%ID": 5, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [4]},
        {**span(6, 5, 10), "%TYPE": "custom.Did", "@Governor": 2, "@Dependent": 3},
    )

    assert sorted((r.type, r.source, r.target) for r in document.sets[0].relations) == [
        ("Did", "2", "3"),
        ("speaker", "2", "3"),
    ]


def test_types_that_refine_the_documents_annotation_are_left_out(tmp_path: Path) -> None:
    types = {"custom.Span": {"%NAME": "custom.Span", "%SUPER_TYPE": "uima.tcas.DocumentAnnotation"}}

    assert only(tmp_path, span(2, 0, 5), types=types).sets[0].annotations == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"%FEATURE_STRUCTURES": [', "no UIMA CAS|column"),
        ('{"%FEATURE_STRUCTURES": [1]}', "number 1 is none"),
        ('{"%FEATURE_STRUCTURES": [{"%ID": 1}]}', "has no “%TYPE”"),
        ('{"%FEATURE_STRUCTURES": []}', "holds no text"),
    ],
)
def test_what_is_no_cas_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "cas.json"
    path.write_text(content, "utf-8")

    with pytest.raises(UnreadableSource, match=reason):
        list(read(path))
