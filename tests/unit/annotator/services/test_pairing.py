"""A claim linked to a passage of another document in one Change, as the schema allows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Annotation, Relation, annotator_set_id
from annotator.services import annotating, pairing
from storage.store import ProjectStore
from tests import projects
from tests.factories import ANA

ORDER = "Harrow alleges that Norvel sent 40 messages.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text="Harrow said that Norvel sent 40.\n", title="News")
        projects.add_document(store, "order", text=ORDER, title="Order", kind="order")
        yield store


def claim(store: ProjectStore, label: str = "claim") -> str:
    change = annotating.highlight(store, annotator=ANA, document="news", label=label, fragments=[(12, 31)])
    return next(record.id for record in change.after if isinstance(record, Annotation))


def link(store: ProjectStore, source: str, **given: object) -> Relation:
    values = {"type": "reports", "document": "order", "place": (0, len(ORDER) - 1)} | given
    change = pairing.link_passage(store, annotator=ANA, source=source, **values)  # type: ignore[arg-type]
    return next(record for record in change.after if isinstance(record, Relation))


def test_passage_is_marked_as_the_claim_is_and_linked_in_one_change(store: ProjectStore) -> None:
    made = link(store, claim(store))

    (passage,) = store.annotations("order")
    assert (passage.label, passage.quote.exact) == ("claim", ORDER.rstrip(".\n"))
    assert (made.target, made.document) == (passage.id, "news")
    assert [span.attributes["record"] for span in store.annotations("news")] == ["found"]
    annotating.undo(store, annotator=ANA, document="order")
    assert store.annotations("order") == ()
    assert store.relations("news") == ()


def test_passage_that_is_marked_already_is_only_linked(store: ProjectStore) -> None:
    link(store, claim(store))
    second = annotating.highlight(store, annotator=ANA, document="news", label="claim", fragments=[(0, 31)])
    source = next(record.id for record in second.after if isinstance(record, Annotation))

    link(store, source)

    assert len(store.annotations("order")) == 1
    assert len(store.relations("news")) == 2


def test_what_the_schema_does_not_allow_is_refused(store: ProjectStore) -> None:
    source = claim(store)

    with pytest.raises(InvalidEdit, match="no relation type nonsense"):
        link(store, source, type="nonsense")
    with pytest.raises(InvalidEdit, match="joins spans of one document"):
        link(store, source, type="restates")
    with pytest.raises(InvalidEdit, match="not there any more"):
        link(store, "gone")
    assert store.annotations("order") == ()
    assert store.relations("news") == ()


def test_decided_words_lead_to_decided_words_and_all_else_to_what_is_offered(store: ProjectStore) -> None:
    schema = store.schema()
    (kind,) = pairing.relations_across(schema, "holding")

    assert pairing.target_label(schema, kind, source="holding", document_kind="order") == "holding"
    assert pairing.target_label(schema, kind, source="claim", document_kind="brief") == "claim"
    assert pairing.relations_across(schema, "person") == ()


def test_own_span_is_linked_to_own_span_alone(store: ProjectStore) -> None:
    source = claim(store)
    annotating.add_annotator(store, annotator=ANA, name="Bo")
    bo = next(who.id for who in store.annotators() if who.name == "Bo")
    change = annotating.highlight(store, annotator=bo, document="order", label="order", fragments=[(0, 6)])
    other = next(record for record in change.after if isinstance(record, Annotation))
    assert other.set == annotator_set_id(bo)

    with pytest.raises(InvalidEdit, match="of your own"):
        pairing.link_span(store, annotator=ANA, source=source, type="reports", target=other.id)
