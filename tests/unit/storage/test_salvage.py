"""Salvage keeps what merging made: branches, what is in question, what waits; and it takes every layout."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import DamagedProject
from annotator.hub import HubLink
from annotator.model import RECORD_TYPES
from annotator.progress import run
from annotator.record_json import kind_of
from annotator.services import annotating, settling, trash
from annotator.services.checking import check
from annotator.suggest.learned.stored import StoredModel
from storage.salvage import salvage
from storage.store import ProjectStore, open_project
from tests import exchange, factories, projects, work
from tests.unit.storage.test_layouts import LAYOUTS

TEXT = "Judge Ada Romero of the District Court ruled that Norvel cannot claim immunity."


def marked(store: ProjectStore, words: str, label: str) -> str:
    start = TEXT.index(words)
    ana = projects.lead(store).id
    annotating.highlight(
        store, annotator=ana, document="one", label=label, fragments=[(start, start + len(words))]
    )
    return next(span.id for span in store.annotations("one") if span.quote.exact == words)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A project with merged work that contradicts its own: a label, a removal, a removed document."""
    with projects.new_project(tmp_path / "lead.annotator") as lead:
        ana = projects.lead(lead).id
        for id in ("one", "two"):
            projects.add_document(lead, id, text=TEXT, title=id)
        romero, court = marked(lead, "Ada Romero", "judge"), marked(lead, "District Court", "court")
        package = exchange.packed(lead, tmp_path / "out.annopack")
        with exchange.adopted(package, tmp_path / "other.annotator", "workstation-2") as other:
            annotating.relabel(other, annotator=ana, annotation=romero, label="person")
            annotating.set_note(other, annotator=ana, annotation=court, note="see R4")
            annotating.highlight(other, annotator=ana, document="two", label="judge", fragments=[(0, 5)])
            back = exchange.packed(other, tmp_path / "back.annopack")
        annotating.relabel(lead, annotator=ana, annotation=romero, label="organization")
        annotating.remove(lead, annotator=ana, annotations=[court])
        run(trash.remove(lead, annotator=ana, documents=["two"]))
        exchange.merged(lead, back)
        assert len(settling.conflicts(lead)) >= 2
        lead._database.write_back()
    return tmp_path / "lead.annotator"


def opened(path: Path) -> ProjectStore:
    return open_project(path, workstation="workstation-1")


def everything(path: Path) -> Iterator[object]:
    with opened(path) as store:
        yield exchange.records(store)
        yield exchange.known(store)
        yield dict(store.contested())
        yield store.merges()
        yield settling.conflicts(store)
        yield run(check(store))


def test_merged_project_is_salvaged_with_all_that_merging_made(merged: Path, tmp_path: Path) -> None:
    told = salvage(merged, tmp_path / "new.annotator")

    assert told.lost == ()
    assert list(everything(tmp_path / "new.annotator")) == list(everything(merged))


def test_salvaged_project_goes_on_merging_and_takes_a_merge_back(merged: Path, tmp_path: Path) -> None:
    salvage(merged, tmp_path / "new.annotator")

    results = []
    for path in (merged, tmp_path / "new.annotator"):
        with opened(path) as store:
            assert exchange.merged(store, tmp_path / "back.annopack").taken.changes == 0
            store.take_back_merge(store.merges()[0].id)
            assert run(check(store)) == ()
            results.append((exchange.records(store), settling.conflicts(store)))

    assert results[0] == results[1]


@pytest.mark.parametrize("table", ["history_parent", "contested", "merged"])
def test_lost_table_of_merging_is_no_lost_work(merged: Path, tmp_path: Path, table: str) -> None:
    before = next(iter(everything(merged)))
    with closing(sqlite3.connect(merged)) as connection:
        connection.execute(f"DROP TABLE {table}")

    told = salvage(merged, tmp_path / "new.annotator")

    with opened(tmp_path / "new.annotator") as store:
        after = exchange.records(store)
        problems = run(check(store))
    assert {id: _bare(record) for id, record in after.items()} == {
        id: _bare(record)
        for id, record in before.items()  # type: ignore[attr-defined]
    }
    assert told.lost or not problems


def _bare(record: object) -> str:
    """A record without the Change that wrote it, which may be the salvage."""
    import dataclasses

    return repr(dataclasses.replace(record, revision=""))  # type: ignore[type-var]


