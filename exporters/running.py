"""Runs a recipe: one way for the command line and the window, from the words of a choice to the files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from annotator.arranging import Arrangement
from annotator.change import Change
from annotator.cutting import Unit
from annotator.errors import ExportError, InvalidEdit
from annotator.model import Annotator, WorkState
from annotator.progress import Job
from annotator.recipes import ARRANGEMENTS, DISCARD, STATES, UNITS, Recipe
from annotator.roles import sees_others
from annotator.services.datasets import dataset
from annotator.services.exporting import FLAGS, Discarded, Selection, choose, snapshot
from annotator.services.review_log import reveal_all
from annotator.services.splitting import SplitPlan, split_documents
from annotator.shown_names import NAMES, is_blind
from annotator.snapshot import Snapshot
from annotator.splitting import Split, read_shares
from annotator.store import Store
from exporters import all_exporters
from exporters.aside import refuse_project_name
from exporters.card import LOADED_BY_DATASETS
from exporters.dataset import deliver_dataset, known_places, part_name
from exporters.exporter import Exporter, ExportReport, with_options
from exporters.preflight import Preflight, check_text, deliver, preflight


@dataclass(frozen=True, slots=True)
class Export:
    """A recipe that was understood for a project, ready to be run.

    `reveals` says that it tells names to somebody who reviews blind, which is written down when it is run.
    """

    recipe: Recipe
    exporter: Exporter
    selection: Selection
    plan: SplitPlan | None = None
    reveals: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the split if there is one."""

    report: ExportReport
    split: Split | None = None


def is_dataset(recipe: Recipe) -> bool:
    """Whether a recipe makes a folder with a card."""
    return bool(recipe.split or recipe.card or recipe.format in LOADED_BY_DATASETS)


def writes_folder(recipe: Recipe) -> bool:
    """Whether a recipe of a format that there is writes a folder, and not one file."""
    return is_dataset(recipe) or not all_exporters()[recipe.format].suffix


def understood(store: Store, recipe: Recipe, *, who: Annotator | None = None) -> Export:
    """The recipe with everything in it checked. Raises InvalidEdit or ExportError.

    `who` exports, None if nobody is known to. Names are hidden in soft labels, and from a reviewer, unless
    the recipe says that they are shown. An annotator exports nothing but their own work.
    """
    exporter = exporter_called(recipe.format, recipe)
    check_text(exporter, with_text=not recipe.no_text)
    one_of("--names", [recipe.names] if recipe.names else [], NAMES)
    is_own = who is not None and recipe.annotators == (who.id,)
    if who is not None and not is_own and not sees_others(who.role):
        raise InvalidEdit(
            "Only who reviews or leads exports gold and the work of others; "
            f"choose the work of {who.name} alone, or switch annotators."
        )
    blind = who is not None and is_blind(who.role) and not is_own
    with_names = recipe.names == "shown" or not (recipe.names or blind or recipe.arrange == "soft")
    selection = replace(_selection(store, recipe, exporter), with_names=with_names)
    return Export(recipe, exporter, selection, _plan(recipe), reveals=blind and with_names)


def write_down_names(store: Store, export: Export, *, reviewer: str) -> Change | None:
    """Keep with the documents of an export that `reveals` that a reviewer was told the names in them."""
    documents, _ = choose(store, export.selection)
    return reveal_all(store, reviewer=reviewer, documents=[each.id for each in documents])


def exporter_called(name: str, recipe: Recipe) -> Exporter:
    """The format with the options of the recipe. Raises InvalidEdit or ExportError."""
    known = all_exporters()
    exporter = known.get(name)
    if exporter is None:
        raise InvalidEdit(f"There is no format {name}; formats are {', '.join(sorted(known))}.")
    return with_options(exporter, recipe.options)


def count(store: Store, export: Export) -> Job[Preflight]:
    """What would be written, and what would not."""
    return (yield from preflight(chosen(store, export), export.exporter))


def chosen(store: Store, export: Export) -> Snapshot:
    """What is exported, in one piece."""
    return snapshot(store, export.selection)


