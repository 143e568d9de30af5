"""What a schema takes over from a file whose annotations need more than it has."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_merge import additions, adopt, close_label, matching_label
from annotator.schema_toml import print_schema, read_schema
from tests.factories import schema

THEIRS = LabelSchema(
    "arguments",
    2,
    (
        Layer(
            "argument",
            "Argument",
            ("article",),
            (
                Label("premise", "Premise", "argument", "c", "#112233", summary="a reason"),
                Label("rebuttal", "Rebuttal", "argument", "z", "#112233", slot_of="premise"),
                Label("court", "Their court", "argument", "j"),
            ),
        ),
        Layer("remark", "Remark", (), (Label("aside", "Aside", "remark"),)),
    ),
    attributes=(
        AttributeType("strength", "Strength", ("premise",), values=("weak", "strong"), required=True),
        AttributeType("act", "Act", ("premise",), values=("asserts",)),
        AttributeType("size", "Size", ("court",), values=("small",)),
    ),
    relations=(
        RelationType("answers", "Answers", ("premise",), ("rebuttal", "aside")),
        RelationType("restates", "Restates", ("premise",), ("premise",)),
        RelationType("leads", "Leads", ("premise", "aside"), ("aside", "rebuttal"), same_label=True),
    ),
)


def test_file_that_needs_nothing_new_leaves_the_schema_alone() -> None:
    before = schema()

    assert (
        adopt(before, THEIRS, labels={"entity": ["court"]}, relations={"source": [("claim", "source")]})
        is before
    )


def test_label_without_a_definition_goes_to_the_layer_imported() -> None:
    after = adopt(schema(), None, labels={"": ["PER", "ORG"]})

    layer = after.layer("imported")
    assert layer is not None
    assert [label.id for label in layer.labels] == ["PER", "ORG"]
    assert layer.labels[0].colour != layer.labels[1].colour
    assert layer.offer("brief") == "always"


def test_label_is_put_into_the_layer_that_the_file_names() -> None:
    after = adopt(schema(), None, labels={"entity": ["PER"], "event": ["trial"]})

    assert [after.layer_of(label).id for label in ("PER", "trial")] == ["entity", "event"]


def test_defined_label_comes_with_its_layer_attributes_and_links() -> None:
    after = adopt(schema(), THEIRS, labels={"argument": ["premise"]})

    premise = after.label("premise")
    assert premise is not None
    assert (premise.name, premise.summary, premise.layer) == ("Premise", "a reason", "argument")
    assert after.label("rebuttal") is not None
    assert [attribute.id for attribute in after.attributes_of("premise", "article")] == ["act", "strength"]
    assert after.relation("answers") == replace(THEIRS.relations[0], targets=("rebuttal",))
    assert after.relation("restates").sources == ("claim", "holding", "premise")


def test_what_the_schema_already_says_is_not_changed_by_an_import() -> None:
    before = schema()

    after = adopt(before, THEIRS, labels={"argument": ["premise"]})

    assert after.label("court") == before.label("court")
    assert after.attribute("act").values == ("asserts", "alleges")
    assert after.layers[: len(before.layers)] == before.layers


def test_key_that_is_taken_is_not_given_to_a_second_label() -> None:
    after = adopt(schema(), THEIRS, labels={"argument": ["premise", "rebuttal"]})

    assert [after.label(label).key for label in ("claim", "premise", "rebuttal")] == ["c", "", "z"]


def test_unknown_link_is_added_for_the_labels_that_it_joins() -> None:
    after = adopt(schema(), None, labels={}, relations={"Cites": [("claim", "court"), ("holding", "court")]})

    assert after.relation("Cites") == RelationType("Cites", "Cites", ("claim", "holding"), ("court",))


def test_link_cut_down_to_known_labels_loses_a_condition_that_none_could_meet() -> None:
    after = adopt(schema(), THEIRS, labels={"argument": ["premise"]})

    assert after.relation("leads") == RelationType("leads", "Leads", ("premise",), ("rebuttal",))


def test_known_link_is_not_widened_to_labels_that_the_schema_keeps_apart() -> None:
    before = schema()

    assert adopt(before, None, labels={}, relations={"issued_by": [("claim", "source")]}) is before


def test_attribute_used_on_a_known_label_is_taken_from_the_file_that_defines_it() -> None:
    after = adopt(schema(), THEIRS, labels={}, attributes=["size"])

    assert after.attribute("size") == THEIRS.attributes[2]


def test_group_gives_way_to_a_label_of_its_name() -> None:
    after = adopt(schema(), None, labels={"": ["content"]})

    assert after.groups == {}
    assert read_schema(print_schema(after)) == after


def test_additions_are_told_in_one_sentence() -> None:
    before = schema()

    after = adopt(before, THEIRS, labels={"argument": ["premise"]})

    assert additions(before, after) == (
        "Added to the label schema: labels premise, rebuttal; attribute strength; links answers, leads."
    )
    assert additions(before, before) == ""


def test_label_is_found_by_id_before_any_other_spelling() -> None:
    base = schema()
    both = adopt(base, None, labels={"": ["Court"]})

    assert [matching_label(both, name) for name in ("Court", "court", "COURT")] == ["Court", "court", "court"]
    assert matching_label(base, "PER") is None


_names = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)


@given(
    st.dictionaries(
        _names, st.lists(_names | st.sampled_from(["premise", "rebuttal", "court"]), max_size=4), max_size=3
    ),
    st.dictionaries(
        _names | st.sampled_from(["answers", "leads", "source"]),
        st.lists(st.tuples(_names, _names | st.just("court")), max_size=3),
        max_size=3,
    ),
    st.booleans(),
)
def test_grown_schema_is_valid_and_has_every_label(
    labels: dict[str, list[str]], relations: dict[str, list[tuple[str, str]]], has_definitions: bool
) -> None:
    after = adopt(schema(), THEIRS if has_definitions else None, labels=labels, relations=relations)

    known = {label.id for label in after.labels()}
    assert {name for names in labels.values() for name in names} <= known
    assert read_schema(print_schema(after)) == after


@pytest.mark.parametrize(
    ("name", "label"),
    [("PER", "person"), ("org", "organization"), ("co", None), ("ORD", "order")],
)
def test_a_label_that_begins_alike_is_close(name: str, label: str | None) -> None:
    schema = read_schema(resources.schema_text("legal-news"))

    assert close_label(schema, name) == label
