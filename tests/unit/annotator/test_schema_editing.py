"""Changing a label schema: each edit by its outcome or its refusal, and the law that all of them keep."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import schema_editing as editing
from annotator.errors import InvalidEdit
from annotator.schema import ATTRIBUTE_KINDS, AttributeType, Label, LabelSchema, RelationType
from annotator.schema_check import schema_faults
from annotator.schema_toml import print_schema, read_schema
from annotator.schema_uses import LabelUse, LinkUse, SchemaUse, ValueUse, orphans
from tests import factories

SCHEMA = factories.schema()


def label(schema: LabelSchema, label_id: str) -> Label:
    return next(each for each in schema.labels() if each.id == label_id)


def attribute(schema: LabelSchema, attribute_id: str) -> AttributeType:
    found = schema.attribute(attribute_id)
    assert found is not None
    return found


def relation(schema: LabelSchema, relation_id: str) -> RelationType:
    found = schema.relation(relation_id)
    assert found is not None
    return found


def test_new_label_gets_an_id_from_its_name_that_no_other_has() -> None:
    once = editing.add_label(SCHEMA, layer="entity", name="Expert witness")
    renamed = editing.change_label(once, replace(label(once, "expert_witness"), name="Expert"))
    twice = editing.add_label(renamed, layer="entity", name="Expert witness")

    assert [each.id for each in twice.layers[0].labels][-2:] == ["expert_witness", "expert_witness_2"]
    assert label(twice, "expert_witness").name == "Expert"


def test_renamed_label_keeps_its_id_and_place() -> None:
    changed = editing.change_label(SCHEMA, replace(label(SCHEMA, "court"), name=" Tribunal "))

    assert changed.layers[0].labels[0] == replace(label(SCHEMA, "court"), name="Tribunal")


def test_examples_are_kept_as_lines_without_empty_or_repeated_ones() -> None:
    written = replace(label(SCHEMA, "court"), examples=(" the Court of Hale ", "", "the Court of Hale"))

    changed = editing.change_label(SCHEMA, written)

    assert label(changed, "court").examples == ("the Court of Hale",)
    assert read_schema(print_schema(changed)) == changed


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, "A label needs a name."),
        ({"name": "judge"}, "There is a label judge already; choose another name."),
        ({"key": "4"}, "The key 4 is given to Court and Judge; a key marks one label."),
        ({"key": "?"}, "The label court has the key ?, but a key is one small letter or digit."),
        ({"colour": "blue"}, "The label court has the colour blue, but a colour is written like #56B4E9."),
    ],
)
def test_refused_change_of_a_label_says_why(changes: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidEdit) as refused:
        editing.change_label(SCHEMA, replace(label(SCHEMA, "court"), **changes))  # type: ignore[arg-type]

    assert str(refused.value) == fault


def test_labels_move_within_their_layer_and_stop_at_its_ends() -> None:
    moved = editing.move_label(SCHEMA, "judge", -1)

    assert [each.id for each in moved.layers[0].labels] == ["judge", "court"]
    assert editing.move_label(moved, "judge", -5) == moved
    assert editing.move_label(moved, "judge", 9) == SCHEMA


def test_layer_comes_with_its_first_label_and_goes_with_all_of_them() -> None:
    added = editing.add_layer(SCHEMA, name="Harm", label="Damage")

    assert [each.id for each in added.layers[-1].labels] == ["damage"]
    assert editing.remove_layer(added, "harm") == SCHEMA


def test_only_label_of_a_layer_is_not_removed_alone() -> None:
    added = editing.add_layer(SCHEMA, name="Harm", label="Damage")

    with pytest.raises(InvalidEdit, match="Damage is the only label of Harm; remove the layer instead"):
        editing.remove_label(added, "damage")


def test_removed_label_is_in_no_list_any_more() -> None:
    left = editing.remove_label(SCHEMA, "judge")

    named = {each for row in left.attributes for each in row.labels}
    named |= {each for row in left.relations for each in (*row.sources, *row.targets)}
    named |= {each for row in left.groups.values() for each in row}
    assert "judge" not in named
    assert list(schema_faults(left)) == []


def test_merged_label_shows_the_other_and_gives_it_attributes_and_links() -> None:
    before = editing.add_attribute(SCHEMA, name="Rank", labels=["judge"])

    merged = editing.merge_labels(before, "judge", "court")

    shown = merged.label("judge")
    assert shown is not None
    assert (shown.id, merged.in_force("judge")) == ("court", "court")
    assert attribute(merged, "rank").labels == ("court",)
    assert merged.attributes_of("judge", "article") == merged.attributes_of("court", "article")
    assert merged.relations_from("judge") == merged.relations_from("court")
    assert label(merged, "judge").key == ""


def test_labels_of_two_layers_are_not_merged() -> None:
    with pytest.raises(InvalidEdit, match="are of different layers and cannot be merged"):
        editing.merge_labels(SCHEMA, "court", "claim")


def test_label_is_not_merged_into_one_that_became_itself() -> None:
    merged = editing.merge_labels(SCHEMA, "judge", "court")

    with pytest.raises(InvalidEdit, match="A label cannot be merged into itself"):
        editing.merge_labels(merged, "court", "judge")


def test_retired_label_is_offered_no_more_and_restored_without_a_key_that_is_taken() -> None:
    retired = editing.retire_label(SCHEMA, "court")
    taken = editing.change_label(retired, replace(label(retired, "judge"), key="3"))

    assert retired.offer("court", "article") == "never"
    assert label(editing.restore_label(retired, "court"), "court") == label(SCHEMA, "court")
    assert label(editing.restore_label(taken, "court"), "court").key == ""


def test_retired_attribute_and_link_are_asked_for_no_more() -> None:
    first, link = SCHEMA.attributes[0], SCHEMA.relations[0]

    quiet = editing.retire_attribute(SCHEMA, first.id)
    unlinked = editing.retire_relation(SCHEMA, link.id)

    assert first.id not in {each.id for each in quiet.attributes_of(first.labels[0], "article")}
    assert link.id not in {each.id for each in unlinked.relations_from(link.sources[0])}
    assert read_schema(print_schema(quiet)) == quiet
    assert read_schema(print_schema(unlinked)) == unlinked


def test_slot_is_none_any_more_when_its_link_is_removed() -> None:
    slot = next(each for each in SCHEMA.labels() if each.slot_of)
    joint = SCHEMA.slot_relation(slot)
    assert joint is not None

    left = editing.remove_relation(SCHEMA, joint.id)

    assert label(left, slot.id).slot_of == ""


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_attribute_may_become_one_of_every_kind(kind: str) -> None:
    schema = editing.add_attribute(SCHEMA, name="Extra", labels=["court"])
    values = ("one", "two") if kind in ("choice", "choices") else ()

    changed = editing.change_attribute(
        schema,
        replace(attribute(schema, "extra"), kind=kind, values=values),  # type: ignore[arg-type]
    )

    assert (attribute(changed, "extra").kind, attribute(changed, "extra").values) == (kind, values)
    assert read_schema(print_schema(changed)) == changed


def test_default_that_no_longer_fits_goes_with_the_value_it_named() -> None:
    schema = editing.add_attribute(SCHEMA, name="Extra", labels=["court"])
    chosen = replace(attribute(schema, "extra"), kind="choice", values=("one", "two"), default="two")
    schema = editing.change_attribute(schema, chosen)

    changed = editing.change_attribute(schema, replace(attribute(schema, "extra"), values=("one",)))

    assert attribute(changed, "extra").default == ""


def test_choice_without_values_is_refused() -> None:
    schema = editing.add_attribute(SCHEMA, name="Extra", labels=["court"])

    with pytest.raises(InvalidEdit, match="The attribute extra needs `values` to choose from"):
        editing.change_attribute(schema, replace(attribute(schema, "extra"), kind="choice"))


# The law

Edit = Callable[[st.DataObject, LabelSchema], LabelSchema]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["Court", "name", "Layer", "content", "{x}", "R1"]
)
KEYS = st.sampled_from(["", "1", "4", "b", "é", "?"])


def _any_label(data: st.DataObject, schema: LabelSchema) -> Label:
    return data.draw(st.sampled_from(list(schema.labels())))


def _some(data: st.DataObject, schema: LabelSchema) -> tuple[str, ...]:
    ids = [each.id for each in schema.labels()]
    return tuple(data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)))


def _change_label(data: st.DataObject, schema: LabelSchema) -> LabelSchema:
    changed = replace(
        _any_label(data, schema),
        name=data.draw(NAMES),
        key=data.draw(KEYS),
        colour=data.draw(st.sampled_from(["#000000", "#fFfFfF", "grey"])),
        summary=data.draw(NAMES),
        examples=tuple(data.draw(st.lists(NAMES, max_size=2))),
        slot_of=data.draw(st.sampled_from(["", *(each.id for each in schema.labels())])),
    )
    return editing.change_label(schema, changed)


def _change_attribute(data: st.DataObject, schema: LabelSchema) -> LabelSchema:
    if not schema.attributes:
        return schema
    values = tuple(data.draw(st.lists(NAMES, max_size=3)))
    changed = replace(
        data.draw(st.sampled_from(schema.attributes)),
        name=data.draw(NAMES),
        kind=data.draw(st.sampled_from(ATTRIBUTE_KINDS)),
        values=values,
        labels=_some(data, schema),
        default=data.draw(st.sampled_from(["", "from-kind", "true", "3", *values])),
        required=data.draw(st.booleans()),
    )
    return editing.change_attribute(schema, changed)


def _change_relation(data: st.DataObject, schema: LabelSchema) -> LabelSchema:
    if not schema.relations:
        return schema
    changed = replace(
        data.draw(st.sampled_from(schema.relations)),
        name=data.draw(NAMES),
        sources=_some(data, schema),
        targets=_some(data, schema),
        values=tuple(data.draw(st.lists(NAMES, max_size=2))),
        same_label=data.draw(st.booleans()),
    )
    return editing.change_relation(schema, changed)


def _retire_or_remove(data: st.DataObject, schema: LabelSchema) -> LabelSchema:
    chosen = _any_label(data, schema).id
    verbs: list[Callable[[], LabelSchema]] = [
        lambda: editing.retire_label(schema, chosen),
        lambda: editing.restore_label(schema, chosen),
        lambda: editing.remove_label(schema, chosen),
        lambda: editing.remove_layer(schema, label(schema, chosen).layer),
    ]
    if schema.attributes:
        row = schema.attributes[0]
        verbs.append(lambda: editing.remove_attribute(schema, row.id))
        verbs.append(lambda: editing.retire_attribute(schema, row.id, is_retired=not row.retired))
    if schema.relations:
        link = schema.relations[0]
        verbs.append(lambda: editing.remove_relation(schema, link.id))
        verbs.append(lambda: editing.retire_relation(schema, link.id, is_retired=not link.retired))
    return data.draw(st.sampled_from(verbs))()


EDITS: tuple[Edit, ...] = (
    lambda data, s: editing.rename_schema(s, data.draw(NAMES)),
    lambda data, s: editing.add_layer(s, name=data.draw(NAMES), label=data.draw(NAMES)),
    lambda data, s: editing.add_label(s, layer=_any_label(data, s).layer, name=data.draw(NAMES)),
    lambda data, s: editing.change_layer(s, replace(s.layers[0], name=data.draw(NAMES))),
    lambda data, s: editing.merge_labels(s, _any_label(data, s).id, _any_label(data, s).id),
    lambda data, s: editing.move_label(s, _any_label(data, s).id, data.draw(st.integers(-3, 3))),
    lambda data, s: editing.move_layer(s, s.layers[0].id, data.draw(st.integers(-1, 2))),
    lambda data, s: editing.add_attribute(s, name=data.draw(NAMES), labels=_some(data, s)),
    lambda data, s: editing.add_relation(
        s, name=data.draw(NAMES), sources=_some(data, s), targets=_some(data, s)
    ),
    _change_label,
    _change_attribute,
    _change_relation,
    _retire_or_remove,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_sequence_of_edits_gives_a_schema_that_holds_and_reads_back_equal(data: st.DataObject) -> None:
    schema = SCHEMA
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=12)):
        with suppress(InvalidEdit):
            schema = edit(data, schema)

        assert list(schema_faults(schema)) == []
        assert read_schema(print_schema(schema)) == schema


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_used_is_orphaned_only_by_what_takes_away(data: st.DataObject) -> None:
    use = SchemaUse(
        labels=tuple(LabelUse(each.id, "set", 1) for each in SCHEMA.labels()),
        values=tuple(ValueUse(row.id, row.labels[0], None, 1) for row in SCHEMA.attributes),
        links=tuple(
            LinkUse(row.id, row.sources[0], row.targets[0], {}, is_across=False, links=1)
            for row in SCHEMA.relations
            if not row.same_label
        ),
    )
    harmless: tuple[Edit, ...] = (
        lambda data, s: editing.add_label(s, layer=_any_label(data, s).layer, name=data.draw(NAMES)),
        lambda data, s: editing.merge_labels(s, _any_label(data, s).id, _any_label(data, s).id),
        lambda data, s: editing.move_label(s, _any_label(data, s).id, data.draw(st.integers(-3, 3))),
        lambda data, s: editing.retire_label(s, _any_label(data, s).id),
        lambda data, s: editing.retire_attribute(s, s.attributes[0].id),
        lambda data, s: editing.retire_relation(s, s.relations[0].id),
    )
    schema = SCHEMA
    for edit in data.draw(st.lists(st.sampled_from(harmless), max_size=8)):
        with suppress(InvalidEdit):
            schema = edit(data, schema)

    assert orphans(SCHEMA, schema, use) == ()


def test_attribute_that_becomes_a_link_brings_its_relation_type_along() -> None:
    schema = editing.add_attribute(SCHEMA, name="Heard by", labels=["court"])

    changed = editing.change_attribute(schema, replace(attribute(schema, "heard_by"), kind="link"))

    made = relation(changed, "heard_by")
    assert (made.name, made.sources) == ("Heard by", ("court",))
    assert "judge" in made.targets
    wider = editing.change_attribute(
        changed, replace(attribute(changed, "heard_by"), labels=("court", "judge"))
    )
    assert relation(wider, "heard_by").sources == ("court", "judge")
