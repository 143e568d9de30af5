"""The verbs of exchange without a server: packing work, making a project of a package, and merging one.

A package for an annotator has their own work alone: their documents, spans and assignments, what they were
told of decisions, of the others only who they are, and the keys of training documents. What it has of a
record is the whole history of it, so that merging always finds what follows what.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from annotator.adjudication.told import is_told_to
from annotator.errors import InvalidEdit
from annotator.merging import Entry, MergeNote, TakenIn, Travelled
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    CaseDocument,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    GuidelineVersion,
    Record,
    Rejection,
    Relation,
    SchemaVersion,
    TextVersion,
    WorkInterval,
    annotator_set_id,
    new_id,
    now,
)
from annotator.packages import InvalidPackage, Manifest, Package, open_package, write_package
from annotator.progress import Job, Progress
from annotator.store import RawContents, Store
from annotator.training import training_of
from annotator.travelling import has_proper_place

_AT_ONCE = 200

# What every package has: who is in the project, and what all work by.
_SHARED = (Annotator, AnnotationSet, SchemaVersion, GuidelineVersion, CourtCase)


@dataclass(frozen=True, slots=True)
class Packed:
    """What is in a package that was made."""

    changes: int
    documents: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought, and which backup was made before it, "" where nothing was new."""

    taken: TakenIn
    backup: str = ""


@dataclass(slots=True)
class _Scope:
    """What of a project goes into a package; None means all.

    `keys` are the documents of training rounds with the sets that are their keys.
    """

    annotator: str
    documents: frozenset[str] | None
    keys: frozenset[tuple[str, str]] = frozenset()
    spans: set[str] = field(default_factory=set)

    def holds(self, record: Record) -> bool:
        if self.documents is None or isinstance(record, _SHARED):
            return True
        match record:
            case Document():
                return record.id in self.documents
            case TextVersion() | CaseDocument():
                return record.document in self.documents
            case Annotation() | DocumentLabel() | Rejection():
                is_own = record.set == annotator_set_id(self.annotator)
                return record.document in self.documents and (
                    is_own or (record.document, record.set) in self.keys
                )
            case Relation():
                own = record.set == annotator_set_id(self.annotator)
                return own and {record.source, record.target} <= self.spans
            case Assignment() | WorkInterval():
                return record.document in self.documents and record.annotator == self.annotator
            case Decision():
                return record.document in self.documents and is_told_to(record, self.annotator)
        return False


def pack(
    store: Store, target: Callable[[], IO[bytes]], *, annotator: str = "", with_contents: bool = True
) -> Job[Packed]:
    """Write a package of an annotator's work (an id), or of everybody's; `target` opens the file to write.

    An annotator's package has the documents that are assigned to them, and those that they have worked on;
    where none is assigned, all. Without contents the receiver must have the documents.
    """
    yield Progress(0, 0)
    scope = _scope(store, annotator)
    documents = [each for each in store.documents() if scope.documents is None or each.id in scope.documents]
    manifest = Manifest(
        id=new_id(),
        project=store.project_id,
        name=store.name,
        created=store.created,
        made=now(),
        annotator=annotator,
        has_contents=with_contents,
    )
    chosen = documents if with_contents else []
    with target() as file:
        writer = _Writer(store, scope, chosen)
        count = write_package(file, manifest, writer.changes(), writer.contents)
    yield Progress(len(documents), len(documents))
    return Packed(count, len(documents))


@dataclass(slots=True)
class _Writer:
    """What `pack` hands out for writing: Changes cut to the scope, then the contents of the documents."""

    store: Store
    scope: _Scope
    documents: list[Document]
    versions: list[TextVersion] = field(default_factory=list)

    def changes(self) -> Iterator[Travelled]:
        chosen = {document.id for document in self.documents}
        for change in self.store.travelled():
            kept = tuple(_kept(self.scope, change.records))
            self.versions += (
                each.after
                for each in kept
                if isinstance(each.after, TextVersion) and each.after.document in chosen
            )
            if kept or not change.records:
                yield replace(change, records=kept)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        for document in self.documents:
            if self.store.has_source(document.source_sha256):
                yield f"sources/{document.source_sha256}", self.store.source(document.source_sha256)
        for version in self.versions:
            if self.store.record(TextVersion, version.id) is None:
                continue
            yield f"texts/{version.text_sha256}", self.store.text(version.id).encode()
            for number, blob in enumerate(self.store.page_blobs(version.id)):
                yield f"pages/{version.id}/{number}", blob


