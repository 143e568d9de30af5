"""The words of the commands for cases: which documents belong together, and what is covered in them."""

from pathlib import Path
from typing import Annotated

import typer

from ui import cli_cases, cli_coverage
from ui.usage.arguments import ProjectPath


def case(
    project: ProjectPath,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[CASE]", help="A docket number in any spelling, or a caption; without, all are listed."
        ),
    ] = None,
    find: Annotated[
        bool, typer.Option("--find", help="Show the cases that documents seem to belong to.")
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Take over what is found: of this case, or all of it.")
    ] = False,
    add: Annotated[bool, typer.Option("--add", help="Add a case of this docket number.")] = False,
    put: Annotated[
        list[str] | None, typer.Option(metavar="TITLE|ID", help="A document that belongs to it.")
    ] = None,
    take_out: Annotated[
        list[str] | None, typer.Option(metavar="TITLE|ID", help="A document that does not.")
    ] = None,
    docket: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Its docket numbers, with semicolons between.")
    ] = None,
    court: Annotated[str | None, typer.Option(metavar="NAME", help="Its court.")] = None,
    caption: Annotated[str | None, typer.Option(metavar="WORDS", help="What it is called.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the case away; documents stay.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the cases of a project, find those that documents belong to, or show or change one."""
    asked = cli_cases.CaseChoice(
        find=find,
        confirm=confirm,
        add=add,
        put=put or (),
        take_out=take_out or (),
        docket_number=docket,
        court=court,
        caption=caption,
        remove=remove,
    )
    return cli_cases.case(project, name, asked, as_json=as_json)


def coverage(
    project: ProjectPath,
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="Only this case: a docket number or caption.")
    ] = None,
    annotator: Annotated[str | None, typer.Option(metavar="NAME", help="Only by this annotator.")] = None,
    gold: Annotated[bool, typer.Option("--gold", help="Only by gold.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write CSV, or JSON by the name, as well.")
    ] = None,
) -> int:
    """Tell which decisions of a case no article reports, and which claims of articles have no support."""
    return cli_coverage.coverage(project, case=case, annotator=annotator, gold=gold, as_json=as_json, out=out)
