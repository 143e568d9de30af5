"""The words of the commands for several people: who they are, their work, and how it travels."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui import cli_agreement, cli_exchange, cli_progress, cli_quality, cli_team, cli_training
from ui.usage.arguments import ProjectPath


def people(
    project: ProjectPath,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Whom to add or change; without, all are listed.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE", help="annotator, reviewer or lead.")] = None,
    colour: Annotated[str | None, typer.Option(metavar="#RRGGBB", help="Their colour.")] = None,
    rename: Annotated[str | None, typer.Option(metavar="NAME", help="Another name for them.")] = None,
    me: Annotated[
        bool, typer.Option("--me", help="Act as them on this computer from now on, here and in the window.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the annotators of a project, add one, change one, or say which one you are."""
    facts = cli_team.Facts(role, colour, rename)
    return cli_team.people(project, name, facts, switches=me, as_json=as_json)


def assign(
    project: ProjectPath,
    to: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="An annotator; give it once for each.")
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="TITLE|ID", help="A document; without, all that nobody has."),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only this kind.")] = None,
    layer: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="For this layer; without, all usual ones.")
    ] = None,
    overlap: Annotated[
        float, typer.Option(metavar="PERCENT", help="The share of documents that several annotators get.")
    ] = 0,
    per_document: Annotated[
        int | None,
        typer.Option(metavar="N", help="How many annotators a shared document, or else each one, goes to."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number deals otherwise.")] = 0,
    preview: Annotated[bool, typer.Option("--preview", help="Only show who would get how much.")] = False,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take documents back; nothing marked goes away.")
    ] = False,
) -> int:
    """Give documents to annotators: named ones by hand, or dealt out so that all have as much to read."""
    choice = cli_team.AssignChoice(
        to=to or (),
        documents=document or (),
        kinds=kind or (),
        layers=layer or (),
        overlap=overlap,
        copies=per_document,
        seed=seed,
        only_preview=preview,
        takes_back=take_back,
    )
    return cli_team.assign(project, choice)


def finish(
    project: ProjectPath,
    annotator: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only the work of this annotator.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show whose work it is, and how much.")
    ] = False,
) -> int:
    """Call the work finished that files brought of annotators, so that it is compared and reviewed."""
    return cli_team.finish(project, annotator or (), only_previews=preview)


def show_progress(
    project: ProjectPath, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> int:
    """Tell how far the work stands: documents by status, annotators' speed and backlog, labels, forecast."""
    return cli_progress.show_progress(project, as_json=as_json)


def training(
    project: ProjectPath,
    new: Annotated[str | None, typer.Option(metavar="NAME", help="Begin a round, or change it.")] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="TITLE|ID", help="A document of the round.")
    ] = None,
    key: Annotated[
        str, typer.Option(metavar="NAME", help="Whose spans are the key: a reviewer, a lead, or gold.")
    ] = "gold",
    mark: Annotated[
        list[str] | None,
        typer.Option(
            "--pass",
            metavar="LAYER=PERCENT[:MEASURE]",
            help="The span F1 to reach in a layer: exact (the default), overlap or iou50.",
        ),
    ] = None,
    end: Annotated[str | None, typer.Option(metavar="NAME", help="End the round.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Begin or end a training round, or list the rounds with what each annotator reached."""
    asked = cli_training.Asked(new, document or (), key, mark or (), end)
    return cli_training.training(project, asked, as_json=as_json)


def agreement(
    project: ProjectPath,
    layer: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this layer.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", metavar="FILE", help="Write the report as .html, .json or .csv as well."),
    ] = None,
    resamples: Annotated[
        int, typer.Option(metavar="N", min=0, help="Resamples of documents for intervals; 0 for none.")
    ] = 2000,
    seed: Annotated[
        int, typer.Option(metavar="N", min=0, help="Another number, other resamples.")
    ] = 20160901,
    names: Annotated[
        bool | None,
        typer.Option(
            "--names/--blind",
            help="Write names, or Annotator A, B and so on, which is usual for a reviewer.",
            show_default=False,
        ),
    ] = None,
    gamma: Annotated[bool, typer.Option("--gamma", help="Compute gamma too, which takes longer.")] = False,
    places: Annotated[
        Literal["all", "unassisted", "assisted"],
        typer.Option(help="Only where nobody accepted a suggestion, or only where somebody did."),
    ] = "all",
) -> int:
    """Measure how far annotators agree, in documents that two or more have finished."""
    return cli_agreement.agreement(
        project,
        layers=layer or (),
        as_json=as_json,
        out=out or (),
        resamples=resamples,
        seed=seed,
        gamma=gamma,
        names=names,
        places=places,
    )


def quality(
    project: ProjectPath,
    annotator: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this annotator.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    names: Annotated[
        bool | None,
        typer.Option(
            "--names/--blind",
            help="Write names, or Annotator A, B and so on, which is usual for a reviewer.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Measure how near each annotator's work comes to gold, from what was decided of it."""
    return cli_quality.show_quality(project, people=annotator or (), as_json=as_json, names=names)


def pack(
    project: ProjectPath,
    annotator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this annotator's documents and work.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The package to write.")] = None,
    no_documents: Annotated[
        bool, typer.Option("--no-documents", help="Leave texts and originals out; the receiver has them.")
    ] = False,
) -> int:
    """Pack work as one file, to be opened or merged on another computer."""
    return cli_exchange.pack(project, out=out, annotator=annotator, with_documents=not no_documents)


def unpack(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="The package.")],
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="The project file to make.")
    ] = None,
) -> int:
    """Make a project of a package, to work on it here."""
    return cli_exchange.unpack(package, project)


def merge(
    project: ProjectPath,
    package: Annotated[
        Path | None, typer.Argument(metavar="[PACKAGE]", help="The package that came back.")
    ] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take the last merge back.")] = False,
) -> int:
    """Bring the work of a package into the project, after a backup; twice does no more than once."""
    return cli_exchange.merge(project, package, takes_back=take_back)


def conflicts(
    project: ProjectPath,
    settle: Annotated[str | None, typer.Option(metavar="ID", help="The conflict to settle.")] = None,
    choose: Annotated[str | None, typer.Option(metavar="KEY", help="How.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List what merges have left in question, with the choices; or settle one of it."""
    return cli_exchange.conflicts(project, settle=settle, choice=choose, as_json=as_json)
