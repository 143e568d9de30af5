"""What ships as data: the schema legal-news, its guidelines, and the word lists."""

import re

import pytest

import resources
from annotator.label_mapping import read_mapping
from annotator.schema_toml import read_schema

SCHEMA = read_schema(resources.schema_text("legal-news"))
GUIDELINES = resources.guideline_text("legal-news")


def page_of(label: str) -> str:
    """The section of the guidelines on a label."""
    pages = re.split(r"^### ", GUIDELINES, flags=re.MULTILINE)[1:]
    (page,) = [page for page in pages if page.splitlines()[0] == label]
    return page


def test_legal_news_ships() -> None:
    assert "legal-news" in resources.schema_names()


@pytest.mark.parametrize("find", [resources.schema_text, resources.guideline_text])
def test_unknown_name_has_no_text(find: object) -> None:
    with pytest.raises(FileNotFoundError):
        find("no-such-schema")  # type: ignore[operator]


def test_layers_and_their_kinds_of_document() -> None:
    layers = {layer.id: (layer.kinds, layer.on_demand, layer.trim_end) for layer in SCHEMA.layers}

    everywhere = ("article", "opinion", "order", "brief")
    assert layers == {
        "entity": (everywhere, (), ""),
        "claim": (("article",), ("opinion", "order", "brief"), " .,;:"),
        "holding": (("article", "opinion", "order"), ("brief",), " .,;:"),
        "text": (everywhere, (), ""),
    }


def test_labels_by_layer_with_their_keys() -> None:
    keys = {layer.id: {label.id: label.key for label in layer.labels} for layer in SCHEMA.layers}

    assert keys == {
        "entity": {
            "organization": "1",
            "person": "2",
            "court": "3",
            "judge": "4",
            "product": "5",
            "law": "6",
            "date": "7",
            "location": "8",
            "citation": "9",
            "money": "0",
            "docket": "b",
        },
        "claim": {"claim": "c", "source": "v", "cue": "x"},
        "holding": {"holding": "d", "order": "r", "finding": "f", "reasoning": "y"},
        "text": {"discard": "z", "discuss": "q"},
    }
    assert all(label.summary for label in SCHEMA.labels())


def test_decided_is_a_group_that_attributes_and_links_use() -> None:
    decided = ("holding", "order", "finding", "reasoning")
    voice, issued_by = SCHEMA.attribute("voice"), SCHEMA.relation("issued_by")

    assert SCHEMA.groups == {"decided": decided}
    assert voice is not None
    assert issued_by is not None
    assert voice.labels == issued_by.sources == decided


def test_required_attributes() -> None:
    assert [attribute.id for attribute in SCHEMA.attributes if attribute.required] == [
        "act",
        "source_kind",
        "disposition",
        "issue",
    ]


@pytest.mark.parametrize("rule", ["R1", "R2", "R3", "R4", "R5"])
def test_each_rule_is_a_section_of_the_guidelines(rule: str) -> None:
    assert len(re.findall(rf"^### {rule} \w", GUIDELINES, flags=re.MULTILINE)) == 1


@pytest.mark.parametrize("label", [label.name for label in SCHEMA.labels()])
def test_each_label_has_a_page_with_example_and_counter_example(label: str) -> None:
    page = page_of(label)

    assert "**Example:**" in page
    assert "**Counter-example:**" in page
    assert re.search(rf"\[[^\]]+ {label.upper()}\b", page), "the example shows no span of the label"


def test_guidelines_tell_every_attribute_and_link() -> None:
    words = re.sub(r"\s+", " ", GUIDELINES)
    untold = [
        name.name
        for name in (*SCHEMA.attributes, *SCHEMA.document_attributes, *SCHEMA.relations)
        if name.name not in words and name.name != "Source kind"
    ]

    assert untold == []


def test_guidelines_tell_every_choice_that_is_not_plain_english() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDELINES))
    for name in ("act", "source_kind", "quote", "voice", "status", "record"):
        attribute = SCHEMA.attribute(name)
        assert attribute is not None
        assert set(attribute.values) <= told, name


@pytest.mark.parametrize("name", ["abbreviations", "abbreviations-inside", "sentence-starters"])
def test_word_lists_have_each_entry_once_in_order_and_no_comments(name: str) -> None:
    words = resources.word_list(name)

    assert len(words) > 20
    assert len(set(words)) == len(words)
    assert not [word for word in words if word.startswith("#") or word != word.strip()]


def test_abbreviations_end_with_a_period_and_stand_in_one_list() -> None:
    may_end, never_end = resources.word_list("abbreviations"), resources.word_list("abbreviations-inside")

    assert not set(may_end) & set(never_end)
    assert all(word.endswith(".") for word in (*may_end, *never_end))


@pytest.mark.parametrize("name", resources.mapping_names())
def test_mappings_that_ship_lead_to_what_the_schema_has(name: str) -> None:
    mapping = read_mapping(resources.mapping_text(name), name)

    assert [label for label in mapping.labels.values() if label and SCHEMA.label(label) is None] == []
    assert [link for link in mapping.relations.values() if link and SCHEMA.relation(link) is None] == []
