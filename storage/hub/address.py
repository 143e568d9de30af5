"""Addresses of hubs: `postgresql://user@host:port/database`, as libpq reads them, and never with a password.

A password in an address would be seen in the list of processes, in the shell's history and in the project.
libpq finds it by itself: in the file of PGPASSFILE (`~/.pgpass`), or by a service of PGSERVICEFILE.
"""

from typing import TYPE_CHECKING

from annotator.errors import MissingExtra
from annotator.hub import HubError

if TYPE_CHECKING:
    import types

_SCHEMES = ("postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")


def driver() -> "types.ModuleType":
    """psycopg, imported. Raises MissingExtra where it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise MissingExtra("A hub", "hub") from error
    return psycopg


def is_address(text: str) -> bool:
    """Whether somebody means the address of a hub by it, a good one or not."""
    return text.startswith(_SCHEMES)


def checked_address(address: str) -> str:
    """The address, if it is one and keeps no secret. Raises HubError, and never says the secret."""
    import psycopg.conninfo

    text = address.strip()
    if not is_address(text):
        # What was given may have a password in it, wherever its kind of address keeps one.
        raise HubError("This is no address of a hub. It is one such as postgresql://ana@server/rulings.")
    try:
        parts = psycopg.conninfo.conninfo_to_dict(text)
    except psycopg.Error:
        raise _unreadable() from None  # it may quote the address
    # Where a password has a slash in it, libpq takes its beginning for a port and the rest for a database.
    if "@" in str(parts.get("dbname", "")) or set(str(parts.get("port", ""))) - set("0123456789,"):
        raise _unreadable()
    if any(parts.get(name) for name in _SECRETS):
        raise HubError(
            "The address of the hub has a password in it, which others could see. Take it out, and put it "
            "into the file .pgpass in your home folder, where PostgreSQL's own programs find it too."
        )
    return text


def _unreadable() -> HubError:
    return HubError(
        "The address of the hub cannot be read. It is one such as postgresql://ana@server/rulings, without a "
        "password."
    )


def shown(address: str) -> str:
    """The address as a person is told of it: host and database."""
    import psycopg.conninfo

    parts = psycopg.conninfo.conninfo_to_dict(address)
    host, database = parts.get("host"), parts.get("dbname")
    if not host and not database:
        return str(parts.get("service") or "the hub")
    return f"{database or parts.get('user') or 'the hub'} on {host or 'this computer'}"
