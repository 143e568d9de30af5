"""What `annotator progress` does: how far the work of a project stands. The words of usage are in `cli`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.progress import run
from annotator.wording import counted
from ui.cli_output import echo_table, print_json, progress, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.standing import Distribution, Forecast, Standing
    from annotator.store import Store

_HEADS = (
    "annotator",
    "to do",
    "in progress",
    "returned",
    "done",
    "skipped",
    "hours",
    "documents/h",
    "spans/h",
)
_HEADS_AHEAD = ("hours left", "days left")


def show_progress(project: Path, *, as_json: bool) -> int:
    """Print documents by status, each annotator's speed and backlog, spans by label, and the forecast."""
    from annotator.services.standing import distribution, standing
    from ui.cli_commands import open_store
    from ui.cli_roles import acting_as

    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store, progress("Counting") as tell:
        acting_as(store, settings, "reviewer", "sees how far everybody is")
        stands, shares = run(standing(store), tell), run(distribution(store), tell)
        if as_json:
            print_json(_values(store, stands, shares))
        else:
            _show(store, stands, shares)
    return 0


def _show(store: Store, stands: Standing, shares: Distribution) -> None:
    from annotator.standing_plots import STATUS_NAMES

    rows = [(STATUS_NAMES[status], many) for status, many in stands.statuses.items()]
    echo_table(("documents", ""), rows)
    people = [
        (
            person.name,
            *person.states.values(),
            _plain(person.time.seconds / 3600),
            _plain(person.documents_an_hour),
            _plain(person.spans_an_hour),
            *_ahead(person.forecast),
        )
        for person in stands.people
    ]
    echo_table((*_HEADS, *_HEADS_AHEAD), people)
    names = {label.id: label.name for label in store.schema().labels()}
    echo_table(("label", "spans"), [(names.get(label, label), many) for label, many in shares.totals.items()])
    _show_forecast(stands)
    alone = stands.statuses["unassigned"]
    if alone:
        result(f"{counted(alone, 'document')} that nobody has.")


def _show_forecast(stands: Standing) -> None:
    if not any(person.left for person in stands.people):
        return
    if stands.forecast.days is None:
        result("No forecast: somebody with documents left has finished none in the last four weeks.")
        return
    hours, days = _ahead(stands.forecast)
    result(f"All that is handed out: {hours} hours of work, {days} days at the pace of the last four weeks.")


def _ahead(forecast: Forecast) -> tuple[str, str]:
    return _plain(forecast.hours), "not known" if forecast.days is None else str(forecast.days)


def _plain(value: float | None) -> str:
    return "not known" if value is None else f"{value:.1f}"


def _values(store: Store, stands: Standing, shares: Distribution) -> dict[str, object]:
    names = {person.id: person.name for person in store.annotators()}
    return {
        "format": "annotator-progress",
        "version": 1,
        "project": store.name,
        "documents": stands.statuses,
        "annotators": [
            {
                "name": person.name,
                "role": person.role,
                "documents": person.states,
                "characters_left": person.characters_left,
                "seconds": person.time.seconds,
                "finished": person.time.finished,
                "finished_lately": person.time.lately,
                "documents_an_hour": person.documents_an_hour,
                "spans_an_hour": person.spans_an_hour,
                **_forecast_values(person.forecast),
            }
            for person in stands.people
        ],
        **_forecast_values(stands.forecast),
        "labels": [
            {
                "label": label,
                "spans": many,
                "annotators": {names[who]: own for who, own in shares.labels[label].items()},
            }
            for label, many in shares.totals.items()
        ],
        "weeks": [
            {"week": week, "annotator": names[who], "seconds": seconds, "finished": finished}
            for week, who, seconds, finished in shares.weeks
        ],
    }


def _forecast_values(forecast: Forecast) -> dict[str, object]:
    return {"hours_left": forecast.hours, "days_left": forecast.days}
