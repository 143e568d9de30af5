"""The plots of a layer's agreement, by name; window, report and files show the same ones."""

from collections.abc import Mapping

from annotator.agreement.project_report import ProjectReport
from annotator.agreement.report import ORIENTATION, REASONS, TITLES, LayerReport
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Figure
from annotator.charts import Dot, Inks, dot_chart, heatmap

_SHOWN = ("exact", "overlap", "iou50", "unlabelled", "label_alpha", "u_alpha", "token_alpha")
NO_SPAN = "no span"


def plots(report: ProjectReport, layer: LayerReport, inks: Inks | None = None) -> Mapping[str, str]:
    """SVGs: measures, pairs, labels, confusion and, of more than one week, weeks. `inks` as in `charts`."""
    measures = [figure_dot(TITLES[name], layer.measure(name).figure) for name in _SHOWN]
    people = [report.people[who] for who in layer.annotators]
    exact = {(pair.first, pair.second): pair.figures["exact"].value for pair in layer.pairs}
    exact |= {(second, first): value for (first, second), value in exact.items()}

    def cell(row: str, column: str) -> float | None:
        value = exact.get((row, column))
        return value if isinstance(value, float) else None

    pairs = [[cell(row, column) for column in layer.annotators] for row in layer.annotators]
    labels = [
        figure_dot(
            report.labels.get(row.name, row.name), row.figures["exact"], f"n={row.figures['exact'].spans}"
        )
        for row in layer.labels
    ]
    names = [report.labels.get(name, name) if name else NO_SPAN for name in layer.confusion.labels]
    found = {
        "measures": dot_chart("Measures, with 95 % intervals", measures, lines=ORIENTATION, inks=inks),
        "pairs": heatmap("Span F1, exact, by pair", people, people, pairs, inks=inks),
        "labels": dot_chart("Span F1, exact, by label", labels, inks=inks),
        "confusion": heatmap(
            "Labels of overlapping spans, each pair both ways",
            names,
            names,
            layer.confusion.counts,
            inks=inks,
        ),
    }
    if len(layer.weeks) > 1:
        weeks = [
            figure_dot(row.name, row.figures["exact"], f"n={row.figures['exact'].documents}")
            for row in layer.weeks
        ]
        found["weeks"] = dot_chart("Span F1, exact, by week of finishing", weeks, inks=inks)
    return found


def document_label_plot(report: ProjectReport, inks: Inks | None = None) -> str:
    """SVG of Gwet's AC1 of each attribute of whole documents; "" where nobody gave one a value."""
    dots = [
        figure_dot(
            report.attributes.get(row.name, row.name),
            row.figures["document_ac1"],
            f"n={row.figures['document_ac1'].documents}",
        )
        for row in report.document_labels
    ]
    return dot_chart("Values of whole documents, Gwet AC1", dots, inks=inks) if dots else ""


def figure_dot(name: str, figure: Figure, note: str = "", *, reasons: Mapping[str, str] = REASONS) -> Dot:
    """A figure as a dot with its interval, or why there is none, in the words of `reasons`."""
    if isinstance(figure.value, Undefined):
        return Dot(name, None, note=reasons[figure.value.reason])
    between = figure.interval
    return Dot(name, figure.value, between.low if between else None, between.high if between else None, note)
