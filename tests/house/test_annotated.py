"""The documents annotated by hand are whole: their texts, labels of the schema, words at their places."""

import pytest

from annotator.schema_toml import read_schema
from resources import schema_text
from tests.annotated import annotated, names

OWN = ("sample-article", "sample-order")


def test_own_documents_are_there_without_the_corpus() -> None:
    assert set(OWN) <= set(names())


@pytest.mark.parametrize("name", names())
def test_spans_are_of_the_schema_and_begin_and_end_with_words(name: str) -> None:
    document, schema = annotated(name), read_schema(schema_text("legal-news"))

    assert all(schema.label(label) is not None for _, _, label in document.spans)
    for start, end, _ in document.spans:
        assert 0 <= start < end <= len(document.text)
        assert document.text[start:end].strip() == document.text[start:end]
