"""Annotations are found by label, words, attribute, note, flag and set, in order, page after page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model import annotator_set_id
from annotator.searching import SpanSearch
from annotator.services import annotating
from storage.store import ProjectStore
from tests.factories import ANA
from tests.projects import add_document, new_project

TEXT = "The Court ruled. Änne Weiß appealed to the court."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with new_project(tmp_path / "rulings.annotator") as store:
        for name in ("one", "two"):
            add_document(store, name, text=TEXT + name, title=name)
        yield store


def mark(store: ProjectStore, document: str, label: str, words: str, who: str = ANA) -> str:
    start = TEXT.index(words)
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=[(start, start + len(words))]
    )
    return change.after[-1].id


def found(store: ProjectStore, search: SpanSearch) -> list[tuple[str, str]]:
    return [(hit.document, hit.words) for hit in store.find_spans(search).hits]


@pytest.fixture
def spans(store: ProjectStore) -> dict[str, str]:
    annotating.add_annotator(store, annotator=ANA, name="Bo")
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    made = {
        "court": mark(store, "two", "court", "Court"),
        "order": mark(store, "one", "order", "The Court ruled"),
        "person": mark(store, "one", "person", "Änne Weiß"),
        "bo": mark(store, "one", "person", "Änne", bo),
    }
    annotating.set_attribute(
        store, annotator=ANA, annotation=made["order"], attribute="disposition", value="in_part"
    )
    annotating.set_note(store, annotator=ANA, annotation=made["person"], note="Also Anne?")
    annotating.set_flag(store, annotator=ANA, annotation=made["court"], flagged=True)
    return made


@pytest.mark.parametrize(
    ("search", "words"),
    [
        (SpanSearch(set_id=annotator_set_id(ANA)), ["The Court ruled", "Änne Weiß", "Court"]),
        (SpanSearch(), ["The Court ruled", "Änne", "Änne Weiß", "Court"]),
        (SpanSearch(label="person"), ["Änne", "Änne Weiß"]),
        (SpanSearch("änne"), ["Änne", "Änne Weiß"]),
        (SpanSearch("WEISS"), ["Änne Weiß"]),
        (SpanSearch("anne", "note"), ["Änne Weiß"]),
        (SpanSearch("", "note"), ["Änne Weiß"]),
        (SpanSearch("", "flag"), ["Court"]),
        (SpanSearch("in part"), ["The Court ruled"]),
        (SpanSearch("in part", "text"), []),
        (SpanSearch("", "attributes", "disposition"), ["The Court ruled"]),
        (SpanSearch("granted", "attributes", "disposition"), []),
        (SpanSearch("court", documents=("two",)), ["Court"]),
    ],
)
def test_annotations_are_found(
    store: ProjectStore, spans: dict[str, str], search: SpanSearch, words: list[str]
) -> None:
    assert [each for _, each in found(store, search)] == words


def test_pages_give_each_annotation_once(store: ProjectStore, spans: dict[str, str]) -> None:
    first = store.find_spans(SpanSearch(), limit=3)
    assert first.next is not None
    second = store.find_spans(SpanSearch(), after=first.next, limit=3)

    assert [hit.id for hit in (*first.hits, *second.hits)] == [
        spans[name] for name in ("order", "bo", "person", "court")
    ]
    assert second.next is None


def test_hit_tells_context_values_and_flag(store: ProjectStore, spans: dict[str, str]) -> None:
    hit = store.find_spans(SpanSearch("änne weiß")).hits[0]

    assert (hit.before, hit.behind[:9]) == ("The Court ruled. ", " appealed")
    assert "Also Anne?" in hit.told
    assert not hit.is_flagged
