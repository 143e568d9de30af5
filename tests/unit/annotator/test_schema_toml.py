"""Label schemas as TOML: what is read, each fault by its sentence, and printing that reads back equal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from annotator.errors import InvalidSchema
from annotator.schema import (
    ATTRIBUTE_KINDS,
    DOCUMENT_KINDS,
    AttributeType,
    Label,
    LabelSchema,
    Layer,
    RelationType,
)
from annotator.schema_check import schema_faults
from annotator.schema_toml import print_schema, read_schema
from tests import factories

SMALL = """
name = "small"
version = 2
content = ["claim", "holding"]
attribute = [
  { id = "act", for = ["claim"], values = ["asserts", "denies"], required = true },
  { id = "issue", for = ["content"], values = ["immunity"], default = "immunity" },
]
relation = [
  { id = "source", from = ["claim"], to = ["source"] },
  { id = "restates", from = ["content"], to = ["content"], same_label = true },
]

[[layer]]
id = "claim"
on = ["article"]
on_demand = ["brief"]
trim_end = " ."
label = [
  { id = "claim", key = "c", colour = "#E69F00", is = "attributed content" },
  { id = "source", key = "v", slot_of = "claim" },
  { id = "holding", name = "Ruling", key = "d", on_demand = ["article"] },
]
"""


def faults_of(toml: str) -> tuple[str, ...]:
    with pytest.raises(InvalidSchema) as refused:
        read_schema(toml)
    return refused.value.problems


def test_small_schema_is_read_with_groups_spelt_out_and_names_made_from_ids() -> None:
    schema = read_schema(SMALL)

    assert (schema.name, schema.version) == ("small", 2)
    assert schema.groups == {"content": ("claim", "holding")}
    assert schema.attribute("issue") == AttributeType(
        "issue", "Issue", ("claim", "holding"), values=("immunity",), default="immunity"
    )
    assert schema.attribute("act") == AttributeType(
        "act", "Act", ("claim",), values=("asserts", "denies"), required=True
    )
    assert schema.relation("restates") == RelationType(
        "restates", "Restates", ("claim", "holding"), ("claim", "holding"), same_label=True
    )
    assert schema.layers == (
        Layer(
            "claim",
            "Claim",
            ("article",),
            (
                Label("claim", "Claim", "claim", "c", "#E69F00", "attributed content"),
                Label("source", "Source", "claim", "v", slot_of="claim"),
                Label("holding", "Ruling", "claim", "d", on_demand=("article",)),
            ),
            on_demand=("brief",),
            trim_end=" .",
        ),
    )


def test_words_of_an_id_make_the_name() -> None:
    schema = read_schema(SMALL.replace('id = "restates"', 'id = "says_again"'))

    relation = schema.relation("says_again")
    assert relation is not None
    assert relation.name == "Says again"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "small"', "", "It needs a `name`."),
        ("version = 2", "version = 0", "Its version is 0, but versions count from 1."),
        ("version = 2", "version = true", "In the schema, `version` must be a whole number, not true."),
        ("version = 2", "colours = 3", "In the schema, `colours` is not a known key."),
        ('id = "act"', 'id = "issue"', "The id issue is used for 2 attributes."),
        ('id = "restates"', 'id = "source"', "The id source is used for 2 relation types."),
        ('id = "holding"', 'id = "claim"', "The id claim is used for 2 labels."),
        ('id = "act", ', "", "In attribute 1, `id` must be a word."),
        ('id = "act"', 'id = " act"', "In attribute  act, `id` must be a word."),
        ('key = "v"', 'key = "c"', "The key c is given to Claim and Source; a key marks one label."),
        (
            'key = "v"',
            'key = "cc"',
            "The label source has the key cc, but a key is one small letter or digit.",
        ),
        ('key = "v"', 'key = "V"', "The label source has the key V, but a key is one small letter or digit."),
        ('key = "v"', 'key = "?"', "The label source has the key ?, but a key is one small letter or digit."),
        ('key = "v"', "key = 4", "In label source, `key` must be a text, not 4."),
        ('key = "v"', 'keys = "v"', "In label source, `keys` is not a known key."),
        (
            "#E69F00",
            "orange",
            "The label claim has the colour orange, but a colour is written like #56B4E9.",
        ),
        (
            'on = ["article"]',
            'on = ["novel"]',
            (
                "The layer claim names an unknown kind of document novel; "
                f"kinds are {', '.join(DOCUMENT_KINDS)}."
            ),
        ),
        (
            'on_demand = ["brief"]',
            'on_demand = ["article"]',
            "The layer claim lists article both under `on` and under `on_demand`.",
        ),
        (
            'on = ["article"]',
            'on = "article"',
            'In layer claim, `on` must be a list of texts, not "article".',
        ),
        ('on = ["article"]', "on = [1]", "In layer claim, `on` must be a list of texts only."),
        (
            'content = ["claim", "holding"]',
            'content = ["claim", "holdings"]',
            "The group content names an unknown label holdings.",
        ),
        ("content = [", "source = [", "The group source has the name of a label."),
        ('content = ["claim", "holding"]', "content = []", "The group content is empty."),
        ('for = ["claim"]', 'for = ["claims"]', "The attribute act names an unknown label claims."),
        ('for = ["claim"]', "for = []", "The attribute act is for no label."),
        ('"asserts", "denies"', '"asserts", "asserts"', "The attribute act lists the value asserts 2 times."),
        (
            'default = "immunity"',
            'default = "damages"',
            (
                "The attribute issue has the default damages, which is not one of its values; "
                "values are immunity."
            ),
        ),
        (
            'default = "immunity"',
            'default = "from-kind"',
            "The attribute issue has the default from-kind, but none of the values that this gives.",
        ),
        (
            "required = true",
            'kind = "colour"',
            f"The attribute act is of an unknown kind colour; kinds are {', '.join(ATTRIBUTE_KINDS)}.",
        ),
        ("required = true", 'kind = "date"', "The attribute act is a date and cannot have `values`."),
        (
            'values = ["asserts", "denies"]',
            'kind = "choices"',
            "The attribute act needs `values` to choose from.",
        ),
        ("required = true", 'per = "page"', 'The attribute act has per = "page", but it can only be "name".'),
        ("required = true", "required = 1", "In attribute act, `required` must be true or false, not 1."),
        ('to = ["source"]', "to = []", "The relation type source needs labels in `from` and in `to`."),
        ('to = ["source"]', 'to = ["x"]', "The relation type source names an unknown label x."),
        (
            'to = ["source"]',
            'to = ["source"], same_label = true',
            (
                "The relation type source joins spans of the same label, "
                "but no label is in both `from` and `to`."
            ),
        ),
        (
            'to = ["source"]',
            'to = ["source"], several = ["a", "a"]',
            "The relation type source lists the value a 2 times.",
        ),
        (
            'slot_of = "claim"',
            'slot_of = "holding"',
            "The label source is a slot of holding, but no relation type joins holding to it.",
        ),
        ('slot_of = "claim"', 'slot_of = "x"', "The label source names an unknown label x."),
        ('slot_of = "claim"', 'merged_into = "x"', "The label source names an unknown label x."),
        ('slot_of = "claim"', 'merged_into = "source"', "The label source is merged into itself."),
        ("label = [", "labels = [", "In layer claim, `labels` is not a known key."),
    ],
)
def test_each_fault_is_one_sentence(old: str, new: str, fault: str) -> None:
    broken = SMALL.replace(old, new, 1)
    assert broken != SMALL

    assert fault in faults_of(broken)


def test_all_faults_are_told_at_once() -> None:
    broken = (
        SMALL.replace('key = "v"', 'key = "c"')
        .replace("#E69F00", "orange")
        .replace("version = 2", "version = 0")
    )

    assert len(faults_of(broken)) == 3


def test_error_names_the_schema_and_its_faults() -> None:
    with pytest.raises(InvalidSchema, match=r"The label schema small cannot be used: Its version is 0"):
        read_schema(SMALL.replace("version = 2", "version = 0"))


def test_broken_toml_is_told_with_its_line() -> None:
    with pytest.raises(InvalidSchema, match=r"mine cannot be used: It is not valid TOML: .*line 2"):
        read_schema('name = "x"\nversion = \n', name="mine")


def test_layer_without_labels_is_refused() -> None:
    assert faults_of(SMALL + '\n[[layer]]\nid = "bare"\n') == ("The layer bare has no labels.",)


def test_labels_merged_in_a_ring_are_refused() -> None:
    ring = SMALL.replace('slot_of = "claim"', 'merged_into = "holding"').replace(
        'name = "Ruling"', 'merged_into = "source"'
    )

    assert set(faults_of(ring)) == {
        "The label source is merged into itself.",
        "The label holding is merged into itself.",
    }


def test_key_of_a_retired_label_is_free_again() -> None:
    schema = read_schema(SMALL.replace('key = "v"', 'key = "c", retired = true'))

    assert schema.label("source") == Label("source", "Source", "claim", "c", slot_of="claim", retired=True)


def test_group_is_named_again_when_printed() -> None:
    printed = print_schema(read_schema(SMALL))

    assert '{ id = "issue", for = ["content"], values = ["immunity"], default = "immunity" },' in printed
    assert '{ id = "source", from = ["claim"], to = ["source"] },' in printed


def test_bool_and_number_defaults_may_be_written_bare() -> None:
    toml = SMALL.replace('values = ["immunity"], default = "immunity"', 'kind = "bool", default = true')

    attribute = read_schema(toml).attribute("issue")
    assert attribute is not None
    assert attribute.value_of(attribute.default) is True


@pytest.mark.parametrize("name", resources.schema_names())
def test_shipped_schema_prints_to_an_equal_one(name: str) -> None:
    schema = read_schema(resources.schema_text(name))

    assert read_schema(print_schema(schema)) == schema


IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda word: word == word.strip() and word not in {"name", "version", "attribute", "relation", "layer"}
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KINDS = st.lists(st.sampled_from(DOCUMENT_KINDS), max_size=3, unique=True).map(tuple)


@st.composite
def schemas(draw: st.DrawFn) -> LabelSchema:
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    keys = draw(st.permutations("abcdefgh"))
    labels = tuple(
        Label(
            label_id,
            draw(WORDS) or label_id,
            "first",
            keys[number] if draw(st.booleans()) else "",
            draw(st.from_regex(r"\A#[0-9A-F]{6}\Z")),
            draw(WORDS),
            on_demand=draw(KINDS),
            retired=draw(st.booleans()),
        )
        for number, label_id in enumerate(ids)
    )
    some = st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple)
    values = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(tuple)
    attributes = tuple(
        AttributeType(
            name,
            draw(WORDS) or name,
            draw(some),
            values=draw(values),
            required=draw(st.booleans()),
            kinds=draw(KINDS),
        )
        for name in draw(st.lists(IDS, max_size=3, unique=True))
    )
    relations = tuple(
        RelationType(
            name,
            draw(WORDS) or name,
            draw(some),
            draw(some),
            several=draw(values),
            across=draw(st.booleans()),
        )
        for name in draw(st.lists(IDS, max_size=3, unique=True))
    )
    group = draw(IDS.filter(lambda word: word not in ids))
    layer = Layer("first", "First", (), labels, draw(KINDS), draw(WORDS))
    return LabelSchema("any", draw(st.integers(1, 99)), (layer,), attributes, relations, {group: draw(some)})


@given(schemas())
def test_printed_schema_reads_back_equal(schema: LabelSchema) -> None:
    assert list(schema_faults(schema)) == []

    assert read_schema(print_schema(schema)) == schema


def test_printed_factory_schema_reads_back_equal() -> None:
    assert read_schema(print_schema(factories.schema())) == factories.schema()


def test_shipped_names_and_texts_go_together() -> None:
    for name in resources.schema_names():
        assert read_schema(resources.schema_text(name)).name == name
        assert re.search(r"^# ", resources.guideline_text(name))
