"""The links of the selected span as rows: to or from which span, in which document, and their choices.

Links of other sets at the same span are not shown: the panel is about the annotator's own work.
"""

from dataclasses import dataclass

from annotator.model import Annotation, AttributeValue, Document, Relation
from annotator.schema import Label, RelationType
from ui.panels.span_words import one_line, span_words
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a span. `other` is the span at the other end, `words` what it says.

    `type` is None where the label schema does not have it. `document` is the title of the other span's
    document, "" where it is the same one.
    """

    relation: Relation
    type: RelationType | None
    is_outgoing: bool
    other: Annotation
    label: Label | None
    words: str
    document: str

    @property
    def name(self) -> str:
        """How the type of the link is called."""
        return self.relation.type if self.type is None else self.type.name

    @property
    def strange(self) -> dict[str, AttributeValue]:
        """What the link carries that the label schema does not have for it."""
        known = {} if self.type is None else {each.id: each for each in self.type.attributes}
        return {
            name: value
            for name, value in self.relation.attributes.items()
            if not (name in known and known[name].accepts(value))
        }


def links_of(session: Session, span: Annotation) -> tuple[Link, ...]:
    """The annotator's links at a span: first those from it, then those to it, each in schema order."""
    if session.store is None:
        return ()
    order = {relation.id: index for index, relation in enumerate(session.schema.relations)}
    links = [
        link
        for relation in session.store.relations_at(span.id)
        if relation.set == span.set and (link := _link(session, span, relation)) is not None
    ]
    return tuple(
        sorted(
            links,
            key=lambda link: (
                not link.is_outgoing,
                order.get(link.relation.type, len(order)),
                link.other.document != span.document,
                link.other.start,
            ),
        )
    )


def may_have_links(session: Session, span: Annotation) -> bool:
    """Whether the schema knows links from or to spans of this label."""
    label = session.schema.in_force(span.label)
    return any(
        label in relation.sources or label in relation.targets for relation in session.schema.relations
    )


def _link(session: Session, span: Annotation, relation: Relation) -> Link | None:
    is_outgoing = relation.source == span.id
    other = _annotation(session, relation.target if is_outgoing else relation.source)
    if other is None:
        return None
    is_here = other.document == span.document
    words = span_words(session.text, other.fragments) if is_here else one_line(other.quote.exact)
    return Link(
        relation,
        session.schema.relation(relation.type),
        is_outgoing,
        other,
        session.schema.label(other.label),
        words,
        "" if is_here else _title(session, other.document),
    )


def _annotation(session: Session, annotation: str) -> Annotation | None:
    if annotation in session.annotations:
        return session.annotations[annotation]
    return None if session.store is None else session.store.record(Annotation, annotation)


def _title(session: Session, document: str) -> str:
    found = None if session.store is None else session.store.record(Document, document)
    return "" if found is None else found.title
