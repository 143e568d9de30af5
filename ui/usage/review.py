"""The words of `annotator adjudicate`."""

from pathlib import Path
from typing import Annotated

import typer

from ui import cli_adjudicate
from ui.usage.arguments import ProjectPath


def adjudicate(
    project: ProjectPath,
    auto: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE[:LAYER]",
            help="Decide by rule: unanimous, or trim, majority or boundary for one layer, as in trim:entity.",
        ),
    ] = None,
    spot_check: Annotated[
        float,
        typer.Option(metavar="PERCENT", min=0, max=100, help="The share of these for a person to look at."),
    ] = 5,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be decided.")] = False,
    units: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every unit with its votes and soft labels as JSONL."),
    ] = None,
    soft: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write soft labels: each annotator's spans, the units, and about annotators.",
        ),
    ] = None,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Write the tokens with their soft labels there as well.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Name the annotators there, instead of Ann1, Ann2.")
    ] = False,
    gaps: Annotated[bool, typer.Option("--gaps", help="List the gaps of the guidelines.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Decide by rule what annotators agree on; without --auto, list what there is to review."""
    choice = cli_adjudicate.Choice(
        tuple(auto or ()),
        spot_check / 100,
        is_dry_run=dry_run,
        as_json=as_json,
        units=units,
        with_names=names,
        lists_gaps=gaps,
        soft=soft,
        with_tokens=tokens,
    )
    return cli_adjudicate.adjudicate(project, choice)
