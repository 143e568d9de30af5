"""What `annotator coverage` does: which decisions articles report, and which claims the record bears out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.progress import run
from ui.cli_commands import open_store
from ui.cli_output import echo_table, print_json, progress, result
from ui.cli_roles import acting_as, whose
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.services.coverage import CaseCoverage
    from storage.store import ProjectStore


def coverage(
    project: Path,
    *,
    case: str | None,
    annotator: str | None,
    gold: bool,
    as_json: bool,
    out: Path | None,
) -> int:
    """Print the coverage of all cases or of one, and write it to a CSV or JSON file."""
    from annotator.services import cases
    from annotator.services.coverage import COLUMNS, project_coverage, table

    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store, progress("Counting") as tell:
        chosen = "" if case is None else cases.case_called(store, case).id
        sets = _sets(store, settings, annotator, gold=gold)
        found = run(project_coverage(store, case=chosen, sets=sets), tell)
    rows = [row for each in found for row in table(each)]
    if out is not None:
        from exporters.row_table import write_rows

        write_rows(rows, COLUMNS, out)
    if as_json:
        print_json({"counts": [_counts(each) for each in found], "statements": rows})
        return 0
    for each in found:
        _show(each)
    if not found:
        result("No case has decisions or claims that are marked.")
    return 0


def _sets(store: ProjectStore, settings: Settings, annotator: str | None, *, gold: bool) -> list[str]:
    """The sets asked for, empty for all; of who works blind their own. Raises InvalidEdit for others."""
    from annotator.model import annotator_set_id, gold_set_id

    what = "sees what others and gold cover"
    if gold:
        acting_as(store, settings, "reviewer", what)
    names = () if annotator is None else (annotator,)
    sets = [annotator_set_id(each) for each in whose(store, settings, names, what)]
    return [*sets, gold_set_id(store.project_id)] if gold else sets


def _counts(covered: CaseCoverage) -> dict[str, object]:
    return {
        "case": covered.case.docket_number or covered.case.caption,
        "annotator": covered.owner,
        "counts": covered.counts(),
    }


def _show(covered: CaseCoverage) -> None:
    from annotator.services.coverage import table

    counts = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in covered.counts().items())
    result(f"{covered.case.name} · {covered.owner}: {counts}.")
    rows = [
        (
            str(row["status"]).replace("_", " "),
            row["document"],
            row["label"],
            row["words"],
            row["mentions"],
            _verdicts(row["verdicts"]),
        )
        for row in table(covered)
    ]
    echo_table(("status", "document", "label", "words", "mentions", "verdicts"), rows)


def _verdicts(said: object) -> str:
    return ", ".join(map(str, said)).replace("_", " ") if isinstance(said, list) else ""
