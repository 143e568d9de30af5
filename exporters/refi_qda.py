"""REFI-QDA projects (.qdpx), which NVivo, MAXQDA, ATLAS.ti and QualCoder exchange.

A zip of `sources/` and `project.qde`, as version 1.5 of the standard has it (https://www.qdasoftware.org);
`refi_xml` writes the latter. A selection there is one stretch, so that a span in pieces becomes as many
selections; what has no place, such as attributes, is told in words in the memo. Both are listed as losses.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from zipfile import ZipFile

from annotator.model import Relation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.archive import member, open_member
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.refi_xml import ProjectXml, guid

_IN_MEMORY = 32 << 20


@dataclass(frozen=True, slots=True)
class RefiQdaExporter:
    """One project file with the texts, and the original PDFs, inside."""

    originals: bool = True
    name: str = "refi-qda"
    suffix: str = ".qdpx"
    summary: str = "REFI-QDA project for NVivo, MAXQDA, ATLAS.ti and QualCoder"

    @property
    def holds(self) -> Holds:
        return Holds(
            discontinuous=False,
            relations_across_documents=False,
            relation_attributes=False,
            attributes=False,
            document_labels=False,
            certainty=False,
            text_free=False,
        )

    @property
    def options(self) -> tuple[Option, ...]:
        return (Option("originals", True, "Put the original PDFs into the project"),)

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Pieces stay, each as a selection; attributes and certainty stay too, as words of the memo."""
        kept = fitted(document, replace(self.holds, discontinuous=True, attributes=True, certainty=True))
        return Fitted(kept.document, (*kept.losses, *_changes(kept.document)))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the snapshot to `target`, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = 0
        losses = Losses()
        links: list[Relation] = []
        xml = ProjectXml(snapshot)
        # A zip takes one member at a time, so that what is said of the sources waits until all are in.
        with (
            written_aside(target) as file,
            ZipFile(file, "w") as archive,
            SpooledTemporaryFile(_IN_MEMORY) as sources,
        ):
            for document in snapshot.documents():
                fit = self.fit(document, snapshot)
                losses.add(fit.losses)
                has_original = self.originals and _put_original(archive, fit.document, snapshot)
                text = fit.document.text.encode()
                archive.writestr(member(f"sources/{guid(document.text_version.id)}.txt"), text)
                sources.write(xml.source(fit.document, has_original=has_original))
                links += fit.document.relations
                documents += 1
                spans += len(fit.document.annotations)
                yield Progress(documents, total, document.document.title)
            sources.seek(0)
            with open_member(archive, "project.qde") as project:
                project.write(xml.head(has_sources=documents > 0))
                shutil.copyfileobj(sources, project)
                project.write(xml.tail(links, has_sources=documents > 0))
        return ExportReport(target, documents, spans, len(links), losses)


def _put_original(archive: ZipFile, of: DocumentSnapshot, snapshot: Snapshot) -> bool:
    """Put the PDF that the text was read from into the archive; False if there is none."""
    data = snapshot.original_pdf(of)
    if data is not None:
        archive.writestr(member(f"sources/{guid(of.document.id)}.pdf"), data)
    return data is not None


def _changes(of: DocumentSnapshot) -> Iterator[Loss]:
    document = of.document.id
    for span in of.annotations:
        if len(span.fragments) > 1:
            yield Loss("discontinuous", document, span.id, f"it becomes {len(span.fragments)} selections")
        if span.attributes:
            yield Loss("attribute", document, span.id, "they are told in words in the memo")
        if span.certainty != "sure":
            yield Loss("certainty", document, span.id, "it is told in words in the memo")
    for link in of.relations:
        if link.note:
            yield Loss("note", document, link.id, "links have no notes")
        if link.certainty != "sure":
            yield Loss("certainty", document, link.id, f"that it is {link.certainty} is left out")