def run_export(store: Store, export: Export, out: Path) -> Job[Exported]:
    """Write the files to `out`. Raises ExportError."""
    strict = export.recipe.strict
    if not is_dataset(export.recipe):
        return Exported((yield from deliver(chosen(store, export), export.exporter, out, strict=strict)))
    split = None
    if export.plan is not None:
        split = yield from split_documents(store, export.selection, export.plan)
    whole = dataset(store, export.selection, split, name=part_name(export.exporter))
    return Exported((yield from deliver_dataset(whole, export.exporter, out, strict=strict)), split)


def place_of(recipe: Recipe, project: Path) -> Path:
    """Where a recipe writes to; a place without a root is beside the project."""
    return project.absolute().parent / Path(recipe.out).expanduser()


def place_words(out: Path, project: Path) -> str:
    """A place as a recipe keeps it: from the project's folder if it is in there, so that both can move."""
    whole, folder = out.absolute(), project.absolute().parent
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)


def refuse_place(out: Path, *, project: Path) -> None:
    """Raises InvalidEdit or ExportError where nothing can be written to, before anything is read."""
    if out.exists() and project.exists() and out.samefile(project):
        raise InvalidEdit(f"{out} is the project itself. Give another file to write.")
    refuse_project_name(out)
    if not out.absolute().parent.is_dir():
        raise ExportError(f"“{out}” cannot be written: there is no folder “{out.absolute().parent}”.")


def one_of(option: str, given: Sequence[str], known: Iterable[str]) -> None:
    """Raises InvalidEdit if anything given is not known."""
    known = list(known)
    for word in given:
        if word not in known:
            raise InvalidEdit(f"{option} has no {word}; it takes {', '.join(known)}.")


def _selection(store: Store, recipe: Recipe, exporter: Exporter) -> Selection:
    """What the recipe chooses. Raises InvalidEdit for a name that the project does not have."""
    one_of("--arrange", [recipe.arrange] if recipe.arrange else [], ARRANGEMENTS)
    one_of("--unit", [recipe.unit], UNITS)
    one_of("--discard", [recipe.discard] if recipe.discard else [], DISCARD)
    one_of("--status", recipe.states, STATES)
    one_of("--include", recipe.include, FLAGS)
    if recipe.gold and recipe.annotators:
        raise InvalidEdit("Give one of --annotator, --gold and --all.")
    if recipe.gold and recipe.arrange == "soft":
        raise InvalidEdit("Soft labels are about what annotators marked; leave out --gold or --arrange soft.")
    schema = store.schema()
    one_of("--layer", recipe.layers, [layer.id for layer in schema.layers])
    one_of("--label", recipe.labels, [label.id for label in schema.labels()])
    people = recipe.annotators
    if unknown := set(people) - {person.id for person in store.annotators()}:
        raise InvalidEdit(f"An annotator of this export is not in the project any more: {min(unknown)}.")
    is_one = len(people) == 1
    usual = "side-by-side" if exporter.holds.several_annotators else "per-annotator"
    # Gold, and the spans of one annotator, need no record of their own for each.
    arrange = recipe.arrange or ("side-by-side" if recipe.gold or is_one else usual)
    return Selection(
        "gold" if recipe.gold else "annotator" if is_one else "all",
        people[0] if is_one else None,
        annotators=() if is_one else people,
        arrangement=cast(Arrangement, arrange.replace("-", "_")),
        states=cast(tuple[WorkState, ...], recipe.states),
        document_labels=recipe.document_labels,
        metadata=recipe.metadata,
        layers=recipe.layers,
        labels=recipe.labels,
        unit=cast(Unit, recipe.unit),
        # The native format is what a project is kept in, so it keeps what is marked Discard unless told.
        discard=cast(Discarded, recipe.discard or ("keep" if exporter.name == "jsonl" else "text")),
        flags=recipe.include,
        with_text=not recipe.no_text,
    )


def _plan(recipe: Recipe) -> SplitPlan | None:
    """How to split, None if not at all."""
    if not recipe.split:
        if recipe.seed or recipe.split_by or recipe.split_from:
            raise InvalidEdit("--seed, --split-by and --split-from are about --split; give its shares too.")
        return None
    known = known_places(Path(recipe.split_from)) if recipe.split_from else {}
    return SplitPlan(read_shares(recipe.split), recipe.seed, recipe.split_by, known)
