"""The chosen part of a project as a snapshot, which is what exporters are given.

A snapshot reads the project while it is written out, one document at a time; make one for each export
and use it in the thread that its store belongs to.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.adjudication.told import BESIDE
from annotator.arranging import SOFT, SOFT_ANNOTATOR, SOFT_SET, Arrangement, arranged
from annotator.cutting import DISCARD, Unit, units, without_discarded
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Document,
    Metadata,
    TextVersion,
    WorkState,
    annotator_set_id,
    gold_set_id,
)
from annotator.schema import LabelSchema
from annotator.services.cases import docket_of
from annotator.services.lost import about_losses
from annotator.shown_names import shown_people
from annotator.snapshot import About, DocumentSnapshot, LeftOut, Loss, Snapshot
from annotator.store import Store
from annotator.training import KEY as TRAINING

Discarded = Literal["keep", "spans", "text"]
FLAGS = ("sealed", "privileged", "unlicensed", "training")
_NO_LICENCE = ("none", "no", "unlicensed")


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a project is exported. Empty tuples and mappings choose nothing away.

    Whose: of all annotators and gold, of `annotators` alone (ids), of gold alone, or of one `annotator`.
    Documents: those where somebody's work is in one of `states`, with these document labels and metadata
    (name to value, compared as text), and no flag that `flags` does not name (see `flags_of`). Spans: of
    `layers` or `labels` (ids). `discard`: what is marked Discard stays, loses its span, or loses its text.
    Without `with_names` annotators are Ann1, Ann2 and so on, see `annotator.shown_names`.
    """

    kind: Literal["all", "gold", "annotator"] = "all"
    annotator: str | None = None
    annotators: tuple[str, ...] = field(default=(), kw_only=True)
    arrangement: Arrangement = field(default="side_by_side", kw_only=True)
    states: tuple[WorkState, ...] = field(default=(), kw_only=True)
    document_labels: Mapping[str, str] = field(default_factory=dict, kw_only=True, hash=False)
    metadata: Mapping[str, str] = field(default_factory=dict, kw_only=True, hash=False)
    layers: tuple[str, ...] = field(default=(), kw_only=True)
    labels: tuple[str, ...] = field(default=(), kw_only=True)
    unit: Unit = field(default="document", kw_only=True)
    discard: Discarded = field(default="keep", kw_only=True)
    flags: tuple[str, ...] = field(default=(), kw_only=True)
    with_text: bool = field(default=True, kw_only=True)
    with_names: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        if (self.kind == "annotator") != (self.annotator is not None):
            raise ValueError("a selection names an annotator if and only if it is of that kind")


def flags_of(metadata: Metadata) -> tuple[str, ...]:
    """Why a document is not given away unasked: its metadata says `sealed`, `privileged`, or no `licence`.

    `licence` may be spelt `license`; "none" and "no" say that there is none. A document of a training round
    is no data either. One of which nothing is said has no flag.
    """
    found = [flag for flag in ("sealed", "privileged") if _is_said(metadata.get(flag))]
    licence = metadata.get("licence", metadata.get("license", ""))
    if licence is False or str(licence).strip().casefold() in _NO_LICENCE:
        found.append("unlicensed")
    if metadata.get(TRAINING) is not None:
        found.append("training")
    return tuple(found)


def _is_said(value: object) -> bool:
    return value is not None and str(value).strip().casefold() not in ("", "false", "no", "0")


def snapshot(store: Store, selection: Selection, *, documents: Collection[str] | None = None) -> Snapshot:
    """The project as it is exported: all documents, or those of the given ids, in order of import.

    A document without an annotation of the selection is part of it, with none. Gold carries no
    assignments, which are about annotators; a reviewer's working set is no data and left out. Annotations on
    an older text version, whose offsets mean another text, are losses.
    """
    chosen, left_out = choose(store, selection, documents=documents)
    reading = _Reading(store, selection)

    def document_of(annotation: str) -> str | None:
        record = store.record(Annotation, annotation)
        return None if record is None else record.document

    def end_of(annotation: str) -> About | None:
        span = store.record(Annotation, annotation)
        home = None if span is None else store.record(Document, span.document)
        if span is None or home is None:
            return None
        return About(home.title, span.quote.exact if selection.with_text else "")

    is_cut = selection.unit != "document" or selection.arrangement == "per_annotator"
    annotators = reading.people
    return Snapshot(
        project_id=store.project_id,
        project_name=store.name,
        schema=store.schema(),
        schema_toml=store.schema_toml(),
        schema_number=store.schema_number(),
        guideline_number=store.guideline_number(),
        annotators={**annotators, SOFT: SOFT_ANNOTATOR} if selection.arrangement == "soft" else annotators,
        sets={**reading.sets, SOFT: SOFT_SET} if selection.arrangement == "soft" else reading.sets,
        document_count=0 if is_cut else len(chosen),
        documents=lambda: reading.documents(chosen),
        document_of=document_of,
        end_of=end_of,
        guidelines=store.guidelines(),
        original=lambda sha256: _original(store, sha256),
        about=lambda losses: about_losses(store, losses, with_words=selection.with_text),
        left_out=left_out,
        with_text=selection.with_text,
    )


def choose(
    store: Store, selection: Selection, *, documents: Collection[str] | None = None
) -> tuple[tuple[Document, ...], tuple[LeftOut, ...]]:
    """The documents that a selection takes, in order of import, and those that it leaves out though asked."""
    asked = [row for row in store.documents() if documents is None or row.id in documents]
    asked = [row for row in asked if _is_asked_for(store, row, selection)]
    left_out = tuple(LeftOut(row.id, row.title, flag) for row in asked for flag in _held_back(row, selection))
    withheld = {row.document for row in left_out}
    return tuple(row for row in asked if row.id not in withheld), left_out


