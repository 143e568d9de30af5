"""The checks that edits share."""

import pytest

from annotator.desk import checked_value, label_name
from annotator.errors import InvalidEdit
from annotator.model import AttributeValue
from annotator.schema import AttributeKind, AttributeType
from tests import factories


def attribute(kind: AttributeKind) -> AttributeType:
    return AttributeType("x", "Topic", ("court",), kind, ("a", "b", "c") if "choice" in kind else ())


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("text", " two\r\nlines ", "two\nlines"),
        ("choice", " a", "a"),
        ("choices", ("c", "a"), ("a", "c")),
        ("date", "2025 ", "2025"),
        ("bool", True, True),
        ("number", 3, 3),
    ],
)
def test_value_is_stored_in_one_form(
    kind: AttributeKind, value: AttributeValue, stored: AttributeValue
) -> None:
    assert checked_value(attribute(kind), value) == stored


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("choice", "d", "Topic cannot be d: choose one of a, b, c."),
        ("choices", (), "Topic cannot be empty: choose some of a, b, c, each once."),
        ("choices", ("a", "a"), "Topic cannot be a, a: choose some of a, b, c, each once."),
        ("date", "Friday", "Topic cannot be Friday: write a date like 2025-10-17, 2025-10 or 2025."),
        ("number", "x", "Topic cannot be x: write a number."),
        ("bool", "x", "Topic cannot be x: it is true or false."),
        ("link", "a b", "Topic cannot be a b: link the span to another one."),
        ("text", "  ", "Topic cannot be empty: write some words."),
    ],
)
def test_refused_value_says_what_is_wanted(kind: AttributeKind, value: AttributeValue, sentence: str) -> None:
    with pytest.raises(InvalidEdit) as refused:
        checked_value(attribute(kind), value)

    assert str(refused.value) == sentence


def test_unknown_label_is_called_by_its_id() -> None:
    assert label_name(factories.schema(), "court") == "Court"
    assert label_name(factories.schema(), "nonsense") == "nonsense"
