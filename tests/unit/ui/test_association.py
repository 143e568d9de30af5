"""What a Linux desktop is told about projects, and that it is taken back whole."""

import shlex
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from defusedxml import ElementTree

from ui import association
from ui.association import NoAssociation, associate, dissociate, is_associated

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for desktops of Linux")
NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def desktop_entry(path: Path) -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return dict(parser["Desktop Entry"])


@on_linux
def test_desktop_learns_types_and_the_command_that_opens_them(user_folders: Path) -> None:
    entry, types, icon = associate()

    assert is_associated()
    assert all(path.is_relative_to(user_folders) for path in (entry, types, icon))
    told = desktop_entry(entry)
    globs = {
        kind.get("type"): kind.find(f"{NAMESPACE}glob").get("pattern")  # type: ignore[union-attr]
        for kind in ElementTree.parse(types).getroot()
    }
    assert set(told["MimeType"].strip(";").split(";")) == set(globs)
    assert set(globs.values()) == {"*.annotator", "*.annopack"}
    *command, verb, files = shlex.split(told["Exec"])
    assert (verb, files) == ("open", "%F")
    assert Path(command[0]).exists()


@on_linux
def test_everything_is_taken_back(user_folders: Path) -> None:
    paths = associate()

    assert dissociate() == paths
    assert not is_associated()
    assert not any(path.exists() for path in paths)
    assert dissociate() == []


@on_linux
def test_path_with_signs_is_quoted_for_the_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", '/opt/50% $HOME/an "a"/annotator')

    told = desktop_entry(associate()[0])

    assert told["Exec"] == r'"/opt/50%% \\$HOME/an \\"a\\"/annotator" open %F'


@pytest.mark.parametrize(("system", "advice"), [("darwin", "Annotator.app"), ("win32", "associate.cmd")])
def test_elsewhere_it_is_said_what_to_do(system: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(association.sys, "platform", system)

    with pytest.raises(NoAssociation, match=advice):
        associate()
    with pytest.raises(NoAssociation, match=advice):
        dissociate()


@on_linux
def test_folder_that_cannot_be_written_is_told(user_folders: Path) -> None:
    (user_folders / "data").write_text("in the way")

    with pytest.raises(NoAssociation, match="could not be written"):
        associate()
