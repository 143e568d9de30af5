"""The chosen part of a project as a snapshot, which is what exporters are given.

A snapshot reads the project while it is written out, one document at a time; make one for each export
and use it in the thread that its store belongs to.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.model import Annotation, Document, TextVersion, annotator_set_id, gold_set_id
from annotator.snapshot import DocumentSnapshot, Snapshot
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose annotations: of all annotators and gold, of gold alone, or of one annotator (an id)."""

    kind: Literal["all", "gold", "annotator"] = "all"
    annotator: str | None = None

    def __post_init__(self) -> None:
        if (self.kind == "annotator") != (self.annotator is not None):
            raise ValueError("a selection names an annotator if and only if it is of that kind")


def snapshot(store: Store, selection: Selection, *, documents: Collection[str] | None = None) -> Snapshot:
    """The project as it is exported: all documents, or those of the given ids, in order of import.

    A document without an annotation of the selection is part of it, with none. Gold carries no
    assignments, which are about annotators; a reviewer's working set is no data and left out. So are
    annotations on an older text version, whose offsets mean another text, until they are re-anchored.
    """
    chosen = [row for row in store.documents() if documents is None or row.id in documents]
    sets = {row.id: row for row in store.sets() if row.kind != "review"}

    def each() -> Iterator[DocumentSnapshot]:
        for document in chosen:
            yield _document(store, document, selection, sets.keys())

    def document_of(annotation: str) -> str | None:
        record = store.record(Annotation, annotation)
        return None if record is None else record.document

    return Snapshot(
        project_id=store.project_id,
        project_name=store.name,
        schema=store.schema(),
        schema_toml=store.schema_toml(),
        schema_number=store.schema_number(),
        guideline_number=store.guideline_number(),
        annotators={annotator.id: annotator for annotator in store.annotators()},
        sets=sets,
        document_count=len(chosen),
        documents=each,
        document_of=document_of,
        guidelines=store.guidelines(),
        original=lambda sha256: _original(store, sha256),
    )


def _original(store: Store, sha256: str) -> bytes | None:
    try:
        return store.source(sha256)
    except KeyError:
        return None


def _document(
    store: Store, document: Document, selection: Selection, sets: Collection[str]
) -> DocumentSnapshot:
    only = _only_set(store, selection)
    version = store.record(TextVersion, document.text_version)
    if version is None:
        raise KeyError(document.text_version)
    annotations = tuple(
        row
        for row in store.annotations(document.id, only)
        if row.text_version == version.id and row.set in sets
    )
    relations = store.relations(document.id, only)
    if relations:
        here = {row.id for row in annotations}
        relations = tuple(row for row in relations if row.source in here)
    labels = tuple(row for row in store.document_labels(document.id, only) if row.set in sets)
    assignments = () if selection.kind == "gold" else store.assignments(document.id)
    if selection.annotator is not None:
        assignments = tuple(row for row in assignments if row.annotator == selection.annotator)
    return DocumentSnapshot(
        document=document,
        text_version=version,
        text=store.text(version.id),
        pages=store.pages(version.id),
        annotations=annotations,
        relations=relations,
        labels=labels,
        assignments=assignments,
        decisions=() if selection.kind == "annotator" else store.decisions(document.id),
    )


def _only_set(store: Store, selection: Selection) -> str | None:
    """The one set that is exported, None for all."""
    if selection.annotator is not None:
        return annotator_set_id(selection.annotator)
    return gold_set_id(store.project_id) if selection.kind == "gold" else None
