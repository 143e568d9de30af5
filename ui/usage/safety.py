"""The words of `annotator backup`, `restore` and `salvage`."""

from pathlib import Path
from typing import Annotated

import typer

from ui import cli_safety
from ui.usage.arguments import ProjectPath


def backup(
    project: ProjectPath,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to, instead of the usual places.")
    ] = None,
) -> int:
    """Back up a project, also while a window has it open."""
    return cli_safety.back_up(project, to)


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


def salvage(
    project: ProjectPath,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The new project file to make.")],
) -> int:
    """Put what can be read of a damaged project into a new one, with the help of its backups."""
    return cli_safety.salvage(project, to)
