"""Undo and redo: what is taken back, by whom, and when a later change stands in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.change import make_change
from annotator.errors import InvalidEdit
from annotator.model import Annotation, annotator_set_id
from annotator.services import annotating
from storage.store import ProjectStore, open_project
from tests import factories, projects

DOCUMENT = factories.DOCUMENT
OTHER = "document-2"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        projects.add_document(store, OTHER, text="Norvel has no immunity.\n", title="Opinion", kind="opinion")
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def mark(store: ProjectStore, who: str, label: str, words: str, document: str = DOCUMENT) -> str:
    text = factories.TEXT if document == DOCUMENT else "Norvel has no immunity.\n"
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=[factories.find(words, text)]
    )
    return next(record.id for record in change.after if isinstance(record, Annotation))


def content(store: ProjectStore, document: str = DOCUMENT) -> dict[str, tuple[object, ...]]:
    """What is annotated on a document, without revisions."""
    return {
        record.id: (record.label, record.fragments, dict(record.attributes), record.note, record.certainty)
        for record in store.annotations(document)
    } | {record.id: (record.type, record.source, record.target) for record in store.relations(document)}


def test_undo_and_redo_walk_through_all_edits_of_a_document(store: ProjectStore, ana: str) -> None:
    states = [content(store)]
    span = mark(store, ana, "holding", "Norvel cannot claim immunity")
    states.append(content(store))
    annotating.set_note(store, annotator=ana, annotation=span, note="R4")
    states.append(content(store))
    court = mark(store, ana, "court", "District Court")
    states.append(content(store))
    annotating.link(store, annotator=ana, type="issued_by", source=span, target=court)
    states.append(content(store))
    annotating.remove(store, annotator=ana, annotations=[span])
    states.append(content(store))

    for state in reversed(states[:-1]):
        annotating.undo(store, annotator=ana, document=DOCUMENT)
        assert content(store) == state
    with pytest.raises(InvalidEdit, match="Nothing to undo"):
        annotating.undo(store, annotator=ana, document=DOCUMENT)
    for state in states[1:]:
        annotating.redo(store, annotator=ana, document=DOCUMENT)
        assert content(store) == state
    with pytest.raises(InvalidEdit, match="Nothing to redo here"):
        annotating.redo(store, annotator=ana, document=DOCUMENT)


def test_undo_goes_on_after_reopening(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        who, path = projects.lead(store).id, store.path
        mark(store, who, "court", "District Court")

    with open_project(path, workstation="workstation-1") as again:
        change = annotating.undo(again, annotator=who, document=DOCUMENT)

        assert change.title == "Mark Court"
        assert again.annotations(DOCUMENT) == ()


def test_undo_is_a_change_of_its_own_that_names_what_it_takes_back(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "court", "District Court")
    made = next(store.history(DOCUMENT))

    undone = annotating.undo(store, annotator=ana, document=DOCUMENT)

    newest = next(store.history(DOCUMENT))
    assert (newest.change_id, newest.undoes) == (undone.id, made.change_id)


def test_an_edit_after_an_undo_leaves_nothing_to_redo(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "court", "District Court")
    annotating.undo(store, annotator=ana, document=DOCUMENT)
    mark(store, ana, "judge", "Judge Ada Romero")

    with pytest.raises(InvalidEdit, match="Nothing to redo here"):
        annotating.redo(store, annotator=ana, document=DOCUMENT)


def test_documents_are_undone_apart(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "court", "District Court")
    mark(store, ana, "organization", "Norvel", OTHER)

    annotating.undo(store, annotator=ana, document=DOCUMENT)

    assert content(store) == {}
    assert len(content(store, OTHER)) == 1


def test_import_of_a_document_is_not_undone(store: ProjectStore, ana: str) -> None:
    with pytest.raises(InvalidEdit, match="“Import Court rules on immunity” is not taken back this way"):
        annotating.undo(store, annotator=ana, document=DOCUMENT)


def test_new_annotator_is_not_undone(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Ben")

    with pytest.raises(InvalidEdit, match="“Add Ben” is not taken back this way"):
        annotating.undo(store, annotator=ana, document=None)


def test_change_of_another_annotator_is_not_undone(store: ProjectStore, ana: str) -> None:
    ben = annotating.add_annotator(store, annotator=ana, name="Ben").after[0].id
    mark(store, ana, "court", "District Court")

    with pytest.raises(InvalidEdit, match="Nothing of yours to undo: Ana did “Mark Court” here"):
        annotating.undo(store, annotator=ben, document=DOCUMENT)


def test_undo_is_refused_with_the_name_of_the_later_change(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        who, path = projects.lead(store).id, store.path
        span = mark(store, who, "court", "District Court")
    with open_project(path, workstation="workstation-2") as elsewhere:
        annotating.set_note(elsewhere, annotator=who, annotation=span, note="which one?")

    with open_project(path, workstation="workstation-1") as store:
        with pytest.raises(InvalidEdit, match="Cannot undo “Mark Court”, because “Write note on Court” came"):
            annotating.undo(store, annotator=who, document=DOCUMENT)
        assert len(content(store)) == 1

    with open_project(path, workstation="workstation-2") as elsewhere:
        annotating.undo(elsewhere, annotator=who, document=DOCUMENT)
    with open_project(path, workstation="workstation-1") as store:
        annotating.undo(store, annotator=who, document=DOCUMENT)
        assert content(store) == {}


def test_undo_that_would_cut_a_link_from_elsewhere_is_refused(store: ProjectStore, ana: str) -> None:
    decided = mark(store, ana, "holding", "Norvel has no immunity", OTHER)
    report = mark(store, ana, "holding", "Norvel cannot claim immunity")
    annotating.link(store, annotator=ana, type="reports", source=report, target=decided)

    with pytest.raises(
        InvalidEdit, match="Cannot undo “Mark Holding”, because “Link Holding to Holding” came"
    ):
        annotating.undo(store, annotator=ana, document=OTHER)


def test_undo_that_would_restore_half_a_link_is_refused(store: ProjectStore, ana: str) -> None:
    decided = mark(store, ana, "holding", "Norvel has no immunity", OTHER)
    report = mark(store, ana, "holding", "Norvel cannot claim immunity")
    annotating.link(store, annotator=ana, type="reports", source=report, target=decided)
    annotating.remove(store, annotator=ana, annotations=[report])
    annotating.remove(store, annotator=ana, annotations=[decided])

    with pytest.raises(
        InvalidEdit, match="Cannot undo “Remove Holding”, because “Remove Holding” came after"
    ):
        annotating.undo(store, annotator=ana, document=DOCUMENT)
    annotating.undo(store, annotator=ana, document=OTHER)
    annotating.undo(store, annotator=ana, document=DOCUMENT)

    assert len(store.relations(DOCUMENT)) == 1


def test_undo_of_a_removal_is_refused_where_the_record_is_back(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "court", "District Court")
    stored = store.record(Annotation, span)
    assert stored is not None
    annotating.remove(store, annotator=ana, annotations=[span])
    store.apply(make_change("Bring back", annotator=ana, document=OTHER, after=(stored,)))

    with pytest.raises(InvalidEdit, match="Cannot undo “Remove Court”, because “Bring back” came after it"):
        annotating.undo(store, annotator=ana, document=DOCUMENT)


# A law: whatever is done, undoing it all gives what was, and redoing it all gives what it became.

EDITS = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)
WORDS = ("Judge Ada Romero", "District Court", "Norvel", "immunity", "the company will appeal", "she said")
LABELS = ("holding", "finding", "claim", "source", "court", "judge", "organization")


def edit(store: ProjectStore, who: str, document: str, choice: int) -> None:
    """One edit, chosen by a number out of all that the present spans allow; refused ones do nothing."""
    spans = [span.id for span in store.annotations(document, annotator_set_id(who))]
    some = spans[choice % len(spans)] if spans else ""
    other = spans[choice // 7 % len(spans)] if spans else ""
    words = factories.find(WORDS[choice // 3 % len(WORDS)])
    label = LABELS[choice // 5 % len(LABELS)]
    try:
        match choice % 6 if spans else 0:
            case 0 | 1:
                owner = some if choice % 4 == 0 and some else None
                annotating.highlight(
                    store, annotator=who, document=document, label=label, fragments=[words], slot_owner=owner
                )
            case 2:
                annotating.relabel(store, annotator=who, annotation=some, label=label)
            case 3:
                annotating.resize(store, annotator=who, annotation=some, fragments=[words])
            case 4:
                kind = ("issued_by", "decides", "source", "restates")[choice // 11 % 4]
                annotating.link(store, annotator=who, type=kind, source=some, target=other)
            case 5:
                annotating.remove(store, annotator=who, annotations=[some])
    except InvalidEdit:
        return


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=EDITS)
def test_undoing_and_redoing_everything_is_identity(
    store: ProjectStore, ana: str, choices: list[int]
) -> None:
    document = projects.add_document(store, f"law-{len(store.documents())}", title=f"Law {choices}")
    states = [content(store, document)]
    for choice in choices:
        count = sum(1 for _ in store.history(document))
        edit(store, ana, document, choice)
        if sum(1 for _ in store.history(document)) > count:
            states.append(content(store, document))

    for state in reversed(states[:-1]):
        annotating.undo(store, annotator=ana, document=document)
        assert content(store, document) == state
    for state in states[1:]:
        annotating.redo(store, annotator=ana, document=document)
        assert content(store, document) == state
