"""The words and the JSON of a report on annotators' quality; window and command line show the same ones."""

from collections.abc import Mapping
from dataclasses import asdict

from annotator.adjudication.quality import FEWEST_UNITS, Nearness, Quality, Scope
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Figure

SCOPE_TITLES: Mapping[Scope, str] = {"all": "all of gold", "contested": "what was contested"}
TITLES: Mapping[str, str] = {
    "precision": "Precision, exact",
    "recall": "Recall, exact",
    "f1": "F1, exact",
    "relaxed_precision": "Precision, any overlap",
    "relaxed_recall": "Recall, any overlap",
    "relaxed_f1": "F1, any overlap",
    "missed": "Missed, of gold",
    "spurious": "Spurious, of own spans",
    "variant": "Acceptable variants, of own spans",
}
REASONS: Mapping[str, str] = {
    "no_common_documents": "no text that was finished twice",
    "no_spans": "no spans to count",
}
CAUTION = (
    "Gold that was accepted because all agreed raises the figures of “all of gold”, and gold copied from an "
    "annotator favours that annotator."
)


def told(figure: Figure) -> str:
    """The value in words, or why there is none."""
    if isinstance(figure.value, Undefined):
        return f"not known: {REASONS.get(figure.value.reason, figure.value.reason)}"
    return f"{figure.value:.3f}"


def values(of: Quality, *, name: str) -> dict[str, object]:
    """The report on one annotator, called `name`, as JSON can hold it."""
    return {
        "annotator": name,
        "scopes": {scope: _nearness(near) for scope, near in of.scopes.items()},
        "units_an_hour": of.units_an_hour,
        "consistency": _figure(of.consistency),
    }


def _nearness(near: Nearness) -> dict[str, object]:
    return {
        "units": near.units,
        "is_few": near.units < FEWEST_UNITS,
        "figures": {name: _figure(figure) for name, figure in near.figures.items()},
        "labels": {
            label: {name: _figure(figure) for name, figure in figures.items()}
            for label, figures in near.labels.items()
        },
        "weeks": {week: _figure(figure) for week, figure in near.weeks.items()},
        "confusion": [
            {"own": own, "gold": gold, "spans": spans}
            for (own, gold), spans in sorted(near.confusion.items())
        ],
        "start": None if near.start is None else asdict(near.start),
        "end": None if near.end is None else asdict(near.end),
    }


def _figure(figure: Figure) -> dict[str, object]:
    undefined = isinstance(figure.value, Undefined)
    return {
        "value": None if undefined else figure.value,
        "reason": figure.value.reason if isinstance(figure.value, Undefined) else None,
        "low": figure.interval.low if figure.interval else None,
        "high": figure.interval.high if figure.interval else None,
        "documents": figure.documents,
        "spans": figure.spans,
    }
