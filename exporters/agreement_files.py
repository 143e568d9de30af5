"""A report of agreement as files: JSON, CSV (a row a figure), and HTML with the plots in it.

The same project gives the same bytes. What cannot be computed is null and its reason, never a number.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TypeAlias

import orjson

from annotator.agreement.plots import document_label_plot, plots
from annotator.agreement.project_report import ProjectReport
from annotator.agreement.report import PLACES, REASONS, TITLES, LayerReport
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.values import Figure
from annotator.errors import ExportError
from exporters.aside import written_aside

VERSION = 1
SUFFIXES = (".json", ".csv", ".html")
_HEADS = (
    "layer",
    "of",
    "name",
    "measure",
    "value",
    "low",
    "high",
    "documents",
    "pairs",
    "spans",
    "undefined",
)
_Row: TypeAlias = tuple[str, str, str, Figure]


def write_report(report: ProjectReport, target: Path) -> None:
    """Write the report as what the file's name ends with. Raises ExportError."""
    refuse_other_names(target)
    makers = {".json": as_json, ".csv": as_csv, ".html": as_html}
    with written_aside(target) as file:
        file.write(makers[target.suffix.casefold()](report))


def refuse_other_names(target: Path) -> None:
    """Raises ExportError for a file whose name does not say what to write."""
    if target.suffix.casefold() not in SUFFIXES:
        raise ExportError(f"“{target}” ends with none of {', '.join(SUFFIXES)}; give it one of these names.")


