"""What is open now: the project, the document, the annotator, and that annotator's marks as live values.

Widgets edit only through a Session. Its dicts hold the annotator's own set of the open document and are
brought up to date from each Change before `changed` is emitted, so a slot may read them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias

from PySide6.QtCore import QObject, Signal

from annotator.change import Change
from annotator.errors import AnnotatorError, InvalidEdit
from annotator.model import (
    Annotation,
    Annotator,
    AttributeValue,
    Certainty,
    Document,
    DocumentLabel,
    Fragment,
    Relation,
    SchemaVersion,
    WorkState,
)
from annotator.roles import sees_others
from annotator.schema import LabelSchema
from annotator.services import annotating, occurrences, working
from annotator.store import DocumentRow, Store, begun
from ui.keys import MovedKey, command_keys, move_label_keys
from ui.own_set import OwnSet, read_own_set, who_of
from ui.page_heads import PageHeads

if TYPE_CHECKING:
    from storage.store import ProjectStore

P = ParamSpec("P")

NO_SCHEMA = LabelSchema(name="", version=0, layers=())


# How a project file is opened: `storage.store.open_project(path, *, workstation, read_only)`.
OpenProject: TypeAlias = Callable[..., "ProjectStore"]


class Session(QObject):
    """The open project, document, annotator and selected span; the one way that widgets edit.

    Signals:
        project_closing: The project is about to be closed; the last moment to keep something in it.
        project_changed: Another project is open, or none.
        documents_changed: Documents came, went or changed state other than by `changed`.
        document_changed: Another document is open, or none; all live values are new.
        annotator_changed: Somebody else annotates; all live values are new.
        schema_changed: The label schema in force is another one, if only by its keys.
        changed: A Change was made; the live values have it already.
        span_selected: Another span is selected, or none.
        armed_changed: Another label is armed, or none.
        refused: An edit was refused; the argument is the sentence that says why.
    """

    project_closing = Signal()
    project_changed = Signal()
    documents_changed = Signal()
    document_changed = Signal()
    annotator_changed = Signal()
    schema_changed = Signal()
    changed = Signal(object)
    span_selected = Signal()
    armed_changed = Signal()
    refused = Signal(str)

    def __init__(self, open_project: OpenProject, *, workstation: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_project = open_project
        self.workstation = workstation
        self.store: ProjectStore | None = None
        self.schema: LabelSchema = NO_SCHEMA
        self.moved_keys: tuple[MovedKey, ...] = ()
        self._command_keys: Mapping[str, tuple[str, ...]] = command_keys({})
        self.annotator: Annotator | None = None
        self.document: Document | None = None
        self.text = ""
        self._own = OwnSet()
        self._rows: tuple[DocumentRow, ...] | None = None  # None: to be read
        self.selected: str | None = None
        self.armed: str | None = None
        self.page_heads = PageHeads(self)

    # -- the project

    def open_project(self, path: Path, *, annotator: str | None = None, read_only: bool = False) -> None:
        """Open a project file in place of the present one, as the annotator of that id or name.

        Raises ProjectError, and leaves the present project open, when the file cannot be opened.
        """
        if self.store is not None and self.store.path == path.resolve():
            return
        self.use(self._open_project(path, workstation=self.workstation, read_only=read_only), annotator)

    def use(self, store: "ProjectStore", annotator: str | None = None) -> None:
        """Take an open store in place of the present project; the session closes it in the end."""
        self.close_project()
        self.store, self._rows = store, None
        self._adopt_schema()
        self.annotator = who_of(store.annotators(), annotator)
        self.project_changed.emit()

    def close_project(self) -> None:
        """Close the project, if one is open."""
        if self.store is None:
            return
        self.project_closing.emit()
        self.open_document(None)
        self.arm(None)
        store, self.store, self.annotator = self.store, None, None
        self._adopt_schema()
        store.close()
        self.project_changed.emit()

    def refresh(self) -> None:
        """Read again what a job may have written beside the session."""
        store = self.store
        if store is None:
            return
        self._rows = None
        if self._adopt_schema():
            self.schema_changed.emit()
        self.documents_changed.emit()
        if self.document is None:
            return
        stored = store.record(Document, self.document.id)
        if stored is None or stored.text_version != self.document.text_version:
            self.open_document(self.document.id)
        elif self._read_own_set():
            self.document_changed.emit()

    def reserve_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Say which keys the commands have, by their ids; labels that have one of them get another."""
        self._command_keys = keys
        if self._adopt_schema():
            self.schema_changed.emit()

    def rows(self) -> tuple[DocumentRow, ...]:
        """The project's documents as the annotator's list shows them.

        An annotator to whom documents are assigned has only these.
        """
        if self.store is None or self.annotator is None:
            return ()
        if self._rows is None:
            rows = self.store.document_rows(self.annotator.id)
            own = tuple(row for row in rows if row.is_assigned)
            self._rows = own if own and not sees_others(self.annotator.role) else rows
        return self._rows

    def switch_annotator(self, annotator: str) -> None:
        """Annotate as the annotator of that id."""
        store = self._require_store()
        found = store.record(Annotator, annotator)
        if found is None or found == self.annotator:
            return
        self.annotator, self.selected, self._rows = found, None, None
        self._read_own_set()
        self.annotator_changed.emit()
        self.span_selected.emit()

    # -- the document and the span

    def open_document(self, document: str | None) -> None:
        """Open a document of the project by id, or none."""
        found = None if document is None else self._require_store().record(Document, document)
        if found is None and self.document is None:
            return
        self.document = found
        self.text = self._require_store().text(found.text_version) if found is not None else ""
        self.selected = None
        self._read_own_set()
        self.document_changed.emit()
        self.span_selected.emit()

    def select_span(self, annotation: str | None) -> None:
        """Select a span of the annotator's own set, or none."""
        chosen = annotation if annotation is not None and annotation in self.annotations else None
        if chosen != self.selected:
            self.selected = chosen
            self.span_selected.emit()

    @property
    def annotations(self) -> dict[str, Annotation]:
        """The annotator's own annotations, by id."""
        return self._own.annotations

    @property
    def relations(self) -> dict[str, Relation]:
        """The annotator's own relations that start in the open document, by id."""
        return self._own.relations

    @property
    def document_labels(self) -> dict[str, DocumentLabel]:
        """The annotator's own labels of the open document, by name."""
        return self._own.labels

    @property
    def selected_annotation(self) -> Annotation | None:
        return None if self.selected is None else self.annotations.get(self.selected)

    def arm(self, label: str | None) -> None:
        """Let every selection that is made be marked with a label, or end that."""
        if label != self.armed:
            self.armed = label
            self.armed_changed.emit()

    @property
    def work_state(self) -> WorkState:
        """How far the annotator is with the open document."""
        assignment = self._own.assignment
        return begun("todo" if assignment is None else assignment.state, len(self.annotations))

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers (ids) that the open document is assigned to the annotator for, () for all."""
        return () if self._own.assignment is None else self._own.assignment.layers

    @property
    def work_message(self) -> str:
        """Why the open document was skipped or returned, where somebody said so."""
        return "" if self._own.assignment is None else self._own.assignment.message

    # -- edits: each is on disk when it returns; None means refused, and `refused` has told why

    def edit(self, verb: Callable[[Store], Change]) -> Change | None:
        """Make an edit: the verb applies it to the store and returns the Change."""
        try:
            change = verb(self._require_store())
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return None
        self.take(change)
        return change

    def highlight(self, label: str, start: int, end: int, *, exact: bool = False) -> Change | None:
        """Mark `[start, end)`; as `mark`."""
        return self.mark(label, (Fragment(start, end),), exact=exact)

    def mark(self, label: str, fragments: tuple[Fragment, ...], *, exact: bool = False) -> Change | None:
        """Mark fragments. A slot of the selected span is linked to it in the same Change.

        The new span is selected, except a slot, whose owner stays selected. `exact` trims no punctuation.
        """
        owner = self._slot_owner(label)
        change = self._do(
            annotating.highlight,
            annotator=self.annotator_id,
            document=self._document_id,
            label=label,
            fragments=fragments,
            exact=exact,
            slot_owner=owner,
        )
        return self._select_from(change) if owner is None else change

    def mark_here(self, label: str, start: int, end: int, *, exact: bool = False) -> Change | None:
        """Mark `[start, end)` and all that reads the same in the document; the span there is selected."""
        change = self._do(
            occurrences.mark_here,
            annotator=self.annotator_id,
            document=self._document_id,
            label=label,
            place=(start, end),
            exact=exact,
        )
        made = [] if change is None else [each.id for each in change.after if each.id in self.annotations]
        self.select_span(next((each for each in made if self.annotations[each].start >= start), None))
        return change

    def relabel(self, annotation: str, label: str) -> Change | None:
        return self._do(annotating.relabel, annotator=self.annotator_id, annotation=annotation, label=label)

    def resize(self, annotation: str, fragments: tuple[Fragment, ...]) -> Change | None:
        return self._do(
            annotating.resize, annotator=self.annotator_id, annotation=annotation, fragments=fragments
        )

    def remove(self, *annotations: str) -> Change | None:
        """Remove spans, and the links that start or end at them."""
        return self._do(annotating.remove, annotator=self.annotator_id, annotations=annotations)

    def set_attribute(self, annotation: str, attribute: str, value: AttributeValue | None) -> Change | None:
        """Set an attribute of a span; None takes the value away."""
        return self._do(
            annotating.set_attribute,
            annotator=self.annotator_id,
            annotation=annotation,
            attribute=attribute,
            value=value,
        )

    def set_note(self, annotation: str, note: str) -> Change | None:
        return self._do(annotating.set_note, annotator=self.annotator_id, annotation=annotation, note=note)

    def set_certainty(self, annotation: str, certainty: Certainty) -> Change | None:
        return self._do(
            annotating.set_certainty,
            annotator=self.annotator_id,
            annotation=annotation,
            certainty=certainty,
        )

    def set_flag(self, annotation: str, *, flagged: bool) -> Change | None:
        """Flag a span for discussion, or take the flag away."""
        return self._do(
            annotating.set_flag, annotator=self.annotator_id, annotation=annotation, flagged=flagged
        )

    def link(self, relation_type: str, source: str, target: str) -> Change | None:
        """Link two spans by a relation type of the schema."""
        return self._do(
            annotating.link, annotator=self.annotator_id, type=relation_type, source=source, target=target
        )

    def unlink(self, relation: str) -> Change | None:
        return self._do(annotating.unlink, annotator=self.annotator_id, relation=relation)

    def set_relation_attribute(
        self, relation: str, attribute: str, value: AttributeValue | None
    ) -> Change | None:
        """Qualify a link; None takes the value away."""
        return self._do(
            annotating.set_relation_attribute,
            annotator=self.annotator_id,
            relation=relation,
            attribute=attribute,
            value=value,
        )

    def set_document_label(
        self, name: str, value: AttributeValue | None, *, document: str = ""
    ) -> Change | None:
        """Give the open document a value, or another one by its id; None takes it away."""
        return self._do(
            annotating.set_document_label,
            annotator=self.annotator_id,
            document=document or self._document_id,
            name=name,
            value=value,
        )

    def set_work_state(self, state: WorkState, message: str = "") -> Change | None:
        """Say how far the annotator is with the open document."""
        return self._do(
            annotating.set_work_state,
            annotator=self.annotator_id,
            document=self._document_id,
            state=state,
            message=message,
        )

    def give_back(self, message: str, to: str) -> Change | None:
        """Return the open document to an annotator (an id), with what they are to look at."""
        return self._do(
            working.give_back,
            annotator=self.annotator_id,
            document=self._document_id,
            to=to,
            message=message,
        )

    def undo(self, *, is_across: bool = False) -> Change | None:
        """Take back this workstation's newest change here; with no document, or `is_across`, beyond it."""
        here = None if is_across else self._document_id or None
        return self._select_from(self._do(annotating.undo, annotator=self.annotator_id, document=here))

    def redo(self, *, is_across: bool = False) -> Change | None:
        """Make again what was taken back last."""
        here = None if is_across else self._document_id or None
        return self._select_from(self._do(annotating.redo, annotator=self.annotator_id, document=here))

    def _do(
        self, verb: Callable[Concatenate[Store, P], Change], *args: P.args, **options: P.kwargs
    ) -> Change | None:
        return self.edit(lambda store: verb(store, *args, **options))

    # -- what keeps the live values true

    def take(self, change: Change) -> None:
        """Bring the live values up to date with a Change that is stored, by a job maybe, and tell of it."""
        self._rows = None
        self._own.take(change)
        for record in change.after:
            if self.annotator is not None and record.id == self.annotator.id:
                self.annotator = self._require_store().record(Annotator, record.id)
            if self.document is not None and record.id == self.document.id:
                self._take_document()
        if self.selected not in self.annotations:
            self.select_span(None)
        self.changed.emit(change)
        is_schema = any(isinstance(record, SchemaVersion) for record in (*change.before, *change.after))
        if is_schema and self._adopt_schema():
            self.schema_changed.emit()
        removed = {record.id for record in change.before} - {record.id for record in change.after}
        if self.document is not None and self.document.id in removed:
            self.open_document(None)

    def _take_document(self) -> None:
        """Take over the open document as it is stored, opening it anew if it has another text."""
        before, self.document = self.document, self._require_store().record(Document, self._document_id)
        if before and self.document and before.text_version != self.document.text_version:
            self.open_document(before.id)

    def _adopt_schema(self) -> bool:
        """Take over the stored schema, with label keys that are no command's; whether it is another one."""
        before, stored = self.schema, NO_SCHEMA if self.store is None else self.store.schema()
        self.schema, self.moved_keys = move_label_keys(stored, self._command_keys)
        return before != self.schema

    def _read_own_set(self) -> bool:
        """Read the live values of the open document anew; whether they are or may be other than before."""
        before, self._own = self._own, OwnSet()
        if self.document is not None:
            self._own = read_own_set(self._require_store(), self.document.id, self.annotator_id)
        if self.selected is not None and self.selected not in self.annotations:
            self.selected = None
        return not before.is_read or not before.says_as(self._own)

    def _select_from(self, change: Change | None) -> Change | None:
        """Select the last of the spans that a Change wrote, if it wrote any here; gives the Change."""
        written = [record.id for record in change.after if record.id in self.annotations] if change else []
        if written:
            self.select_span(written[-1])
        return change

    def _slot_owner(self, label: str) -> str | None:
        """The selected span, if the label is a slot of spans like it."""
        slot, selected = self.schema.label(label), self.selected_annotation
        return selected.id if slot and selected and self.schema.is_slot(slot, of=selected.label) else None

    def _require_store(self) -> "ProjectStore":
        if self.store is None:
            raise InvalidEdit("No project is open; open or create one first.")
        return self.store

    @property
    def annotator_id(self) -> str:
        """The id of who annotates, "" where nobody does."""
        return "" if self.annotator is None else self.annotator.id

    @property
    def _document_id(self) -> str:
        return "" if self.document is None else self.document.id
