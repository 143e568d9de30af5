"""The tables of the agreement screen as rows of words: every number with its interval and what it is of."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.agreement.project_report import ProjectReport
from annotator.agreement.report import REASONS, TITLES, LayerReport
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.values import Figure

Row = tuple[str, ...]


class Table(QTableWidget):
    """Rows to read, of which one can be chosen by keyboard or mouse."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def fill(self, heads: Row, rows: Iterable[Row], *, wide: tuple[int, ...] = (0,)) -> None:
        """Show these rows; the `wide` columns are words and share what room is left, others are numbers."""
        listed = list(rows)
        self.setColumnCount(len(heads))
        self.setRowCount(len(listed))
        for at, row in enumerate(listed):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if column and column not in wide:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(at, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column, words in enumerate(heads):
            is_words = column == 0 or column in wide
            side = Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignRight
            head = QTableWidgetItem(words)
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
            if column in wide:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


def measures(layer: LayerReport) -> tuple[Row, list[Row]]:
    """The measures of a layer."""
    heads = (_tr("Measure"), *_figure_heads(), _tr("Least pair"), _tr("Greatest pair"))
    rows = [
        (TITLES[each.name], *_figure(each.figure), _plain(each.low), _plain(each.high))
        for each in layer.measures
    ]
    return heads, rows


def pairs(report: ProjectReport, layer: LayerReport) -> tuple[Row, list[Row]]:
    """The measures of each two annotators."""
    named = (
        (f"{report.people[each.first]} / {report.people[each.second]}", each.figures) for each in layer.pairs
    )
    return _by_name(_tr("Pair"), named)


def labels(report: ProjectReport, layer: LayerReport) -> tuple[Row, list[Row]]:
    """The measures of each label, and below them those of each attribute."""
    named = [(report.labels.get(each.name, each.name), each.figures) for each in layer.labels]
    named += [(report.attributes.get(each.name, each.name), each.figures) for each in layer.attributes]
    return _by_name(_tr("Label or attribute"), named)


def links(report: ProjectReport, layer: LayerReport) -> tuple[Row, list[Row]]:
    """The measures of the links that start in the layer: of all, and of each type."""
    named = (
        (report.link_types.get(each.name, each.name) or _tr("All links"), each.figures)
        for each in layer.links
    )
    return _by_name(_tr("Link"), named, counted=_tr("Links"))


def document_labels(report: ProjectReport) -> tuple[Row, list[Row]]:
    """The measures of each attribute of whole documents."""
    named = ((report.attributes.get(each.name, each.name), each.figures) for each in report.document_labels)
    return _by_name(_tr("Attribute"), named, counted=_tr("Values"))


def weeks(layer: LayerReport) -> tuple[Row, list[Row]]:
    """The measures of the documents finished in each week."""
    return _by_name(_tr("Week"), ((each.name, each.figures) for each in layer.weeks))


def documents(report: ProjectReport, layer: LayerReport) -> tuple[Row, list[Row]]:
    """The documents that two or more have finished."""
    heads = (
        _tr("Document"),
        _tr("Annotators"),
        _tr("F1 exact"),
        _tr("F1 relaxed"),
        _tr("Spans"),
        _tr("Unlike"),
        _tr("Assisted"),
    )
    rows: list[Row] = [
        (
            report.titles[each.document],
            ", ".join(report.people[who] for who in each.annotators),
            _tr("agree: nothing to mark") if isinstance(each.exact, Undefined) else _plain(each.exact),
            _plain(each.overlap),
            str(each.spans),
            str(each.unlike),
            _tr("yes") if each.is_assisted else "",
        )
        for each in layer.documents
    ]
    return heads, rows


def _by_name(
    head: str, named: Iterable[tuple[str, Mapping[str, Figure]]], *, counted: str = ""
) -> tuple[Row, list[Row]]:
    """A row for each name and measure; `counted` is what the last column counts if it is no spans."""
    rows = [
        (f"{name} · {TITLES.get(measure, _tr('α nominal'))}", *_figure(figure))
        for name, figures in named
        for measure, figure in figures.items()
    ]
    return (head, *_figure_heads(counted)), rows


def _figure_heads(counted: str = "") -> Row:
    return _tr("Value"), _tr("95 %"), _tr("Documents"), _tr("Pairs"), counted or _tr("Spans")


def _figure(figure: Figure) -> Row:
    shown = REASONS[figure.value.reason] if isinstance(figure.value, Undefined) else f"{figure.value:.3f}"
    return shown, figure.between or "–", str(figure.documents), str(figure.pairs), str(figure.spans)


def _plain(value: Value | None) -> str:
    return "–" if value is None or isinstance(value, Undefined) else f"{value:.3f}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("AgreementTables", words)
