"""Ids and quotes of records."""

import uuid

from annotator.model import Fragment, Quote, derived_id, new_id, quote


def test_new_id_is_a_uuid_of_version_7() -> None:
    value = uuid.UUID(new_id())

    assert (value.version, value.variant) == (7, uuid.RFC_4122)


def test_new_ids_differ() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_new_ids_begin_with_the_time() -> None:
    beginnings = [new_id()[:12] for _ in range(1000)]

    assert beginnings == sorted(beginnings)


def test_derived_id_is_the_same_everywhere() -> None:
    assert derived_id("project-1", "set", "gold") == "1fc17066815c5d8581a7a49cf4cf6611"


def test_quote_joins_fragments_and_keeps_32_characters_either_side() -> None:
    text = "x" * 40 + "the court ruled today" + "y" * 40

    assert quote(text, (Fragment(44, 49), Fragment(56, 61))) == Quote(
        "x" * 28 + "the ", "court today", "y" * 32
    )
