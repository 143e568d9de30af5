"""The licence notices: of everything that the program requires, with name and text, of nothing else."""

from pathlib import Path

import pytest

from ui.licences import notices, write_notices


def test_program_comes_first_with_the_text_of_its_licence() -> None:
    first = notices()[0]

    assert (first.name, first.licence) == ("annotator", "MIT")
    assert "Permission is hereby granted" in first.text


def test_every_library_at_any_remove_is_there_with_the_name_of_its_licence() -> None:
    found = {each.name.lower().replace("_", "-"): each for each in notices()}

    assert "LGPL" in found["pyside6-essentials"].licence
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["pyside6-essentials"].text
    assert "shiboken6" in found  # which only PySide6 requires
    assert "Apache" in found["pypdfium2"].text
    assert [name for name, each in found.items() if each.licence in ("", "?")] == []


def test_tools_to_develop_it_are_left_out() -> None:
    assert not {"pytest", "mypy", "ruff"} & {each.name for each in notices()}


def test_program_that_is_not_installed_has_no_notices() -> None:
    assert notices("no-such-program") == ()


def test_licence_beside_the_metadata_of_a_source_tree_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "reading_room.egg-info"
    metadata.mkdir()
    (metadata / "PKG-INFO").write_text("Metadata-Version: 2.4\nName: reading-room\nVersion: 3\n")
    (metadata / "SOURCES.txt").write_text("LICENSE\nreading_room/notice.py\n")
    (tmp_path / "LICENSE").write_text("Read it here.\n")
    monkeypatch.syspath_prepend(tmp_path)

    assert [each.text for each in notices("reading-room")] == ["Read it here."]


def test_all_notices_go_into_one_file(tmp_path: Path) -> None:
    write_notices(tmp_path / "LICENCES.txt")

    written = (tmp_path / "LICENCES.txt").read_text("utf-8")
    assert all(each.text in written for each in notices())
    assert "shiboken6" in written
