"""What failures of PostgreSQL mean, in sentences.

What libpq raises when no connection comes about has no code, only words; so the words are looked at.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.hub import HubError, HubUnreachable, NeedsHubPassword

if TYPE_CHECKING:
    import psycopg

# By what libpq or the server says (patterns), the first that fits; servers say so in English unless set
# otherwise. The name of the host is in it too, and may be made of any words.
_CONNECTING: tuple[tuple[str, type[HubError], str], ...] = (
    (
        "no password supplied|password authentication failed|empty password",
        NeedsHubPassword,
        "{hub} wants a password, or another one. PostgreSQL finds it in .pgpass in your home folder.",
    ),
    (
        "could not translate host name|name or service not known|failed to resolve|no such host",
        HubUnreachable,
        "There is no computer of that name: {hub}. Look at the address, and whether you are connected.",
    ),
    (
        r'database "[^"]*" does not exist',
        HubError,
        "There is no such database: {hub}. Look at the address, or make the database first.",
    ),
    (
        r'role "[^"]*" does not exist',
        HubError,
        "{hub} knows no database user of that name. Look at the address, or ask who runs the server.",
    ),
    (
        r"pg_hba\.conf",
        HubError,
        "{hub} does not let this user in from this computer. Ask who runs the server.",
    ),
    (
        "permission denied",
        HubError,
        "{hub} does not let this user in. Ask who runs the server.",
    ),
)


def connecting(error: "psycopg.Error", hub: str) -> HubError:
    """What it means that no connection came about."""
    for words, kind, sentence in _CONNECTING:
        if re.search(words, str(error), re.IGNORECASE):
            return kind(sentence.format(hub=hub))
    return HubUnreachable(
        f"{hub} does not answer ({_line(error)}). What you do stays in the project and is sent later."
    )


@contextmanager
def explained(hub: str) -> Iterator[None]:
    """Turn what psycopg raises while a hub is used into a HubError."""
    import psycopg

    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise HubUnreachable(
            f"The connection to {hub} was lost ({_line(error)}). "
            "What is unsent stays in the project and is sent later."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise HubError(f"{hub} does not allow this ({_line(error)}). Ask who leads the project.") from error
    except psycopg.Error as error:
        raise HubError(f"{hub} refused this ({_line(error)}).") from error


def _line(error: Exception) -> str:
    """The first line of what the driver says, which never has a password."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__
