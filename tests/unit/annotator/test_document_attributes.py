"""Attributes of whole documents: written, checked, changed, counted, asked for, adopted."""

from dataclasses import replace

import pytest

from annotator import editing, schema_editing
from annotator.desk import Desk
from annotator.errors import InvalidEdit, InvalidSchema
from annotator.finishing import Missing, missing
from annotator.geometry import Range
from annotator.model import DocumentLabel
from annotator.schema import AttributeType, LabelSchema
from annotator.schema_differences import differences
from annotator.schema_merge import additions, adopt
from annotator.schema_toml import print_schema, read_schema
from annotator.schema_uses import DocumentValueUse, SchemaUse, orphans
from tests import factories

TOML = """name = "s"
version = 1
document = [
  { id = "topic", kind = "choices", values = ["privacy", "trade"], required = true },
  { id = "stance", on = ["article"], values = ["neutral", "partial"], required = true },
  { id = "usable", kind = "bool", default = "true" },
]

[[layer]]
id = "a"
label = [{ id = "b" }]
"""
SCHEMA = read_schema(TOML)
DESK = Desk(SCHEMA, factories.document(kind="article"), "ana")


def attribute(attribute_id: str, schema: LabelSchema = SCHEMA) -> AttributeType:
    found = schema.document_attribute(attribute_id)
    assert found is not None
    return found


def test_they_are_read_printed_and_asked_for_by_kind_of_document() -> None:
    assert read_schema(print_schema(SCHEMA)) == SCHEMA
    assert [each.id for each in SCHEMA.attributes_of_document("article")] == ["topic", "stance", "usable"]
    assert [each.id for each in SCHEMA.attributes_of_document("order")] == ["topic", "usable"]
    assert SCHEMA.attributes == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('{ id = "topic", for = ["b"] }', "is one of documents, so it cannot be for labels"),
        ('{ id = "topic", per = "name" }', "so no words of a span can propose its value"),
        ('{ id = "topic", values = ["direct"], default = "from-marks" }', "so no words of a span can"),
        ('{ id = "topic", kind = "choice" }', "needs `values` to choose from"),
        ('{ id = "usable" }', "The id usable is used for 2 attributes"),
    ],
)
def test_each_fault_is_one_sentence(row: str, fault: str) -> None:
    line = TOML.splitlines()[3]

    with pytest.raises(InvalidSchema, match=fault):
        read_schema(TOML.replace(line, f"  {row},"))


def test_they_are_added_changed_moved_retired_and_removed_like_those_of_spans() -> None:
    schema = schema_editing.add_document_attribute(SCHEMA, name="Topic")
    assert attribute("topic_2", schema) == AttributeType("topic_2", "Topic", (), "text")

    schema = schema_editing.change_attribute(schema, replace(attribute("topic_2", schema), name="Theme"))
    schema = schema_editing.move_attribute(schema, "topic_2", -9)
    schema = schema_editing.retire_attribute(schema, "usable")
    schema = schema_editing.remove_attribute(schema, "stance")

    assert [(each.id, each.name) for each in schema.document_attributes] == [
        ("topic_2", "Theme"),
        ("topic", "Topic"),
        ("usable", "Usable"),
    ]
    assert [each.id for each in schema.attributes_of_document("article")] == ["topic_2", "topic"]


def test_what_documents_have_stays_with_the_count() -> None:
    use = SchemaUse(
        document_values=(
            DocumentValueUse("topic", ("trade",), 3),
            DocumentValueUse("usable", None, 1),
            DocumentValueUse("imported", None, 9),
        )
    )
    without = schema_editing.remove_attribute(SCHEMA, "usable")
    shorter = schema_editing.change_attribute(SCHEMA, replace(attribute("topic"), values=("privacy",)))

    assert orphans(SCHEMA, without, use) == (
        "Usable cannot be removed: 1 document has a value of it; retire it instead.",
    )
    assert orphans(SCHEMA, shorter, use) == (
        "The value trade of Topic cannot be removed: 3 documents have it.",
    )
    told = [str(each) for each in differences(SCHEMA, shorter, use, owners={})]
    assert told == ["Attribute of documents Topic: values privacy, trade → privacy. 3 documents."]


def test_value_is_checked_by_the_schema_and_one_that_it_does_not_know_is_free() -> None:
    change = editing.set_document_label(DESK, name="topic", value=("trade", "privacy"), present=None)

    assert change.title == "Set Topic of the document"
    (given,) = [record for record in change.after if isinstance(record, DocumentLabel)]
    assert given.value == ("privacy", "trade")
    with pytest.raises(InvalidEdit, match="Topic cannot be sports: choose some of privacy, trade"):
        editing.set_document_label(DESK, name="topic", value="sports", present=None)
    free = editing.set_document_label(DESK, name="theme", value="sports", present=None)
    assert free.title == "Set theme of the document"


def test_required_ones_without_a_value_are_missing_before_a_document_is_done() -> None:
    def lacks(kind: str, *given: str) -> list[Missing]:
        return missing(SCHEMA, kind=kind, text="", spans=(), relations=(), document=given)

    assert lacks("article") == [Missing("document", Range(0, 0), "", ("Topic", "Stance"))]
    assert lacks("order", "usable") == [Missing("document", Range(0, 0), "", ("Topic",))]
    assert lacks("order", "topic") == []


def test_schema_takes_over_from_a_file_what_its_documents_have() -> None:
    ours = factories.schema()

    grown = adopt(ours, SCHEMA, labels={}, document_attributes=("topic", "theme"))

    assert grown.document_attributes == (attribute("topic"),)
    assert additions(ours, grown) == "Added to the label schema: attribute of documents topic."
    assert adopt(grown, SCHEMA, labels={}, document_attributes=("topic",)) is grown
