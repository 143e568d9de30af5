"""Changes as they are written: all of one or nothing, and only onto what it was made from."""

from dataclasses import replace

import pytest

from annotator.change import Change
from annotator.errors import ProjectError, StaleChange
from annotator.model import Annotation, AnnotationSet, Document, Record, TextVersion
from annotator.store import Contents
from storage.store import ProjectStore
from tests import edits, factories, projects


def stored(store: ProjectStore, id: str = "annotation-1") -> Annotation:
    found = store.record(Annotation, id)
    assert found is not None
    return found


def state(store: ProjectStore) -> tuple[object, ...]:
    return store.annotations(factories.DOCUMENT), store.documents(), store.sets(), list(store.history())


def test_added_record_carries_its_changes_id_as_revision(store: ProjectStore) -> None:
    made = edits.mark(store)

    assert stored(store).revision == made.id


def test_updated_record_replaces_the_one_before(store: ProjectStore) -> None:
    edits.mark(store)
    old = stored(store)
    new = replace(old, label="judge", fragments=factories.fragments((0, 5), (6, 9)))

    change = edits.change("Relabel", before=(old,), after=(new,))
    store.apply(change)

    assert store.annotations(factories.DOCUMENT) == (replace(new, revision=change.id),)


def test_removed_record_is_gone(store: ProjectStore) -> None:
    edits.mark(store)

    store.apply(edits.change("Remove", before=(stored(store),)))

    assert store.annotations(factories.DOCUMENT) == ()


def test_change_of_many_records_is_one_change(store: ProjectStore) -> None:
    spans = [edits.span(f"a{n}", start=n, end=n + 1) for n in range(1200)]

    made = edits.mark(store, *spans)
    store.apply(made.inverse(annotator=factories.ANA))

    assert store.annotations(factories.DOCUMENT) == ()
    assert [entry.undoes for entry in store.history(factories.DOCUMENT)] == [made.id, None, None]


@pytest.mark.parametrize(
    "stale",
    [
        {"label": "judge"},
        {"note": "looked at"},
        {"revision": "another"},
        {"attributes": {"role": "defendant"}},
        {"fragments": factories.fragments((0, 4))},
    ],
)
def test_change_made_from_something_else_is_refused(store: ProjectStore, stale: dict[str, object]) -> None:
    edits.mark(store)
    old = replace(stored(store), **stale)  # type: ignore[arg-type]
    before = state(store)

    with pytest.raises(StaleChange, match="the mark has been changed meanwhile"):
        store.apply(edits.change("Certain", before=(old,), after=(replace(old, certainty="likely"),)))

    assert state(store) == before


def test_change_of_a_record_that_is_gone_is_refused(store: ProjectStore) -> None:
    edits.mark(store)
    old = stored(store)
    store.apply(edits.change("Remove", before=(old,)))

    with pytest.raises(StaleChange, match="“Relabel” was not done, because the mark has been removed"):
        store.apply(edits.change("Relabel", before=(old,), after=(replace(old, label="judge"),)))


def test_adding_what_is_there_is_refused(store: ProjectStore) -> None:
    edits.mark(store)
    before = state(store)

    with pytest.raises(StaleChange, match="in the project already"):
        edits.mark(store, edits.span(label="judge"))

    assert state(store) == before


@pytest.mark.parametrize(
    "record",
    [
        edits.span(document="none"),
        edits.span(text_version="none"),
        edits.span(set="none"),
        factories.relation(source="none", target="none"),
        factories.document_label(document="none"),
        factories.assignment(annotator="none"),
        factories.decision(document="none"),
        factories.annotation_set("set", owner="none"),
        factories.document("two", text_version="none"),
    ],
)
def test_reference_to_nothing_is_refused(store: ProjectStore, record: Record) -> None:
    before = state(store)

    with pytest.raises(StaleChange, match="something that it refers to is not in the project"):
        store.apply(edits.change(after=(record,)))

    assert state(store) == before


def test_removing_what_others_refer_to_is_refused(store: ProjectStore) -> None:
    edits.mark(store, edits.span("a"), edits.span("b"))
    store.apply(edits.change("Link", after=(factories.relation(source="a", target="b"),)))

    with pytest.raises(StaleChange, match="still in use"):
        store.apply(edits.change("Remove", before=(stored(store, "a"),)))

    assert len(store.annotations(factories.DOCUMENT)) == 2


def test_order_of_records_that_refer_to_each_other_does_not_matter(store: ProjectStore) -> None:
    spans = (edits.span("a"), edits.span("b"))
    change = edits.change(after=(factories.relation(source="a", target="b"), *spans))

    store.apply(change)
    store.apply(change.inverse(annotator=factories.ANA))

    assert store.annotations(factories.DOCUMENT) == ()
    assert store.relations(factories.DOCUMENT) == ()


def test_refused_change_leaves_no_contents_behind(store: ProjectStore) -> None:
    digest = factories.sha256("Left over")
    orphan = factories.text_version("two-text", document="none", text="Left over")

    with pytest.raises(StaleChange):
        store.apply(edits.change(after=(orphan,)), Contents(texts={digest: "Left over"}))

    with pytest.raises(ValueError, match="text of text version three-text is missing"):
        store.apply(edits.change(after=(factories.text_version("three-text", text="Left over"),)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (edits.change(after=(edits.span(), edits.span())), "names a record twice"),
        (edits.change(before=(edits.span(), edits.span())), "names a record twice"),
        (Change("c", "Mark", "ana", after=(edits.span(),)), "the revision of another change"),
        (
            edits.change(before=(factories.annotator("x"),), after=(edits.span("x"),)),
            "into one of another type",
        ),
    ],
)
def test_change_that_contradicts_itself_is_a_fault_of_its_maker(
    store: ProjectStore, change: Change, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        store.apply(change)


def test_text_under_a_wrong_hash_is_a_fault_of_its_maker(store: ProjectStore) -> None:
    change, contents = factories.document_change(id="two")
    wrong = Contents(contents.sources, {next(iter(contents.texts)): "Other words"})

    with pytest.raises(ValueError, match="has another SHA-256"):
        store.apply(change, wrong)


def test_full_disk_is_told_and_changes_nothing(store: ProjectStore) -> None:
    before = state(store)
    full = store._database._sqlite.execute("PRAGMA page_count").fetchone()[0]
    store._database._sqlite.execute(f"PRAGMA max_page_count = {full}")

    with pytest.raises(ProjectError, match=r"written to Rulings\.annotator, because the disk is full"):
        projects.add_document(store, "two", text="word " * 100_000)

    store._database._sqlite.execute("PRAGMA max_page_count = 1000000")
    assert state(store) == before
    assert store.verify() == ()
    edits.mark(store)


def test_document_may_move_to_another_text_version(store: ProjectStore) -> None:
    old = store.record(Document, factories.DOCUMENT)
    assert old is not None
    version = factories.text_version("second", text="A better reading")
    contents = Contents(texts={version.text_sha256: "A better reading"})

    store.apply(
        edits.change("Read again", before=(old,), after=(replace(old, text_version="second"), version)),
        contents,
    )

    assert store.text("second") == "A better reading"
    assert store.text(edits.TEXT_VERSION) == factories.TEXT
    assert store.record(TextVersion, edits.TEXT_VERSION) is not None


def test_set_is_made_in_the_change_that_first_needs_it(store: ProjectStore) -> None:
    kim = factories.annotator("kim")
    own = factories.annotation_set(owner="kim")

    change = edits.change(after=(edits.span(set=own.id), own, kim))
    store.apply(change)

    assert store.record(AnnotationSet, own.id) == replace(own, revision=change.id)
