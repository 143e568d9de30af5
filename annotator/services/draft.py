"""The import of one document as records, before anything is written: what the project does not have yet.

What is here already is recognised by its id, or by label, extent and attributes, and left as it is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from annotator.model import (
    Annotation,
    Assignment,
    Attributes,
    AttributeValue,
    Decision,
    Document,
    DocumentLabel,
    Fragment,
    Record,
    Relation,
    TextVersion,
    assignment_id,
    derived_id,
    new_id,
    now,
    quote,
)
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from annotator.services.adoption import Adoption
from annotator.services.people import People, storable
from annotator.store import Contents, Store
from annotator.text import text_sha256

_ID = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")

_Content = tuple[str, tuple[Fragment, ...], tuple[tuple[str, AttributeValue], ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of an imported document whose target is not known yet."""

    document: str
    set_id: str
    source: str
    relation: ReadRelation

    def record(self, target: str, relation_id: str, *, time: str) -> Relation:
        """The relation, now that its target is known; `time` is when it comes in, if the file has no time."""
        created = _time(self.relation.created) or time
        return Relation(
            id=relation_id,
            document=self.document,
            set=self.set_id,
            type=self.relation.type,
            source=self.source,
            target=target,
            created=created,
            changed=_time(self.relation.changed) or created,
            attributes=self.relation.attributes,
            note=self.relation.note,
            certainty=self.relation.certainty,
            origin=self.relation.origin,
        )


