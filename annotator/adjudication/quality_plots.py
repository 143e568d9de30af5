"""The plots of an annotator's nearness to gold, by the name of the table that they go with."""

from collections.abc import Mapping

from annotator.adjudication.quality import Nearness
from annotator.adjudication.quality_report import REASONS, TITLES
from annotator.agreement.plots import figure_dot
from annotator.agreement.values import Figure
from annotator.charts import Dot, Inks, dot_chart, heatmap


def quality_plots(near: Nearness, labels: Mapping[str, str], inks: Inks | None = None) -> Mapping[str, str]:
    """SVGs: figures, the exact F1 of labels and of weeks, confusion. `inks` as in `charts`."""
    figures = [_dot(TITLES[name], figure) for name, figure in near.figures.items()]
    by_label = [_dot(labels.get(name, name), figures["f1"]) for name, figures in near.labels.items()]
    own = sorted({own for own, _gold in near.confusion})
    gold = sorted({gold for _own, gold in near.confusion})
    counts = [[near.confusion.get((row, column)) for column in gold] for row in own]
    return {
        "figures": dot_chart("Nearness to gold, with 95 % intervals", figures, inks=inks),
        "labels": dot_chart("F1, exact, by label", by_label, inks=inks),
        "confusion": heatmap(
            "Annotator's labels (rows) and those of gold",
            [labels.get(name, name) for name in own],
            [labels.get(name, name) for name in gold],
            counts,
            inks=inks,
        ),
        "weeks": dot_chart(
            "F1, exact, by week of finishing",
            [_dot(week or "unknown", figure) for week, figure in near.weeks.items()],
            inks=inks,
        ),
    }


def _dot(name: str, figure: Figure) -> Dot:
    return figure_dot(name, figure, f"n={figure.spans}", reasons=REASONS)
