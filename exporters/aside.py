"""Files and folders that appear whole or not at all: written aside, on disk, then renamed over the target.

The other name is in the target's own folder, since a rename is only atomic within one file system.
"""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import orjson

from annotator.errors import ExportError

MANIFEST = "MANIFEST.json"

_PROJECT_SUFFIX = ".annotator"


@contextmanager
def written_aside(target: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the target's place when the block ends, and is gone if it fails.

    A project is never replaced: an export does not hold what is in one.
    """
    if target.exists() and not target.is_file():
        raise ExportError(f"“{target}” is not a file. Give the name of the file to write.")
    refuse_project_name(target)
    partial = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise ExportError(
            f"“{target}” cannot be written: {error.strerror or error}. Nothing was changed there."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def folder_written_aside(target: Path) -> Iterator[Path]:
    """A folder to write into that takes the target's place when the block ends, and is gone if it fails.

    At the end MANIFEST.json is written into it: path, bytes and SHA-256 of every file. A folder that is
    there already is replaced only if it is empty, or an earlier export with no file that its manifest does
    not list. The old one is renamed away first: for a moment there is none, should the machine fail then.
    """
    refuse_project_name(target)
    _refuse_others_files(target)
    partial = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        partial.mkdir()
        yield partial
        _write_manifest(partial)
        _to_disk(partial)
        _take_place(partial, target)
    except OSError as error:
        raise ExportError(
            f"“{target}” cannot be written: {error.strerror or error}. Nothing was changed there."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def files_in(folder: Path) -> dict[str, Path]:
    """All files in a folder and its folders, by their path from there with "/", in order."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    return dict(sorted(found.items()))


def refuse_project_name(target: Path) -> None:
    """Raises ExportError if what is to be written would look like a project, or take the place of one."""
    if target.suffix.lower() == _PROJECT_SUFFIX:
        raise ExportError(f"“{target}” has the name of a project. Give what is written another.")


def _refuse_others_files(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ExportError(f"“{target}” is not a folder. Give the name of the folder to write.")
    present = files_in(target).keys() if target.is_dir() else set()
    foreign = sorted(present - _listed(target)) if present else []
    if foreign:
        raise ExportError(
            f"“{target}” has files that no export wrote, such as {foreign[0]}. Give the name of a new folder."
        )


def _listed(folder: Path) -> set[str]:
    """The files that a folder's manifest lists, itself among them; none if it has no manifest of ours."""
    try:
        manifest = orjson.loads((folder / MANIFEST).read_bytes())
        return {MANIFEST, *(entry["path"] for entry in manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _write_manifest(folder: Path) -> None:
    entries = []
    for name, path in files_in(folder).items():
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        entries.append({"path": name, "bytes": path.stat().st_size, "sha256": digest})
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    (folder / MANIFEST).write_bytes(orjson.dumps({"files": entries}, option=option))


def _to_disk(folder: Path) -> None:
    for path in files_in(folder).values():
        with path.open("r+b") as file:
            os.fsync(file.fileno())


def _take_place(partial: Path, target: Path) -> None:
    if not target.exists():
        partial.replace(target)
        return
    older = target.with_name(f".{uuid.uuid4().hex}.part")
    target.replace(older)
    try:
        partial.replace(target)
    except OSError:
        older.replace(target)
        raise
    shutil.rmtree(older, ignore_errors=True)
