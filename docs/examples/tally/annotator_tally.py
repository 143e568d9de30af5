"""A reader of wire copy, whose first line is the title, and an exporter that counts labels."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.progress import Job, Progress
from annotator.readers import Reader
from annotator.readers.document import ReadDocument
from annotator.readers.encoding import decode
from annotator.readers.source import checked_text, read_bytes, refuse_binary
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses

LIMIT = 10_000_000  # bytes


def read(source: Path) -> Iterator[ReadDocument]:
    """The one document of the file; UnreadableSource if it is large, empty or no text."""
    data = read_bytes(source, LIMIT)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, source.name)
    title, _, text = decoded.text.partition("\n")
    yield ReadDocument(
        title=title.strip() or source.stem,
        text=checked_text(text, source.name),
        source=data,
        source_name=source.name,
        reader="wire",
        reader_version="1",
        warnings=decoded.warnings,
    )


WIRE = Reader("wire", (".wire",), "Wire copy", "annotator_tally")


@dataclass(frozen=True)
class Tally:
    """A line for each label: how often it is there, and its id."""

    least: int = 1
    name: str = "tally"
    suffix: str = ".tally"
    summary: str = "How often each label is there"
    options: tuple[Option, ...] = (Option("least", 1, "labels that are there less often are left out"),)
    holds: Holds = Holds(relations=False, relations_across_documents=False, document_labels=False)

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        return fitted(document, self.holds)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        counts: Counter[str] = Counter()
        losses, documents = Losses(), 0
        for document in snapshot.documents():
            held = self.fit(document, snapshot)
            losses.add(held.losses)
            counts.update(span.label for span in held.document.annotations)
            documents += 1
            yield Progress(documents, snapshot.document_count, document.document.title)
        with written_aside(target) as file:
            for label, count in sorted(counts.items()):
                if count >= self.least:
                    file.write(f"{count}\t{label}\n".encode())
        return ExportReport(target, documents, counts.total(), 0, losses)


TALLY = Tally()
