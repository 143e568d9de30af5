"""PDF: the original of each document with its spans as highlights that every viewer shows.

They are real annotations with label, attributes and note in the popup. What stands on no page, as in news
articles, cannot be marked and is listed as a loss; so is a PDF that cannot be opened.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.model import Annotation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.aside import folder_written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.file_names import FileNames
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.memo import memo
from exporters.pdf_marks import Highlight, Places, UnmarkablePdf, marked
from exporters.preflight import REPORT, report_json, report_of

_HOLDS = Holds(
    relations=False,
    relations_across_documents=False,
    relation_attributes=False,
    document_labels=False,
    text_free=False,
)
_NO_LABEL_COLOUR = "#777777"


@dataclass(frozen=True, slots=True)
class PdfExporter:
    """A folder with a marked copy of every PDF; the originals stay as they are."""

    name: str = "pdf"
    suffix: str = ""
    holds: Holds = _HOLDS
    options: tuple[Option, ...] = ()
    summary: str = "The PDFs themselves with spans as highlights, label and note in the popup"

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """The spans that stand on pages of a PDF that opens. Raises MissingExtra without pikepdf."""
        data = snapshot.original_pdf(document)
        fit, _ = self._marked(document, data, snapshot)
        return fit

    def _marked(
        self, document: DocumentSnapshot, data: bytes | None, snapshot: Snapshot
    ) -> tuple[Fitted, bytes]:
        """What fits, and the marked PDF, empty if there is none: only marking tells whether it can be."""
        kept = fitted(document, self.holds)
        if data is None:
            return _without_spans(kept, "its document is no PDF, so it is left out"), b""
        placed = _with_places(kept)
        try:
            return placed, marked(data, highlights(placed.document, snapshot), document.document.title)
        except UnmarkablePdf as error:
            told = Loss("no_place", document.document.id, "", str(error))
            lost = _without_spans(kept, "its PDF cannot be opened, so it is left out")
            return Fitted(lost.document, (*lost.losses, told)), b""

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the marked PDFs into the folder `target`. Raises MissingExtra without pikepdf."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = done = 0
        losses, names = Losses(), FileNames()
        with folder_written_aside(target) as folder:
            for document in snapshot.documents():
                fit, pdf = self._marked(document, snapshot.original_pdf(document), snapshot)
                losses.add(fit.losses)
                if pdf:
                    (folder / f"{names.name(document.document.title)}.pdf").write_bytes(pdf)
                    documents += 1
                    spans += len(fit.document.annotations)
                done += 1
                yield Progress(done, total, document.document.title)
            report = ExportReport(target, documents, spans, 0, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report


def _with_places(kept: Fitted) -> Fitted:
    """The document without the spans that stand on no page."""
    places = Places(kept.document.pages)
    return _without_spans(kept, "its words have no place on a page, so it is left out", places.boxes)


def _without_spans(
    kept: Fitted, why: str, stays: Callable[[Annotation], object] = lambda span: False
) -> Fitted:
    """The document with the spans that stay; each of the others is a loss."""
    document = kept.document
    spans = tuple(span for span in document.annotations if stays(span))
    here = {span.id for span in spans}
    lost = [
        Loss("no_place", document.document.id, span.id, why)
        for span in document.annotations
        if span.id not in here
    ]
    return Fitted(replace(document, annotations=spans), (*kept.losses, *lost))


def highlights(of: DocumentSnapshot, snapshot: Snapshot) -> Iterator[Highlight]:
    """The highlights of a document, page by page; a span over two pages is one on each."""
    by_page: defaultdict[int, list[Highlight]] = defaultdict(list)
    places = Places(of.pages)
    for span in of.annotations:
        boxes = places.boxes(span)
        for number, (page, here) in enumerate(boxes.items()):
            highlight = _highlight(span, snapshot, part=number + 1, parts=len(boxes))
            by_page[page].append(replace(highlight, page=page, boxes=here))
    for page in sorted(by_page):
        yield from by_page[page]


def _highlight(span: Annotation, snapshot: Snapshot, *, part: int, parts: int) -> Highlight:
    """The highlight of a span but for its place."""
    label = snapshot.schema.label(span.label)
    name = label.name if label else span.label
    says = [name if parts == 1 else f"{name} (page {part} of {parts})"]
    told = memo(span, snapshot.schema)
    return Highlight(
        id=span.id if part == 1 else f"{span.id}-{part}",
        page=0,
        boxes=(),
        author=snapshot.owner_name(span.set),
        subject=name,
        contents="\n".join([*says, told] if told else says),
        colour=label.colour if label else _NO_LABEL_COLOUR,
        created=span.created,
        changed=span.changed,
    )