def _scope(store: Store, annotator: str) -> _Scope:
    if not annotator:
        return _Scope("", None)
    if store.record(Annotator, annotator) is None:
        raise InvalidEdit("This annotator is not in the project.")
    rows = store.document_rows(annotator)
    assigned = {row.id for row in rows if row.is_assigned}
    worked_on = {row.id for row in rows if row.spans or row.state != "todo" or row.seconds}
    documents = frozenset(assigned | worked_on) if assigned else frozenset(row.id for row in rows)
    rounds = ((each.id, training_of(each)) for each in store.documents() if each.id in documents)
    keys = frozenset((document, training.key) for document, training in rounds if training is not None)
    return _Scope(annotator, documents, keys)


def _kept(scope: _Scope, records: Iterable[Entry]) -> Iterator[Entry]:
    """What of a Change goes along. Links come after the spans that they lead to, whatever their order."""
    if scope.documents is None:
        yield from records
        return
    later = []
    for entry in records:
        if isinstance(entry.record, Relation):
            later.append(entry)
        elif _holds(scope, entry):
            if isinstance(entry.record, Annotation):
                scope.spans.add(entry.record.id)
            yield entry
    yield from (entry for entry in later if _holds(scope, entry))


def _holds(scope: _Scope, entry: Entry) -> bool:
    return all(record is None or scope.holds(record) for record in (entry.before, entry.after))


def merge(store: Store, path: Path, *, annotator: str, back_up: Callable[[], str]) -> Job[Merged]:
    """Merge a package into the project; `back_up` makes a backup first, if anything is new, and names it.

    Raises InvalidPackage or StaleChange with a sentence, and leaves the project as it was.
    """
    yield Progress(0, 0, path.name)
    with open_package(path) as package:
        manifest = package.manifest
        if manifest.project != store.project_id:
            raise InvalidPackage(
                f"{path.name} is of another project, “{manifest.name}”. Open that project to merge it."
            )
        changes = yield from _checked_changes(store, package)
        if not store.brings_news(changes):
            return Merged(TakenIn())
        backup = back_up()
        note = MergeNote(new_id(), now(), path.name, manifest.id, annotator)
        with store.together():
            for contents in package.contents():
                _add(store, package, contents)
                yield Progress(0, 0, path.name)
            taken = store.take_in(changes, note)
    return Merged(taken, backup)


def fill(store: Store, package: Package) -> Job[None]:
    """Bring what a package has into a project that was just made for it."""
    changes = yield from _checked_changes(store, package)
    note = MergeNote(new_id(), now(), package.path.name, package.manifest.id, package.manifest.annotator)
    with store.together():
        for contents in package.contents():
            _add(store, package, contents)
            yield Progress(0, 0, package.path.name)
        store.take_in(changes, note)


def _add(store: Store, package: Package, contents: RawContents) -> None:
    try:
        store.add_contents(contents)
    except ValueError as error:
        raise InvalidPackage(f"{package.path.name} is damaged: {error}. Ask for it again.") from error


def _checked_changes(store: Store, package: Package) -> Job[list[Travelled]]:
    """All changes of a package, checked against the project and against its own texts."""
    changes: list[Travelled] = []
    texts, sources = package.texts, package.sources
    names = {person.name.casefold(): person for person in store.annotators()}
    for number, change in enumerate(package.changes()):
        changes.append(change)
        for entry in change.records:
            _check_record(store, package, entry.after, (texts, sources))
            _check_name(package, entry.after, names)
        if number % _AT_ONCE == 0:
            yield Progress(0, 0, package.path.name)
    return changes


def _check_record(
    store: Store,
    package: Package,
    record: Record | None,
    has: tuple[frozenset[str], frozenset[str]],
) -> None:
    """A text that is not in the package must be in the project."""
    if isinstance(record, TextVersion):
        wanted = record.text_sha256
        is_there = wanted in has[0] or store.has_text(wanted)
    elif isinstance(record, Document):
        wanted = record.source_sha256
        is_there = wanted in has[1] or store.has_source(wanted)
    elif isinstance(record, Annotation):
        _check_fragments(package, record)
        return
    else:
        return
    if not is_there:
        raise InvalidPackage(
            f"{package.path.name} was packed without documents, and the project does not have all of them. "
            "Ask for a package with documents."
        )


def _check_fragments(package: Package, span: Annotation) -> None:
    if not has_proper_place(span):
        raise InvalidPackage(f"{package.path.name} is damaged: a span in it has no proper place.")


def _check_name(package: Package, record: Record | None, names: dict[str, Annotator]) -> None:
    """Two people of one name cannot be told apart in lists and exports, so one is renamed first."""
    if not isinstance(record, Annotator):
        return
    other = names.get(record.name.casefold())
    if other is not None and other.id != record.id:
        raise InvalidPackage(
            f"{package.path.name} was not merged, because it has another annotator called {record.name} than "
            "the project. Rename one of them in File > Switch annotator, and merge it then."
        )