def _original(store: Store, sha256: str) -> bytes | None:
    try:
        return store.source(sha256)
    except KeyError:
        return None


def _is_asked_for(store: Store, document: Document, selection: Selection) -> bool:
    """Whether the document has the states, labels and metadata that are asked for."""
    metadata = document.metadata
    if any(str(metadata.get(name, "")) != value for name, value in selection.metadata.items()):
        return False
    if selection.states:
        who = {selection.annotator} if selection.annotator else set(selection.annotators)
        states = {row.state for row in store.assignments(document.id) if not who or row.annotator in who}
        if not (states or {"todo"}) & set(selection.states):
            return False
    if not selection.document_labels:
        return True
    said = {(row.name, value) for row in store.document_labels(document.id) for value in _texts(row.value)}
    return all(pair in said for pair in selection.document_labels.items())


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _held_back(document: Document, selection: Selection) -> tuple[str, ...]:
    return tuple(flag for flag in flags_of(document.metadata) if flag not in selection.flags)


class _Reading:
    """Reads the chosen part of one document after another."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._store = store
        self._selection = selection
        self._only = _only_set(store, selection)
        self.sets = {row.id: row for row in store.sets() if row.kind != "review"}
        wanted = {annotator_set_id(one) for one in selection.annotators}
        self._sets = {set_id for set_id in self.sets if not wanted or set_id in wanted}
        self.people = shown_people(store.annotators(), store.project_id, with_names=selection.with_names)
        self._names = {row.id: _owner_name(row, self.people) for row in self.sets.values()}
        self._dockets = docket_of(store)
        self._in_force = _merged(store.schema())
        self._is_wanted = _label_filter(store.schema(), selection)

    def documents(self, chosen: Collection[Document]) -> Iterator[DocumentSnapshot]:
        selection = self._selection
        names = self._names
        if selection.arrangement == "soft":
            names = {set_id: name for set_id, name in names.items() if self.sets[set_id].kind != "gold"}
        for document in chosen:
            whole = self._document(document)
            if selection.discard == "text":
                whole = without_discarded(whole)
            elif selection.discard == "spans":
                whole = _with_only(whole, lambda span: span.label != DISCARD)
            if selection.layers or selection.labels:
                whole = _with_only(whole, self._is_wanted)
            for record in arranged(whole, selection.arrangement, names):
                yield from units(record, selection.unit)

    def _document(self, document: Document) -> DocumentSnapshot:
        store, selection, only = self._store, self._selection, self._only
        version = store.record(TextVersion, document.text_version)
        if version is None:
            raise KeyError(document.text_version)
        found = [row for row in store.annotations(document.id, only) if row.set in self._sets]
        annotations = tuple(row for row in found if row.text_version == version.id)
        if self._in_force:
            annotations = tuple(
                replace(row, label=self._in_force[row.label]) if row.label in self._in_force else row
                for row in annotations
            )
        relations = store.relations(document.id, only)
        if relations:
            here = {row.id for row in annotations}
            relations = tuple(row for row in relations if row.source in here)
        labels = tuple(row for row in store.document_labels(document.id, only) if row.set in self._sets)
        assignments = () if selection.kind == "gold" else store.assignments(document.id)
        if selection.annotator is not None:
            assignments = tuple(row for row in assignments if row.annotator == selection.annotator)
        elif selection.annotators:
            assignments = tuple(row for row in assignments if row.annotator in selection.annotators)
        people_only = selection.kind == "annotator" or selection.annotators
        return DocumentSnapshot(
            document=replace(document, case=self._dockets.get(document.id) or document.case),
            text_version=version,
            text=store.text(version.id),
            pages=store.pages(version.id),
            annotations=annotations,
            relations=relations,
            labels=labels,
            assignments=assignments,
            decisions=()
            if people_only
            else tuple(row for row in store.decisions(document.id) if row.outcome not in BESIDE),
            losses=tuple(_on_older_text(row) for row in found if row.text_version != version.id),
        )


def _with_only(whole: DocumentSnapshot, is_wanted: Callable[[Annotation], bool]) -> DocumentSnapshot:
    """The document with some of its spans; links that start or end at another one of them go too."""
    spans = tuple(filter(is_wanted, whole.annotations))
    gone = {span.id for span in whole.annotations} - {span.id for span in spans}
    links = tuple(row for row in whole.relations if not {row.source, row.target} & gone)
    return replace(whole, annotations=spans, relations=links)


def _on_older_text(span: Annotation) -> Loss:
    return Loss("unverified", span.document, span.id, "it stands on an older text of its document")


def _owner_name(row: AnnotationSet, people: Mapping[str, Annotator]) -> str:
    return people[row.owner].name if row.owner is not None else "gold"


def _merged(schema: LabelSchema) -> dict[str, str]:
    """By the id of a label that was merged, that of the label in force."""
    pairs = ((label.id, schema.label(label.id)) for label in schema.labels() if label.merged_into)
    return {old: new.id for old, new in pairs if new is not None}


def _label_filter(schema: LabelSchema, selection: Selection) -> Callable[[Annotation], bool]:
    """Whether a span is of the layers or labels that are asked for."""
    of_layers = {label.id for label in schema.labels() if label.layer in selection.layers}
    wanted = of_layers | set(selection.labels)
    return lambda span: span.label in wanted


def _only_set(store: Store, selection: Selection) -> str | None:
    """The one set that is exported, None for all."""
    if selection.annotator is not None:
        return annotator_set_id(selection.annotator)
    return gold_set_id(store.project_id) if selection.kind == "gold" else None