@pytest.mark.parametrize("is_merged", [True, False])
def test_record_whose_history_has_a_hole_stays_as_its_row_is(
    merged: Path, tmp_path: Path, is_merged: bool
) -> None:
    path = merged if is_merged else tmp_path / "other.annotator"
    with opened(path) as store:
        span = marked(store, "Norvel", "organization")
        for note in ("first", "second", "third"):
            annotating.set_note(store, annotator=projects.lead(store).id, annotation=span, note=note)
    with closing(sqlite3.connect(path)) as connection, connection:
        found = connection.execute(
            "SELECT place FROM history_record WHERE record_id = ? ORDER BY place", (span,)
        ).fetchall()
        connection.execute("DELETE FROM history_record WHERE place = ?", found[-2])

    told = salvage(path, tmp_path / "new.annotator")

    with opened(tmp_path / "new.annotator") as store:
        assert {each.id: each.note for each in store.annotations("one")}[span] == "third"
        assert run(check(store)) == () or told.lost


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_project_of_any_layout_is_salvaged_whole(layout: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.annotator"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout.read_text("utf-8"))
    upgraded = Path(shutil.copy(path, tmp_path / "upgraded.annotator"))

    told = salvage(path, tmp_path / "new.annotator")

    assert told.lost == ()
    with opened(upgraded) as expected, opened(tmp_path / "new.annotator") as found:
        assert exchange.records(found) == exchange.records(expected)
        assert found.text(found.documents()[0].text_version) == factories.TEXT


def test_column_whose_name_was_damaged_is_told_on_opening_and_salvaged(merged: Path, tmp_path: Path) -> None:
    before = list(everything(merged))
    data = merged.read_bytes()
    place = data.index(b'before" TEXT')
    merged.write_bytes(data[:place] + b"bef\x7fre" + data[place + 6 :])

    with pytest.raises(DamagedProject, match=r"history_record\.before"):
        opened(merged)
    told = salvage(merged, tmp_path / "new.annotator")

    assert told.lost == ()
    assert list(everything(tmp_path / "new.annotator")) == before


def test_record_that_differs_from_its_history_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with projects.new_project(path) as store:
        projects.add_document(store, "one", text=TEXT)
        marked(store, "Norvel", "organization")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE annotation SET note = 'flipped'")

    told = salvage(path, tmp_path / "new.annotator")

    assert told.lost == (
        "1 spans differ from their history, and are as that has them.",
        "The table has: organization “Norvel”.",
    )


def test_record_that_is_newer_than_its_history_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with projects.new_project(path) as store:
        projects.add_document(store, "one", text=TEXT)
        span = marked(store, "Norvel", "organization")
        annotating.set_note(store, annotator=projects.lead(store).id, annotation=span, note="newest")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM history_record WHERE place = (SELECT max(place) FROM history_record)")

    told = salvage(path, tmp_path / "new.annotator")

    assert told.lost
    with opened(tmp_path / "new.annotator") as store:
        assert [each.note for each in store.annotations("one")] == ["newest"]
        assert run(check(store)) == ()


# -- every kind of record


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with records of every kind, a model, and a hub that it has joined; never changed."""
    with work.team_project(tmp_path_factory.mktemp("whole")) as store:
        assert {type(record) for record in exchange.records(store).values()} == set(RECORD_TYPES)
        store.keep_learned_model(StoredModel("{}", b"numbers"))
        store.set_hub_link(HubLink("hub.example.org/rulings", "ana", factories.ANA, "lead", 3, 2))
        store._database.write_back()
        return store.path


def test_project_with_everything_is_salvaged_but_for_the_hub_which_is_told(
    whole: Path, tmp_path: Path
) -> None:
    told = salvage(whole, tmp_path / "new.annotator")

    [lost] = told.lost
    assert "hub.example.org/rulings any more. Join it again" in lost
    with opened(whole) as expected, opened(tmp_path / "new.annotator") as found:
        assert exchange.records(found) == exchange.records(expected)
        assert exchange.known(found) == exchange.known(expected)
        assert run(check(found)) == ()
        assert found.hub_link() is None


@pytest.mark.parametrize("table", [kind_of(each) for each in RECORD_TYPES])
def test_records_of_a_kind_whose_table_is_lost_come_from_the_history(
    whole: Path, tmp_path: Path, table: str
) -> None:
    path = Path(shutil.copy(whole, tmp_path / "damaged.annotator"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f'DROP TABLE "{table}"')

    told = salvage(path, tmp_path / "new.annotator")

    assert len(told.lost) == 1
    with opened(whole) as expected, opened(tmp_path / "new.annotator") as found:
        assert exchange.records(found) == exchange.records(expected)
        assert run(check(found)) == ()
