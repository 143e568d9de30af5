"""Full-text search: hits with exact places, narrowed to documents and spans, page by page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.change import make_change
from annotator.errors import InvalidSearch
from annotator.model import Document, TextVersion, annotator_set_id
from annotator.searching import Hit, Search, parse
from annotator.store import Contents
from storage.store import ProjectStore
from tests import edits, factories, projects

TEXTS = {
    "one": "  The court 😀 denied immunity.\n\nNo court would. The Courts’ courtyard is closed.\n",
    "two": "Café owners said: “the court errs”.\nSovereign immunity, immunities and immune cells.\n",
    "three": "U.S. v. Norvel, No. 21-cv-04.\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        for id, text in TEXTS.items():
            projects.add_document(store, id, text=text)
        yield store


def hits(store: ProjectStore, typed: str, **narrowed: object) -> list[Hit]:
    return list(store.search(Search(parse(typed), **narrowed)).hits)  # type: ignore[arg-type]


def found(store: ProjectStore, typed: str, **narrowed: object) -> list[tuple[str, str]]:
    return [(hit.document, hit.words(place)) for hit in hits(store, typed, **narrowed) for place in hit.found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("court", [("one", "court"), ("one", "court"), ("two", "court")]),
        ("COURT denied", [("one", "court"), ("one", "denied")]),
        (
            "court*",
            [("one", "court"), ("one", "court"), ("one", "Courts"), ("one", "courtyard"), ("two", "court")],
        ),
        ('"the court"', [("one", "The court"), ("two", "the court")]),
        ('"sovereign immun*"', [("two", "Sovereign immunity")]),
        ("cafe", [("two", "Café")]),
        ("U.S.", [("three", "U.S")]),
        ("21-cv-04", [("three", "21-cv-04")]),
        ("court AND denied", []),
        ("nowhere", []),
    ],
)
def test_words_phrases_and_beginnings_are_found(
    store: ProjectStore, typed: str, expected: list[tuple[str, str]]
) -> None:
    assert found(store, typed) == expected


def test_places_are_code_points_of_the_documents_text(store: ProjectStore) -> None:
    for hit in hits(store, "court*") + hits(store, "immunity"):
        text = store.text(f"{hit.document}-text")

        assert text[hit.start : hit.start + len(hit.text)] == hit.text
        assert all(text[slice(*place)] == hit.words(place) for place in hit.found)


def test_search_is_narrowed_to_documents(store: ProjectStore) -> None:
    assert [hit.document for hit in hits(store, "court", documents=("two", "three"))] == ["two"]
    assert hits(store, "court", documents=()) == []


def test_search_is_narrowed_to_spans_and_to_what_is_outside_them(store: ProjectStore) -> None:
    start = TEXTS["one"].index("court")
    span = edits.span(
        "s",
        start=start,
        end=start + 5,
        label="court",
        document="one",
        text_version="one-text",
        text=TEXTS["one"],
    )
    store.apply(edits.change(after=(span,), document="one"))
    own = annotator_set_id(factories.ANA)

    assert found(store, "court", where="inside") == [("one", "court")]
    assert found(store, "court", where="inside", set_id=own, label="court") == [("one", "court")]
    assert found(store, "court", where="inside", set_id=own, label="judge") == []
    assert found(store, "court", where="inside", set_id="nobody’s") == []
    outside = hits(store, "court", where="outside", set_id=own)
    assert [hit.found[0].start for hit in outside] == [
        TEXTS["one"].index("court would"),
        TEXTS["two"].index("court"),
    ]


def test_hits_come_page_by_page_without_loss_or_repetition(store: ProjectStore) -> None:
    wanted = Search(parse("court"))
    pages, after = [], 0
    while True:
        page = store.search(wanted, after=after, limit=1)
        pages.append(page.hits)
        if page.next is None:
            break
        after = page.next

    assert [len(page) for page in pages] == [1, 1, 1]
    assert [hit for page in pages for hit in page] == hits(store, "court")


def test_only_the_text_version_in_force_is_searched(store: ProjectStore) -> None:
    document = store.record(Document, "three")
    assert document is not None
    text = "Norvel, read anew.\n"
    version = TextVersion(
        "three-new", "three", "text", "2", factories.sha256(text), len(text), factories.TIME
    )
    change = make_change(
        "Read anew",
        annotator=factories.ANA,
        document="three",
        before=(document,),
        after=(replace(document, text_version=version.id), version),
    )
    store.apply(change, Contents(texts={version.text_sha256: text}))

    assert [hit.text for hit in hits(store, "norvel")] == [text.strip()]


def test_documents_that_have_each_word_somewhere_are_told_in_order(store: ProjectStore) -> None:
    assert store.documents_with_words(["court"]) == ("one", "two")
    assert store.documents_with_words(["café", "immunities"]) == ("two",)
    assert store.documents_with_words(["court", "norvel"]) == ()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(alphabet="\"*()^:-+ NOTANDcourt.“”,'{}\\|"))
def test_nothing_typed_is_ever_an_error_of_the_database(store: ProjectStore, typed: str) -> None:
    try:
        terms = parse(typed)
    except InvalidSearch:
        return

    for hit in store.search(Search(terms)).hits:
        assert hit.found
        assert all(hit.start <= place.start < place.end for place in hit.found)


def test_records_are_read_together(store: ProjectStore) -> None:
    found = store.records(Document, ["two", "one", "none", *(str(number) for number in range(1200))])

    assert {id: document.id for id, document in found.items()} == {"one": "one", "two": "two"}