class Draft:
    """What a document that was read adds to the project.

    `document` is the one in the project, or a new one; `spans` has the annotation id for each span key of
    the source, `links` the relations to other documents, which the caller joins with `add_link`.
    """

    def __init__(
        self,
        store: Store,
        read: ReadDocument,
        *,
        present: Document | None,
        people: People,
        adoption: Adoption,
        keeps_ids: bool,
    ) -> None:
        self._store = store
        self._read = read
        self._people = people
        self._adoption = adoption
        self._keeps_ids = keeps_ids
        self._time = now()
        self._after: list[Record] = []
        self._ids: set[str] = set()
        self.is_new = present is None
        self.document = present or self._new_document()
        self.spans: dict[str, str] = {}
        self.links: list[Link] = []
        self.warnings: list[str] = []
        self.gained = 0
        self._build()

    @property
    def is_beyond_document(self) -> bool:
        """Whether it brings annotators or labels, which are the project's and not the document's."""
        return bool(self._adoption.after or self._people.added)

    @property
    def before(self) -> tuple[Record, ...]:
        return self._adoption.before

    def records(self) -> tuple[Record, ...]:
        """All that is to be written, () if the project has everything already."""
        return (*self._adoption.after, *self._people.added, *self._after)

    def contents(self) -> Contents | None:
        """The contents of a new document."""
        if not self.is_new:
            return None
        read, version = self._read, self.document.text_version
        return Contents(
            sources={self.document.source_sha256: read.source},
            texts={text_sha256(read.text): read.text},
            pages={version: read.pages} if read.pages else {},
        )

    def add_link(self, link: Link, target: str) -> None:
        """Add a relation, of this document or of an earlier one, to a target in the project."""
        self._after.append(link.record(target, self._id(link.relation.key), time=self._time))

    def _id(self, key: str) -> str:
        """The source's own id if it is one, free in this Change, and to be kept; else a fresh one."""
        is_kept = self._keeps_ids and is_id(key) and key not in self._ids
        record_id = key if is_kept else new_id()
        self._ids.add(record_id)
        return record_id

    def _build(self) -> None:
        parts = [(part, self._people.set_of(part)) for part in self._read.sets]
        for part, set_id in parts:
            self._add_spans(part, set_id)
        for part, set_id in parts:
            self._add_relations(part, set_id)
            self._add_labels(part, set_id)
            self._add_assignment(part)
            self._add_decisions(part)

    def _new_document(self) -> Document:
        read = self._read
        document = Document(
            id=read.key if self._is_free(read.key) else new_id(),
            title=storable(read.title),
            kind=read.kind,
            source_sha256=sha256(read.source).hexdigest(),
            source_name=storable(read.source_name),
            text_version=new_id(),
            created=_time(read.created) or self._time,
            metadata=read.metadata,
            case=read.case,
        )
        version = TextVersion(
            id=document.text_version,
            document=document.id,
            reader=read.reader,
            reader_version=read.reader_version,
            text_sha256=text_sha256(read.text),
            length=len(read.text),
            created=self._time,
            options=read.options,
            warnings=tuple(map(storable, read.warnings)),
        )
        self._ids.add(document.id)
        self._after += [document, version]
        return document

    def _is_free(self, key: str) -> bool:
        return is_id(key) and self._store.record(Document, key) is None

    def _add_spans(self, part: ReadSet, set_id: str) -> None:
        present = () if self.is_new else self._store.annotations(self.document.id, set_id)
        by_id = {span.id: span for span in present}
        by_content = {_content(span.label, span.fragments, span.attributes): span.id for span in present}
        differing = 0
        for span in part.annotations:
            label = self._adoption.labels.get(span.label, span.label)
            content = _content(label, span.fragments, span.attributes)
            same = by_id.get(span.key)
            if same is not None:
                differing += content != _content(same.label, same.fragments, same.attributes)
                self.spans[span.key] = same.id
            elif content in by_content:
                self.spans[span.key] = by_content[content]
            elif not _fits(span.fragments, len(self._read.text)):
                self.warnings.append(f"Span {span.label} left out: its offsets are no place in the text.")
            else:
                self._add_span(span, set_id, label)
        if differing:
            whose = part.annotator or part.kind
            self.warnings.append(
                f"{differing} spans of {whose} were changed in the project since, and stay so."
            )

    def _add_span(self, span: ReadAnnotation, set_id: str, label: str) -> None:
        created = _time(span.created) or self._time
        annotation = Annotation(
            id=self._id(span.key),
            document=self.document.id,
            text_version=self.document.text_version,
            set=set_id,
            label=label,
            fragments=span.fragments,
            quote=quote(self._read.text, span.fragments),
            created=created,
            changed=_time(span.changed) or created,
            attributes=span.attributes,
            note=span.note,
            certainty=span.certainty,
            origin=span.origin,
        )
        self._after.append(annotation)
        self.spans[span.key] = annotation.id
        self.gained += 1

    def _add_relations(self, part: ReadSet, set_id: str) -> None:
        present = () if self.is_new else self._store.relations(self.document.id, set_id)
        ids = {relation.id for relation in present}
        joined = {(relation.type, relation.source, relation.target) for relation in present}
        for relation in part.relations:
            source = self.spans.get(relation.source)
            if relation.key in ids:
                continue
            if source is None:
                self._leave_out(relation, "starts at")
                continue
            link = Link(self.document.id, set_id, source, relation)
            if relation.target_document not in ("", self._read.key):
                self.links.append(link)
                continue
            target = self.spans.get(relation.target)
            if target is None:
                self._leave_out(relation, "leads to")
            elif (relation.type, source, target) not in joined:
                self.add_link(link, target)

    def _leave_out(self, relation: ReadRelation, does: str) -> None:
        self.warnings.append(f"Link {relation.type} left out: the span that it {does} is not here.")

    def _add_labels(self, part: ReadSet, set_id: str) -> None:
        rows = () if self.is_new else self._store.document_labels(self.document.id, set_id)
        present = {row.name: row.value for row in rows}
        for name, value in part.labels.items():
            label_id = derived_id(set_id, self.document.id, "label", name)
            if present.get(name, value) != value:
                self.warnings.append(
                    f"The document’s {name} is {present[name]} here and stays so; not {value}."
                )
            elif name not in present and label_id not in self._ids:
                self._ids.add(label_id)
                self._after.append(DocumentLabel(label_id, self.document.id, set_id, name, value, self._time))

    def _add_assignment(self, part: ReadSet) -> None:
        """An annotator's state in the project is newer than the file's, so only a missing one is added."""
        if part.state is None or part.kind != "annotator":
            return
        annotator = self._people.id_of(part.annotator)
        rows = () if self.is_new else self._store.assignments(self.document.id)
        row_id = assignment_id(annotator, self.document.id)
        if row_id not in self._ids and not any(row.annotator == annotator for row in rows):
            self._ids.add(row_id)
            self._after.append(
                Assignment(row_id, self.document.id, annotator, part.state, part.layers, part.message)
            )

    def _add_decisions(self, part: ReadSet) -> None:
        present = set() if self.is_new else {row.id for row in self._store.decisions(self.document.id)}
        for read in part.decisions:
            if read.key in present:
                continue
            self._after.append(
                Decision(
                    id=self._id(read.key),
                    document=self.document.id,
                    annotation=self.spans.get(read.annotation),
                    outcome=read.outcome,
                    proposers=tuple(map(self._person, read.proposers)),
                    decided_by=self._people.decider(read.decided_by),
                    decided=_time(read.decided) or self._time,
                    rule_id=read.rule_id,
                    reason=read.reason,
                    comment=read.comment,
                )
            )

    def _person(self, name: str) -> str:
        """The id of a proposer; one whose record was gone at the export is named by the id itself."""
        return name if is_id(name) else self._people.id_of(name)


def is_id(key: str) -> bool:
    """Whether a key is an id as records have them."""
    return _ID.fullmatch(key) is not None


def _content(label: str, fragments: tuple[Fragment, ...], attributes: Attributes) -> _Content:
    """What makes two spans of a set the same."""
    return label, fragments, tuple(sorted(attributes.items()))


def _fits(fragments: tuple[Fragment, ...], length: int) -> bool:
    """Whether the fragments lie in the text, in order, and neither cross nor touch."""
    last = -1
    for start, end in fragments:
        if not last < start < end <= length:
            return False
        last = end
    return last > 0


def _time(value: str) -> str:
    """The moment as records keep it, "" if the value is none."""
    if not value or _TIME.fullmatch(value):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
