"""Checking a project: a sound one has no faults, and each damage is told in a sentence."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.change import make_change
from annotator.model import Annotation, Fragment, Quote, Record
from annotator.progress import run
from annotator.services import annotating
from annotator.services.checking import check, outside_schema
from storage.store import ProjectStore
from tests import factories, projects
from tests.factories import ANA, DOCUMENT

TEXT_VERSION = f"{DOCUMENT}-text"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        change = annotating.highlight(
            store,
            annotator=ANA,
            document=DOCUMENT,
            label="court",
            fragments=[factories.find("District Court")],
        )
        assert change.document == DOCUMENT
        yield store


def put(store: ProjectStore, *records: Record) -> None:
    """Write records as a faulty program might: the store itself does not look at texts."""
    store.apply(make_change("Damage", annotator=ANA, document=DOCUMENT, after=records))


def damage(store: ProjectStore, statement: str) -> None:
    with sqlite3.connect(store.path) as connection:
        connection.execute(statement)
    connection.close()


def check_anew(store: ProjectStore) -> tuple[str, ...]:
    """Check by a connection that has read nothing yet, as the command does: a text once read is kept."""
    with store.sibling() as fresh:
        return run(check(fresh))


def test_sound_project_has_no_faults(store: ProjectStore) -> None:
    assert run(check(store)) == ()


def test_check_tells_its_progress_by_document(store: ProjectStore) -> None:
    steps = []
    run(check(store), steps.append)

    assert [(step.done, step.subject) for step in steps] == [
        (0, "Rulings"),
        (0, "Court rules on immunity"),
    ]


@pytest.mark.parametrize(
    ("span", "fault"),
    [
        (
            factories.annotation(label="nonsense"),
            "has the label nonsense, which the label schema does not have.",
        ),
        (factories.annotation(start=500, end=900), "reaches outside the text."),
        (factories.annotation(pieces=[(0, 5), (5, 9)]), "has fragments that are empty, cross or touch."),
        (factories.annotation(pieces=[(6, 9), (0, 5)]), "has fragments that are empty, cross or touch."),
        (factories.annotation(text="Other words"), "does not quote the words that stand there."),
    ],
)
def test_faulty_span_is_told(store: ProjectStore, span: Annotation, fault: str) -> None:
    put(store, replace(span, text_version=TEXT_VERSION))

    (told,) = run(check(store))

    assert told.startswith("The span “")
    assert told.endswith(f"of “Court rules on immunity” {fault}")


def test_context_of_a_quote_counts_too(store: ProjectStore) -> None:
    span = factories.annotation(text_version=TEXT_VERSION)
    put(store, replace(span, quote=Quote("x", span.quote.exact, span.quote.suffix)))

    assert len(run(check(store))) == 1


def test_link_of_an_unknown_type_is_told(store: ProjectStore) -> None:
    ends = [
        factories.annotation(name, text_version=TEXT_VERSION, start=start, end=end)
        for name, start, end in (("annotation-1", 0, 5), ("annotation-2", 6, 9))
    ]
    put(store, *ends, factories.relation(type="nonsense"))

    assert run(check(store)) == (
        "The link nonsense in “Court rules on immunity” is of a type that the label schema does not have.",
    )


def test_link_that_has_lost_a_span_is_told(store: ProjectStore) -> None:
    ends = [
        factories.annotation(name, text_version=TEXT_VERSION, start=start, end=end)
        for name, start, end in (("annotation-1", 0, 5), ("annotation-2", 6, 9))
    ]
    put(store, *ends, factories.relation())
    damage(store, "DELETE FROM annotation WHERE id = 'annotation-2'")

    faults = run(check(store))

    assert (
        "The link issued_by in “Court rules on immunity” starts or ends at a span that is not there."
        in faults
    )


def test_text_that_was_changed_is_told(store: ProjectStore) -> None:
    damage(store, "UPDATE text_content SET text = replace(text, 'Norvel', 'Orvel')")

    faults = check_anew(store)

    assert "The text of “Court rules on immunity” is not the text that was imported." in faults
    assert any("does not quote the words that stand there" in fault for fault in faults)


def test_text_that_is_gone_is_told(store: ProjectStore) -> None:
    damage(store, "DELETE FROM text_content")

    assert "The text of “Court rules on immunity” is not in the project." in check_anew(store)


def test_fragments_of_several_pieces_are_sound(store: ProjectStore) -> None:
    annotating.highlight(
        store, annotator=ANA, document=DOCUMENT, label="claim", fragments=[Fragment(0, 5), Fragment(10, 16)]
    )

    assert run(check(store)) == ()


def test_values_outside_the_schema_are_told_with_their_number_and_are_no_faults(store: ProjectStore) -> None:
    spans = [
        factories.annotation(
            f"annotation-{number}",
            text_version=TEXT_VERSION,
            label="claim",
            attributes={"act": "sings", "mood": "grave", "discuss": True},
        )
        for number in (1, 2)
    ]
    put(store, *spans)

    assert outside_schema(store) == (
        "claim: act = sings is not in the label schema; kept (2 places).",
        "claim: mood = grave is not in the label schema; kept (2 places).",
    )
    assert run(check(store)) == ()
