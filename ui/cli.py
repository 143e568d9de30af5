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
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import typer

from annotator.errors import AnnotatorError, NeedsPassword
from ui.cli_output import GIVE_PASSWORD
from ui.usage import cases, exporting, hub, projects, review, safety, suggesting, team

EPILOG = (
    "Exit codes: 0 done; 1 refused, or problems were found; 2 the command was not understood; "
    "130 stopped with Ctrl+C. `annotator COMMAND --help` tells the options of a command."
)
FAILED, MISUSED = 1, 2

# In the order in which the help lists them.
_COMMANDS: Mapping[str, Callable[..., int]] = {
    "new": projects.new,
    "import": projects.import_,
    "documents": projects.documents,
    "case": cases.case,
    "coverage": cases.coverage,
    "export": exporting.export,
    "recipes": exporting.recipes,
    "formats": exporting.formats,
    "rejoin": exporting.rejoin,
    "read": projects.read,
    "people": team.people,
    "assign": team.assign,
    "finish": team.finish,
    "progress": team.show_progress,
    "training": team.training,
    "suggest": suggesting.suggest,
    "agreement": team.agreement,
    "adjudicate": review.adjudicate,
    "quality": team.quality,
    "pack": team.pack,
    "unpack": team.unpack,
    "merge": team.merge,
    "conflicts": team.conflicts,
    "sync": hub.sync,
    "check": projects.check,
    "backup": safety.backup,
    "restore": safety.restore,
    "salvage": safety.salvage,
    "associate": projects.associate,
    "open": projects.open_,
}
_HUB_COMMANDS: Mapping[str, Callable[..., int]] = {
    "create": hub.create,
    "join": hub.join,
    "member": hub.member,
    "members": hub.members,
    "leave": hub.leave,
}

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


for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
_hub = typer.Typer(help=hub.HELP, no_args_is_help=True, add_completion=False)
for _name, _command in _HUB_COMMANDS.items():
    _hub.command(_name)(_command)
app.add_typer(_hub, name="hub")


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(_quietly(lambda: run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """Run a command line without the name of the program, and return its exit code."""
    try:
        code = app(arguments, prog_name="annotator", standalone_mode=False)
    except NeedsPassword as error:
        return _say(str(error) if "--password" in arguments else f"{error} {GIVE_PASSWORD}", FAILED)
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
            f"Something in Annotator went wrong ({type(error).__name__}). Please report it; "
            "`annotator --traceback ...` shows the details, which may quote documents.",
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
