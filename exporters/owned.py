"""A document parted by whose its spans are, for formats that have a file for each annotator."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.model import Annotation, Relation
from annotator.snapshot import DocumentSnapshot, Loss
from exporters.losses import Fitted


@dataclass(frozen=True, slots=True)
class Owned:
    """What one set has in a document: its spans in text order, and the links that start at them."""

    set: str
    spans: tuple[Annotation, ...]
    links: tuple[Relation, ...]


def owned(of: DocumentSnapshot) -> Iterator[Owned]:
    """The parts of a document, by the id of their set."""
    by_set: dict[str, list[Annotation]] = {}
    for span in of.annotations:
        by_set.setdefault(span.set, []).append(span)
    for set_id in sorted(by_set):
        own = {span.id for span in by_set[set_id]}
        links = sorted((link for link in of.relations if link.source in own), key=lambda link: link.id)
        yield Owned(set_id, tuple(by_set[set_id]), tuple(links))


def without_links_between_owners(fitted: Fitted) -> Fitted:
    """The document without links whose ends are of two sets, and so in two files; each is a loss."""
    document = fitted.document
    owners = {span.id: span.set for span in document.annotations}
    kept = tuple(link for link in document.relations if owners[link.source] == owners[link.target])
    lost = [
        Loss("relation", link.document, link.id, "its spans are in the files of two annotators")
        for link in document.relations
        if owners[link.source] != owners[link.target]
    ]
    return Fitted(replace(document, relations=kept), (*fitted.losses, *lost))
