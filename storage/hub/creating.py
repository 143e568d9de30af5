"""A hub is made, and its members are let in, by leads.

The database and its users are made with PostgreSQL's own means, by who runs the server (docs/hub.md). A hub
is a schema of its own in the database, `annotator_hub`, and of one project.
"""

from importlib import resources
from typing import TYPE_CHECKING

from annotator.hub import HubError, HubProject, Member
from storage.hub.address import shown
from storage.hub.client import VERSION, HubClient, connect
from storage.hub.failures import explained

if TYPE_CHECKING:
    import psycopg


def create_hub(address: str, project: HubProject, lead: str, *, password: str | None = None) -> HubClient:
    """Make the hub of a project in a database, led by an annotator (an id), who is the user that connects.

    Raises HubError, with nothing made, if there is one already or the user may not make one.
    """
    import psycopg

    connection = connect(address, password=password)
    name = shown(address)
    try:
        with explained(name):
            there = connection.execute("SELECT to_regnamespace('annotator_hub') IS NOT NULL").fetchone()
        if there is not None and there[0]:
            raise HubError(
                f"There is a hub in {name} already. Join it, or make another database for this one."
            )
        try:
            _make(connection, project, lead)
        except psycopg.errors.InsufficientPrivilege as error:
            raise HubError(
                f"The database user has no right to make a hub in {name}. Ask who runs the server for the "
                "right to CREATE in that database."
            ) from error
        return HubClient(connection, name)
    except BaseException:
        connection.close()
        raise


def _make(connection: "psycopg.Connection[tuple[object, ...]]", project: HubProject, lead: str) -> None:
    text = resources.files("storage.hub").joinpath("schema.sql").read_text("utf-8")
    with connection.transaction():
        connection.execute(text.encode())
        connection.execute(
            "INSERT INTO annotator_hub.about (version, project, name, created) VALUES (%s, %s, %s, %s)",
            (VERSION, project.id, project.name, project.created),
        )
        connection.execute("INSERT INTO annotator_hub.counter (last, taken_by) VALUES (0, 0)")
        connection.execute("INSERT INTO annotator_hub.member VALUES (session_user, %s, 'lead')", (lead,))


def members(hub: HubClient) -> tuple[Member, ...]:
    """The database users who may use the hub, as far as one may see, by name."""
    rows = hub.ask("SELECT login, annotator, role FROM annotator_hub.member ORDER BY login")
    return tuple(Member(*row) for row in rows)


def let_in(hub: HubClient, member: Member) -> None:
    """Let a database user use the hub, or give one another annotator or role. Raises HubError."""
    _refuse_but_leads(hub)
    if not hub.ask("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", member.login):
        raise HubError(
            f"The server has no database user {member.login}. Who runs it makes one first, by CREATE ROLE."
        )
    hub.tell(
        "INSERT INTO annotator_hub.member (login, annotator, role) VALUES (%s, %s, %s) "
        "ON CONFLICT (login) DO UPDATE SET annotator = EXCLUDED.annotator, role = EXCLUDED.role",
        member.login,
        member.annotator,
        member.role,
    )


def shut_out(hub: HubClient, login: str) -> None:
    """Take the right to use the hub from a database user; what they brought stays. Raises HubError."""
    _refuse_but_leads(hub)
    if login == hub.me.login:
        raise HubError("You cannot shut yourself out of the hub; another lead can.")
    if not hub.tell("DELETE FROM annotator_hub.member WHERE login = %s", login):
        raise HubError(f"The database user {login} does not use this hub.")


def _refuse_but_leads(hub: HubClient) -> None:
    if hub.me.role != "lead":
        raise HubError("Only who leads the project says who uses its hub.")