def as_json(report: ProjectReport) -> bytes:
    """The report in UTF-8, as `values` has it, with a line break at the end."""
    return orjson.dumps(values(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def values(report: ProjectReport) -> dict[str, object]:
    """The report as JSON can hold it."""
    return {
        "format": "annotator-agreement",
        "version": VERSION,
        "project": report.project,
        "interval": {"method": "document bootstrap, percentile, 95 %", "resamples": report.resamples}
        | {"seed": report.seed},
        "places": report.places,
        "training_documents_left_out": report.left_out,
        "layers": [_layer_values(report, layer) for layer in report.layers],
        "document_labels": [
            {"name": name, "measure": measure, **_figure_values(figure)}
            for _of, name, measure, figure in document_rows(report)
        ],
    }


def _layer_values(report: ProjectReport, layer: LayerReport) -> dict[str, object]:
    figures = {
        of: [
            {"name": name, "measure": measure, **_figure_values(figure)}
            for kind, name, measure, figure in rows(report, layer)
            if kind == of
        ]
        for of in ("pair", "label", "attribute", "week", "link")
    }
    return {
        "layer": layer.layer,
        "annotators": [report.people[who] for who in layer.annotators],
        "counts": asdict(layer.counts),
        "measures": [
            {"measure": each.name, "title": TITLES[each.name], **_figure_values(each.figure)}
            | {"least_pair": each.low, "greatest_pair": each.high}
            for each in layer.measures
        ],
        "pairs": figures["pair"],
        "labels": figures["label"],
        "attributes": figures["attribute"],
        "weeks": figures["week"],
        "links": figures["link"],
        "confusion": {"labels": layer.confusion.labels, "counts": layer.confusion.counts},
        "documents": [
            {
                "document": row.document,
                "title": report.titles[row.document],
                "annotators": [report.people[who] for who in row.annotators],
                "spans": row.spans,
                "exact": _number(row.exact),
                "overlap": _number(row.overlap),
                "unlike": row.unlike,
                "first": None if row.first is None else [*row.first],
                "assisted": row.is_assisted,
            }
            for row in layer.documents
        ],
    }


def _figure_values(figure: Figure) -> dict[str, object]:
    between = figure.interval
    is_undefined = isinstance(figure.value, Undefined)
    return {
        "value": _number(figure.value),
        "low": between.low if between else None,
        "high": between.high if between else None,
        "documents": figure.documents,
        "pairs": figure.pairs,
        "spans": figure.spans,
    } | ({"undefined": _reason(figure.value)} if is_undefined else {})


def _number(value: Value) -> float | None:
    return None if isinstance(value, Undefined) else value


def _reason(value: Value) -> str:
    return value.reason if isinstance(value, Undefined) else ""


def rows(report: ProjectReport, layer: LayerReport) -> Iterator[_Row]:
    """Every figure of a layer: what it is of, whose name, which measure, and the figure."""
    for measure in layer.measures:
        yield "layer", layer.layer, measure.name, measure.figure
    for pair in layer.pairs:
        names = " / ".join(report.people[who] for who in (pair.first, pair.second))
        yield from (("pair", names, name, figure) for name, figure in pair.figures.items())
    named = {"label": layer.labels, "attribute": layer.attributes, "week": layer.weeks, "link": layer.links}
    for of, own in named.items():
        for row in own:
            yield from ((of, row.name, name, figure) for name, figure in row.figures.items())


def document_rows(report: ProjectReport) -> Iterator[_Row]:
    """Every figure of whole documents, as `rows` has those of a layer; `spans` counts values."""
    for row in report.document_labels:
        yield from (("document_label", row.name, name, figure) for name, figure in row.figures.items())


def as_csv(report: ProjectReport) -> bytes:
    """A row a figure, in UTF-8 with a byte order mark, as spreadsheets want it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_HEADS)
    listed = [(layer.layer, rows(report, layer)) for layer in report.layers]
    for layer_id, figures in (*listed, ("", document_rows(report))):
        for of, name, measure, figure in figures:
            numbers = _figure_values(figure)
            cells = [numbers.get(head, "") for head in _HEADS[4:]]
            writer.writerow([layer_id, of, _cell(name), measure, *cells])
    return file.getvalue().encode("utf-8-sig")


def _cell(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in "=+-@" else name


# -- HTML


def as_html(report: ProjectReport) -> bytes:
    """One page with tables and plots, which needs nothing from elsewhere."""
    sections = "\n".join(
        [*(_section(report, layer) for layer in report.layers), *_document_label_section(report)]
    )
    title = f"Agreement in {report.project}"
    method = (
        f"Intervals: 95 %, {report.resamples} resamples of documents, seed {report.seed}; none under five "
        "documents. Values are pooled over documents; means over pairs of annotators are unweighted. Only "
        "documents that two or more have finished count. The lines in plots at 0.667 and 0.8 are "
        "Krippendorff’s, for orientation."
    )
    if report.places != "all":
        method += f" {PLACES[report.places]}"
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{escape(method)}</p>\n"
        f"{sections}\n</body></html>\n"
    )
    return page.encode("utf-8")


def _section(report: ProjectReport, layer: LayerReport) -> str:
    counts = layer.counts
    told = (
        f"{counts.documents} documents finished by two or more, {counts.empty} of them without a span; "
        f"{counts.alone} finished by one, {counts.unfinished} by none. {counts.spans} spans, {counts.pairs} "
        f"pairs of annotators, {counts.pairs_apart} pairs without a common document."
    )
    if counts.left_out:
        told += (
            " Left out: " + ", ".join(f"{many} {why}" for why, many in sorted(counts.left_out.items())) + "."
        )
    if counts.links_alone:
        told += f" {counts.links_alone} links are not compared: nobody else has finished both ends."
    if counts.assisted:
        told += (
            f" {counts.assisted} documents have spans that a model proposed ({counts.untouched} of "
            f"{counts.suggested} untouched): agreement there is assisted."
        )
    if layer.has_gamma:
        told += f" γ takes {counts.discontinuous} discontinuous spans by their whole extent."
    heading = report.layer_names.get(layer.layer, layer.layer)
    parts = [f"<h2>{escape(heading)}</h2>", f"<p>{escape(told)}</p>"]
    if counts.documents:
        parts += [f"<figure>{svg}</figure>" for svg in plots(report, layer).values()]
        parts.append(_figures_table("All figures", rows(report, layer), counted="spans"))
        parts.append(_documents_table(report, layer))
    return "\n".join(parts)


def _document_label_section(report: ProjectReport) -> list[str]:
    """The section of whole documents, if anybody gave them values."""
    if not report.document_labels:
        return []
    return [
        "<h2>Whole documents</h2>",
        f"<figure>{document_label_plot(report)}</figure>",
        _figures_table("Values of documents", document_rows(report), counted="values"),
    ]


def _figures_table(title: str, figures: Iterable[_Row], *, counted: str) -> str:
    lines = (
        (of, name, TITLES.get(measure, measure), *_told(figure)) for of, name, measure, figure in figures
    )
    heads = ("of", "name", "measure", "value", "95 %", "documents", "pairs", counted)
    return _table(title, heads, lines)


def _told(figure: Figure) -> tuple[str, ...]:
    between = figure.interval
    shown = REASONS[figure.value.reason] if isinstance(figure.value, Undefined) else f"{figure.value:.3f}"
    interval = f"{between.low:.3f}–{between.high:.3f}" if between else ""
    return shown, interval, str(figure.documents), str(figure.pairs), str(figure.spans)


def _documents_table(report: ProjectReport, layer: LayerReport) -> str:
    lines = (
        (
            report.titles[row.document],
            ", ".join(report.people[who] for who in row.annotators),
            str(row.spans),
            "agree: nothing to mark" if isinstance(row.exact, Undefined) else f"{row.exact:.3f}",
            "" if isinstance(row.overlap, Undefined) else f"{row.overlap:.3f}",
            str(row.unlike),
            "yes" if row.is_assisted else "",
        )
        for row in layer.documents
    )
    heads = ("document", "annotators", "spans", "F1 exact", "F1 relaxed", "spans unlike", "assisted")
    return _table("Documents", heads, lines)


def _table(title: str, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    return (
        f"<h3>{escape(title)}</h3>\n<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1f2328;"
    "background:#fff}table{border-collapse:collapse;font-size:13px}th,td{border-bottom:1px solid #d1d9e0;"
    "padding:.25rem .6rem;text-align:left;vertical-align:top}figure{margin:1rem 0}"
    "svg{max-width:100%;height:auto}"
    "@media (prefers-color-scheme:dark){body{background:#15191e;color:#e6edf3}th,td{border-color:#3a424c}}"
)
