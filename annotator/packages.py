"""Packages: work on a project as one file, to be carried to another computer and merged there.

A package is a zip. `manifest.json` says which project it is of, in which version of this format, and the size
and SHA-256 of every other file; `history.jsonl` has a Change a line; `sources/`, `texts/` and `pages/` have
contents by hash or id, or nothing where the receiver has them. Nothing of a package is ever unpacked to disk,
and nothing in it is believed before it is checked. The format is described in docs/formats/package.md.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

import orjson

from annotator.errors import AnnotatorError
from annotator.merging import Travelled
from annotator.model import JsonValue
from annotator.store import RawContents
from annotator.travelling import UNREADABLE, from_values, to_values
from annotator.zip_faults import ZIP_FAULTS

FORMAT, VERSION = "annotator-package", 1
SUFFIX = ".annopack"
HISTORY, MANIFEST = "history.jsonl", "manifest.json"

_LARGEST_MANIFEST = 64_000_000  # bytes; room for some 300,000 pages
_LARGEST = 64_000_000_000
_MOST_RATIO = 300  # no history gets smaller than this by packing, and texts by far do not; a bomb does
_SMALL = 50_000_000  # bytes that do no harm whatever the ratio
_NAME = re.compile(r"history\.jsonl|sources/[0-9a-f]{64}|texts/[0-9a-f]{64}|pages/[\w-]{1,64}/\d{1,6}")
_TIME = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (*ZIP_FAULTS, OSError, RuntimeError)


class InvalidPackage(AnnotatorError):
    """A package that cannot be used, with the reason; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself. `annotator` is the id of whom it is for or from, "" for everybody."""

    id: str
    project: str
    name: str
    created: str
    made: str
    annotator: str = ""
    has_contents: bool = True


@dataclass(frozen=True, slots=True)
class Package:
    """An open package, checked as far as its manifest goes."""

    path: Path
    manifest: Manifest
    _archive: zipfile.ZipFile
    _files: Mapping[str, tuple[int, str]]

    def changes(self) -> Iterator[Travelled]:
        """The Changes in the order in which they were made or came. Raises InvalidPackage."""
        for number, line in enumerate(self._read(HISTORY).splitlines(), 1):
            try:
                yield from_values(orjson.loads(line))
            except UNREADABLE as error:
                raise _damaged(self.path, f"line {number} of its history cannot be read ({error})") from error

    def contents(self) -> Iterator[RawContents]:
        """The contents, a few at a time."""
        pages: dict[str, list[str]] = {}
        for name in self._files:
            folder, _, key = name.partition("/")
            if folder == "sources":
                yield RawContents(sources={key: self._read(name)})
            elif folder == "texts":
                yield RawContents(texts={key: self._text(name)})
            elif folder == "pages":
                pages.setdefault(key.partition("/")[0], []).append(name)
        for version, names in pages.items():
            yield RawContents(pages={version: tuple(self._read(name) for name in names)})

    @property
    def texts(self) -> frozenset[str]:
        """The SHA-256 of the texts that are in it."""
        return frozenset(name.partition("/")[2] for name in self._files if name.startswith("texts/"))

    @property
    def sources(self) -> frozenset[str]:
        """The SHA-256 of the originals that are in it."""
        return frozenset(name.partition("/")[2] for name in self._files if name.startswith("sources/"))

    def _text(self, name: str) -> str:
        try:
            return self._read(name).decode()
        except UnicodeDecodeError as error:
            raise _damaged(self.path, f"{name} is not text in UTF-8") from error

    def _read(self, name: str) -> bytes:
        size, digest = self._files[name]
        try:
            with self._archive.open(name) as file:
                data = file.read(size + 1)
        except _UNREADABLE as error:
            raise _damaged(self.path, f"{name} cannot be read") from error
        if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            raise _damaged(self.path, f"{name} is not what its manifest says")
        return data


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """A package to read from. Raises InvalidPackage, with a sentence, if this version cannot use it."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise InvalidPackage(f"There is no file {path.name} in {path.parent}.") from error
    except (*ZIP_FAULTS, OSError) as error:
        raise InvalidPackage(
            f"{path.name} is no package, or was cut off on its way. Copy it again, or ask for it again."
        ) from error
    with archive:
        manifest, files = _checked(path, archive)
        yield Package(path, manifest, archive, files)


