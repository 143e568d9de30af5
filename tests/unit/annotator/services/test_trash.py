"""Documents removed with all that is marked in them, counted before, undone, restored one by one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import InvalidEdit, StaleChange
from annotator.model import Annotation, Document, Record
from annotator.progress import run
from annotator.searching import Search, parse
from annotator.services import annotating, trash
from storage.store import ProjectStore, open_project
from tests import factories, projects

TEXTS = {"one": "Norvel said that it won. The court ruled.\n", "two": "Norvel cannot claim immunity.\n"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Rulings.annotator"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(path) as store:
        for id, text in TEXTS.items():
            change, contents = factories.document_change(
                id=id,
                title=id.capitalize(),
                text=text,
                annotator=projects.lead(store).id,
                source=text.encode(),
            )
            store.apply(change, contents)
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def mark(store: ProjectStore, who: str, document: str, label: str, words: str) -> str:
    start = TEXTS[document].index(words)
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=[(start, start + len(words))]
    )
    return next(record.id for record in change.after if isinstance(record, Annotation))


def work_on(store: ProjectStore, ana: str) -> None:
    """Spans, links within and across, a label and finished work."""
    claim = mark(store, ana, "one", "claim", "that it won")
    source = mark(store, ana, "one", "source", "Norvel")
    annotating.link(store, annotator=ana, type="source", source=claim, target=source)
    holding = mark(store, ana, "two", "holding", "Norvel cannot claim immunity")
    annotating.link(store, annotator=ana, type="reports", source=holding, target=claim)
    annotating.set_document_label(store, annotator=ana, document="one", name="theme", value="spyware")
    annotating.set_work_state(store, annotator=ana, document="one", state="done")


def everything(store: ProjectStore) -> dict[str, Record]:
    records = [record for each in ("one", "two") for record in store.records_of(each)]
    return {record.id: replace(record, revision="") for record in records}


def titles(store: ProjectStore) -> list[str]:
    return sorted(document.title for document in store.documents())


def test_what_goes_is_counted_before(store: ProjectStore, ana: str) -> None:
    work_on(store, ana)

    held = trash.count(store, ["one"])

    assert (held.documents, held.spans, held.links, held.labels, held.done) == (1, {"Ana": 2}, 2, 1, 1)


def test_removed_document_is_gone_with_all_its_marks_and_is_not_found(store: ProjectStore, ana: str) -> None:
    work_on(store, ana)

    change = run(trash.remove(store, annotator=ana, documents=["one"]))

    assert change.title == "Remove “One”"
    assert titles(store) == ["Two"]
    assert store.relations("two") == ()
    assert store.search(Search(parse("court"))).hits == ()
    assert [each.document.title for each in store.removed_documents()] == ["One"]
    assert tuple(store.verify()) == ()


def test_undo_brings_all_of_it_back_also_after_a_restart(store: ProjectStore, ana: str, path: Path) -> None:
    work_on(store, ana)
    before = everything(store)
    run(trash.remove(store, annotator=ana, documents=["one", "two"]))
    assert store.documents() == ()
    store.close()

    with open_project(path, workstation=projects.WORKSTATION) as again:
        annotating.undo(again, annotator=ana, document=None)
        assert everything(again) == before
        assert len(again.search(Search(parse("court"))).hits) == 1
        assert again.removed_documents() == ()
        annotating.redo(again, annotator=ana, document=None)
        assert again.documents() == ()
        assert tuple(again.verify()) == ()


def test_one_of_several_is_restored_and_a_link_to_what_is_gone_stays_away(
    store: ProjectStore, ana: str
) -> None:
    work_on(store, ana)
    run(trash.remove(store, annotator=ana, documents=["one", "two"]))

    restored = run(trash.restore(store, annotator=ana, documents=["one"]))

    assert [change.title for change in restored.changes] == ["Restore “One”"]
    assert restored.lost_links == 1
    assert titles(store) == ["One"]
    assert [link.type for link in store.relations("one")] == ["source"]
    assert [each.document.title for each in store.removed_documents()] == ["Two"]
    assert run(trash.restore(store, annotator=ana, documents=["two"])).lost_links == 0
    assert [link.type for link in store.relations("two")] == ["reports"]


def test_whole_removal_is_restored_as_an_undo(store: ProjectStore, ana: str) -> None:
    work_on(store, ana)
    before = everything(store)
    removal = run(trash.remove(store, annotator=ana, documents=["one"]))

    restored = run(trash.restore(store, annotator=ana, documents=["one"]))

    assert [change.undoes for change in restored.changes] == [removal.id]
    assert everything(store) == before


def test_document_that_came_back_and_was_marked_is_not_removed_by_redo(store: ProjectStore, ana: str) -> None:
    run(trash.remove(store, annotator=ana, documents=["one"]))
    annotating.undo(store, annotator=ana, document=None)
    mark(store, ana, "one", "organization", "Norvel")

    with pytest.raises((InvalidEdit, StaleChange)):
        annotating.redo(store, annotator=ana, document=None)
    assert store.record(Document, "one") is not None


def test_only_a_lead_removes_and_restores(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Bo")
    bo = next(who.id for who in store.annotators() if who.name == "Bo")

    with pytest.raises(InvalidEdit, match="Only a lead changes the documents of a project; ask Ana"):
        run(trash.remove(store, annotator=bo, documents=["one"]))
    with pytest.raises(InvalidEdit, match="Only a lead"):
        run(trash.restore(store, annotator=bo, documents=["one"]))
    with pytest.raises(InvalidEdit, match="No document is chosen that is in the trash"):
        run(trash.restore(store, annotator=ana, documents=["one"]))
