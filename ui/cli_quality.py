"""What `annotator quality` does: how near annotators come to gold. The words of usage are in `usage`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.progress import run
from annotator.wording import counted
from ui.cli_output import echo_table, print_json, progress, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.adjudication.quality import Quality
    from annotator.agreement.values import Figure

_HEADS = ("", "value", "95 %", "documents", "spans")


def show_quality(project: Path, *, people: Sequence[str], as_json: bool, names: bool | None) -> int:
    """Print the quality of annotators of these names, or of all; to an annotator only their own.

    `names` says whether annotators are named; None is what is usual for who asks. Raises InvalidEdit where
    somebody is asked for by name, and names are not to be shown.
    """
    from annotator.adjudication.blind import report_names
    from annotator.adjudication.quality_report import CAUTION, values
    from annotator.services.quality import quality
    from ui.cli_commands import acting, open_store
    from ui.cli_roles import shows_names, whose

    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store:
        asked = whose(store, settings, people, "sees the quality of others")
        me = acting(store, settings)
        is_own = asked == [me.id]
        with_names = is_own or shows_names(store, settings, me, names)
        if asked and not with_names:
            raise InvalidEdit("Somebody's quality by name needs their name shown: give --names with it.")
        with progress("Comparing with gold") as tell:
            found = run(quality(store, people=asked), tell)
        called = {person.id: person.name for person in store.annotators()}
        if not with_names:
            called = dict(report_names(called, store.name))
            found = tuple(sorted(found, key=lambda each: called[each.annotator]))  # ids tell who joined first
        labels = {label.id: label.name for label in store.schema().labels()}
    if as_json:
        print_json([values(each, name=called[each.annotator]) for each in found])
        return 0
    for each in found:
        _show(called[each.annotator], each, labels)
    if found:
        result(CAUTION)
    else:
        result("Nothing is decided yet of what annotators finished, so nothing can be said of their work.")
    return 0


def _show(name: str, of: Quality, labels: Mapping[str, str]) -> None:
    from annotator.adjudication.quality import FEWEST_UNITS
    from annotator.adjudication.quality_report import SCOPE_TITLES, TITLES, told

    for scope, near in of.scopes.items():
        few = ", too few to rely on" if near.units < FEWEST_UNITS else ""
        result(f"{name}, {SCOPE_TITLES[scope]}: {counted(near.units, 'unit')}{few}")
        rows = [_row(TITLES[key], figure) for key, figure in near.figures.items()]
        rows += [
            _row(f"{labels.get(label, label)}: {TITLES[key]}", figure)
            for label, figures in near.labels.items()
            for key, figure in figures.items()
        ]
        rows += [_row(f"{week or 'unknown week'}: {TITLES['f1']}", each) for week, each in near.weeks.items()]
        echo_table(_HEADS, rows)
        for title, offset in (("Starts", near.start), ("Ends", near.end)):
            if offset is not None:
                result(
                    f"{title} lie {offset.median:+.1f} characters from gold in the median, half of them "
                    f"between {offset.low:+.1f} and {offset.high:+.1f} ({counted(offset.spans, 'span')})."
                )
    speed = "not known" if of.units_an_hour is None else f"{of.units_an_hour:.0f}"
    result(f"Units an hour: {speed}. The same text twice, exact F1 with himself: {told(of.consistency)}.")


def _row(title: str, figure: Figure) -> tuple[str, str, str, int, int]:
    from annotator.adjudication.quality_report import told

    return title, told(figure), figure.between, figure.documents, figure.spans
