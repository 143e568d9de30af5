"""The sample project that ships with the program, as a file of the user's own to try things on."""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copyfile

from ui import platform

NAME = f"Sample{platform.PROJECT_SUFFIX}"


def sample_project() -> Path:
    """The sample project in the projects folder, where it is copied the first time. Raises OSError."""
    path = platform.projects_folder() / NAME
    if not path.exists():
        with as_file(files("resources") / "sample" / "sample.annotator") as shipped:
            copyfile(shipped, path)
    return path
