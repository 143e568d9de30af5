"""What the tests of the project file start from: a new project, and one with a document in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import ProjectStore
from tests import projects


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    """A project with one document."""
    with projects.new_project(tmp_path / "Rulings.annotator") as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a project with one document that nobody has open."""
    path = tmp_path / "Rulings.annotator"
    with projects.new_project(path) as store:
        projects.add_document(store)
    return path
