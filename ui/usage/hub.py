"""The words of `annotator hub ...` and `annotator sync`."""

from pathlib import Path
from typing import Annotated

import typer

from ui import cli_hub
from ui.usage.arguments import ProjectPath

HELP = "Make, join and look after a hub: a PostgreSQL database through which a team shares a project."

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="Such as postgresql://ana@server/rulings, without a password: PostgreSQL's own means find it "
        "(~/.pgpass, PGSERVICEFILE), or you are asked.",
    ),
]


def create(address: Address, project: ProjectPath) -> int:
    """Make the hub of a project in an empty database, and send the project to it."""
    return cli_hub.create(address, project)


def join(
    address: Address,
    project: Annotated[
        Path | None,
        typer.Argument(metavar="[PROJECT]", help="The project file; if there is none, it is made."),
    ] = None,
) -> int:
    """Join a hub as the annotator that its leads have let you in as, and bring its project here."""
    return cli_hub.join(address, project)


def member(
    project: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The annotator.")],
    login: Annotated[str, typer.Option(metavar="USER", help="Their database user.")],
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Their role there; without, that of the project.")
    ] = None,
) -> int:
    """Let a database user use the hub as an annotator of the project, in a role."""
    return cli_hub.member(project, name, login=login, role=role)


def members(
    project: ProjectPath,
    remove: Annotated[
        str | None, typer.Option(metavar="USER", help="Shut out this database user; their work stays.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List who may use the hub, as far as your role lets you see."""
    return cli_hub.members(project, remove=remove, as_json=as_json)


def leave(project: ProjectPath) -> int:
    """Take the project from its hub; what is in either stays there."""
    return cli_hub.leave(project)


def sync(
    project: ProjectPath,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Send to the hub what was made here, and bring what others made."""
    return cli_hub.sync(project, as_json=as_json)
