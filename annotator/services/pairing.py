"""The verbs of the pair view: a claim of one document linked to a passage of another, in one Change.

Where the passage is marked already, the span there is linked; else it is marked and linked in one step,
which undo takes back from either document.
"""

from collections.abc import Iterator
from dataclasses import replace

from annotator import editing, linking
from annotator.change import Change, make_change
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Document,
    Fragment,
    Record,
    annotator_set_id,
    now,
)
from annotator.schema import LabelSchema, RelationType
from annotator.services.desks import desk_of
from annotator.services.locking import refuse_done
from annotator.store import Store

RECORD, FOUND = "record", "found"


def relations_across(schema: LabelSchema, label: str) -> tuple[RelationType, ...]:
    """The relation types that lead from spans of a label into other documents, in schema order."""
    return tuple(kind for kind in schema.relations_from(label) if kind.across)


def target_label(schema: LabelSchema, kind: RelationType, *, source: str, document_kind: str) -> str | None:
    """The label that a passage gets as the end of a link: that of the claim, if it may have it there.

    Else the first one that the relation leads to and that the schema offers in such a document; None if
    there is none.
    """
    in_force = schema.in_force(source)
    wanted = [in_force] if kind.same_label else [in_force, *kind.targets]
    return next(
        (
            label
            for label in wanted
            if label in kind.targets and schema.offer(label, document_kind) != "never"
        ),
        None,
    )


def link_passage(
    store: Store,
    *,
    annotator: str,
    source: str,
    type: str,
    document: str,
    place: tuple[int, int],
) -> Change:
    """Link a span (an id) to a passage of another document, which is marked for it.

    A source whose schema asks whether the record was searched is said to be found there. Raises InvalidEdit
    where the schema does not allow the link, or a passage as its end.
    """
    schema = store.schema()
    span = store.record(Annotation, source)
    there = store.record(Document, document)
    if span is None or there is None:
        raise InvalidEdit("This span or document is not there any more.")
    kind = linking.relation_type_of(schema, type)
    label = target_label(schema, kind, source=span.label, document_kind=there.kind)
    if label is None:
        raise InvalidEdit(f"The schema has no label that {kind.name} could lead to in this document.")
    marked, made = _marked(store, desk_of(store, annotator, there.id), label, place)
    return _linked(store, annotator, kind, span, marked, made)


def link_span(store: Store, *, annotator: str, source: str, type: str, target: str) -> Change:
    """Link a span to another one (ids), and say that the source was found on the record."""
    span, marked = store.record(Annotation, source), store.record(Annotation, target)
    if span is None or marked is None:
        raise InvalidEdit("This span is not there any more.")
    kind = linking.relation_type_of(store.schema(), type)
    return _linked(store, annotator, kind, span, marked, ())


def _marked(
    store: Store, desk: Desk, label: str, place: tuple[int, int]
) -> tuple[Annotation, tuple[Record, ...]]:
    """The span of a passage, and the records that make it: none where it is marked already."""
    text = store.text(desk.document.text_version)
    layer = desk.schema.layer_of(label)
    pieces = editing.extent(text, (place,), trim_end="" if layer is None else layer.trim_end)
    same = store.annotations_at(desk.document.id, desk.set_id, pieces[0].start, pieces[-1].end)
    for span in same:
        if span.label == label and span.fragments == pieces:
            return span, ()
    change = editing.highlight(desk, text=text, label=label, fragments=pieces, same_extent=same)
    return next(record for record in change.after if isinstance(record, Annotation)), change.after


def _linked(
    store: Store,
    annotator: str,
    kind: RelationType,
    span: Annotation,
    marked: Annotation,
    made: tuple[Record, ...],
) -> Change:
    if annotator_set_id(annotator) not in (span.set,) or span.set != marked.set:
        raise InvalidEdit("Only spans of your own are linked.")
    home = store.record(Document, span.document)
    if home is None:
        raise InvalidEdit("This document is not in the project any more.")
    desk = desk_of(store, annotator, home.id)
    change = linking.link(
        desk, type=kind.id, source=span, target=marked, existing=store.relations_at(span.id)
    )
    found = tuple(_found(desk.schema, span, home))
    after = {record.id: record for record in (*made, *found, *change.after)}
    whole = make_change(
        change.title,
        annotator=annotator,
        document=span.document if span.document == marked.document else None,
        before=(span,) if found else (),
        after=after.values(),
    )
    refuse_done(store, whole)
    store.apply(whole)
    return whole


def _found(schema: LabelSchema, span: Annotation, home: Document) -> Iterator[Annotation]:
    """The source as found on the record, where its schema asks and nothing else was said."""
    for attribute in schema.attributes_of(span.label, home.kind):
        said = span.attributes.get(RECORD, attribute.default)
        if attribute.id == RECORD and FOUND in attribute.values and said == attribute.default:
            yield replace(span, attributes={**span.attributes, RECORD: FOUND}, changed=now())


def candidate_span(
    schema: LabelSchema,
    kind: RelationType,
    *,
    source: Annotation,
    spans: Iterator[Annotation],
    place: Fragment,
) -> Annotation | None:
    """A span that stands in a passage and that the link may lead to, the longest one; None if none does."""
    fitting = [
        span
        for span in spans
        if span.start < place.end
        and place.start < span.end
        and schema.in_force(span.label) in kind.targets
        and (not kind.same_label or schema.in_force(span.label) == schema.in_force(source.label))
    ]
    return max(fitting, key=lambda span: (span.end - span.start, -span.start), default=None)
