"""What `annotator export`, `formats` and `rejoin` do; each returns its exit code.

The words of usage are in `usage`. Heavy modules are imported inside the commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.errors import InvalidEdit
from annotator.progress import run
from annotator.recipes import Recipe
from annotator.wording import counted
from ui.cli_output import echo_table, problem, progress, result
from ui.cli_split import tell_split
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.model import Annotator, Metadata
    from annotator.services.rejoining import Rejoined
    from annotator.store import Store
    from exporters.preflight import Preflight

_SHOWN = 20  # losses that are printed one by one; all of them are in the report beside the files
_PAIRS = {"options": "--option", "document_labels": "--document-label", "metadata": "--metadata"}


@dataclass(frozen=True, slots=True)
class Given:
    """What the options of `annotator export` say beside a recipe: `changes` are fields of one, as typed.

    `whose` is None where nothing is said of it, else whether it is gold alone, and names of annotators.
    """

    recipe: str | None = None
    out: Path | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    whose: tuple[bool, Sequence[str]] | None = None
    save_as: str | None = None
    only_preflight: bool = False


def export(project: Path, given: Given) -> int:
    """Print what the format drops, and write the dataset of what was chosen."""
    from annotator.services.recipes import save_recipe
    from exporters.preflight import refuse_losses
    from exporters.running import (
        count,
        place_of,
        refuse_place,
        run_export,
        understood,
        write_down_names,
    )
    from ui.cli_commands import acting, open_store

    settings = Settings.load()
    with open_store(project, settings, read_only=given.save_as is None) as store:
        who = acting(store, settings)
        recipe = _recipe(store, given, project, who=who)
        understood_export = understood(store, recipe, who=who)
        out = given.out or place_of(recipe, project)
        if not given.only_preflight:
            refuse_place(out, project=project)
        with progress("Counting") as tell:
            counts = run(count(store, understood_export), tell)
        _show(store, counts)
        if recipe.strict:
            refuse_losses(counts)
        if given.save_as is not None:
            save_recipe(store, given.save_as, recipe, annotator=who.id)
        if given.only_preflight:
            return 0
        if understood_export.reveals:
            with nullcontext(store) if given.save_as else open_store(project, settings) as own:
                write_down_names(own, understood_export, reviewer=who.id)
        with progress("Writing") as tell:
            exported = run(run_export(store, understood_export, out), tell)
    report = exported.report
    if exported.split is not None:
        tell_split(exported.split)
    result(
        f"{counted(report.documents, 'record')}, {counted(report.spans, 'span')} and "
        f"{counted(report.relations, 'link')} were written to {report.target}."
    )
    return 0


def _recipe(store: Store, given: Given, project: Path, *, who: Annotator) -> Recipe:
    """The recipe that was named, or the usual one, with what was said instead. Raises AnnotatorError."""
    from annotator.roles import sees_others
    from annotator.services.recipes import recipe_called
    from exporters.running import place_words

    usual = Recipe() if sees_others(who.role) else Recipe(annotators=(who.id,))
    recipe = usual if given.recipe is None else recipe_called(store, given.recipe)
    changes: dict[str, Any] = dict(given.changes)
    for name, option in _PAIRS.items():
        if name in changes:
            changes[name] = pairs(changes[name], option)
    changes = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
    if given.whose is not None:
        is_gold, names = given.whose
        changes |= {"gold": is_gold, "annotators": tuple(_person(store, name) for name in names)}
    recipe = replace(recipe, **changes)
    if given.out is None and not (recipe.out or given.only_preflight):
        raise InvalidEdit("Say where to write to: give --out, or a recipe that has a place.")
    return recipe if given.out is None else replace(recipe, out=place_words(given.out, project))


def recipes(project: Path, *, remove: str | None) -> int:
    """List the export recipes of a project, or take one out of it."""
    from annotator.services.recipes import remove_recipe
    from ui.cli_commands import acting, open_store

    settings = Settings.load()
    with open_store(project, settings, read_only=remove is None) as store:
        if remove is not None:
            remove_recipe(store, remove, annotator=acting(store, settings).id)
        people = {person.id: person.name for person in store.annotators()}
        cells = [(row.name, _said(row.options, people)) for row in store.export_recipes()]
    echo_table(("recipe", "what"), cells)
    return 0


def _said(options: Metadata, people: Mapping[str, str]) -> str:
    """The choices of a recipe in one line."""
    said = []
    for name, value in options.items():
        if isinstance(value, list):
            value = ",".join(people.get(str(one), str(one)) for one in value)
        elif isinstance(value, dict):
            value = ",".join(f"{key}={of}" for key, of in value.items())
        said.append(name if value is True else f"{name}={value}")
    return "; ".join(said) or "jsonl"


def pairs(given: Iterable[str], option: str) -> Mapping[str, str]:
    """The name=value pairs that were typed behind an option. Raises InvalidEdit."""
    found = {}
    for words in given:
        name, equals, value = words.partition("=")
        if not equals or not name:
            raise InvalidEdit(f"{option} takes a name and a value, as in {option} name=value, not {words}.")
        found[name.strip()] = value
    return found


def _person(store: Store, name: str) -> str:
    from ui.cli_commands import person_called

    found = person_called(store, name)
    if found is None:
        names = ", ".join(person.name for person in store.annotators())
        raise InvalidEdit(f"There is no annotator {name} in {store.name}; there are {names}.")
    return found.id


def _show(store: Store, counts: Preflight) -> None:
    """Print what will not be written: counts, then the first of the list."""
    from annotator.services.lost import about_losses, loss_line

    if not counts.documents:
        problem("No document is chosen, so there is nothing to write.")
    for document in counts.left_out:
        problem(f"left out: {document.title}: {document.reason} (--include {document.reason} takes it in)")
    if not counts.losses.counts:
        return
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.losses.counts.items())
    problem(f"{counts.format} drops or changes: {kinds}")
    first = counts.losses.all[:_SHOWN]
    for loss, about in zip(first, about_losses(store, first), strict=True):
        problem(f"  {loss_line(loss, about)}")
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
    from annotator.errors import UnreadableSource
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
            is_named = source.is_file()
            for file in [source] if is_named else sorted(p for p in source.rglob("*") if p.is_file()):
                try:
                    keep(part.text for part in process.read(file) if isinstance(part, ReadDocument))
                except UnreadableSource as error:
                    if is_named:
                        raise
                    problem(f"passed over: {error}")
    return found
