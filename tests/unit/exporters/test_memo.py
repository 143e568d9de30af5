"""What is remarked on a span, in words."""

import dataclasses

import resources
from annotator.schema_toml import read_schema
from exporters.memo import memo
from tests.factories import annotation

SCHEMA = read_schema(resources.schema_text("legal-news"))


def test_note_comes_first_and_attributes_by_name() -> None:
    span = dataclasses.replace(
        annotation(),
        note="See R4",
        attributes={"issue": "immunity", "odd": True, "parts": ("a", "b"), "share": 0.5},
        certainty="unsure",
    )

    assert memo(span, SCHEMA).splitlines() == [
        "See R4",
        "Issue: immunity",
        "odd: yes",
        "parts: a, b",
        "share: 0.5",
        "Certainty: unsure",
    ]


def test_nothing_remarked_is_nothing_said() -> None:
    assert memo(dataclasses.replace(annotation(), attributes={}, note=""), SCHEMA) == ""
