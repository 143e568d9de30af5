"""The tables of the progress screen as rows of words."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.model import WorkState
from annotator.standing import Distribution, DocumentStatus, Forecast, Standing
from annotator.suggest.learned.model import About

Row = tuple[str, ...]
_HOUR = 3600


def status_words() -> Mapping[DocumentStatus | WorkState, str]:
    """What each status is called."""
    return {
        "unassigned": _tr("Nobody has it"),
        "todo": _tr("To do"),
        "in_progress": _tr("In progress"),
        "returned": _tr("Returned"),
        "done": _tr("Done"),
        "skipped": _tr("Skipped"),
    }


def people(standing: Standing) -> tuple[Row, list[Row]]:
    """What each annotator has done and has left."""
    heads = (
        _tr("Annotator"),
        _tr("Done"),
        _tr("Left"),
        _tr("Skipped"),
        _tr("Hours"),
        _tr("Documents/h"),
        _tr("Spans/h"),
        _tr("Hours left"),
        _tr("Days left"),
    )
    rows: list[Row] = [
        (
            person.name,
            str(person.states["done"]),
            str(person.left),
            str(person.states["skipped"]),
            plain(person.time.seconds / _HOUR),
            plain(person.documents_an_hour),
            plain(person.spans_an_hour),
            *_ahead(person.forecast),
        )
        for person in standing.people
    ]
    return heads, rows


def learning(about: About | None) -> tuple[Row, list[Row]]:
    """The learning curve: how well suggestions do, by how much they were learned from."""
    heads = _tr("Documents learned from"), _tr("Spans"), _tr("F1 on documents held out")
    curve = about.curve if about else ()
    rows: list[Row] = [(str(each.texts), str(each.spans), f"{each.f1:.3f}") for each in curve]
    return heads, rows or [(_tr("Nothing was learned yet"), "–", "–")]


def labels(distribution: Distribution, names: Mapping[str, str], standing: Standing) -> tuple[Row, list[Row]]:
    """Spans by label: of all, the share, and of each annotator."""
    total = sum(distribution.totals.values())
    heads = (_tr("Label"), _tr("Spans"), _tr("Share"), *(person.name for person in standing.people))
    rows: list[Row] = [
        (
            names.get(label, label),
            str(many),
            f"{100 * many / total:.1f} %",
            *(str(distribution.labels[label].get(person.id, 0)) for person in standing.people),
        )
        for label, many in distribution.totals.items()
    ]
    return heads, rows


def weeks(distribution: Distribution, names: Mapping[str, str]) -> tuple[Row, list[Row]]:
    """What each annotator did in each week, the last week first."""
    heads = (_tr("Week"), _tr("Annotator"), _tr("Finished"), _tr("Hours"))
    rows: list[Row] = [
        (week, names.get(who, who), str(finished), plain(seconds / _HOUR))
        for week, who, seconds, finished in reversed(distribution.weeks)
    ]
    return heads, rows


def summary(standing: Standing) -> str:
    """The whole project in a sentence."""
    counts, ahead = standing.statuses, standing.forecast
    words = _tr("{done} of {all} documents done, {alone} that nobody has.").format(
        done=counts["done"], all=len(standing.documents), alone=counts["unassigned"]
    )
    if not any(person.left for person in standing.people):
        return words
    if ahead.days is None:
        return f"{words} " + _tr(
            "No forecast: somebody with documents left has finished none in the last four weeks."
        )
    hours = "" if ahead.hours is None else _tr(" ({hours} hours of work)").format(hours=plain(ahead.hours))
    return (
        f"{words} "
        + _tr("At the pace of the last four weeks, what is handed out is done in {n} days").format(
            n=ahead.days
        )
        + f"{hours}."
    )


def _ahead(forecast: Forecast) -> Row:
    return plain(forecast.hours), "–" if forecast.days is None else str(forecast.days)


def plain(value: float | None) -> str:
    """A number with one decimal; a dash where it is not known."""
    return "–" if value is None else f"{value:,.1f}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("StandingTables", words)
