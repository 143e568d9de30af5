"""The words of `annotator export`, `recipes`, `formats` and `rejoin`."""

from pathlib import Path
from typing import Annotated

import typer

from ui import cli_export
from ui.usage.arguments import ProjectPath


def export(
    project: ProjectPath,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="The file or folder to write.")
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="The format; `annotator formats` lists them."),
    ] = None,
    recipe: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="An export that the project keeps; what else is said here is said instead of what is in it.",
        ),
    ] = None,
    save_recipe: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep this export in the project by that name.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="An option of the format.")
    ] = None,
    annotator: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this annotator's annotations.")
    ] = None,
    gold: Annotated[bool, typer.Option("--gold", help="Only what review decided.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="All annotators and gold; the default of who reviews or leads.")
    ] = False,
    arrange: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            help="Several annotators side-by-side, per-annotator (a record each), or as soft labels "
            "(soft). The default is side-by-side where the format can tell them apart.",
        ),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="Only documents of this state, such as done.")
    ] = None,
    document_label: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Only documents with this label.")
    ] = None,
    metadata: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Only documents with this metadata.")
    ] = None,
    layer: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this layer.")] = None,
    label: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this label.")] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="What is a record: document, paragraph or sentence.")
    ] = None,
    discard: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            help="What is marked Discard: keep it (the default for jsonl), leave out its spans, or cut "
            "out its text (the default for the others).",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FLAG", help="Take in documents that are sealed, privileged, unlicensed, or for training."
        ),
    ] = None,
    no_text: Annotated[
        bool | None, typer.Option("--no-text/--text", help="Leave out the text; `rejoin` restores it.")
    ] = None,
    names: Annotated[
        bool | None,
        typer.Option(
            "--names/--no-names",
            help="Name the annotators, or call them Ann1, Ann2; the default is to name them, but not in "
            "soft labels and not to a reviewer.",
        ),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            metavar="SHARES",
            help="Write a folder with train, validation and test, such as 80/10/10 (percent), or with "
            "train and test, such as 80/20. Documents of one case or source, and near-duplicates, stay "
            "together.",
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Another number gives another split.")] = None,
    split_by: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Documents with the same value of this metadata stay together."),
    ] = None,
    split_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The splits.json of an earlier dataset; its documents stay."),
    ] = None,
    card: Annotated[
        bool | None,
        typer.Option(
            "--card/--no-card", help="Write a folder with a dataset card; with --split there always is one."
        ),
    ] = None,
    strict: Annotated[
        bool | None, typer.Option("--strict/--lenient", help="Write nothing if anything is dropped.")
    ] = None,
    only_preflight: Annotated[
        bool, typer.Option("--preflight", help="Only count what would be dropped.")
    ] = False,
) -> int:
    """Write a dataset, and a report of what the format could not hold."""
    if bool(annotator) + gold + everything > 1:
        raise typer.BadParameter("give one of --annotator, --gold and --all")
    if format_name is None and recipe is None:
        raise typer.BadParameter("give --format or --recipe")
    if out is None and recipe is None and not only_preflight:
        raise typer.BadParameter("give --out, or a --recipe that has a place")
    said = {
        "format": format_name,
        "options": option,
        "arrange": arrange,
        "states": status,
        "document_labels": document_label,
        "metadata": metadata,
        "layers": layer,
        "labels": label,
        "unit": unit,
        "discard": discard,
        "include": include,
        "no_text": no_text,
        "names": None if names is None else "shown" if names else "hidden",
        "split": split,
        "seed": seed,
        "split_by": split_by,
        "split_from": None if split_from is None else str(split_from.absolute()),
        "card": card,
        "strict": strict,
    }
    given = cli_export.Given(
        recipe=recipe,
        out=out,
        changes={name: value for name, value in said.items() if value is not None},
        whose=(gold, annotator or ()) if annotator or gold or everything else None,
        save_as=save_recipe,
        only_preflight=only_preflight,
    )
    return cli_export.export(project, given)


def recipes(
    project: ProjectPath,
    remove: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take this recipe out of the project.")
    ] = None,
) -> int:
    """List the exports that a project keeps; `annotator export PROJECT --recipe NAME` makes one again."""
    return cli_export.recipes(project, remove=remove)


def formats() -> int:
    """List the formats that `export` writes, with their options."""
    return cli_export.formats()


def rejoin(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A JSONL dataset written without texts.")],
    sources: Annotated[
        list[Path],
        typer.Option("--from", metavar="PATH", help="A project, a file or a folder with the texts."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file to write.")],
) -> int:
    """Put the texts back into a dataset that was exported without them, verified by their hash."""
    return cli_export.rejoin(file, sources=sources, out=out)
