"""Bringing files and folders into a project: a job that reads them one by one and reports on each.

Every document is one transaction, and nothing is read inside one. A job that is cancelled leaves the
documents imported so far, whole, and the rest out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from annotator.errors import AnnotatorError, NeedsPassword, UnreadableSource
from annotator.model import Annotator
from annotator.progress import Job, Progress
from annotator.readers import reader_for
from annotator.readers.ahead import ReadAhead
from annotator.readers.brat import claimed
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.isolated import ReaderProcess
from annotator.readers.options import PLAIN, ReadOptions
from annotator.services.intake import Intake
from annotator.store import Store

Outcome = Literal["read", "already_here", "refused"]

_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
# What our own exports write beside the documents; exporters.aside and exporters.preflight name them.
_REPORTS = ("MANIFEST.json", "preflight.json")
_LOOKS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one file, or of one document of a file that holds several.

    `source` is the file's name, with its folder where a folder was given. `spans` counts the annotations
    that came in, `reason` says why it was refused, `locked` is the file where a password would open it.
    """

    source: str
    outcome: Outcome
    title: str = ""
    document: str | None = None
    spans: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()
    locked: Path | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The rows in the order in which the files were taken."""

    rows: tuple[ImportRow, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows ended so."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def spans(self) -> int:
        return sum(row.spans for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file or folder to read, with the name that the report gives it, or why it cannot be read."""

    path: Path
    shown: str
    refusal: str = ""


def import_paths(
    store: Store,
    paths: Iterable[Path],
    *,
    annotator: str,
    process: ReaderProcess,
    owner: str | None = None,
    options: ReadOptions = PLAIN,
    helpers: Sequence[ReaderProcess] = (),
) -> Job[ImportReport]:
    """Import files, and folders with all that is below them.

    `annotator` is the id of who imports. `owner` is the name that annotations get which carry none: by
    default that of the folder they come from, or of who imports. `helpers` are processes in which the next
    files are read meanwhile.
    """
    yield Progress(0, 0)
    sources: list[_Source] = []
    for source in _found(paths):
        sources.append(source)
        if len(sources) % _LOOKS_AT_ONCE == 0:
            yield Progress(0, 0, source.shown)
    rows: list[ImportRow] = []
    with ReadAhead((process, *helpers)) as ahead:
        for done, source in enumerate(sources):
            yield Progress(done, len(sources), source.shown)
            for each in sources[done : done + 1 + len(helpers)]:
                if _is_to_read(store, each):
                    ahead.start(each.path, options)
            importer = _Importer(store, source, annotator=annotator, owner=owner, rows=rows)
            for subject in importer.work(ahead, options):
                yield Progress(done, len(sources), subject)
    yield Progress(len(sources), len(sources))
    return ImportReport(tuple(rows))


def import_document(
    store: Store, read: ReadDocument, *, annotator: str, owner: str | None = None
) -> ImportRow:
    """Import a document that was read already, such as pasted text; refused documents are a row too."""
    intake = Intake(store, annotator=annotator, owner=owner or _name(store, annotator))
    row = _row(intake, read, read.source_name)
    return _with_lost_links((row,), intake.finish())[0]


class _Importer:
    """Imports one source and appends its rows."""

    def __init__(
        self, store: Store, source: _Source, *, annotator: str, owner: str | None, rows: list[ImportRow]
    ) -> None:
        self._store = store
        self._source = source
        self._rows = rows
        folder = source.path.name if source.path.is_dir() else ""
        self._intake = Intake(store, annotator=annotator, owner=owner or folder or _name(store, annotator))

    def work(self, ahead: ReadAhead, options: ReadOptions) -> Iterator[str]:
        """Read and import; each yield tells what is at work, and is a place where it can be stopped."""
        source = self._source
        refusal = source.refusal or _refusal(source.path)
        if refusal:
            self._rows.append(ImportRow(source.shown, "refused", reason=refusal))
            return
        here = _already_here(self._store, source)
        if here is not None:
            ahead.drop(source.path)  # begun before a file with the same bytes came in
            self._rows.append(here)
            return
        first = len(self._rows)
        try:
            yield from self._documents(ahead, options)
        except UnreadableSource as error:
            locked = source.path if isinstance(error, NeedsPassword) else None
            self._rows.append(ImportRow(source.shown, "refused", reason=str(error), locked=locked))
        self._rows[first:] = _with_lost_links(self._rows[first:], self._finish())

    def _documents(self, ahead: ReadAhead, options: ReadOptions) -> Iterator[str]:
        source = self._source
        subject = source.shown
        for part in ahead.read(source.path, options):
            if isinstance(part, Progress):
                subject = part.subject if part.total else subject
            elif isinstance(part, RefusedSource):
                name = f"{source.shown}: {part.name}"
                self._rows.append(ImportRow(name, "refused", reason=part.reason))
            elif isinstance(part, ReadDocument):
                is_inside = source.path.is_dir()
                name = f"{source.shown}/{part.source_name}" if is_inside else source.shown
                self._rows.append(_row(self._intake, part, name))
            yield subject

    def _finish(self) -> tuple[tuple[str, str], ...]:
        try:
            return self._intake.finish()
        except AnnotatorError as error:
            self._rows.append(ImportRow(self._source.shown, "refused", reason=str(error)))
            return ()


