"""What PostgreSQL says when no connection comes about is told for what it is."""

import psycopg
import pytest

from annotator.hub import HubError, HubUnreachable, NeedsHubPassword
from storage.hub.failures import connecting


@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ('FATAL:  database "rulings" does not exist', HubError, "no such database"),
        ('FATAL:  role "ben" does not exist', HubError, "no database user of that name"),
        ('FATAL:  role "database_ben" does not exist', HubError, "no database user of that name"),
        ("fe_sendauth: no password supplied", NeedsHubPassword, "wants a password"),
        ("Connection refused", HubUnreachable, "does not answer"),
    ],
)
def test_failure_to_connect_is_explained(said: str, kind: type[HubError], told: str) -> None:
    error = psycopg.OperationalError(
        f'connection to server at "database.example.org" (192.0.2.7), port 5432 failed: {said}'
    )

    explained = connecting(error, "rulings on database.example.org")

    assert type(explained) is kind
    assert told in str(explained)
