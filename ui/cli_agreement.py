"""What `annotator agreement` does; it returns its exit code. The words of usage are in `usage`.

Heavy modules are imported inside the command, so that `annotator --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.progress import run
from annotator.wording import counted
from ui.cli_output import echo_table, print_json, progress, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.agreement.assistance import Places
    from annotator.agreement.project_report import ProjectReport
    from annotator.agreement.values import Figure

_HEADS = ("measure", "value", "95 %", "pairs from", "to", "documents", "pairs", "spans")


def agreement(
    project: Path,
    *,
    layers: Sequence[str],
    as_json: bool,
    out: Sequence[Path],
    resamples: int,
    seed: int,
    gamma: bool,
    names: bool | None,
    places: Places = "all",
) -> int:
    """Print the agreement of a project, and write it to files of these names.

    `names` says whether annotators are named; None is what is usual for who asks. `places`: which spans are
    compared, by whether a suggestion was accepted there.
    """
    from annotator.agreement.figures import Settings as Intervals
    from annotator.agreement.project_report import blinded
    from annotator.services.agreement import agreement as measure
    from exporters.agreement_files import refuse_other_names, values, write_report
    from ui.cli_commands import open_store
    from ui.cli_roles import acting_as, shows_names

    for target in out:
        refuse_other_names(target)
    usual = Settings.load()
    with open_store(project, usual, read_only=True) as store, progress("Comparing") as tell:
        who = acting_as(store, usual, "reviewer", "measures agreement")
        report = run(measure(store, layers=layers, settings=Intervals(resamples, seed, gamma, places)), tell)
        with_names = shows_names(store, usual, who, names)
    if not with_names:
        report = blinded(report)
    for target in out:
        write_report(report, target)
    if as_json:
        print_json(values(report))
    else:
        _show(report)
    return 0


def _show(report: ProjectReport) -> None:
    from annotator.agreement.report import PLACES, TITLES

    if report.places != "all":
        result(PLACES[report.places])
    for layer in report.layers:
        counts = layer.counts
        result(
            f"{report.layer_names[layer.layer]}: {counted(counts.documents, 'document')} finished by two or "
            f"more, {counts.empty} of them without a span, {counts.alone} by one, {counts.unfinished} "
            "by none."
        )
        if counts.assisted:
            result(
                f"{counted(counts.suggested, 'span')} of {counts.spans} accepted from suggestions, "
                f"{counts.untouched} of them unchanged, in {counted(counts.assisted, 'document')}."
            )
        if counts.documents:
            rows = [
                (
                    TITLES[each.name],
                    *_told(each.figure),
                    _ends(each.low),
                    _ends(each.high),
                    *_numbers(each.figure),
                )
                for each in layer.measures
            ]
            rows += [
                (_of_links(report, row.name, name), *_told(figure), "", "", *_numbers(figure))
                for row in layer.links
                for name, figure in row.figures.items()
            ]
            echo_table(_HEADS, rows)
        if layer.has_gamma:
            many = counted(counts.discontinuous, "discontinuous span")
            result(f"γ takes {many} by {'its' if counts.discontinuous == 1 else 'their'} whole extent.")
    if report.document_labels:
        result("Whole documents:")
        named = [
            (f"{TITLES[name]}: {report.attributes.get(row.name, row.name)}", figure)
            for row in report.document_labels
            for name, figure in row.figures.items()
        ]
        heads = (*_HEADS[:3], *_HEADS[5:7], "values")
        echo_table(heads, [(name, *_told(figure), *_numbers(figure)) for name, figure in named])


def _of_links(report: ProjectReport, kind: str, measure: str) -> str:
    from annotator.agreement.report import TITLES

    return f"{TITLES[measure]}: {report.link_types.get(kind, kind)}" if kind else TITLES[measure]


def _told(figure: Figure) -> tuple[str, str]:
    from annotator.agreement.report import REASONS
    from annotator.agreement.undefined import Undefined

    if isinstance(figure.value, Undefined):
        return f"not known: {REASONS[figure.value.reason]}", figure.between
    return f"{figure.value:.3f}", figure.between


def _ends(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _numbers(figure: Figure) -> tuple[int, int, int]:
    return figure.documents, figure.pairs, figure.spans
