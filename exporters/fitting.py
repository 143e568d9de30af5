"""What a format holds of a document, by its `Holds`: the rest is taken out and listed as losses.

Where spans must stand on tokens and how they may lie to each other is for the format's own module, which
knows its tokens. A span that is left out is one loss, with all that hangs on it but its links.
"""

from collections.abc import Iterator
from dataclasses import replace

from annotator.model import Annotation, Relation
from annotator.snapshot import DocumentSnapshot, Loss
from exporters.exporter import Holds
from exporters.losses import Fitted


def fitted(of: DocumentSnapshot, holds: Holds) -> Fitted:
    """The document without what the format has no place for."""
    losses = list(of.losses)
    document = of.document.id
    spans = []
    for span in of.annotations:
        if not verifies(span, of.text):
            losses.append(Loss("unverified", document, span.id, "its words are not those that were marked"))
            continue
        if len(span.fragments) > 1 and not holds.discontinuous:
            losses.append(Loss("discontinuous", document, span.id, "it is in several pieces and left out"))
            continue
        losses.extend(_of_span(span, holds))
        spans.append(_cut_span(span, holds))
    losses += _of_owners(of, spans, holds)
    here = {span.id for span in spans}
    links = []
    for link in of.relations:
        loss = _of_link(link, here, holds)
        if loss is None:
            losses.extend(_of_link_attributes(link, holds))
            links.append(_cut_link(link, holds))
        else:
            losses.append(loss)
    labels = of.labels if holds.document_labels else ()
    losses += [
        Loss("document_label", document, "", f"{label.name} is left out")
        for label in of.labels
        if not holds.document_labels
    ]
    return Fitted(replace(of, annotations=tuple(spans), relations=tuple(links), labels=labels), tuple(losses))


def _of_owners(of: DocumentSnapshot, spans: list[Annotation], holds: Holds) -> list[Loss]:
    """Where spans of several annotators stand side by side and the format does not tell whose is which."""
    if holds.several_annotators or len({span.set for span in spans}) < 2:
        return []
    return [Loss("annotator", of.document.id, span.id, "whose it is is left out") for span in spans]


def verified(of: DocumentSnapshot) -> Fitted:
    """The document without the spans whose words are not those that were marked; all else stays."""
    if all(verifies(span, of.text) for span in of.annotations):
        return Fitted(of, of.losses)
    return fitted(of, Holds())


def verifies(span: Annotation, text: str) -> bool:
    """Whether the text has, where the span stands, the words that were marked there."""
    fragments = span.fragments
    if len(fragments) == 1:
        start, end = fragments[0]
        return text[start:end] == span.quote.exact
    return " ".join(text[start:end] for start, end in fragments) == span.quote.exact


def _of_span(span: Annotation, holds: Holds) -> Iterator[Loss]:
    if span.attributes and not holds.attributes:
        names = ", ".join(sorted(span.attributes))
        yield Loss("attribute", span.document, span.id, f"{names} left out")
    if span.note and not holds.notes:
        yield Loss("note", span.document, span.id, "its note is left out")
    if span.certainty != "sure" and not holds.certainty:
        yield Loss("certainty", span.document, span.id, f"that it is {span.certainty} is left out")
    if span.origin == "suggestion" and not holds.origin:
        yield Loss("origin", span.document, span.id, "that it was suggested is left out")


def _cut_span(span: Annotation, holds: Holds) -> Annotation:
    if not (span.attributes or span.note) and span.certainty == "sure":
        return span
    return replace(
        span,
        attributes=span.attributes if holds.attributes else {},
        note=span.note if holds.notes else "",
        certainty=span.certainty if holds.certainty else "sure",
    )


def _of_link(link: Relation, here: set[str], holds: Holds) -> Loss | None:
    """Why a link is left out; None if it stays."""
    if not holds.relations:
        return Loss("relation", link.document, link.id, "it is left out")
    if link.source not in here:
        return Loss("relation", link.document, link.id, "the span that it starts at is left out")
    if link.target not in here and not holds.relations_across_documents:
        return Loss("relation_across", link.document, link.id, "the span that it leads to is not in the file")
    return None


def _of_link_attributes(link: Relation, holds: Holds) -> Iterator[Loss]:
    if link.attributes and not holds.relation_attributes:
        names = ", ".join(sorted(link.attributes))
        yield Loss("relation_attribute", link.document, link.id, f"{names} left out")
    if link.note and not holds.notes:
        yield Loss("note", link.document, link.id, "its note is left out")
    if link.certainty != "sure" and not holds.certainty:
        yield Loss("certainty", link.document, link.id, f"that it is {link.certainty} is left out")


def _cut_link(link: Relation, holds: Holds) -> Relation:
    return replace(
        link,
        attributes=link.attributes if holds.relation_attributes else {},
        note=link.note if holds.notes else "",
        certainty=link.certainty if holds.certainty else "sure",
    )
