"""The `annotator` command: projects made, filled, listed, exported and checked without the window.

Nothing heavy is imported before a command needs it, and Qt only to open the window. Results go to the
standard output, progress and everything that went wrong to the error output.

| exit code | meaning |
|---|---|
| 0 | done; an import in which at least one document was read or already here |
| 1 | refused with a sentence, every file of an import was refused, or `check` found problems |
| 2 | the command was not understood |
| 130 | stopped with Ctrl+C; documents imported until then are in the project |
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from annotator.errors import AnnotatorError
from annotator.readers.options import ReadOptions
from ui import cli_agreement, cli_commands, cli_exchange, cli_export, cli_safety, cli_team

EPILOG = (
    "Exit codes: 0 done; 1 refused, or problems were found; 2 the command was not understood; "
    "130 stopped with Ctrl+C. `annotator COMMAND --help` tells the options of a command."
)
FAILED, MISUSED = 1, 2

Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of scanned pages in PDFs.")]
KeepRedacted = Annotated[
    bool, typer.Option("--keep-redacted", help="Keep text that lies under redaction boxes in PDFs.")
]
AsksPassword = Annotated[
    bool, typer.Option("--password", help="Ask for the password of protected PDFs; it is not stored.")
]
ProjectPath = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project file.")]

app = typer.Typer(
    name="annotator",
    help="Annotate legal news and court documents, and export training datasets.",
    epilog=EPILOG,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    _shows_details: Annotated[
        bool, typer.Option("--traceback", help="Show the details of an unexpected error.")
    ] = False,
) -> None:
    if show_version:
        typer.echo(f"annotator {version('annotator')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def new(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="The file to make.")],
    schema: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="A label schema that ships, or a TOML file.")
    ] = "legal-news",
) -> int:
    """Make a project."""
    return cli_commands.new(project, schema=schema)


@app.command(name="import")
def import_(
    project: ProjectPath,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.")],
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose the annotations are that come without a name."),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="NAME|FILE", help="What labels mean here: a mapping that ships, or a TOML file."
        ),
    ] = None,
    ocr: Ocr = False,
    keep_redacted: KeepRedacted = False,
    asks_password: AsksPassword = False,
) -> int:
    """Add documents: files, or folders with all that is in them; annotated ones with their annotations."""
    options = ReadOptions(ocr=ocr, keep_redacted=keep_redacted, password=_password(asks_password))
    return cli_commands.import_paths(project, paths, owner=annotator, mapping=mapping, options=options)


@app.command()
def documents(
    project: ProjectPath,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the documents of a project."""
    return cli_commands.documents(project, as_json=as_json)


@app.command()
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
    everything: Annotated[bool, typer.Option("--all", help="All annotators and gold; the default.")] = False,
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
        typer.Option(metavar="FLAG", help="Take in documents that are sealed, privileged or unlicensed."),
    ] = None,
    no_text: Annotated[
        bool | None, typer.Option("--no-text/--text", help="Leave out the text; `rejoin` restores it.")
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


@app.command()
def recipes(
    project: ProjectPath,
    remove: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take this recipe out of the project.")
    ] = None,
) -> int:
    """List the exports that a project keeps; `annotator export PROJECT --recipe NAME` makes one again."""
    return cli_export.recipes(project, remove=remove)


@app.command()
def formats() -> int:
    """List the formats that `export` writes, with their options."""
    return cli_export.formats()


@app.command()
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


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file, or a folder with annotations.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: one object, or one a line for several documents.")
    ] = False,
    ocr: Ocr = False,
    keep_redacted: KeepRedacted = False,
    asks_password: AsksPassword = False,
) -> int:
    """Show what a reader makes of a file, without a project."""
    options = ReadOptions(ocr=ocr, keep_redacted=keep_redacted, password=_password(asks_password))
    return cli_commands.read(file, as_json=as_json, options=options)


