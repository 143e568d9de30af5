"""What an export will drop or change, counted before anything is written; and the report beside the files.

It asks the exporter's own `fit`, which is what the exporter writes, so the two cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from annotator.errors import ExportError
from annotator.progress import Job, Progress
from annotator.snapshot import About, LeftOut, Loss, LossKind, Snapshot
from exporters.aside import written_aside
from exporters.exporter import Exporter, ExportReport, OptionValue, options_of
from exporters.losses import Losses

__all__ = [
    "Loss",
    "LossKind",
    "Losses",
    "Preflight",
    "check_text",
    "deliver",
    "preflight",
    "refuse_losses",
    "report_json",
    "report_of",
    "report_path",
    "write_report",
]

REPORT = "preflight.json"


@dataclass(frozen=True, slots=True)
class Preflight:
    """What an export writes of how much, and what it does not; `left_out` are whole documents.

    `about` says what each loss is about, or is empty.
    """

    format: str
    options: Mapping[str, OptionValue]
    documents: int
    spans: int
    relations: int
    losses: Losses = field(default_factory=Losses)
    left_out: tuple[LeftOut, ...] = ()
    about: Sequence[About] = ()


def preflight(snapshot: Snapshot, exporter: Exporter) -> Job[Preflight]:
    """Count what the format, with its options, holds of the snapshot, and list what it does not."""
    total = snapshot.document_count
    yield Progress(0, total)
    documents = spans = relations = 0
    losses = Losses()
    for document in snapshot.documents():
        held = exporter.fit(document, snapshot)
        documents += 1
        spans += len(held.document.annotations)
        relations += len(held.document.relations)
        losses.add(held.losses)
        yield Progress(documents, total, document.document.title)
    return Preflight(
        exporter.name, options_of(exporter), documents, spans, relations, losses, snapshot.left_out
    )


def report_of(snapshot: Snapshot, exporter: Exporter, report: ExportReport) -> Preflight:
    """What an export that was made wrote and did not write."""
    return Preflight(
        exporter.name,
        options_of(exporter),
        report.documents,
        report.spans,
        report.relations,
        report.losses,
        snapshot.left_out,
        snapshot.about(report.losses.all),
    )


def report_path(exporter: Exporter, target: Path) -> Path:
    """Where the report of an export to `target` stands: beside its file, or in its folder."""
    return target.with_name(f"{target.name}.{REPORT}") if exporter.suffix else target / REPORT


def write_report(report: Preflight, path: Path) -> None:
    """Write the report as JSON: counts, and every loss. Raises ExportError."""
    with written_aside(path) as file:
        file.write(report_json(report))


def report_json(report: Preflight) -> bytes:
    """The report as indented JSON; the same report gives the same bytes."""
    values = {
        "format": report.format,
        "options": report.options,
        "written": {
            "documents": report.documents,
            "spans": report.spans,
            "relations": report.relations,
        },
        "counts": report.losses.counts,
        "losses": _losses(report),
        "left_out": report.left_out,
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _losses(report: Preflight) -> list[Mapping[str, str]]:
    about: Sequence[About | None] = report.about or [None] * len(report.losses)
    return [
        asdict(loss) | ({} if of is None else of._asdict())
        for loss, of in zip(report.losses.all, about, strict=True)
    ]


def refuse_losses(report: Preflight) -> None:
    """Raises ExportError if anything would be dropped or changed."""
    if not report.losses.counts:
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in report.losses.counts.items())
    first = report.losses.all[0]
    raise ExportError(
        f"The format {report.format} cannot hold everything ({counts}), so nothing was written. "
        f"The first: {first.kind} in {first.document}: {first.detail}."
    )


def check_text(exporter: Exporter, *, with_text: bool) -> None:
    """Raises ExportError for a format that cannot do without the text where none may be written."""
    if not (with_text or exporter.holds.text_free):
        raise ExportError(
            f"The format {exporter.name} is nothing without the text. Take jsonl, which can be rejoined."
        )


def deliver(
    snapshot: Snapshot, exporter: Exporter, target: Path, *, strict: bool = False
) -> Job[ExportReport]:
    """Write the files and the report beside them; with `strict` nothing at all if anything would be lost.

    Raises ExportError, also where `check_text` does.
    """
    check_text(exporter, with_text=snapshot.with_text)
    if strict:
        refuse_losses((yield from preflight(snapshot, exporter)))
    report = yield from exporter.export(snapshot, target)
    if exporter.suffix:
        write_report(report_of(snapshot, exporter, report), report_path(exporter, target))
    return report
