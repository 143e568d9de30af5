"""How a project file of an older version becomes one of this version.

`CURRENT` is what this version reads and writes. Alembic is imported only where a file is older; it runs
without its usual env.py, on the one connection that it is given and inside its transaction.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Layout:
    """The newest revision of the tables, and the folder of the steps that lead to it.

    Revisions are numbers in four digits; the file's `user_version` is the same number, so that a newer
    file is known from its header.
    """

    head: str
    steps: Path

    @property
    def number(self) -> int:
        return int(self.head)


CURRENT = Layout("0009", Path(__file__).parent / "versions")


def upgrade(connection: Connection, layout: Layout = CURRENT) -> None:
    """Run the steps from the file's revision to the layout's, in the transaction of the connection.

    Foreign keys must be off, since SQLite changes a table by making it anew.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(layout.steps.parent), version_locations=[str(layout.steps)])
    context = MigrationContext.configure(
        connection,
        opts={
            "fn": lambda revision, _: scripts._upgrade_revs(layout.head, revision),
            "transactional_ddl": True,
            "render_as_batch": True,
        },
    )
    with Operations.context(context):
        context.run_migrations()
    connection.exec_driver_sql(f"PRAGMA user_version = {layout.number}")