@app.command()
def people(
    project: ProjectPath,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Whom to add or change; without, all are listed.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE", help="annotator, reviewer or lead.")] = None,
    colour: Annotated[str | None, typer.Option(metavar="#RRGGBB", help="Their colour.")] = None,
    rename: Annotated[str | None, typer.Option(metavar="NAME", help="Another name for them.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the annotators of a project, add one, or change one."""
    return cli_team.people(project, name, cli_team.Facts(role, colour, rename), as_json=as_json)


@app.command()
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


@app.command()
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
    gamma: Annotated[bool, typer.Option("--gamma", help="Compute gamma too, which takes longer.")] = False,
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
    )


@app.command()
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


@app.command()
def unpack(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="The package.")],
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="The project file to make.")
    ] = None,
) -> int:
    """Make a project of a package, to work on it here."""
    return cli_exchange.unpack(package, project)


@app.command()
def merge(
    project: ProjectPath,
    package: Annotated[
        Path | None, typer.Argument(metavar="[PACKAGE]", help="The package that came back.")
    ] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take the last merge back.")] = False,
) -> int:
    """Bring the work of a package into the project, after a backup; twice does no more than once."""
    return cli_exchange.merge(project, package, takes_back=take_back)


@app.command()
def conflicts(
    project: ProjectPath,
    settle: Annotated[str | None, typer.Option(metavar="ID", help="The conflict to settle.")] = None,
    choose: Annotated[str | None, typer.Option(metavar="KEY", help="How.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List what merges have left in question, with the choices; or settle one of it."""
    return cli_exchange.conflicts(project, settle=settle, choice=choose, as_json=as_json)


@app.command()
def check(
    project: ProjectPath,
    repair: Annotated[
        bool, typer.Option("--repair", help="Say what could be repaired, ask, and do it after a backup.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Repair without asking.")] = False,
) -> int:
    """Check every span against its text, every reference, and the file itself."""
    if repair:
        return cli_safety.repair(project, is_sure=yes)
    return cli_commands.check(project)


@app.command()
def backup(
    project: ProjectPath,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to, instead of the usual places.")
    ] = None,
) -> int:
    """Back up a project, also while a window has it open."""
    return cli_safety.back_up(project, to)


@app.command()
def restore(
    project: ProjectPath,
    number: Annotated[
        int | None,
        typer.Option("--from", metavar="N", help="The backup to restore, by its number in the list."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the backups are, if not in the usual places.")
    ] = None,
) -> int:
    """List the backups of a project, or restore one; the present file is kept beside it."""
    return cli_safety.restore(project, number=number, folder=folder)


@app.command()
def salvage(
    project: ProjectPath,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The new project file to make.")],
) -> int:
    """Put what can be read of a damaged project into a new one, with the help of its backups."""
    return cli_safety.salvage(project, to)


@app.command(name="open")
def open_(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]", help="The project file.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Open the sample project.")] = False,
) -> int:
    """Open the window."""
    if sample and project is not None:
        raise typer.BadParameter("give a PROJECT or --sample")
    return cli_commands.open_window(project, sample=sample)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(_quietly(lambda: run(sys.argv[1:])))


def _password(is_asked: bool) -> str:
    return str(typer.prompt("Password", hide_input=True, err=True)) if is_asked else ""


def run(arguments: list[str]) -> int:
    """Run a command line without the name of the program, and return its exit code."""
    try:
        code = app(arguments, prog_name="annotator", standalone_mode=False)
    except AnnotatorError as error:
        return _say(str(error), FAILED)
    except BrokenPipeError:
        raise
    except Exception as error:
        # The classes of usage errors have moved between releases of typer; what they offer has not.
        message: Callable[[], str] | None = getattr(error, "format_message", None)
        if message is not None:
            return _say(f"{message().rstrip('.')}. Try: annotator --help", MISUSED)
        if "--traceback" in arguments:
            raise
        return _say(
            f"Something in Annotator went wrong ({type(error).__name__}: {error}). Please report it; "
            "`annotator --traceback ...` shows the details.",
            FAILED,
        )
    return int(code or 0)


def _say(sentence: str, code: int) -> int:
    """Tell what went wrong on the error output."""
    typer.echo(sentence, err=True)
    return code


def _quietly(command: Callable[[], int]) -> int:
    """Run the command without a word when its output is closed early, as by `| head`, or at Ctrl+C."""
    try:
        code = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Else Python would complain once more when it closes the output.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code
