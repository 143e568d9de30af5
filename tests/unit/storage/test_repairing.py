"""What a repair says, does and leaves alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import rolling
from storage.store import open_project
from tests import factories
from ui import cli
from ui.settings import backups_folder


@pytest.fixture
def broken(path: Path) -> Path:
    """A project that lost a text and its search, with a backup that has the text."""
    with open_project(path, workstation="w") as store:
        rolling.make(path, backups_folder(), project_id=store.project_id)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM text_content")
        connection.execute("DELETE FROM paragraph")
        connection.commit()
    return path


def test_repair_says_first_what_it_would_do_and_then_does_it(
    broken: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", str(broken), "--repair", "--yes"]) == 0

    told = capfd.readouterr()
    assert told.err.splitlines()[:2] == [
        "Would: make the index and the paragraphs of search anew.",
        "Would: bring back 1 texts and originals from the backups.",
    ]
    assert "before repair" in told.out
    with open_project(broken, workstation="w") as store:
        assert store.text(store.documents()[0].text_version) == factories.TEXT


def test_nothing_is_done_to_what_needs_no_repair(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()

    assert cli.run(["check", str(path), "--repair", "--yes"]) == 0

    assert "nothing that a repair can do" in capfd.readouterr().out
    assert path.read_bytes() == before


def test_damaged_file_is_sent_to_its_backups(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: 20 * 4096])

    assert cli.run(["check", str(path), "--repair", "--yes"]) == 1

    assert "annotator salvage" in capfd.readouterr().err
