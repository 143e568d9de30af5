"""`annotator backup` and `annotator restore`: what they make, list and leave."""

from pathlib import Path

import pytest

from storage.store import open_project
from tests import edits, factories, projects
from ui import cli, cli_commands


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


def test_backup_is_listed_and_restored(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["backup", str(project)]) == 0
    with open_project(project, workstation="w") as store:
        edits.mark(store)
    assert cli.run(["restore", str(project)]) == 0
    assert "1 document, 0 spans, 2 changes" in capfd.readouterr().out

    assert cli.run(["restore", str(project), "--from", "1"]) == 0

    assert "What was there before is" in capfd.readouterr().out
    with open_project(project, workstation="w") as store:
        assert store.annotations(factories.DOCUMENT) == ()


def test_project_that_is_open_is_backed_up_to_a_folder(project: Path, tmp_path: Path) -> None:
    with open_project(project, workstation="w"):
        assert cli.run(["backup", str(project), "--to", str(tmp_path / "stick")]) == 0

    assert len(list((tmp_path / "stick").rglob("*.annotator-backup"))) == 1


def test_project_that_is_open_is_not_restored(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cli.run(["backup", str(project)])
    with open_project(project, workstation="w"):
        assert cli.run(["restore", str(project), "--from", "1"]) == 1

    assert "open for writing" in capfd.readouterr().err


@pytest.mark.parametrize("number", [None, "7"])
def test_restore_without_such_a_backup_is_refused(
    project: Path, number: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    more = [] if number is None else ["--from", number]
    if number is not None:
        cli.run(["backup", str(project)])

    assert cli.run(["restore", str(project), *more]) == 1

    assert "There is no backup" in capfd.readouterr().err


@pytest.mark.parametrize("command", [["check"], ["documents"], ["import"]])
def test_folder_that_is_synchronised_is_warned_of(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    folder = tmp_path / "Dropbox" / "cases"
    folder.mkdir(parents=True)
    (tmp_path / "ruling.txt").write_text("The contract is void.\n", "utf-8")
    project = folder / "p.annotator"
    cli.run(["new", str(project)])
    assert "p.annotator is in Dropbox" in capfd.readouterr().err

    more = [str(tmp_path / "ruling.txt")] if command == ["import"] else []
    assert cli.run([*command, str(project), *more]) == 0

    assert "p.annotator is in Dropbox" in capfd.readouterr().err


def test_unexpected_error_is_told_without_what_was_read(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> int:
        raise ValueError("a sealed sentence")

    monkeypatch.setattr(cli_commands, "check", fail)

    assert cli.run(["check", str(project)]) == 1

    told = capfd.readouterr().err
    assert "ValueError" in told
    assert "sealed" not in told
