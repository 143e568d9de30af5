"""The annotations of several people in one export: side by side, a record for each, or as soft labels.

Gold takes part as one more set, except in soft labels, which are about what people marked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from annotator.model import Annotation, AnnotationSet, Annotator, Fragment, derived_id
from annotator.snapshot import DocumentSnapshot, Loss

Arrangement: TypeAlias = Literal["side_by_side", "per_annotator", "soft"]

SOFT = derived_id("soft labels")
SOFT_SET = AnnotationSet(SOFT, "annotator", SOFT)
SOFT_ANNOTATOR = Annotator(SOFT, "soft labels")


def arranged(
    of: DocumentSnapshot, arrangement: Arrangement, names: Mapping[str, str]
) -> Iterator[DocumentSnapshot]:
    """The document as records; `names` are those of the owners of sets, by the id of the set."""
    if arrangement == "soft":
        yield _soft(of, names)
    elif arrangement == "per_annotator":
        yield from _per_annotator(of, names)
    else:
        yield of


def _per_annotator(of: DocumentSnapshot, names: Mapping[str, str]) -> Iterator[DocumentSnapshot]:
    """A record for each set that has something here, by name; the document itself if none has."""
    having = {row.set for rows in (of.annotations, of.labels, of.relations) for row in rows}
    if not having:
        yield of
    for number, set_id in enumerate(sorted(having, key=lambda one: (names[one], one))):
        document_id = f"{of.document.id}-{set_id[:12]}"
        about = {**of.document.metadata, "document": of.document.id, "annotator": names[set_id]}
        spans = [span for span in of.annotations if span.set == set_id]
        own = {span.id for span in spans}
        yield replace(
            of,
            document=replace(of.document, id=document_id, metadata=about),
            annotations=tuple(replace(span, document=document_id) for span in spans),
            relations=tuple(
                replace(link, document=document_id) for link in of.relations if link.set == set_id
            ),
            labels=tuple(replace(label, document=document_id) for label in of.labels if label.set == set_id),
            decisions=tuple(row for row in of.decisions if row.annotation in own),
            losses=of.losses if number == 0 else (),
        )


def _soft(of: DocumentSnapshot, names: Mapping[str, str]) -> DocumentSnapshot:
    """One span for each label and place that anybody marked, with the share of annotators who did.

    The share is out of those who marked anything in the document. Links, notes, attributes, certainty and
    origin have no place in it.
    """
    spans = [span for span in of.annotations if span.set in names]
    voters = {span.set for span in spans}
    votes: dict[tuple[tuple[Fragment, ...], str], list[Annotation]] = {}
    for span in spans:
        votes.setdefault((span.fragments, span.label), []).append(span)
    soft = [_voted(one, len(voters), names) for one in votes.values()]
    losses = [*of.losses]
    no_place = "soft labels have no place for it"
    losses += [Loss("attribute", of.document.id, span.id, no_place) for span in spans if span.attributes]
    losses += [Loss("note", of.document.id, span.id, no_place) for span in spans if span.note]
    losses += [
        Loss("certainty", of.document.id, span.id, no_place) for span in spans if span.certainty != "sure"
    ]
    losses += [
        Loss("origin", of.document.id, span.id, no_place) for span in spans if span.origin == "suggestion"
    ]
    losses += [
        Loss("relation", of.document.id, link.id, "soft labels have no links") for link in of.relations
    ]
    return replace(
        of,
        annotations=tuple(sorted(soft, key=lambda span: (span.start, span.end, span.id))),
        relations=(),
        labels=tuple(label for label in of.labels if label.set in names),
        decisions=(),
        losses=tuple(losses),
    )


def _voted(same: list[Annotation], voters: int, names: Mapping[str, str]) -> Annotation:
    first = same[0]
    who = tuple(sorted({names[span.set] for span in same}))
    place = ",".join(f"{start}-{end}" for start, end in first.fragments)
    return replace(
        first,
        id=derived_id(first.document, "soft", first.label, place),
        set=SOFT,
        attributes={"share": round(len({span.set for span in same}) / voters, 4), "annotators": who},
        note="",
        certainty="sure",
        origin="manual",
    )
