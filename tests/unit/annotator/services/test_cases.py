"""Cases in a project: added, changed, undone, merged, gone with their documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.model import CourtCase
from annotator.progress import run
from annotator.services import annotating, cases, settling, trash
from annotator.services.exporting import Selection, snapshot
from annotator.services.history import take_back
from storage.store import ProjectStore
from tests import exchange, projects
from tests.factories import ANA

ARTICLE = "Harrow sued Norvel. Harrow won in No. 4:19-cv-00042; Norvel appealed.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=ARTICLE, title="News")
        projects.add_document(store, "order", text="Denied.\n", title="Order", kind="order", case="19-cv-42")
        yield store


def add(store: ProjectStore, **facts: str) -> CourtCase:
    facts = {"docket_number": "4:19-cv-00042-AB", "caption": "Harrow v. Norvel", **facts}
    change = cases.add(store, annotator=ANA, documents=["order"], **facts)  # type: ignore[arg-type]
    return next(record for record in change.after if isinstance(record, CourtCase))


def listed(store: ProjectStore) -> list[tuple[str, list[str], list[str]]]:
    return [
        (view.case.name, [each.id for each in view.articles], [each.id for each in view.filings])
        for view in cases.views(store)
    ]


def test_found_case_is_confirmed_and_taken_back(store: ProjectStore) -> None:
    (found,) = run(cases.find(store))
    assert cases.views(store) == ()

    cases.confirm(store, annotator=ANA, proposal=found)

    assert listed(store) == [("19-cv-42", ["news"], ["order"])]
    assert run(cases.find(store)) == ()
    annotating.undo(store, annotator=ANA, document=None)
    assert listed(store) == []
    annotating.redo(store, annotator=ANA, document=None)
    assert listed(store) == [("19-cv-42", ["news"], ["order"])]
    assert list(store.verify()) == []


def test_what_is_found_later_joins_the_case_that_there_is(store: ProjectStore) -> None:
    case = add(store)

    (found,) = run(cases.find(store))
    cases.confirm(store, annotator=ANA, proposal=found)

    assert found.case == case.id
    assert listed(store) == [("Harrow v. Norvel", ["news"], ["order"])]


def test_case_is_found_by_any_spelling_of_its_number(store: ProjectStore) -> None:
    case = add(store)

    for name in ("19-cv-42", "Case No. 4:19-CV-00042", "harrow v. norvel", case.id):
        assert cases.case_called(store, name) == store.record(CourtCase, case.id)
    with pytest.raises(InvalidEdit, match="has no case “21-7”; there are 4:19-cv-00042-AB"):
        cases.case_called(store, "21-7")


def test_refused_where_it_says_nothing_new(store: ProjectStore) -> None:
    case = add(store)

    with pytest.raises(InvalidEdit, match="There is a case 19-cv-42 already"):
        cases.add(store, annotator=ANA, docket_number="19-cv-42")
    with pytest.raises(InvalidEdit, match="needs a docket number or a caption"):
        cases.add(store, annotator=ANA, docket_number="  ")
    with pytest.raises(InvalidEdit, match="as it was"):
        cases.change(store, annotator=ANA, case=case.id, facts={"caption": " Harrow  v. Norvel "})
    with pytest.raises(InvalidEdit, match=r"belongs to Harrow v\. Norvel already"):
        cases.put(store, annotator=ANA, case=case.id, documents=["order"])
    with pytest.raises(InvalidEdit, match="does not belong"):
        cases.take_out(store, annotator=ANA, case=case.id, documents=["news"])
    with pytest.raises(InvalidEdit, match="not in the project any more"):
        cases.put(store, annotator=ANA, case=case.id, documents=["gone"])


def test_case_is_changed_and_removed_while_documents_stay(store: ProjectStore) -> None:
    case = add(store)
    cases.change(store, annotator=ANA, case=case.id, facts={"court": "District Court", "note": "On appeal"})
    cases.put(store, annotator=ANA, case=case.id, documents=["news"])
    cases.take_out(store, annotator=ANA, case=case.id, documents=["order"])
    (view,) = cases.views(store)

    assert (view.case.court, view.case.note) == ("District Court", "On appeal")
    assert [each.id for each in view.documents] == ["news"]
    cases.remove(store, annotator=ANA, case=case.id)
    assert cases.views(store) == ()
    assert [each.id for each in store.documents()] == ["news", "order"]


def test_confirmed_docket_is_what_exports_and_splits_have(store: ProjectStore) -> None:
    case = add(store)
    cases.put(store, annotator=ANA, case=case.id, documents=["news"])

    exported = [each.document.case for each in snapshot(store, Selection()).documents()]

    assert exported == ["4:19-cv-00042-AB", "4:19-cv-00042-AB"]


def test_document_leaves_its_case_when_removed_and_is_back_with_it(store: ProjectStore) -> None:
    case = add(store)

    run(trash.remove(store, annotator=ANA, documents=["order"]))
    assert listed(store) == [("Harrow v. Norvel", [], [])]
    run(trash.restore(store, annotator=ANA, documents=["order"]))
    assert listed(store) == [("Harrow v. Norvel", [], ["order"])]

    run(trash.remove(store, annotator=ANA, documents=["order"]))
    cases.remove(store, annotator=ANA, case=case.id)
    run(trash.restore(store, annotator=ANA, documents=["order"]))
    assert [each.id for each in store.documents()] == ["news", "order"]
    assert list(store.verify()) == []


def test_removal_of_a_case_is_not_taken_back_without_its_document(store: ProjectStore) -> None:
    case = add(store)
    removal = cases.remove(store, annotator=ANA, case=case.id)
    run(trash.remove(store, annotator=ANA, documents=["order"]))
    annotating.undo(store, annotator=ANA, document=None)
    run(trash.remove(store, annotator=ANA, documents=["order"]))

    entry = store.last_change_of(case.id)
    assert entry is not None
    assert entry.change_id == removal.id
    with pytest.raises(InvalidEdit):
        take_back(store, entry, annotator=ANA, verb="undo")


def test_case_confirmed_on_two_computers_is_one_after_a_merge(store: ProjectStore, tmp_path: Path) -> None:
    package = exchange.packed(store, tmp_path / "out.annopack")
    with exchange.adopted(package, tmp_path / "there.annotator", "w2") as there:
        cases.add(there, annotator=ANA, docket_number="19-cv-42", documents=["news"])
        add(store)

        exchange.merged(store, exchange.packed(there, tmp_path / "back.annopack", annotator=ANA))

        (view,) = cases.views(store)
        assert [each.id for each in view.documents] == ["news", "order"]
        assert [found.title for found in settling.conflicts(store)] != []
        assert list(store.verify()) == []