def _already_here(store: Store, source: _Source) -> ImportRow | None:
    """The row of a file whose bytes are in the project, which saves reading it."""
    path = source.path
    if not path.is_file() or _is_project(path):
        return None
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # the reader says what is wrong with it
    document = store.document_with_source(digest)
    if document is None:
        return None
    return ImportRow(source.shown, "already_here", document.title, document.id)


def _is_to_read(store: Store, source: _Source) -> bool:
    return not source.refusal and not _refusal(source.path) and _already_here(store, source) is None


def _row(intake: Intake, read: ReadDocument, shown: str) -> ImportRow:
    try:
        taken = intake.take(read)
    except AnnotatorError as error:
        return ImportRow(shown, "refused", read.title, reason=str(error))
    outcome: Outcome = "read" if taken.is_changed else "already_here"
    return ImportRow(shown, outcome, taken.title, taken.document, taken.spans, warnings=taken.warnings)


def _with_lost_links(rows: Iterable[ImportRow], lost: Iterable[tuple[str, str]]) -> tuple[ImportRow, ...]:
    """The rows with a warning for each link of their document that leads nowhere."""
    by_document: dict[str, list[str]] = {}
    for document, warning in lost:
        by_document.setdefault(document, []).append(warning)
    return tuple(
        replace(row, warnings=(*row.warnings, *by_document.pop(row.document, ()))) if row.document else row
        for row in rows
    )


def _name(store: Store, annotator: str) -> str:
    person = store.record(Annotator, annotator)
    return "" if person is None else person.name


def _found(paths: Iterable[Path]) -> Iterator[_Source]:
    """The sources that the paths mean, in the order of their names below each path."""
    for path in paths:
        if not path.is_dir():
            yield _Source(path, path.name)
            continue
        shown = path.absolute().name
        is_any = False
        for source in _walked(path, shown):
            is_any = True
            yield source
        if not is_any:
            yield _Source(path, shown, f"The folder “{shown}” holds no files.")


def _walked(folder: Path, shown: str, *, inside: frozenset[Path] | None = None) -> Iterator[_Source]:
    """The sources below a folder; `inside` are the files that an annotated folder above it takes in."""
    taken = inside or frozenset[Path]()
    try:
        reader = _folder_reader(folder) if inside is None else None
        if reader is not None:
            yield _Source(folder, shown)
        if reader == "brat":
            taken = claimed(folder)
        elif reader is not None:
            return
        entries = sorted(folder.iterdir(), key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError as error:
        yield _Source(folder, shown, f"The folder cannot be opened: {error.strerror or error}.")
        return
    is_annotated = inside is None and bool(taken)
    for entry in entries:
        name = f"{shown}/{entry.name}"
        if entry in taken or _is_no_source(entry.name):
            continue
        if not entry.is_dir():
            yield _Source(entry, name)
        elif entry.is_symlink():
            yield _Source(entry, name, "It is a link to a folder, which is not followed. Import that folder.")
        else:
            yield from _walked(entry, name, inside=taken if is_annotated else None)


def _is_no_source(name: str) -> bool:
    """Whether a file is left alone in a folder: hidden, a system's litter, or the report of an export."""
    is_report = name in _REPORTS or name.endswith(f".{_REPORTS[-1]}")
    return is_report or name.startswith((".", "~$")) or name.casefold() in _LITTER


def _refusal(path: Path) -> str:
    """Why the path is nothing to read, without opening it; "" if it may be."""
    if path.exists() and not path.is_dir() and not path.is_file():
        return f"“{path.name}” is neither a file nor a folder."
    try:
        reader_for(path)
    except UnreadableSource as error:
        return str(error)
    return ""


def _is_project(path: Path) -> bool:
    """Whether it is a project that is open: opened and closed here, it would lose SQLite's locks."""
    return any(path.with_name(path.name + ending).exists() for ending in ("-wal", ".lock"))


def _folder_reader(folder: Path) -> str | None:
    """The name of the reader that takes the folder as a whole, None if it is a folder of files."""
    try:
        return reader_for(folder).name
    except UnreadableSource:
        return None
