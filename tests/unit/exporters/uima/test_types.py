"""The type system of a schema: names that UIMA allows, DKPro's NamedEntity for the entity layer."""

import re

import pytest

import resources
from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_toml import read_schema
from exporters.uima.types import NAMED_ENTITY, Types
from tests.factories import schema


def small(layer: str, *, attribute: str = "kind", relation: str = "to") -> LabelSchema:
    label = Label("mark", "Mark", layer)
    return LabelSchema(
        "odd",
        1,
        (Layer(layer, layer, (), (label,)),),
        (AttributeType(attribute, attribute, ("mark",), "text"),),
        (RelationType(relation, relation, ("mark",), ("mark",)),),
    )


def test_entity_layer_is_named_entity_and_others_are_custom_layers() -> None:
    types = Types(schema())

    court, claim = types.of_label("court"), types.of_label("claim")
    assert court is not None
    assert claim is not None
    assert (court.type.name, court.label) == (NAMED_ENTITY, "value")
    assert (claim.type.name, claim.label) == ("webanno.custom.Claim", "label")
    assert claim.attributes == {"act": "act", "issue": "issue"}
    assert types.of_label("unheard") is None
    assert types.of_relation("unheard") is None


def test_link_has_the_ends_that_inception_calls_governor_and_dependent() -> None:
    link = Types(schema()).of_relation("issued_by")

    assert link is not None
    assert link.type.name == "webanno.custom.IssuedByRelation"
    assert list(link.type.features)[:2] == ["Governor", "Dependent"]


@pytest.mark.parametrize("record_id", ["label", "begin", "Ünïcode", "9 lives", "…", "sofa", "a.b-c"])
def test_every_name_is_one_that_uima_allows_and_is_there_once(record_id: str) -> None:
    types = Types(small(record_id, attribute=record_id, relation=record_id)).all

    names = [each.name for each in types]
    assert len(set(names)) == len(names)
    for each in types:
        assert re.fullmatch(r"([A-Za-z][A-Za-z0-9_]*\.)*[A-Za-z][A-Za-z0-9_]*", each.name)
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", feature) for feature in each.features)
        assert "begin" not in each.features


def test_layers_whose_names_would_be_the_same_are_told_apart() -> None:
    layers = tuple(Layer(name, name, (), (Label(f"in {name}", name, name),)) for name in ("a b", "a-b"))

    names = [each.name for each in Types(LabelSchema("two", 1, layers)).all]

    assert names[-2:] == ["webanno.custom.AB", "webanno.custom.AB_2"]


def test_merged_label_is_written_as_the_one_in_force() -> None:
    labels = (Label("old", "Old", "x", merged_into="new"), Label("new", "New", "x"))

    assert Types(LabelSchema("merged", 1, (Layer("x", "X", (), labels),))).label_in_force("old") == "new"


def test_shipped_schema_has_a_type_for_every_label_and_link() -> None:
    shipped = read_schema(resources.schema_text("legal-news"))
    types = Types(shipped)

    assert all(types.of_label(label.id) for label in shipped.labels())
    assert all(types.of_relation(relation.id) for relation in shipped.relations)
