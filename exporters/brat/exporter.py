"""Writes a folder that brat opens: the configuration, and in a folder for each annotator texts and standoff.

brat cannot say whose an annotation is, so that every annotator has a folder, as brat's own corpora do. Each
has all documents, with an empty `.ann` where an annotator marked nothing.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.model import Annotation, Relation
from annotator.progress import Job, Progress
from annotator.snapshot import About, DocumentSnapshot, Loss, Snapshot
from exporters.aside import folder_written_aside
from exporters.brat.conf import annotation_conf, visual_conf
from exporters.brat.names import Names
from exporters.brat.standoff import in_one_line, in_values, pieces, reads_back, standoff
from exporters.exporter import ExportReport, Holds, Option
from exporters.file_names import FileNames
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.owned import owned, without_links_between_owners
from exporters.preflight import REPORT, report_json, report_of

_HOLDS = Holds(relations_across_documents=False, document_labels=False, certainty=False, text_free=False)


@dataclass(frozen=True, slots=True)
class BratExporter:
    """brat standoff, with annotation.conf and visual.conf out of the label schema."""

    name: str = "brat"
    suffix: str = ""
    summary: str = "brat standoff with its configuration, a folder for each annotator"
    holds: Holds = _HOLDS
    options: tuple[Option, ...] = ()

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """What brat can hold: spans with words in them, links between spans of one annotator."""
        noted = _without_blanks(_with_notes(document, snapshot))
        held = without_links_between_owners(fitted(noted, self.holds))
        of = held.document
        marks: tuple[Annotation | Relation, ...] = (*of.annotations, *of.relations)
        edges = [
            Loss("misaligned", span.document, span.id, "line breaks at an edge of its pieces are left out")
            for span in of.annotations
            if not reads_back(of.text, span)
        ]
        return Fitted(of, (*held.losses, *edges, *(loss for mark in marks for loss in _changes(mark))))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        number = spans = relations = 0
        losses = Losses()
        names = Names(snapshot.schema)
        with folder_written_aside(target) as folder:
            _write(folder / "annotation.conf", annotation_conf(snapshot.schema, names))
            _write(folder / "visual.conf", visual_conf(snapshot.schema, names))
            writer = _Folders(folder, snapshot, names)
            for number, document in enumerate(snapshot.documents(), start=1):
                held = self.fit(document, snapshot)
                losses.add(held.losses)
                writer.write(held.document)
                spans += len(held.document.annotations)
                relations += len(held.document.relations)
                yield Progress(number, total, document.document.title)
            writer.finish()
            report = ExportReport(target, number, spans, relations, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report


class _Folders:
    """The annotators' folders, each made when its first span comes."""

    def __init__(self, folder: Path, snapshot: Snapshot, names: Names) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._names = names
        self._titles = FileNames()
        self._owners = FileNames()
        self._places: dict[str, Path] = {}  # set -> folder
        self._names_by_id: dict[str, str] = {}
        self._texts: dict[str, Path] = {}  # file name -> a text that was written

    def write(self, of: DocumentSnapshot) -> None:
        name = self._name(of)
        parts = sorted(owned(of), key=lambda part: self._snapshot.owner_name(part.set))
        for part in parts:
            place = self._place(part.set)
            self._text(place, name, of.text)
            _write(place / f"{name}.ann", standoff(of.text, part.spans, part.links, self._names))
        if not parts:
            self._text(self._folder, name, of.text)

    def finish(self) -> None:
        """Give every annotator the documents that they marked nothing in."""
        for place in self._places.values() or [self._folder]:
            for name, text in self._texts.items():
                if not (place / f"{name}.txt").exists():
                    shutil.copyfile(text, place / f"{name}.txt")
                (place / f"{name}.ann").touch()
        if self._places:
            for name in self._texts:
                (self._folder / f"{name}.txt").unlink(missing_ok=True)

    def _name(self, of: DocumentSnapshot) -> str:
        """The name of a document's files; it may come several times, once for each annotator."""
        document = of.document
        if document.id not in self._names_by_id:
            self._names_by_id[document.id] = self._titles.name(document.title)
        return self._names_by_id[document.id]

    def _text(self, place: Path, name: str, text: str) -> None:
        self._texts.setdefault(name, place / f"{name}.txt")
        _write(place / f"{name}.txt", text)

    def _place(self, set_id: str) -> Path:
        if set_id not in self._places:
            place = self._folder / self._owners.name(self._snapshot.owner_name(set_id))
            place.mkdir()
            self._places[set_id] = place
        return self._places[set_id]


def _with_notes(of: DocumentSnapshot, snapshot: Snapshot) -> DocumentSnapshot:
    """The document with each link into another one told in the note of the span that it starts at.

    brat has no links between files; the link itself is a loss all the same.
    """
    here = {span.id for span in of.annotations}
    said: dict[str, list[str]] = {}
    for link in sorted(of.relations, key=lambda each: each.id):
        end = None if link.target in here else snapshot.end_of(link.target)
        if end is not None:
            said.setdefault(link.source, []).append(_told(link, end))
    if not said:
        return of
    spans = tuple(
        replace(span, note=" | ".join(filter(None, (span.note, *said[span.id])))) if span.id in said else span
        for span in of.annotations
    )
    return replace(of, annotations=spans)


def _told(link: Relation, end: About) -> str:
    values: list[str] = []
    for said in link.attributes.values():
        values += map(str, said if isinstance(said, tuple) else (said,))
    verdict = f" ({', '.join(values)})" if values else ""
    words = f": “{end.words}”" if end.words else ""
    return f"{link.type}{verdict} → {end.title}{words}"


def _without_blanks(of: DocumentSnapshot) -> DocumentSnapshot:
    """The document without the spans that have no words, each told as a loss."""
    kept = tuple(span for span in of.annotations if pieces(of.text, span))
    if len(kept) == len(of.annotations):
        return of
    lost = tuple(
        Loss("misaligned", span.document, span.id, "it has no words and is left out")
        for span in of.annotations
        if not pieces(of.text, span)
    )
    return replace(of, annotations=kept, losses=(*of.losses, *lost))


def _changes(of: Annotation | Relation) -> Iterator[Loss]:
    """What is written otherwise than it is."""
    for name, value in sorted(of.attributes.items()):
        if in_values(value) is None:
            yield Loss("attribute", of.document, of.id, f"{name} becomes a note")
    if in_one_line(of.note) != of.note:
        yield Loss("note", of.document, of.id, "its lines are joined")


def _write(path: Path, content: str) -> None:
    path.write_bytes(content.encode("utf-8"))
