"""The words of `annotator new`, `import`, `documents`, `read`, `check`, `associate` and `open`."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.readers.options import ReadOptions
from ui import cli_association, cli_commands, cli_safety
from ui.usage.arguments import ProjectPath

Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of scanned pages in PDFs.")]
KeepRedacted = Annotated[
    bool, typer.Option("--keep-redacted", help="Keep text that lies under redaction boxes in PDFs.")
]
AsksPassword = Annotated[
    bool, typer.Option("--password", help="Ask for the password of protected PDFs; it is not stored.")
]


def new(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="The file to make.")],
    schema: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="A label schema that ships, or a TOML file.")
    ] = "legal-news",
) -> int:
    """Make a project."""
    return cli_commands.new(project, schema=schema)


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


def documents(
    project: ProjectPath,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the documents of a project."""
    return cli_commands.documents(project, as_json=as_json)


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


def associate(
    remove: Annotated[bool, typer.Option("--remove", help="Take it back.")] = False,
) -> int:
    """Have the desktop open projects and packages here with a double-click."""
    return cli_association.switch(removes=remove)


def open_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PROJECT] [FILE...]", help="The project file; files to import into it."),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Open the sample project.")] = False,
) -> int:
    """Open the window, or hand the files to the one that is open."""
    if sample and paths:
        raise typer.BadParameter("give a PROJECT or --sample")
    return cli_commands.open_window(paths or [], sample=sample)


def _password(is_asked: bool) -> str:
    return str(typer.prompt("Password", hide_input=True, err=True)) if is_asked else ""
