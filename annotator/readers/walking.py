"""Which sources are meant by files and folders: what is read as a whole, and what is no source.

A folder of annotations is one source; the files in it that its reader takes in are not read again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.readers import Reader, reader_for

_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
# What our own exports write beside the documents; exporters.aside, .preflight and .card name them.
_MANIFEST = "MANIFEST.json"
_REPORTS = (_MANIFEST, "preflight.json")
_OF_DATASET = ("README.md", "labels.svg")
# What says how the files beside it are to be read: of UIMA, and of Label Studio.
_DESCRIPTIONS = ("TypeSystem.xml", "label_config.xml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder to read, with the name that reports give it, or why it cannot be read."""

    path: Path
    shown: str
    refusal: str = ""


def found(paths: Iterable[Path]) -> Iterator[Source]:
    """The sources that the paths mean, in the order of their names below each path."""
    for path in paths:
        if not path.is_dir():
            yield Source(path, path.name)
            continue
        shown = path.absolute().name
        is_any = False
        for source in walked(path, shown):
            is_any = True
            yield source
        if not is_any:
            yield Source(path, shown, f"The folder “{shown}” holds no files.")


def walked(folder: Path, shown: str, *, inside: frozenset[Path] | None = None) -> Iterator[Source]:
    """The sources below a folder; `inside` are the files that an annotated folder above it takes in."""
    taken = inside or frozenset[Path]()
    try:
        reader = _folder_reader(folder) if inside is None else None
        if reader is not None:
            yield Source(folder, shown)
            claimed = reader.claimed(folder)
            if claimed is None:
                return
            taken = claimed
        entries = sorted(folder.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        yield Source(folder, shown, f"The folder cannot be opened: {error.strerror or error}.")
        return
    is_annotated = inside is None and bool(taken)
    is_dataset = any(entry.name == _MANIFEST for entry in entries)
    for entry in entries:
        name = f"{shown}/{entry.name}" if shown else entry.name
        if entry in taken or _is_no_source(entry.name) or (is_dataset and entry.name in _OF_DATASET):
            continue
        if not entry.is_dir():
            yield Source(entry, name)
        elif entry.is_symlink():
            yield Source(entry, name, "It is a link to a folder, which is not followed. Import that folder.")
        else:
            yield from walked(entry, name, inside=taken if is_annotated else None)


def refusal(path: Path) -> str:
    """Why the path is nothing to read, without opening it; "" if it may be."""
    if path.exists() and not path.is_dir() and not path.is_file():
        return f"“{path.name}” is neither a file nor a folder."
    try:
        reader_for(path)
    except UnreadableSource as error:
        return str(error)
    return ""


def _is_no_source(name: str) -> bool:
    """Whether a file is left alone in a folder: hidden, a system's litter, or about its neighbours."""
    is_about_others = name in (*_REPORTS, *_DESCRIPTIONS) or name.endswith(f".{_REPORTS[-1]}")
    return is_about_others or name.startswith((".", "~$")) or name.casefold() in _LITTER


def _folder_reader(folder: Path) -> Reader | None:
    """The reader that takes the folder as a whole, None if it is a folder of files."""
    try:
        return reader_for(folder)
    except UnreadableSource:
        return None
