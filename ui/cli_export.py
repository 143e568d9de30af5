"""What `annotator export`, `formats` and `rejoin` do; each returns its exit code.

The words of usage are in `cli`. Heavy modules are imported inside the commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.errors import ExportError, InvalidEdit
from annotator.progress import run
from ui.cli_output import counted, echo_table, problem, progress, result
from ui.cli_split import NO_SPLIT, SplitChoice, plan_of, tell_split
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.services.exporting import Selection
    from annotator.services.rejoining import Rejoined
    from annotator.services.splitting import SplitPlan
    from annotator.store import Store
    from exporters import Exporter, ExportReport
    from exporters.preflight import Preflight

_SHOWN = 20  # losses that are printed one by one; all of them are in the report beside the files
ARRANGEMENTS = {"side-by-side": "side_by_side", "per-annotator": "per_annotator", "soft": "soft"}
UNITS = ("document", "paragraph", "sentence")
DISCARD = ("keep", "spans", "text")
STATES = ("todo", "in_progress", "done", "skipped", "returned")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options of `annotator export` say, as they were typed."""

    annotators: Sequence[str] = ()
    gold: bool = False
    arrange: str | None = None
    states: Sequence[str] = ()
    document_labels: Sequence[str] = ()
    metadata: Sequence[str] = ()
    layers: Sequence[str] = ()
    labels: Sequence[str] = ()
    unit: str = "document"
    discard: str | None = None
    include: Sequence[str] = ()
    no_text: bool = False
    card: bool = False
    split: SplitChoice = NO_SPLIT


def export(
    project: Path,
    *,
    format_name: str,
    out: Path,
    choice: Choice,
    options: Sequence[str],
    strict: bool,
    only_preflight: bool,
) -> int:
    """Print what the format drops, and write the dataset of what was chosen."""
    from annotator.services.exporting import snapshot
    from exporters.aside import refuse_project_name
    from exporters.preflight import preflight, refuse_losses

    plan = plan_of(choice.split)
    exporter = chosen_exporter(format_name, options)
    if out.exists() and project.exists() and out.samefile(project):
        raise InvalidEdit(f"{out} is the project itself. Give another file to write.")
    refuse_project_name(out)
    if not out.absolute().parent.is_dir():
        raise ExportError(f"“{out}” cannot be written: there is no folder “{out.absolute().parent}”.")
    from ui.cli_commands import open_store

    with open_store(project, Settings.load(), read_only=True) as store:
        selection = _selection(store, choice, exporter)
        chosen = snapshot(store, selection)
        with progress("Counting") as tell:
            counts = run(preflight(chosen, exporter), tell)
        _show(counts)
        if strict:
            refuse_losses(counts)
        if only_preflight:
            return 0
        report = _written(store, selection, exporter, out=out, plan=plan, card=choice.card)
    result(
        f"{counted(report.documents, 'document')}, {counted(report.spans, 'span')} and "
        f"{counted(report.relations, 'link')} were written to {report.target}."
    )
    return 0


def _written(
    store: Store, selection: Selection, exporter: Exporter, *, out: Path, plan: SplitPlan | None, card: bool
) -> ExportReport:
    """Write the dataset as one file or folder, or in a folder with its parts and a card."""
    from annotator.services.datasets import dataset
    from annotator.services.exporting import snapshot
    from annotator.services.splitting import split_documents
    from exporters.card import LOADED_BY_DATASETS
    from exporters.dataset import deliver_dataset, part_name
    from exporters.preflight import deliver

    if plan is None and not card and exporter.name not in LOADED_BY_DATASETS:
        with progress("Writing") as tell:
            return run(deliver(snapshot(store, selection), exporter, out), tell)
    split = None
    if plan is not None:
        with progress("Splitting") as tell:
            split = run(split_documents(store, selection, plan), tell)
    with progress("Writing") as tell:
        whole = dataset(store, selection, split, name=part_name(exporter))
        report = run(deliver_dataset(whole, exporter, out), tell)
    if split is not None:
        tell_split(split)
    return report


def chosen_exporter(format_name: str, options: Sequence[str]) -> Exporter:
    """The format with its options. Raises InvalidEdit or ExportError."""
    from exporters import all_exporters
    from exporters.exporter import with_options

    known = all_exporters()
    exporter = known.get(format_name)
    if exporter is None:
        raise InvalidEdit(f"There is no format {format_name}; formats are {', '.join(sorted(known))}.")
    return with_options(exporter, pairs(options, "--option"))


def pairs(given: Iterable[str], option: str) -> Mapping[str, str]:
    """The name=value pairs that were typed behind an option. Raises InvalidEdit."""
    found = {}
    for words in given:
        name, equals, value = words.partition("=")
        if not equals or not name:
            raise InvalidEdit(f"{option} takes a name and a value, as in {option} name=value, not {words}.")
        found[name.strip()] = value
    return found


