"""What is checked before a project file is opened, and how one is made or brought up to date.

A refusal leaves the file as it was to the byte, and its header is looked at before anything connects
to it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from annotator.errors import DamagedProject, ProjectError
from storage import backup, migrations, tables
from storage.engine import DAMAGED, Database, header
from storage.migrations import Layout


def check_project(path: Path, layout: Layout = migrations.CURRENT) -> None:
    """Raises ProjectError if the file is not a project, or one of a newer version."""
    try:
        is_there = path.exists()
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be opened, because you may not look into {path.parent}."
        ) from error
    if not is_there:
        raise ProjectError(
            f"There is no file {path.name} in {path.parent}. It may have been moved or renamed."
        )
    if not path.is_file():
        raise ProjectError(f"{path.name} is a folder, not a project. Choose a file that ends in .annotator.")
    if not os.access(path, os.R_OK):
        raise ProjectError(
            f"{path.name} may not be read by you. Ask who owns the file for the right to read it."
        )
    told = header(path)
    if told is None:
        return  # connecting tells a damaged file from one that is being written just now
    if told.application != tables.APPLICATION_ID:
        raise ProjectError(f"{path.name} is not an Annotator project. Choose a file that ends in .annotator.")
    if told.layout > layout.number:
        raise ProjectError(
            f"{path.name} was last saved by a newer version of Annotator. Install that version to open it."
        )
    if told.revision > layout.head:
        raise _unknown(path)


def check_writable(path: Path) -> None:
    """Raises ProjectError if the file may not be written. That its folder may be, the lock finds out."""
    if not os.access(path, os.W_OK):
        raise ProjectError(
            f"{path.name} is write-protected. Open it for reading only, or copy it to another folder."
        )


def open_to_read(path: Path, layout: Layout = migrations.CURRENT) -> Database:
    """Connect for reading only. Raises ProjectError if the tables are not those of the layout."""
    database = Database(path, read_only=True)
    try:
        if revision_of(database) < layout.head:
            raise ProjectError(
                f"{path.name} was last saved by an older version of Annotator. "
                "Open it for writing once, so that it is brought up to date."
            )
        _refuse_unknown(database, layout)
    except BaseException:
        database.close()
        raise
    return database


def open_to_write(path: Path, layout: Layout = migrations.CURRENT) -> Database:
    """Connect for writing; a file of an older version is copied aside and brought up to date first.

    Raises ProjectError, and leaves the file as it was, if its version is unknown or a step fails.
    """
    database = Database(path, read_only=False)
    try:
        if revision_of(database) < layout.head:
            database.close()
            bring_up_to_date(path, layout)
            database = Database(path, read_only=False)
        _refuse_unknown(database, layout)
    except BaseException:
        database.close()
        raise
    return database


def bring_up_to_date(path: Path, layout: Layout) -> None:
    """Migrate a file of an older version in one transaction, after a checked copy of it is beside it."""
    database = Database(path, read_only=False, foreign_keys=False)
    try:
        copy = backup.copy_aside(database, revision_of(database))
        try:
            with database.writing() as connection:
                migrations.upgrade(connection, layout)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise _not_brought_up_to_date(path, copy, "references in it do not hold")
        except SQLAlchemyError as error:
            raise _not_brought_up_to_date(path, copy, str(error).splitlines()[0]) from error
        database.write_back()
    finally:
        database.close()


def revision_of(database: Database) -> str:
    """The revision of the file's tables. Raises ProjectError if it has none."""
    try:
        with database.reading() as connection:
            revision: str | None = connection.execute(select(tables.alembic_version.c.version_num)).scalar()
    except OperationalError as error:
        raise _unknown(database.path) from error
    if revision is None:
        raise _unknown(database.path)
    return revision


@contextmanager
def new_database(path: Path, *, name: str) -> Iterator[Database]:
    """A new file with empty tables, closed and whole when the context ends; it will be called `name`."""
    path.touch(exist_ok=False)
    database = Database(path, read_only=False, name=name)
    try:
        with database.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {tables.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {migrations.CURRENT.number}")
            tables.create_tables(connection)
            connection.execute(insert(tables.alembic_version), {"version_num": migrations.CURRENT.head})
        yield database
    finally:
        database.close()


def _not_brought_up_to_date(path: Path, copy: Path, reason: str) -> ProjectError:
    return ProjectError(
        f"{path.name} could not be brought up to date: {reason}. It was left as it was; keep opening it "
        f"with the version of Annotator that saved it. A copy of it is {copy.name}."
    )


def _refuse_unknown(database: Database, layout: Layout) -> None:
    if revision_of(database) != layout.head:
        raise _unknown(database.path)
    if layout == migrations.CURRENT:
        _refuse_incomplete(database)


def _refuse_incomplete(database: Database) -> None:
    """Raises DamagedProject if a table is missing, or a column: a damage may have changed its name."""
    columns = {
        f"{table.name}.{column.name}" for table in tables.metadata.tables.values() for column in table.columns
    }
    with database.reading() as connection:
        there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        named = connection.exec_driver_sql(
            "SELECT made.name || '.' || info.name FROM sqlite_master AS made, "
            "pragma_table_info(made.name) AS info WHERE made.type = 'table'"
        )
        known = set(named.scalars())
    lacking = {*tables.metadata.tables, "paragraph_index"} - there
    missing = sorted(lacking or columns - known)
    if missing:
        raise DamagedProject(f"{DAMAGED.format(name=database.path.name)} Missing: {', '.join(missing)}.")


def _unknown(path: Path) -> ProjectError:
    return ProjectError(
        f"{path.name} was saved by a version of Annotator that this one does not know. "
        "Install the version that saved it."
    )
