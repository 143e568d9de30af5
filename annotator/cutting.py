"""A document cut into sentences or paragraphs, or with what is marked Discard cut out; offsets re-based.

A piece is a document of its own to exporters: its id has the number of the piece, and its metadata tells
the document that it comes from and, as `cut`, the hash of the whole text and the ranges of it that the
piece is made of; `cut_text` makes the piece of them again. Pieces have no pages.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from annotator.geometry import Range
from annotator.model import Annotation, Fragment, JsonValue, Metadata, quote
from annotator.snapshot import Cut, DocumentSnapshot, Loss
from annotator.text import paragraphs, sentences, text_sha256

Unit: TypeAlias = Literal["document", "paragraph", "sentence"]

DISCARD = "discard"
CUT = "cut"

_UNITS: dict[Unit, Callable[[str], list[Range]]] = {"paragraph": paragraphs, "sentence": sentences}


def units(of: DocumentSnapshot, unit: Unit) -> Iterator[DocumentSnapshot]:
    """The document's sentences or paragraphs; what reaches over an edge is a loss of the first of them."""
    if unit == "document":
        yield of
        return
    ranges = _UNITS[unit](of.text)
    starts = [piece.start for piece in ranges]
    inside: list[list[Annotation]] = [[] for _ in ranges]
    home: dict[str, int] = {}
    losses = list(of.losses)
    for span in of.annotations:
        place = bisect_right(starts, span.start) - 1
        if place >= 0 and span.end <= ranges[place].end:
            inside[place].append(span)
            home[span.id] = place
        else:
            losses.append(Loss("unit_edge", of.document.id, span.id, f"it reaches over the edge of a {unit}"))
    losses += _links_between(of, home, unit)
    for number, piece in enumerate(ranges):
        yield _piece(of, number, piece, inside[number], losses if number == 0 else (), unit=unit)


def _links_between(of: DocumentSnapshot, home: dict[str, int], unit: Unit) -> Iterator[Loss]:
    """Links within the document whose ends are in two units, or in none."""
    here = {span.id for span in of.annotations}
    for link in of.relations:
        in_one = home.get(link.source) == home.get(link.target) and link.source in home
        if (link.target in here and not in_one) or link.source not in home:
            yield Loss("relation", of.document.id, link.id, f"its ends are not in one {unit}")


def _piece(
    of: DocumentSnapshot,
    number: int,
    piece: Range,
    spans: Sequence[Annotation],
    losses: Sequence[Loss],
    *,
    unit: Unit,
) -> DocumentSnapshot:
    text = of.text[piece.start : piece.end]
    here, all_here = {span.id for span in spans}, {span.id for span in of.annotations}
    document_id = f"{of.document.id}-{number}"
    cut = _cut(of, [piece])
    place: Metadata = {"document": of.document.id, "unit": unit, "number": number, **_about(cut)}
    return replace(
        of,
        document=replace(of.document, id=document_id, metadata={**of.document.metadata, **place}),
        text_version=replace(of.text_version, text_sha256=text_sha256(text), length=len(text)),
        text=text,
        pages=(),
        annotations=tuple(replace(_moved(span, [piece], of, text), document=document_id) for span in spans),
        relations=tuple(
            replace(link, document=document_id)
            for link in of.relations
            if link.source in here and (link.target in here or link.target not in all_here)
        ),
        labels=tuple(replace(label, document=document_id) for label in of.labels),
        decisions=tuple(row for row in of.decisions if row.annotation in here),
        losses=tuple(losses),
        cut=cut,
    )


def _cut(of: DocumentSnapshot, kept: Sequence[Range]) -> Cut:
    """Where the stretches kept of a text, itself perhaps cut from another, are in the whole text."""
    if of.cut is None:
        return Cut(of.text_version.text_sha256, tuple(kept))
    found = []
    for start, end in kept:
        at = 0
        for whole in of.cut.ranges:
            left, right = max(start, at), min(end, at + whole.end - whole.start)
            if left < right:
                found.append(Range(whole.start + left - at, whole.start + right - at))
            at += whole.end - whole.start
    return Cut(of.cut.text_sha256, tuple(found))


def _about(cut: Cut) -> dict[str, JsonValue]:
    """What metadata says of it."""
    return {CUT: {"text_sha256": cut.text_sha256, "ranges": [[*piece] for piece in cut.ranges]}}


def cut_text(whole: str, ranges: Iterable[Sequence[int]]) -> str:
    """The text of a piece, from the whole text and the ranges that its metadata tells."""
    return "".join(whole[start:end] for start, end in ranges)


def without_discarded(of: DocumentSnapshot) -> DocumentSnapshot:
    """The document without the text that is marked Discard; spans that reach into it are losses."""
    marked = [piece for span in of.annotations if span.label == DISCARD for piece in span.fragments]
    if not marked:
        return of
    kept = _kept(of.text, sorted(marked))
    cut = _cut(of, kept)
    text = "".join(of.text[piece.start : piece.end] for piece in kept)
    spans: list[Annotation] = []
    losses = list(of.losses)
    for span in of.annotations:
        if span.label == DISCARD:
            continue
        if all(any(one.start <= f.start and f.end <= one.end for one in kept) for f in span.fragments):
            spans.append(_moved(span, kept, of, text))
        else:
            losses.append(Loss("discarded", of.document.id, span.id, "it stands in what is marked Discard"))
    here, all_here = {span.id for span in spans}, {span.id for span in of.annotations}
    links = [
        link
        for link in of.relations
        if link.source in here and (link.target in here or link.target not in all_here)
    ]
    gone = {link.id for link in of.relations} - {link.id for link in links}
    losses += [Loss("relation", of.document.id, link, "an end of it is discarded") for link in sorted(gone)]
    return replace(
        of,
        document=replace(of.document, metadata={**of.document.metadata, **_about(cut)}),
        text_version=replace(of.text_version, text_sha256=text_sha256(text), length=len(text)),
        text=text,
        pages=(),
        annotations=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.id))),
        relations=tuple(links),
        losses=tuple(losses),
        cut=cut,
    )


def _kept(text: str, marked: Sequence[Fragment]) -> list[Range]:
    """The stretches between those that are marked; of the white space around one, that before it stays."""
    kept: list[Range] = []
    at = 0
    for start, end in marked:
        if start > at:
            kept.append(Range(at, start))
        at = max(at, end)
        while at < len(text) and text[at].isspace() and (start == 0 or text[start - 1].isspace()):
            at += 1
    return [*kept, Range(at, len(text))] if at < len(text) else kept


def _moved(span: Annotation, kept: Sequence[Range], of: DocumentSnapshot, text: str) -> Annotation:
    """The span where its words stand in `text`, which is the stretches kept, one behind the other."""
    fragments: list[Fragment] = []
    for start, end in span.fragments:
        cut = _cut_before(kept, start)
        if fragments and fragments[-1].end == start - cut:
            fragments[-1] = Fragment(fragments[-1].start, end - cut)
        else:
            fragments.append(Fragment(start - cut, end - cut))
    moved = quote(text, tuple(fragments))
    if quote(of.text, span.fragments).exact != span.quote.exact:
        # It did not read as it was marked before, and must still be found not to.
        moved = moved._replace(exact=span.quote.exact)
    return replace(span, fragments=tuple(fragments), quote=moved)


def _cut_before(kept: Sequence[Range], offset: int) -> int:
    """How many characters before an offset in a stretch kept are not in any."""
    cut = at = 0
    for start, end in kept:
        cut += start - at
        if offset < end:
            break
        at = end
    return cut
