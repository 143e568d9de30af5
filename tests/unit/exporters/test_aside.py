"""Folders that appear whole or not at all, and never in place of another's files."""

import hashlib
import json
import resource
from pathlib import Path

import pytest

from annotator.errors import ExportError
from exporters.aside import MANIFEST, folder_written_aside


def write(target: Path, **files: str) -> None:
    with folder_written_aside(target) as folder:
        for name, text in files.items():
            (folder / "part").mkdir(exist_ok=True)
            (folder / "part" / name).write_text(text)


def test_folder_appears_with_a_manifest_of_its_files(tmp_path: Path) -> None:
    write(tmp_path / "out", one="1")

    (entry,) = json.loads((tmp_path / "out" / MANIFEST).read_text())["files"]
    assert entry == {"path": "part/one", "bytes": 1, "sha256": hashlib.sha256(b"1").hexdigest()}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    write(tmp_path / "out", one="1")

    write(tmp_path / "out", two="2")

    assert [path.name for path in (tmp_path / "out" / "part").iterdir()] == ["two"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("stranger", ["notes.txt", MANIFEST])
def test_folder_with_files_of_others_is_refused_and_left_as_it_was(tmp_path: Path, stranger: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / stranger).write_text("{}")

    with pytest.raises(ExportError, match="no export wrote"):
        write(tmp_path / "out", one="1")

    assert [path.name for path in (tmp_path / "out").iterdir()] == [stranger]


def test_export_to_which_a_file_was_added_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "out", one="1")
    (tmp_path / "out" / "mine.txt").touch()

    with pytest.raises(ExportError, match=r"mine\.txt"):
        write(tmp_path / "out", two="2")

    assert (tmp_path / "out" / "part" / "one").read_text() == "1"


def test_file_link_and_project_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)

    for name in ("file", "link", "a.annotator"):
        with pytest.raises(ExportError, match=r"is not a folder|name of a project"):
            write(tmp_path / name, one="1")


def test_full_disk_leaves_nothing_and_the_old_folder_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "out", one="1")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(ExportError, match="Nothing was changed there"):
            write(tmp_path / "out", two="2" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "part" / "one").read_text() == "1"
