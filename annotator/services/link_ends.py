"""The gold spans that a link in gold joins, also where one of them stands in another document.

A link that annotators made names units of spans; gold has a link only between what was decided of these.
"""

from collections.abc import Mapping

from annotator.adjudication.keys import link_key, unit_key
from annotator.adjudication.links import LinkCandidate, LinkUnit
from annotator.desk import type_name
from annotator.linking import check_ends, checked_relation_value, may_join, relation_type_of
from annotator.model import Annotation, Result
from annotator.schema import LabelSchema
from annotator.services.reviewing import AnyUnit, Review, link_without_votes, review
from annotator.store import Store


def gold_end(store: Store, of: Review, end: str, known: Mapping[str, Review] | None = None) -> str:
    """The id of the gold span at an end of a link (`LinkCandidate.source` or `target`), "" if there is none.

    `known` are documents (ids) as they are read already, with decisions that are not stored yet.
    """
    document, _, unit = end.rpartition("/")
    if not document or document == of.document.id:
        return of.gold_of(unit)
    other = (known or {}).get(document) or review(store, document)
    return other.gold_of(unit)


def link_in_gold(store: Store, of: Review, link: LinkCandidate) -> Result:
    """A link of an annotator as gold would have it: between the gold spans of its ends, "" for none."""
    ends = gold_end(store, of, link.source), gold_end(store, of, link.target)
    return Result("", link.link.type, (), link.link.attributes, *ends)


def links_at(of: Review, unit: AnyUnit) -> tuple[AnyUnit, ...]:
    """Where one can go along links: from a unit of spans to its links, from one of links to its ends here."""
    if not isinstance(unit, LinkUnit):
        return tuple(link for link in of.links if unit.key in _ends(link))
    ends = _ends(unit)
    return tuple(each for each in of.units if each.key in ends)


def far_ends(of: Review, unit: LinkUnit) -> tuple[tuple[str, str], ...]:
    """The ends of a link that stand in other documents: the document (id) and the key of the unit there."""
    split = sorted(end.rpartition("/") for end in _ends(unit))
    return tuple((document, key) for document, _, key in split if document not in ("", of.document.id))


def new_link(store: Store, of: Review, made: Result) -> LinkUnit:
    """The unit of a link between gold spans that no annotator has; the same whoever makes it."""
    span = store.record(Annotation, made.source)
    layer = None if span is None else store.schema().layer_of(span.label)
    name = "" if layer is None else layer.id
    key = unit_key(of.text_sha256, f"{name}/links", [link_key(made.label, made.source, made.target, {})])
    return link_without_votes(of, key, name, made.source)


def first_link(store: Store, of: Review, source: Annotation) -> Result | None:
    """The first link of the schema that may lead from a gold span to another one; None if none may."""
    schema = store.schema()
    targets = store.records(Annotation, [span for span, _ in gold_choices(store, of)[1]]).values()
    near = sorted(targets, key=lambda span: (span.document != of.document.id, abs(span.start - source.start)))
    for kind in schema.relations:
        for target in near:
            if may_join(schema, kind, source, target):
                return Result("", kind.id, source=source.id, target=target.id)
    return None


def gold_choices(
    store: Store, of: Review, unit: AnyUnit | None = None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The gold spans that a link may start at and end at, by id with what they are called.

    It starts in its own document; it ends there, in one where an annotator let it end, or in one of the same
    case.
    """
    schema = store.schema()
    led_to = far_ends(of, unit) if isinstance(unit, LinkUnit) else ()
    near = {far for far, _ in led_to} | _of_same_case(store, of.document.id)
    here = [(span.id, _called(schema, span)) for span in of.gold.spans]
    away = [
        (span.id, f"{document.title}: {_called(schema, span)}")
        for document in store.documents()
        if document.id in near
        for span in store.annotations(document.id, of.gold.set)
    ]
    return here, [*here, *away]


def _of_same_case(store: Store, document: str) -> set[str]:
    """The other documents (ids) of the cases that a document belongs to."""
    members = store.case_documents()
    cases = {member.case for member in members if member.document == document}
    return {member.document for member in members if member.case in cases} - {document}


def _called(schema: LabelSchema, span: Annotation) -> str:
    return f"{type_name(schema, span.label)} “{' '.join(span.quote.exact.split())[:80]}”"


def read_with(of: Review) -> frozenset[str]:
    """The documents (ids) whose spans make the units of a review: its own, and where its links lead."""
    return frozenset(document for link in of.links for document, _ in far_ends(of, link)) | {of.document.id}


def _ends(unit: LinkUnit) -> frozenset[str]:
    return frozenset(end for each in unit.candidates for end in (each.source, each.target))


def check_link(store: Store, schema: LabelSchema, made: Result) -> None:
    """Raises InvalidEdit where the label schema has no such link between such spans."""
    kind = relation_type_of(schema, made.label)
    for name, value in made.attributes.items():
        checked_relation_value(kind, name, value)
    ends = store.records(Annotation, sorted({made.source, made.target}))
    if made.source not in ends or made.target not in ends:
        return  # what is not in gold is told of any link
    check_ends(schema, kind, ends[made.source], ends[made.target])


def joining(store: Store, of: Review, unit: LinkUnit, made: Result) -> frozenset[str]:
    """The content keys of the links of annotators that join the gold spans that a made one does."""
    ends = made.source, made.target
    return frozenset(
        each.content
        for each in unit.candidates
        if (gold_end(store, of, each.source), gold_end(store, of, each.target)) == ends
    )


def as_made(unit: LinkUnit, made: Result, same_ends: frozenset[str]) -> tuple[str, ...]:
    """The content keys of those with the same ends that are just what was made."""
    says = made.label, dict(made.attributes)
    alike = (each for each in unit.candidates if (each.link.type, dict(each.link.attributes)) == says)
    return tuple(sorted({each.content for each in alike} & same_ends))
