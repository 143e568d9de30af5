"""Records as rows of their tables and back."""

from dataclasses import fields

import pytest
from hypothesis import given, settings

from annotator.model import RECORD_TYPES, Annotation, Record
from annotator.record_json import kind_of
from storage import tables
from storage.rows import annotation_of, table_of
from tests import factories
from tests.records import records


@settings(deadline=None)
@given(records())
def test_record_comes_back_from_its_row(record: Record) -> None:
    table = table_of(type(record))

    assert table.decode(table.encode(record)) == record


@pytest.mark.parametrize("kind", [kind for kind in RECORD_TYPES if kind is not Annotation])
def test_columns_stand_in_the_order_of_the_fields(kind: type[Record]) -> None:
    table = tables.metadata.tables[kind_of(kind)]

    assert [c.name for c in table.c if c.name != "place"] == [field.name for field in fields(kind)]


def test_unbroken_annotation_keeps_no_list_of_fragments() -> None:
    row = table_of(Annotation).encode(factories.annotation(start=3, end=9))

    assert row[5:8] == (3, 9, None)


def test_annotation_of_several_fragments_keeps_first_start_and_last_end() -> None:
    row = table_of(Annotation).encode(factories.annotation(pieces=[(3, 9), (12, 15)]))

    assert row[5:8] == (3, 15, "[[3,9],[12,15]]")


def test_annotation_read_is_as_frozen_as_one_made() -> None:
    annotation = annotation_of(table_of(Annotation).encode(factories.annotation()))

    with pytest.raises(AttributeError):
        annotation.label = "judge"  # type: ignore[misc]
    assert hash(annotation.fragments) == hash(factories.annotation().fragments)
