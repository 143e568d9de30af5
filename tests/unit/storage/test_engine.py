"""The connection to a project file: transactions that are real, and failures put into words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from annotator.errors import ProjectError
from storage.engine import Database, Header, header


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "file.annotator"
    path.touch()
    database = Database(path, read_only=False)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (parent INTEGER REFERENCES parent (id))")
    yield database
    database.close()


def count(database: Database, table: str = "parent") -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("trusted_schema", 0),
    ],
)
def test_connection_to_write_is_set_for_safety(database: Database, pragma: str, value: object) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_what_raises_undoes_the_whole_transaction_with_its_tables(database: Database) -> None:
    with pytest.raises(ValueError, match="by chance"), database.writing() as connection:  # noqa: PT012
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        raise ValueError("by chance")

    assert count(database) == 0
    assert count(database, "sqlite_master WHERE name = 'half'") == 0


def test_reads_of_one_transaction_see_one_moment(database: Database) -> None:
    other = Database(database.path, read_only=False)

    with database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM parent").scalar()
        with other.writing() as writing:
            writing.exec_driver_sql("INSERT INTO parent VALUES (1)")
        after = connection.exec_driver_sql("SELECT count(*) FROM parent").scalar()
    other.close()

    assert (before, after) == (0, 0)
    assert count(database) == 1


def test_references_are_checked_at_the_end_and_not_before(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (7)")
        connection.exec_driver_sql("INSERT INTO parent VALUES (7)")

    assert count(database, "child") == 1


def test_refused_end_leaves_no_transaction_open(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (7)")

    assert count(database, "child") == 0
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO parent VALUES (7)")
    assert count(database) == 1


def test_file_that_another_program_keeps_locked_is_told(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        database._sqlite.execute("PRAGMA busy_timeout = 1")

        with pytest.raises(ProjectError, match="another program has been using the file"), database.writing():
            pass


def test_fault_of_our_own_is_not_taken_for_a_fault_of_the_file(database: Database) -> None:
    with pytest.raises(Exception, match="no such table") as caught, database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM none")

    assert not isinstance(caught.value, ProjectError)


def test_header_is_read_without_a_trace(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA application_id = 77")
        connection.exec_driver_sql("PRAGMA user_version = 5")
    database.write_back()
    before = sorted(entry.name for entry in database.path.parent.iterdir())

    assert header(database.path) == Header(77, 5)
    assert sorted(entry.name for entry in database.path.parent.iterdir()) == before


def test_header_of_no_database_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("words " * 100)

    assert header(tmp_path / "text") == Header()
    assert header(tmp_path / "none") == Header()
    assert not (tmp_path / "none").exists()
