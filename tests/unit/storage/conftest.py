"""What the tests of the project file start from: a project with a document in it, made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import ProjectStore, open_project
from tests import projects


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made once") / "Rulings.annotator"
    with projects.new_project(path) as store:
        projects.add_document(store)
    return path


@pytest.fixture
def path(made_once: Path, tmp_path: Path) -> Path:
    """The file of a project with one document that nobody has open."""
    return Path(shutil.copy(made_once, tmp_path))


@pytest.fixture
def store(path: Path) -> Iterator[ProjectStore]:
    """A project with one document, open for writing."""
    with open_project(path, workstation=projects.WORKSTATION) as store:
        yield store
