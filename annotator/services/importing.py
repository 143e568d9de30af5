"""Bringing files and folders into a project: a job that reads them one by one and reports on each.

A source is read to its end before anything of it is written, then written in one transaction, a Change for
each document. A job that is cancelled leaves the sources imported so far, whole, and the rest out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from annotator.errors import AnnotatorError, NeedsPassword, ProjectError, StaleChange, UnreadableSource
from annotator.label_mapping import LabelMapping
from annotator.model import Annotator
from annotator.progress import Job, Progress
from annotator.readers.ahead import MOST_WAITING, ReadAhead
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.isolated import ReaderProcess
from annotator.readers.loose import LooseDocument
from annotator.readers.offset_units import Unit
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.shelf import Shelf
from annotator.readers.walking import Source, found, refusal
from annotator.services.import_names import Choose, LeftOut, Names
from annotator.services.intake import Intake
from annotator.services.loose_documents import placed_in, unit_in
from annotator.store import Store

Outcome = Literal["read", "already_here", "refused"]

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


def import_paths(
    store: Store,
    paths: Iterable[Path],
    *,
    annotator: str,
    process: ReaderProcess,
    owner: str | None = None,
    options: ReadOptions = PLAIN,
    mapping: LabelMapping | None = None,
    choose: Choose | None = None,
    helpers: Sequence[ReaderProcess] = (),
) -> Job[ImportReport]:
    """Import files, and folders with all that is below them.

    `annotator` is the id of who imports. `owner` is the name that annotations get which carry none: by
    default that of the folder they come from, or of who imports. `mapping` renames what the files call
    labels and links; `choose` is asked about labels that are unknown even so, which else are added.
    `helpers` are processes in which the next files are read meanwhile.
    """
    yield Progress(0, 0)
    sources: list[Source] = []
    for source in found(paths):
        sources.append(source)
        if len(sources) % _LOOKS_AT_ONCE == 0:
            yield Progress(0, 0, source.shown)
    rows: list[ImportRow] = []
    names = Names(mapping or LabelMapping(), choose)
    begun, window = 0, MOST_WAITING * (1 + len(helpers))
    with ReadAhead((process, *helpers)) as ahead:
        for done, source in enumerate(sources):
            yield Progress(done, len(sources), source.shown)
            next_ones = range(max(begun, done), min(done + window, len(sources)))
            begun = _begin(ahead, store, sources, next_ones, options)
            importer = _Importer(store, source, annotator=annotator, owner=owner, names=names)
            for subject in importer.work(ahead, options):
                yield Progress(done, len(sources), subject)
            rows += importer.rows
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
    """Imports one source; `rows` is what became of it."""

    def __init__(
        self, store: Store, source: Source, *, annotator: str, owner: str | None, names: Names
    ) -> None:
        self._store = store
        self._source = source
        self._names = names
        self.rows: list[ImportRow] = []
        folder = source.path.name if source.path.is_dir() else ""
        self._intake = Intake(store, annotator=annotator, owner=owner or folder or _name(store, annotator))

    def work(self, ahead: ReadAhead, options: ReadOptions) -> Iterator[str]:
        """Read and import; each yield tells what is at work, and is a place where it can be stopped."""
        source = self._source
        reason = source.refusal or refusal(source.path)
        if reason:
            self._refuse(reason)
            return
        here = _already_here(self._store, source)
        if here is not None:
            ahead.drop(source.path)  # begun before a file with the same bytes came in
            self.rows.append(here)
            return
        try:
            with Shelf() as shelf:
                yield from self._read(ahead, options, shelf)
                yield from self._settle_names(shelf)
                yield from self._write(shelf)
        except LeftOut:
            self._refuse("It was left out when its labels were chosen.")
        except (UnreadableSource, ProjectError, StaleChange) as error:
            self._refuse(str(error), locked=source.path if isinstance(error, NeedsPassword) else None)
        except OSError as error:
            self._refuse(f"What it holds could not be kept while it was read: {error.strerror or error}.")

    def _refuse(self, reason: str, *, locked: Path | None = None) -> None:
        """Nothing of the source has come in, whatever was found in it before."""
        self.rows = [ImportRow(self._source.shown, "refused", reason=reason, locked=locked)]

    def _read(self, ahead: ReadAhead, options: ReadOptions, shelf: Shelf) -> Iterator[str]:
        """Read all of the source before anything is written."""
        subject = self._source.shown
        for part in ahead.read(self._source.path, options):
            if isinstance(part, Progress):
                subject = part.subject if part.total else subject
            else:
                shelf.add(part)
            yield subject

    def _parts(self, shelf: Shelf) -> Iterator[ReadDocument | RefusedSource]:
        """What was read, annotations without a text on the project's documents."""
        unit: Unit | None = None
        for part in shelf.parts():
            if isinstance(part, LooseDocument):
                unit = unit or unit_in(self._store, shelf.parts())
                yield placed_in(self._store, part, unit)
            else:
                yield part

    def _settle_names(self, shelf: Shelf) -> Iterator[str]:
        """Have it said what labels mean that the project does not have."""
        if not self._names.asks:
            return
        documents = (part for part in self._parts(shelf) if isinstance(part, ReadDocument))
        for _ in self._names.settle(self._store, documents, shown=self._source.shown):
            yield self._source.shown

    def _write(self, shelf: Shelf) -> Iterator[str]:
        """Write the documents in one transaction; a single one is one anyway, that makes nobody wait."""
        with self._store.together() if len(shelf) > 1 else nullcontext():
            for part in self._parts(shelf):
                self.rows.append(self._part_row(part))
                yield self._source.shown
            self.rows = list(_with_lost_links(self.rows, self._intake.finish()))

    def _part_row(self, part: ReadDocument | RefusedSource) -> ImportRow:
        source = self._source
        if isinstance(part, RefusedSource):
            return ImportRow(f"{source.shown}: {part.name}", "refused", reason=part.reason)
        holds_files = source.path.is_dir() or source.path.suffix.lower() == ".zip"
        name = f"{source.shown}/{part.source_name}" if holds_files else source.shown
        return _row(self._intake, self._names.mapped(part), name)


def _already_here(store: Store, source: Source) -> ImportRow | None:
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


def _is_to_read(store: Store, source: Source) -> bool:
    return not source.refusal and not refusal(source.path) and _already_here(store, source) is None


def _begin(
    ahead: ReadAhead, store: Store, sources: Sequence[Source], places: range, options: ReadOptions
) -> int:
    """Begin to read the sources at these places, as many as can be; the first that was not begun."""
    for place in places:
        if _is_to_read(store, sources[place]) and not ahead.start(sources[place].path, options):
            return place
    return places.stop


def _row(intake: Intake, read: ReadDocument, shown: str) -> ImportRow:
    try:
        taken = intake.take(read)
    except ProjectError:
        raise  # the file of the project fails, which fails all
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


def _is_project(path: Path) -> bool:
    """Whether it is a project that is open: opened and closed here, it would lose SQLite's locks."""
    return any(path.with_name(path.name + ending).exists() for ending in ("-wal", ".lock"))
