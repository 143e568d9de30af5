"""Records as JSON and back."""

import pytest
from hypothesis import given, settings

from annotator.model import RECORD_TYPES, Annotation, Record, TextVersion
from annotator.record_json import from_json, kind_of, record_type, to_json, to_json_text
from tests import factories
from tests.records import records


@settings(deadline=None)
@given(records())
def test_record_comes_back_from_its_json(record: Record) -> None:
    assert from_json(kind_of(record), to_json(record)) == record


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_type_of_record_has_a_kind_of_its_own(kind: type[Record]) -> None:
    assert record_type(kind_of(kind)) is kind


def test_kind_is_the_name_of_the_type_in_small_letters() -> None:
    assert kind_of(TextVersion) == kind_of(factories.text_version()) == "text_version"


def test_annotation_is_written_with_every_field() -> None:
    annotation = factories.annotation(
        start=6, end=9, text="Judge Ada", attributes={"role": ("a", "b"), "n": 2}
    )

    assert to_json(annotation) == {
        "id": "annotation-1",
        "document": "document-1",
        "text_version": "text-1",
        "set": annotation.set,
        "label": "court",
        "fragments": [[6, 9]],
        "quote": {"prefix": "Judge ", "exact": "Ada", "suffix": ""},
        "created": factories.TIME,
        "changed": factories.TIME,
        "attributes": {"role": ["a", "b"], "n": 2},
        "note": "",
        "certainty": "sure",
        "origin": "manual",
        "revision": "",
    }


def test_json_text_is_one_line() -> None:
    assert "\n" not in to_json_text(factories.document(title="one\ntwo"))


def test_missing_field_gets_its_default() -> None:
    data = to_json(factories.annotation())
    del data["certainty"]

    annotation = from_json("annotation", data)

    assert isinstance(annotation, Annotation)
    assert annotation.certainty == "sure"


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("annotation", {"colour": "red"}, "has no colour"),
        ("annotation", {"fragments": 3}, "not a record of the kind annotation"),
        ("annotation", {"quote": {"words": "x"}}, "not a record of the kind annotation"),
        ("annotation", {"attributes": "none"}, "not a record of the kind annotation"),
        ("highlight", {}, "no kind of record called 'highlight'"),
    ],
)
def test_what_is_no_record_is_refused(kind: str, change: dict[str, object], sentence: str) -> None:
    data = to_json(factories.annotation()) | change

    with pytest.raises(ValueError, match=sentence):
        from_json(kind, data)  # type: ignore[arg-type]


def test_record_without_a_needed_field_is_refused() -> None:
    data = to_json(factories.annotation())
    del data["label"]

    with pytest.raises(ValueError, match="not a record of the kind annotation"):
        from_json("annotation", data)
