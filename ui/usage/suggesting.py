"""The words of `annotator suggest`."""

from typing import Annotated

import typer

from ui import cli_suggest
from ui.usage.arguments import ProjectPath


def suggest(
    project: ProjectPath,
    suggester: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this suggester; without, all.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this document; without, all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one suggestion a line.")] = False,
    accept_above: Annotated[
        float | None,
        typer.Option(
            metavar="SURE",
            min=0,
            max=1,
            help="Mark what is at least so sure, 0 to 1; without, nothing is written.",
        ),
    ] = None,
) -> int:
    """Print what may be marked: place, label, how sure, by which suggester, why."""
    return cli_suggest.suggest(
        project,
        suggesters=suggester or (),
        documents=document or (),
        as_json=as_json,
        accept_above=accept_above,
    )
