"""The plots of how far the work stands, by name; the window and files show the same ones."""

from collections.abc import Mapping

from annotator.charts import Bar, Inks, bar_chart
from annotator.standing import Distribution, DocumentStatus, Standing

STATUS_NAMES: Mapping[DocumentStatus, str] = {
    "unassigned": "Nobody has it",
    "todo": "To do",
    "in_progress": "In progress",
    "returned": "Returned",
    "done": "Done",
    "skipped": "Skipped",
}


def standing_plots(standing: Standing, inks: Inks | None = None) -> Mapping[str, str]:
    """SVGs: documents by status, and each annotator's. `inks` as in `charts`."""
    statuses = [Bar(STATUS_NAMES[status], (count,)) for status, count in standing.statuses.items() if count]
    people = [
        Bar(
            person.name,
            (
                person.states["done"],
                person.states["in_progress"] + person.states["returned"],
                person.states["todo"],
                person.states["skipped"],
            ),
        )
        for person in standing.people
    ]
    series = ("done", "in progress or returned", "to do", "skipped")
    return {
        "documents": bar_chart("Documents by status", statuses, inks=inks),
        "people": bar_chart("Documents by annotator", people, series=series, inks=inks),
    }


def distribution_plots(
    distribution: Distribution, labels: Mapping[str, str], inks: Inks | None = None
) -> Mapping[str, str]:
    """SVGs: spans by label, named by their ids in `labels`, and documents finished by week."""
    weeks: dict[str, int] = {}
    for week, _who, _seconds, finished in distribution.weeks:
        weeks[week] = weeks.get(week, 0) + finished
    totals = [Bar(labels.get(label, label), (count,)) for label, count in distribution.totals.items()]
    return {
        "labels": bar_chart("Spans by label", totals, inks=inks),
        "weeks": bar_chart(
            "Documents finished by week", [Bar(week, (many,)) for week, many in weeks.items()], inks=inks
        ),
    }