def write_package(
    target: IO[bytes],
    manifest: Manifest,
    changes: Iterable[Travelled],
    contents: Callable[[], Iterable[tuple[str, bytes]]],
) -> int:
    """Write a package; how many Changes it has. `contents` gives names and bytes, asked after the changes."""
    files: dict[str, tuple[int, str]] = {}
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        digest, size = hashlib.sha256(), 0
        with archive.open(_info(HISTORY), "w", force_zip64=True) as file:
            for change in changes:
                line = orjson.dumps(to_values(change), option=orjson.OPT_APPEND_NEWLINE)
                digest.update(line)
                size += len(line)
                file.write(line)
                count += 1
        files[HISTORY] = (size, digest.hexdigest())
        for name, data in contents():
            if name not in files:
                files[name] = (len(data), hashlib.sha256(data).hexdigest())
                archive.writestr(_info(name), data)
        said = {
            "format": FORMAT,
            "version": VERSION,
            **asdict(manifest),
            "files": {name: {"bytes": size, "sha256": digest} for name, (size, digest) in files.items()},
        }
        archive.writestr(_info(MANIFEST), orjson.dumps(said, option=orjson.OPT_INDENT_2))
    return count


def _checked(path: Path, archive: zipfile.ZipFile) -> tuple[Manifest, dict[str, tuple[int, str]]]:
    """The manifest and the files that it lists, after everything that can be told before reading them."""
    infos = {info.filename: info for info in archive.infolist()}
    if len(infos) < len(archive.infolist()):
        raise _damaged(path, "it has a file twice")
    said = _manifest_values(path, archive, infos.get(MANIFEST))
    try:
        manifest = Manifest(**{name: said[name] for name in Manifest.__slots__})  # type: ignore[arg-type]
        listed = cast(dict[str, dict[str, JsonValue]], said["files"])
        files = {name: (int(cast(int, each["bytes"])), str(each["sha256"])) for name, each in listed.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, "its manifest is not complete") from error
    if not all(isinstance(getattr(manifest, name), str) for name in Manifest.__slots__[:-1]):
        raise _damaged(path, "its manifest is not complete")
    for name in files.keys() | infos.keys() - {MANIFEST}:
        if not _NAME.fullmatch(name) or name not in files:
            raise InvalidPackage(
                f"{path.name} was not used, because it has a file that no package has: {name[:80]!r}."
            )
        if name not in infos:
            raise _damaged(path, f"{name} is missing")
        if infos[name].file_size != files[name][0]:
            raise _damaged(path, f"{name} is not what its manifest says")
    if HISTORY not in files:
        raise _damaged(path, f"{HISTORY} is missing")
    unpacked = sum(size for size, _ in files.values())
    if unpacked > min(_LARGEST, max(_SMALL, _MOST_RATIO * path.stat().st_size)):
        raise InvalidPackage(
            f"{path.name} was not used, because it would take {unpacked // 1_000_000:,} MB unpacked, "
            "which no package does."
        )
    return manifest, files


def _manifest_values(
    path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo | None
) -> dict[str, JsonValue]:
    if info is None or info.file_size > _LARGEST_MANIFEST:
        raise InvalidPackage(f"{path.name} is a zip, but no package of Annotator: it has no {MANIFEST}.")
    try:
        with archive.open(info) as file:
            said = orjson.loads(file.read(_LARGEST_MANIFEST))
    except _UNREADABLE as error:  # orjson's are ValueErrors
        raise _damaged(path, f"{MANIFEST} cannot be read") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise InvalidPackage(f"{path.name} is a zip, but no package of Annotator.")
    version = said.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise InvalidPackage(
            f"{path.name} was made by a newer version of Annotator. Install that version to use it."
        )
    return said


def _info(name: str) -> zipfile.ZipInfo:
    """A file of the package at a fixed time, so that the same work gives the same bytes."""
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _damaged(path: Path, what: str) -> InvalidPackage:
    return InvalidPackage(f"{path.name} is damaged: {what}. Copy it again, or ask for it again.")
