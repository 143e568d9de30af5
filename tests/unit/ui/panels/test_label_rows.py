"""Which labels are listed for a kind of document, and what is said of those on demand or not used."""

from dataclasses import replace

from tests.factories import schema
from ui.panels.label_rows import layer_rows, offer_words


def test_layers_and_labels_come_in_the_order_of_the_schema_with_their_counts() -> None:
    rows = layer_rows(schema(), "article", {"judge": 2, "claim": 1})

    assert [(row.layer.id, row.count) for row in rows] == [("entity", 2), ("claim", 1)]
    assert [label.label.id for label in rows[1].labels] == ["claim", "source", "holding"]


def test_layer_on_demand_says_so_for_the_kind_of_document() -> None:
    entity, claim = layer_rows(schema(), "opinion", {})

    assert (entity.offer, entity.reason) == ("always", "")
    assert (claim.offer, claim.reason) == ("on_demand", "on demand in: opinion")
    assert {row.offer for row in claim.labels} == {"on_demand"}


def test_layer_for_other_kinds_says_so() -> None:
    _, claim = layer_rows(schema(), "proposed_order", {})

    assert claim.reason == "not used in: proposed order"


def test_without_a_document_everything_is_offered() -> None:
    assert {row.offer for row in layer_rows(schema(), None, {})} == {"always"}


def test_retired_label_is_listed_only_where_it_has_spans() -> None:
    small = schema()
    entity = small.layers[0]
    court = replace(entity.labels[0], retired=True)
    retired = replace(small, layers=(replace(entity, labels=(court, *entity.labels[1:])), *small.layers[1:]))

    unused = layer_rows(retired, "article", {})[0]
    used = layer_rows(retired, "article", {"court": 1})[0]

    assert [row.label.id for row in unused.labels] == ["judge"]
    assert [row.label.id for row in used.labels] == ["court", "judge"]


def test_label_merged_into_another_is_not_listed() -> None:
    small = schema()
    entity = small.layers[0]
    court = replace(entity.labels[0], merged_into="judge")
    merged = replace(small, layers=(replace(entity, labels=(court, *entity.labels[1:])), *small.layers[1:]))

    assert [row.label.id for row in layer_rows(merged, "article", {})[0].labels] == ["judge"]


def test_what_is_always_offered_needs_no_words() -> None:
    assert offer_words("always", "article") == ""
