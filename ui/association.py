"""Files that a double-click opens here: what a Linux desktop is told about projects and packages.

All of it is in the user's own data folder, so it needs no administrator and is taken back by removing the
files. Formats: the desktop entry and shared MIME-info specifications of freedesktop.org. Windows and macOS
are told by the bundled application (`bundling/annotator.spec`).
"""

import shutil
import subprocess
import sys
import sysconfig
from importlib.resources import files
from pathlib import Path

import platformdirs

from annotator.errors import AnnotatorError
from annotator.packages import SUFFIX

PROJECT_TYPE = "application/x-annotator-project"
PACKAGE_TYPE = "application/x-annotator-package"
_UPDATE_SECONDS = 30

_DESKTOP = """[Desktop Entry]
Type=Application
Name=Annotator
Comment=Annotate legal news and court documents
Exec={command} open %F
Icon=annotator
Terminal=false
Categories=Office;
MimeType={project};{package};
StartupWMClass=annotator
"""
_MIME = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{project}">
    <comment>Annotator project</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <icon name="annotator"/>
    <glob pattern="*.annotator"/>
  </mime-type>
  <mime-type type="{package}">
    <comment>Annotator package</comment>
    <sub-class-of type="application/zip"/>
    <icon name="annotator"/>
    <glob pattern="*{suffix}"/>
  </mime-type>
</mime-info>
"""


class NoAssociation(AnnotatorError):
    """Files cannot be associated here."""


def associate() -> list[Path]:
    """Have projects and packages open here with a double-click; the files that were written.

    Raises NoAssociation, with what to do instead where there is something.
    """
    _refuse_elsewhere()
    drawing = (files("resources") / "app" / "annotator.svg").read_text("utf-8")
    types = {"project": PROJECT_TYPE, "package": PACKAGE_TYPE}
    contents = (
        _DESKTOP.format(command=_quoted(_command()), **types),
        _MIME.format(suffix=SUFFIX, **types),
        drawing,
    )
    places = _places()
    try:
        for path, content in zip(places, contents, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    except OSError as error:
        raise NoAssociation(
            f"{error.filename} could not be written: {error.strerror}. Projects can be opened with "
            "File > Open project."
        ) from error
    _tell_desktop()
    return places


def dissociate() -> list[Path]:
    """Take back what `associate` did; the files that were removed, none where it was not done."""
    _refuse_elsewhere()
    gone = [path for path in _places() if path.exists()]
    for path in gone:
        path.unlink()
    if gone:
        _tell_desktop()
    return gone


def is_associated() -> bool:
    """Whether a desktop was told to open projects here."""
    return sys.platform.startswith("linux") and _places()[0].exists()


def _refuse_elsewhere() -> None:
    if sys.platform == "darwin":
        raise NoAssociation(
            "On macOS the application says itself which files it opens: move Annotator.app to Applications."
        )
    if not sys.platform.startswith("linux"):
        raise NoAssociation(
            "On Windows, run associate.cmd in the folder of the application; dissociate.cmd takes it back."
        )


def _places() -> list[Path]:
    data = platformdirs.user_data_path()
    return [
        data / "applications" / "annotator.desktop",
        data / "mime" / "packages" / "annotator.xml",
        data / "icons" / "hicolor" / "scalable" / "apps" / "annotator.svg",
    ]


def _command() -> list[str]:
    """How this program is started: the bundled one, else the script of its environment, else its Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sysconfig.get_path("scripts")) / "annotator"
    return [str(script)] if script.exists() else [sys.executable, "-m", "annotator"]


def _quoted(command: list[str]) -> str:
    """The words as `Exec` has them: quoted, and with a percent sign doubled."""
    words = []
    for word in command:
        for sign in '\\"`$':
            word = word.replace(sign, f"\\{sign}")
        # A backslash is one in a string of the file only when it is doubled.
        words.append('"' + word.replace("\\", "\\\\").replace("%", "%%") + '"')
    return " ".join(words)


def _tell_desktop() -> None:
    """Have the desktop read it now, if it has the tools; else it does so when somebody logs in."""
    data = platformdirs.user_data_path()
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        found = shutil.which(tool)
        if found is not None and (data / folder).is_dir():
            subprocess.run(
                [found, str(data / folder)], capture_output=True, timeout=_UPDATE_SECONDS, check=False
            )