def _selection(store: Store, choice: Choice, exporter: Exporter) -> Selection:
    """What the options choose. Raises InvalidEdit for a name that the project does not have."""
    from annotator.services.exporting import FLAGS, Selection

    one_of("--arrange", [choice.arrange] if choice.arrange else [], ARRANGEMENTS)
    one_of("--unit", [choice.unit], UNITS)
    one_of("--discard", [choice.discard] if choice.discard else [], DISCARD)
    one_of("--status", choice.states, STATES)
    one_of("--include", choice.include, FLAGS)
    if choice.gold and choice.arrange == "soft":
        raise InvalidEdit("Soft labels are about what annotators marked; leave out --gold or --arrange soft.")
    schema = store.schema()
    one_of("--layer", choice.layers, [layer.id for layer in schema.layers])
    one_of("--label", choice.labels, [label.id for label in schema.labels()])
    people = [_person(store, name) for name in choice.annotators]
    is_one = len(people) == 1
    default = "side-by-side" if exporter.holds.several_annotators else "per-annotator"
    values: dict[str, Any] = {
        "kind": "gold" if choice.gold else "annotator" if is_one else "all",
        "annotator": people[0] if is_one else None,
        "annotators": () if is_one else tuple(people),
        # Gold, and the spans of one annotator, need no record of their own for each.
        "arrangement": ARRANGEMENTS[choice.arrange or ("side-by-side" if choice.gold or is_one else default)],
        "states": tuple(choice.states),
        "document_labels": pairs(choice.document_labels, "--document-label"),
        "metadata": pairs(choice.metadata, "--metadata"),
        "layers": tuple(choice.layers),
        "labels": tuple(choice.labels),
        "unit": choice.unit,
        # The native format is what a project is kept in, so it keeps what is marked Discard unless told.
        "discard": choice.discard or ("keep" if exporter.name == "jsonl" else "text"),
        "flags": tuple(choice.include),
        "with_text": not choice.no_text,
    }
    return Selection(**values)


def one_of(option: str, given: Sequence[str], known: Iterable[str]) -> None:
    """Raises InvalidEdit if anything given is not known."""
    for word in given:
        if word not in known:
            raise InvalidEdit(f"{option} has no {word}; it takes {', '.join(known)}.")


def _person(store: Store, name: str) -> str:
    from ui.cli_commands import person_called

    found = person_called(store, name)
    if found is None:
        names = ", ".join(person.name for person in store.annotators())
        raise InvalidEdit(f"There is no annotator {name} in {store.name}; there are {names}.")
    return found.id


def _show(counts: Preflight) -> None:
    """Print what will not be written: counts, then the first of the list."""
    for document in counts.left_out:
        problem(f"left out: {document.title}: {document.reason} (--include {document.reason} takes it in)")
    if not counts.losses.counts:
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.losses.counts.items())
    problem(f"{counts.format} drops or changes: {kinds}")
    for loss in counts.losses.all[:_SHOWN]:
        problem(f"  {loss.kind}: {loss.document} {loss.annotation}: {loss.detail}")
    if len(counts.losses) > _SHOWN:
        problem(f"  and {len(counts.losses) - _SHOWN} more, in the report beside the files")


def formats() -> int:
    """List the formats with their options."""
    from exporters import all_exporters

    cells = []
    for name, exporter in sorted(all_exporters().items()):
        cells.append((name, exporter.suffix or "a folder", exporter.summary))
        for option in exporter.options:
            values = f" ({', '.join(option.choices)})" if option.choices else ""
            default = ",".join(option.default) if isinstance(option.default, tuple) else option.default
            cells.append(("", f"{option.name}={default}", f"{option.summary}{values}"))
    echo_table(("format", "writes", "what"), cells)
    return 0


def rejoin(file: Path, *, sources: Sequence[Path], out: Path) -> int:
    """Put the texts back into a dataset that was written without; 1 if one was not found."""
    from annotator.errors import UnreadableSource
    from annotator.services.rejoining import rejoin as rejoined
    from annotator.services.rejoining import wanted
    from exporters.aside import written_aside

    try:
        with file.open("rb") as lines:
            texts = _texts(sources, wanted(lines))
        with file.open("rb") as lines, written_aside(out) as written:
            count, missing = _write_rejoined(rejoined(lines, texts.get), written)
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read: {error.strerror or error}.") from error
    result(f"{counted(count - missing, 'document')} of {count} rejoined and verified in {out}.")
    return 1 if missing else 0


def _write_rejoined(rows: Iterable[Rejoined], written: BinaryIO) -> tuple[int, int]:
    """How many lines were written, and how many of them still lack their text, which are told."""
    count = missing = 0
    for row in rows:
        written.write(row.line)
        count += 1
        if not row.is_complete:
            missing += 1
            problem(f"missing: {row.title} {row.address}".rstrip())
    return count, missing


def _texts(sources: Sequence[Path], sought: set[str]) -> dict[str, str]:
    """The texts of projects, files and folders whose SHA-256 is sought, by it."""
    from annotator.readers.document import ReadDocument
    from annotator.readers.isolated import ReaderProcess
    from annotator.text import text_sha256
    from ui.cli_commands import open_store

    found: dict[str, str] = {}

    def keep(texts: Iterable[str]) -> None:
        hashed = ((text_sha256(text), text) for text in texts)
        found.update((sha256, text) for sha256, text in hashed if sha256 in sought)

    with ReaderProcess() as process:
        for source in sources:
            if source.suffix.lower() == ".annotator":
                with open_store(source, Settings.load(), read_only=True) as store:
                    holding = (row for sha256 in sought for row in store.documents_with_text(sha256))
                    keep(store.text(document.text_version) for document in holding)
                continue
            files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
            parts = (part for file in files for part in process.read(file))
            keep(part.text for part in parts if isinstance(part, ReadDocument))
    return found
