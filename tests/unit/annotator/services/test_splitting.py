"""What is read from a project to split it."""

from pathlib import Path

from annotator.progress import run
from annotator.services.exporting import Selection
from annotator.services.splitting import SplitPlan, split_documents
from annotator.splitting import Split, read_shares
from storage.store import ProjectStore
from tests.unit.exporters.exporting import bring_in
from tests.unit.exporters.news_project import add_stories, news_project, story
from tests.unit.exporters.rich_project import read_document

SHARES = read_shares("60/20/20")


def split_of(store: ProjectStore, selection: Selection | None = None, **more: object) -> Split:
    plan = SplitPlan(SHARES, **more)  # type: ignore[arg-type]
    return run(split_documents(store, selection or Selection(), plan))


def by_reason(found: Split) -> dict[str, int]:
    reasons = [link.reason for link in found.links]
    return {reason: reasons.count(reason) for reason in sorted(set(reasons))}


def test_case_address_and_near_duplicate_keep_documents_together(tmp_path: Path) -> None:
    with news_project(tmp_path, count=6) as store:
        same_page = {"url": "http://www.news.example/4/#top"}
        one = bring_in(store, read_document("Again", "Quite another text.", key="1", metadata=same_page))
        two = bring_in(store, read_document("Wire", story(3).replace("denied", "refused", 1), key="2"))
        found = split_of(store)

        groups = [{store_title(store, one) for one in group} for group in found.groups if len(group) > 1]

    assert by_reason(found) == {"case": 1, "near_duplicate": 1, "source": 1}
    assert groups == [{"Story 0", "Story 1"}, {"Story 3", "Wire"}, {"Story 4", "Again"}]
    assert found.places[one]
    assert found.places[two]


def store_title(store: ProjectStore, document: str) -> str:
    return next(row.title for row in store.documents() if row.id == document)


def test_field_of_metadata_keeps_documents_together(tmp_path: Path) -> None:
    with news_project(tmp_path, count=8) as store:
        found = split_of(store, fields=("publisher",))

    assert len(found.groups) <= 2


def test_documents_imported_later_move_none(tmp_path: Path) -> None:
    with news_project(tmp_path, count=12) as store:
        before = split_of(store)
        add_stories(store, range(12, 30))
        after = split_of(store)

    assert {one: after.places[one] for one in before.places} == before.places
    assert len(after.places) == 30


def test_labels_counted_are_those_of_the_selection(tmp_path: Path) -> None:
    with news_project(tmp_path, count=6) as store:
        everything = split_of(store)
        nothing = split_of(store, Selection(labels=("court",)))

    assert sum(sum(counts.values()) for counts in everything.labels.values()) == 6
    assert nothing.labels == {"train": {}, "validation": {}, "test": {}}
