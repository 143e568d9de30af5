"""Rolling backups: of one moment, small, checked, and gone by a policy."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.model import new_id
from storage import rolling
from storage.store import ProjectStore, open_project
from tests import edits, factories, projects

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def back_up(store: ProjectStore, folder: Path, at: datetime = NOON) -> rolling.Backup:
    return rolling.make(store.path, folder, project_id=store.project_id, at=at)


def test_backup_holds_what_the_project_holds(store: ProjectStore, tmp_path: Path) -> None:
    edits.mark(store)

    made = back_up(store, tmp_path / "copies")

    assert rolling.backups_of(store.path, tmp_path / "copies") == (made,)
    assert rolling.holdings(made) == rolling.Holdings(documents=1, spans=1, changes=3)


def test_contents_are_backed_up_once(store: ProjectStore, tmp_path: Path) -> None:
    projects.add_document(store, "long", text="A line that says the same as ever.\n" * 50_000)
    first = back_up(store, tmp_path / "copies")
    with_contents = first.contents.stat().st_size
    edits.mark(store)

    second = back_up(store, tmp_path / "copies", NOON + timedelta(minutes=10))

    assert second.path.stat().st_size < 600_000 < with_contents
    assert second.contents == first.contents
    assert second.contents.stat().st_size == with_contents


def test_new_contents_join_the_others(store: ProjectStore, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copies")
    projects.add_document(store, "second", text="Another text")

    made = back_up(store, tmp_path / "copies", NOON + timedelta(minutes=10))

    with rolling.opened(made) as connection:
        texts = {text for (text,) in connection.execute("SELECT text FROM kept.text_content")}
    assert texts == {factories.TEXT, "Another text"}


def test_renamed_project_keeps_the_place_of_its_backups(path: Path, tmp_path: Path) -> None:
    with open_project(path, workstation="w") as store:
        back_up(store, tmp_path / "copies")
    moved = path.rename(path.with_name("Other name.annotator"))

    with open_project(moved, workstation="w") as store:
        back_up(store, tmp_path / "copies", NOON + timedelta(minutes=1))

    assert len(rolling.backups_of(moved, tmp_path / "copies")) == 2


def test_backups_of_a_project_that_is_gone_are_found_by_its_place(path: Path, tmp_path: Path) -> None:
    with open_project(path, workstation="w") as store:
        made = back_up(store, tmp_path / "copies")
    path.unlink()

    assert rolling.backups_of(path, tmp_path / "copies") == (made,)


def test_another_project_of_the_same_name_has_no_backups(path: Path, tmp_path: Path) -> None:
    with open_project(path, workstation="w") as store:
        back_up(store, tmp_path / "copies")
    path.unlink()
    projects.new_project(path).close()

    assert rolling.backups_of(path, tmp_path / "copies") == ()


def test_last_ten_and_one_a_day_for_thirty_days_are_kept() -> None:
    every_hour = [NOON - timedelta(hours=hours) for hours in range(24 * 60)]

    kept = sorted(rolling.kept(every_hour, now=NOON), reverse=True)

    assert kept[:10] == every_hour[:10]
    days = {time.date() for time in kept}
    assert len(days) == 31  # thirty days of 24 hours touch 31 dates
    assert len(kept) == 10 + 30
    assert all(time.hour == 23 for time in kept[10:])


def test_old_backups_go_when_a_new_one_is_made(store: ProjectStore, tmp_path: Path) -> None:
    for minutes in range(15):
        back_up(store, tmp_path / "copies", NOON + timedelta(minutes=minutes))

    assert len(rolling.backups_of(store.path, tmp_path / "copies")) == rolling.KEEP_LAST


def test_backup_of_a_project_in_use_is_of_one_moment(store: ProjectStore, tmp_path: Path) -> None:
    edits.mark(store, edits.span(new_id()))
    with store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM annotation")
        made = back_up(store, tmp_path / "copies")
        connection.rollback()

    found = rolling.holdings(made)
    assert found is not None
    assert found.spans == 1


def test_backup_that_cannot_be_written_is_refused_and_leaves_nothing(
    store: ProjectStore, tmp_path: Path
) -> None:
    (tmp_path / "copies").write_text("no folder")

    with pytest.raises(ProjectError, match=r"No backup of Rulings\.annotator was made"):
        back_up(store, tmp_path / "copies")


def test_damaged_backup_holds_nothing(store: ProjectStore, tmp_path: Path) -> None:
    made = back_up(store, tmp_path / "copies")
    made.path.write_bytes(b"damaged" * 1000)

    assert rolling.holdings(made) is None
