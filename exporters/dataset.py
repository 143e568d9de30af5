"""A dataset as a folder: a file or folder for each part, a card, and reports on losses and on the split.

Everything is written aside first, so the folder appears whole or not at all; its MANIFEST.json has the
SHA-256 of every file. A part without a document has no file.
"""

from pathlib import Path

import orjson

from annotator.errors import ExportError
from annotator.near_duplicates import HASHES, NEAR_DUPLICATE, SHINGLE
from annotator.progress import Job
from annotator.services.datasets import WHOLE, Dataset
from annotator.splitting import Split
from exporters.aside import MANIFEST, folder_written_aside
from exporters.card import CARD, PICTURE, card, picture
from exporters.card_facts import card_facts
from exporters.exporter import Exporter, ExportReport, options_of, with_options
from exporters.losses import Losses
from exporters.preflight import REPORT, check_text, preflight, refuse_losses, report_json, report_of

SPLITS = "splits.json"
_SPLIT = "split"  # the option of a format that names its files
METHOD = (
    "Whole documents are decided in order of import. Documents of one case, of one source, and with nearly "
    "the same text stay together; any other document is drawn by a hash of its source and the seed, with the "
    "odds on the side of the split that is behind on documents and on the labels that the document has."
)


def deliver_dataset(
    dataset: Dataset, exporter: Exporter, target: Path, *, strict: bool = False
) -> Job[ExportReport]:
    """Write the parts and the card into a folder; with `strict` nothing at all if anything would be lost.

    Raises ExportError.
    """
    for part in dataset.parts.values():
        check_text(exporter, with_text=part.with_text)
        if strict:
            refuse_losses((yield from preflight(part, exporter)))
    reports = []
    with folder_written_aside(target) as folder:
        for name, part in dataset.parts.items():
            # A dataset that is one folder needs none within it.
            is_flat = dataset.split is None and not exporter.suffix
            place = folder if is_flat else folder / f"{name}{exporter.suffix}"
            reports.append((yield from _for_part(exporter, name).export(part, place)))
            _without_own_reports(place)
        report = _together(reports, target)
        (folder / REPORT).write_bytes(report_json(report_of(dataset.whole, exporter, report)))
        if dataset.split is not None:
            (folder / SPLITS).write_bytes(split_json(dataset.split))
        facts = yield from card_facts(dataset.parts, dataset.whole, exporter)
        (folder / CARD).write_bytes(card(facts, dataset.whole, dataset.split))
        (folder / PICTURE).write_bytes(picture(facts))
    return report


def part_name(exporter: Exporter) -> str:
    """What the one part of a dataset that is not split is called: what the format is told, or data."""
    return str(options_of(exporter).get(_SPLIT, WHOLE))


def _for_part(exporter: Exporter, name: str) -> Exporter:
    """The exporter that calls its files as the part is called, if it has such an option."""
    choices = {option.name: option.choices for option in exporter.options}
    return with_options(exporter, {_SPLIT: name}) if name in choices.get(_SPLIT, ()) else exporter


def _without_own_reports(place: Path) -> None:
    """Take away what a format that is a folder says of itself; the dataset says it of all its parts."""
    if place.is_dir():
        for name in (MANIFEST, REPORT, CARD):
            (place / name).unlink(missing_ok=True)


def known_places(path: Path) -> dict[str, str]:
    """The split of each document of an earlier dataset, from its splits.json. Raises ExportError."""
    try:
        rows = orjson.loads(path.read_bytes())["documents"]
        return {str(row["id"]): str(row["split"]) for row in rows}
    except OSError as error:
        raise ExportError(f"“{path}” cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError(
            f"“{path}” is no splits.json that an export wrote. Give the one of a dataset."
        ) from error


def _together(reports: list[ExportReport], target: Path) -> ExportReport:
    losses = Losses(loss for report in reports for loss in report.losses.all)
    return ExportReport(
        target,
        sum(report.documents for report in reports),
        sum(report.spans for report in reports),
        sum(report.relations for report in reports),
        losses,
    )


def split_json(split: Split) -> bytes:
    """The split as indented JSON: where each document is, why, and what was looked for across splits."""
    group_of = {one: number for number, group in enumerate(split.groups) for one in group}
    documents = [
        {"id": document, "split": place, "group": group_of[document]}
        for document, place in split.places.items()
    ]
    values = {
        "method": METHOD,
        "near_duplicate": {"similarity": NEAR_DUPLICATE, "words_in_a_run": SHINGLE, "hashes": HASHES},
        "seed": split.seed,
        "shares": split.shares,
        "counts": {name: len(split.documents(name)) for name in split.shares},
        "labels": split.labels,
        "documents": documents,
        "kept_together": [link._asdict() for link in split.links],
        "moved": [moved._asdict() for moved in split.moved],
        "leaks": [link._asdict() for link in split.leaks],
        "closest_across_splits": [pair._asdict() for pair in split.closest],
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
