"""What the tests of the services around a hub start from: a team whose hub has its project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import ProjectStore
from tests import hubs
from tests.hubs import Team
from tests.postgres import Server


@pytest.fixture
def team(postgres: Server, tmp_path: Path) -> Iterator[Team]:
    with hubs.sent_team(postgres, tmp_path) as team:
        yield team


@pytest.fixture
def ben(team: Team, tmp_path: Path) -> Iterator[ProjectStore]:
    """Ben's project, as he got it from the hub."""
    with team.workstation("ben", tmp_path / "ben.annotator") as store:
        yield store
