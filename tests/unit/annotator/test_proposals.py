"""What a new span starts with, from marks, from the kind of document, and from the same name before."""

from dataclasses import replace

import pytest

from annotator.model import Attributes
from annotator.proposals import RULES, from_marks, propose, rule_values
from annotator.schema import AttributeType, LabelSchema
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories

SCHEMA: LabelSchema = read_schema(schema_text("legal-news"))


def proposed(label: str, kind: str, text: str = "It must stop.") -> Attributes:
    return propose(
        SCHEMA, label=label, kind=kind, text=text, fragments=factories.fragments((0, len(text) - 1))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said [that it must stop].", "indirect"),
        ("He said [“it must stop.”]", "direct"),
        ("He said “[it must stop].”", "direct"),
        ("He said [that “it must stop.”]", "direct"),
        ("He said [That “it must stop.”]", "direct"),
        ("He said [that it “must stop.”]", "mixed"),
        ("He said [«it must stop»].", "direct"),
        ("He said [“it «must» stop”].", "direct"),
        ('He said ["it must stop."]', "direct"),
        ('He said [that it "must" stop].', "mixed"),
        ("“It stops,” he said. [It went on].", "indirect"),
        ("[It went on]. “It stops,” he said.", "indirect"),
        ("“[A quotation that goes on in the next paragraph].", "direct"),
        ("“Another line.”\n[It went on].", "indirect"),
        ('An "odd mark" and 6" of [rain fell].', None),
        ("It’s ‘[enough]’.", "indirect"),
        ("He said [“it must stop] and [it will”].", "direct"),
        ("He said [“it must” stop] and [so on].", "mixed"),
    ],
)
def test_quotation_is_seen_from_the_marks(text: str, expected: str | None) -> None:
    pieces = []
    plain = ""
    for character in text:
        if character in "[]":
            pieces.append(len(plain))
        else:
            plain += character
    fragments = factories.fragments(*zip(pieces[::2], pieces[1::2], strict=True))

    assert from_marks(plain, fragments) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", {"voice": "reported", "opinion": "court", "quote": "indirect", "record": "not_searched"}),
        ("opinion", {"voice": "own", "status": "entered", "opinion": "court", "quote": "indirect"}),
        ("order", {"voice": "own", "status": "entered", "opinion": "court", "quote": "indirect"}),
        ("proposed_order", {"voice": "own", "status": "proposed", "opinion": "court", "quote": "indirect"}),
        ("brief", {"voice": "reported", "opinion": "court", "quote": "indirect"}),
        ("transcript", {"opinion": "court", "quote": "indirect"}),
    ],
)
def test_kind_of_document_tells_voice_and_status(kind: str, expected: Attributes) -> None:
    assert proposed("holding", kind) == expected


def test_required_attributes_without_default_are_left_to_the_annotator() -> None:
    assert "issue" not in proposed("order", "order")
    assert proposed("source", "article") == {}


def test_uncertain_marks_propose_nothing() -> None:
    assert "quote" not in proposed("claim", "article", 'An odd " mark.')


def test_value_given_last_to_the_same_name_is_proposed() -> None:
    older = factories.annotation("a", label="person", attributes={"role": "counsel"})
    newer = replace(older, id="b", attributes={"role": "witness"}, changed="2025-10-18T09:30:00.000Z")
    unset = replace(newer, id="c", attributes={}, changed="2025-10-19T09:30:00.000Z")

    found = propose(
        SCHEMA,
        label="person",
        kind="article",
        text=factories.TEXT,
        fragments=factories.fragments((0, 5)),
        repeats=[older, newer, unset],
    )

    assert found == {"role": "witness"}


def test_only_attributes_set_by_name_are_taken_from_repeats() -> None:
    other = factories.annotation(label="holding", attributes={"opinion": "dissent", "issue": "damages"})

    found = propose(
        SCHEMA,
        label="holding",
        kind="opinion",
        text=factories.TEXT,
        fragments=factories.fragments((0, 5)),
        repeats=[other],
    )

    assert found["opinion"] == "court"
    assert "issue" not in found


def test_plain_default_is_read_by_the_kind_of_the_attribute() -> None:
    schema = replace(
        factories.schema(), attributes=(AttributeType("final", "Final", ("court",), "bool", default="true"),)
    )

    found = propose(
        schema, label="court", kind="article", text="Court", fragments=factories.fragments((0, 5))
    )

    assert found == {"final": True}


def test_rule_gives_only_values_that_the_attribute_has() -> None:
    schema = replace(
        factories.schema(),
        attributes=(AttributeType("quote", "Quote", ("court",), values=("direct",), default="from-marks"),),
    )

    assert (
        propose(schema, label="court", kind="article", text="A", fragments=factories.fragments((0, 1))) == {}
    )


def test_rules_name_what_they_may_give() -> None:
    assert {rule: rule_values(rule) for rule in RULES} == {
        "from-marks": ("indirect", "direct", "mixed"),
        "from-kind": ("reported", "own", "entered", "proposed"),
    }
