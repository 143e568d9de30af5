"""The steps from one layout of the tables to the next, and what happens when one fails."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from annotator.errors import ProjectError
from storage import migrations, opening, tables
from storage.engine import Database
from storage.migrations import CURRENT, Layout
from storage.store import open_project

SECOND_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("document", sa.Column("court", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("document") as document:
        document.alter_column("title", new_column_name="heading")
"""
FAILING_STEP = (
    SECOND_STEP
    + """
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
)
TEARING_STEP = (
    SECOND_STEP
    + """
    op.execute("DELETE FROM text_version")
"""
)


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=repr)


def made_by(path: Path, make: Callable[[Connection], None]) -> list[tuple[str, ...]]:
    path.touch()
    database = Database(path, read_only=False, foreign_keys=False)
    with database.writing() as connection:
        make(connection)
    database.close()
    return schema(path)


def next_layout(folder: Path, step: str) -> Layout:
    """A layout one step further than the present one."""
    steps = folder / "steps" / "versions"
    shutil.copytree(CURRENT.steps, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "r9999_trial.py").write_text(step.replace("{head}", CURRENT.head))
    return Layout("9999", steps)


def test_steps_make_the_tables_that_a_new_project_has(tmp_path: Path) -> None:
    migrated = made_by(tmp_path / "migrated", migrations.upgrade)

    assert migrated == made_by(tmp_path / "made", tables.create_tables)


def test_current_layout_is_the_newest_step() -> None:
    names = sorted(step.name for step in CURRENT.steps.glob("r*.py"))

    assert names[-1].startswith(f"r{CURRENT.head}_")


def test_new_project_is_marked_with_the_current_layout(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (CURRENT.number,)
        assert connection.execute("PRAGMA application_id").fetchone() == (tables.APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (CURRENT.head,)


def test_older_file_is_copied_aside_and_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    before = schema(path)
    layout = next_layout(tmp_path, SECOND_STEP)

    database = opening.open_to_write(path, layout)

    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT heading, court FROM document").all()
    database.close()
    assert [tuple(row) for row in rows] == [("Court rules on immunity", "")]
    copy = path.with_name(f"Rulings before update {CURRENT.head}.annotator")
    assert schema(copy) == before
    with open_project(copy, workstation="w") as store:
        assert store.verify() == ()
    with pytest.raises(ProjectError, match="newer version"):
        open_project(path, workstation="w")


def test_copy_aside_replaces_nothing(path: Path, tmp_path: Path) -> None:
    path.with_name(f"Rulings before update {CURRENT.head}.annotator").write_text("kept")

    opening.open_to_write(path, next_layout(tmp_path, SECOND_STEP)).close()

    assert path.with_name(f"Rulings before update {CURRENT.head}.annotator").read_text() == "kept"
    assert path.with_name(f"Rulings before update {CURRENT.head} 2.annotator").exists()


@pytest.mark.parametrize(
    ("step", "reason"),
    [(FAILING_STEP, "no such table"), (TEARING_STEP, "references in it do not hold")],
)
def test_step_that_fails_leaves_the_file_as_it_was(
    path: Path, tmp_path: Path, step: str, reason: str
) -> None:
    before = path.read_bytes()

    with pytest.raises(ProjectError, match=rf"could not be brought up to date: .*{reason}.* left as it was"):
        opening.open_to_write(path, next_layout(tmp_path, step))

    assert path.read_bytes() == before
    with open_project(path, workstation="w") as store:
        assert store.verify() == ()


def test_older_file_cannot_be_opened_for_reading_only(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="Open it for writing once"):
        opening.open_to_read(path, next_layout(tmp_path, SECOND_STEP))
