"""What a schema answers: where labels are offered, which attributes and links fit, which values."""

from dataclasses import replace

import pytest

from annotator.model import AttributeValue
from annotator.schema import AttributeKind, AttributeType, Layer, Offer, names_kind
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories

SMALL = factories.schema()
LEGAL_NEWS = read_schema(schema_text("legal-news"))


@pytest.mark.parametrize(
    ("label", "kind", "offer"),
    [
        ("organization", "brief", "always"),
        ("claim", "article", "always"),
        ("claim", "opinion", "on_demand"),
        ("holding", "article", "always"),
        ("holding", "order", "always"),
        ("holding", "proposed_order", "always"),
        ("holding", "brief", "on_demand"),
        ("holding", "transcript", "on_demand"),
        ("reasoning", "article", "always"),
        ("reasoning", "opinion", "on_demand"),
        ("reasoning", "proposed_order", "on_demand"),
        ("discard", "form", "always"),
        ("nonsense", "article", "never"),
    ],
)
def test_label_is_offered_by_kind_of_document(label: str, kind: str, offer: Offer) -> None:
    assert LEGAL_NEWS.offer(label, kind) == offer


def test_kind_named_counts_before_the_broader_one() -> None:
    layer = Layer("l", "L", ("order",), (), on_demand=("proposed_order",))

    assert layer.offer("proposed_order") == "on_demand"
    assert layer.offer("order") == "always"
    assert layer.offer("article") == "never"


def test_layer_without_kinds_is_for_all() -> None:
    assert Layer("l", "L", (), ()).offer("anything") == "always"
    assert Layer("l", "L", (), (), on_demand=("brief",)).offer("form") == "on_demand"


def test_retired_label_is_not_offered() -> None:
    entity = SMALL.layers[0]
    retired = replace(entity, labels=(replace(entity.labels[0], retired=True),))

    assert replace(SMALL, layers=(retired,)).offer("court", "article") == "never"


def test_kind_of_document_is_named_by_itself_or_the_broader_one() -> None:
    assert names_kind(("order",), "proposed_order")
    assert not names_kind(("proposed_order",), "order")
    assert not names_kind((), "article")


def test_attributes_depend_on_label_and_kind_of_document() -> None:
    def ids(label: str, kind: str) -> list[str]:
        return [attribute.id for attribute in LEGAL_NEWS.attributes_of(label, kind)]

    assert ids("holding", "article") == ["quote", "voice", "status", "opinion", "issue", "record"]
    assert ids("holding", "opinion") == ["quote", "voice", "status", "opinion", "issue"]
    assert ids("judge", "article") == []


def test_relation_types_by_their_source() -> None:
    assert [relation.id for relation in LEGAL_NEWS.relations_from("claim")] == [
        "source",
        "cue",
        "restates",
        "reports",
    ]


def test_slot_is_joined_by_the_relation_from_its_owner() -> None:
    slots = {label.id: LEGAL_NEWS.slot_relation(label) for label in LEGAL_NEWS.labels()}

    assert {slot: relation.id for slot, relation in slots.items() if relation} == {
        "source": "source",
        "cue": "cue",
    }


def test_choices_of_a_relation_are_attributes() -> None:
    reports = LEGAL_NEWS.relation("reports")
    decides = LEGAL_NEWS.relation("decides")
    cue = LEGAL_NEWS.relation("cue")
    assert reports is not None
    assert decides is not None
    assert cue is not None

    assert [(attribute.id, attribute.kind) for attribute in reports.attributes] == [("values", "choices")]
    assert [(attribute.id, attribute.kind) for attribute in decides.attributes] == [("value", "choice")]
    assert cue.attributes == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("choice", "a"),
        ("choices", ("b", "a")),
        ("text", "any words"),
        ("bool", False),
        ("number", 3),
        ("number", -2.5),
        ("date", "2025-10-17"),
        ("date", "2024-02-29"),
        ("date", "2025-10"),
        ("date", "2025"),
    ],
)
def test_value_is_accepted(kind: AttributeKind, value: AttributeValue) -> None:
    assert attribute(kind).accepts(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("choice", "c"),
        ("choice", ""),
        ("choice", ("a",)),
        ("choice", True),
        ("choices", ()),
        ("choices", ("a", "a")),
        ("choices", ("a", "c")),
        ("choices", "a"),
        ("text", " "),
        ("text", 3),
        ("bool", "true"),
        ("bool", 1),
        ("number", True),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", "3"),
        ("date", "2025-02-29"),
        ("date", "17.10.2025"),
        ("date", "20251017"),
        ("date", "2025-10-17T09:30"),
        ("link", "https://example.org/a"),
        ("link", ""),
    ],
)
def test_value_is_refused(kind: AttributeKind, value: AttributeValue) -> None:
    assert not attribute(kind).accepts(value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("bool", "true", True),
        ("bool", "false", False),
        ("bool", "maybe", "maybe"),
        ("number", "3", 3),
        ("number", "-2.5", -2.5),
        ("number", "1e3", 1000.0),
        ("number", "many", "many"),
        ("choices", "a", ("a",)),
        ("choice", "a", "a"),
        ("text", "3", "3"),
    ],
)
def test_text_stands_for_a_value(kind: AttributeKind, text: str, value: AttributeValue) -> None:
    found = attribute(kind).value_of(text)

    assert (found, type(found)) == (value, type(value))


def attribute(kind: AttributeKind) -> AttributeType:
    return AttributeType("x", "X", ("court",), kind, ("a", "b") if kind in ("choice", "choices") else ())
