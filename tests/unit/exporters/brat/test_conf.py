"""The configuration files of brat: what our own reader and brat's layout make of them."""

import re
from pathlib import Path

import resources
from annotator.readers.brat_conf import schema_toml
from annotator.schema import AttributeType, Label, LabelSchema, Layer
from annotator.schema_toml import read_schema
from exporters.brat.conf import annotation_conf, visual_conf
from exporters.brat.names import Names

SHIPPED = read_schema(resources.schema_text("legal-news"))


def sections(conf: str) -> dict[str, list[str]]:
    parts = re.split(r"^\[(\w+)\]\n", conf, flags=re.MULTILINE)[1:]
    return {
        name: [line for line in body.split("\n") if line]
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_sections_are_those_that_brat_wants() -> None:
    conf = annotation_conf(SHIPPED, Names(SHIPPED))

    assert list(sections(conf)) == ["entities", "relations", "events", "attributes"]
    assert sections(conf)["relations"][0].startswith("<OVERLAP>\t")


def test_reader_gets_back_labels_links_and_choices(tmp_path: Path) -> None:
    (tmp_path / "annotation.conf").write_text(annotation_conf(SHIPPED, Names(SHIPPED)), "utf-8")

    back = read_schema(schema_toml(tmp_path))

    assert {label.id for label in back.labels()} == {label.id for label in SHIPPED.labels()}
    assert {(link.id, frozenset(link.sources), frozenset(link.targets)) for link in back.relations} == {
        (link.id, frozenset(link.sources), frozenset(link.targets)) for link in SHIPPED.relations
    }
    assert {(each.id, each.values) for each in back.attributes} == {
        (each.id, each.values) for each in SHIPPED.attributes if each.kind != "text"
    }  # brat has no attribute whose value is free text


def test_attributes_of_links_are_declared_once_with_all_their_values() -> None:
    lines = sections(annotation_conf(SHIPPED, Names(SHIPPED)))["attributes"]

    assert "value\tArg:<RELATION>, Value:accepts|rejects|in_part" in lines
    assert sum(line.startswith("values\t") for line in lines) == 1


def test_attribute_of_free_text_is_not_declared_and_a_flag_has_no_values() -> None:
    label = Label("mark", "Mark", "x")
    odd = LabelSchema(
        "odd",
        1,
        (Layer("x", "X", (), (label,)),),
        (AttributeType("why", "Why", ("mark",), "text"), AttributeType("firm", "Firm", ("mark",), "bool")),
    )

    assert sections(annotation_conf(odd, Names(odd)))["attributes"] == ["firm\tArg:mark"]


def test_labels_have_their_display_name_and_colour() -> None:
    shown = sections(visual_conf(SHIPPED, Names(SHIPPED)))

    assert "court | Court" in shown["labels"]
    assert "court\tbgColor:#56B4E9" in shown["drawing"]


def test_names_that_brat_forbids_are_changed_and_stay_apart() -> None:
    labels = tuple(Label(name, name, "x") for name in ("a b", "a_b", "é", "ok-1"))
    names = Names(LabelSchema("odd", 1, (Layer("x", "X", (), labels),)))

    found = [names.label(label.id) for label in labels]

    assert found[:2] == ["a_b", "a_b_2"]
    assert found[3] == "ok-1"
    assert all(re.fullmatch("[A-Za-z0-9_-]+", name) for name in found)
