"""Own work on a training document beside its key, the score of each layer, and the rule that decides."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from annotator.agreement.undefined import Undefined
from annotator.desk import label_name
from annotator.guidelines import reading_for
from annotator.key_comparison import Answer, AnswerKind, Score
from annotator.model import Annotation
from annotator.schema import LabelSchema
from annotator.services.training import Comparison
from ui.agreement.tables import Row, Table
from ui.dialogs.frame import body, close_button
from ui.kept_layout import keep_size
from ui.panels.markdown_page import MarkdownPage
from ui.panels.themed import Words

_NOTHING = "–"


class ComparisonDialog(QDialog):
    """Spans side by side, in order of the text; below them the rule of the current row, else a label's page.

    Signals:
        chosen: Where the span of a row begins and ends (int, int).
    """

    chosen = Signal(int, int)

    def __init__(
        self,
        comparison: Comparison,
        *,
        schema: LabelSchema,
        guidelines: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self._comparison = comparison
        self._schema, self._guidelines = schema, guidelines
        layout = body(self, self.tr("{title}: beside the key").format(title=title))
        names = {layer.id: layer.name for layer in schema.layers}
        self.scores = [Words(_told(score, names)) for score in comparison.scores]
        for score, words in zip(comparison.scores, self.scores, strict=True):
            words.set_tone("good" if score.is_passed else "alarm")
            layout.addWidget(words)
        self.table = Table(self.tr("Spans"))
        self.table.fill(
            (self.tr("Difference"), self.tr("Yours"), self.tr("Key"), self.tr("Rule")),
            [_row(answer, schema) for answer in comparison.answers],
            wide=(1, 2),
        )
        self.rule = MarkdownPage()
        self.rule.setAccessibleName(self.tr("Rule"))
        page = QSplitter(Qt.Orientation.Vertical)
        page.addWidget(self.table)
        page.addWidget(self.rule)
        page.setChildrenCollapsible(False)
        page.setSizes([400, 180])
        layout.addWidget(page, 1)
        box, _close = close_button(self)
        layout.addWidget(box)
        self.table.currentCellChanged.connect(lambda row, *_rest: self._show_rule(row))
        self.table.activated.connect(lambda index: self._choose(index.row()))
        keep_size(self, 860, 680)
        if comparison.answers:
            first = next((at for at, each in enumerate(comparison.answers) if each.kind != "same"), 0)
            self.table.setCurrentCell(first, 0)

    def _show_rule(self, row: int) -> None:
        if row < 0:
            return
        rules = self._comparison.rules
        named = [rules[rule] for rule in self._comparison.answers[row].rules if rule in rules]
        page = reading_for(self._guidelines, self._schema, self._comparison.answers[row].span.label)
        self.rule.show_markdown("\n\n".join(part.text for part in named) or page)

    def _choose(self, row: int) -> None:
        span = self._comparison.answers[row].span
        self.chosen.emit(span.start, span.end)


def _told(score: Score, names: dict[str, str]) -> str:
    layer, least = names.get(score.mark.layer, score.mark.layer), f"{score.mark.least:.0%}"
    if isinstance(score.value, Undefined):
        return _tr("{layer}: nothing to mark, and nothing marked.").format(layer=layer)
    words = _tr("{layer}: {value}, passed ({least} is needed).")
    if not score.is_passed:
        words = _tr("{layer}: {value}, not passed ({least} is needed).")
    return words.format(layer=layer, value=f"{score.value:.0%}", least=least)


def _row(answer: Answer, schema: LabelSchema) -> Row:
    return (
        _kinds()[answer.kind],
        _span_words(answer.own, schema),
        _span_words(answer.key, schema),
        ", ".join(answer.rules) or _NOTHING,
    )


def _span_words(span: Annotation | None, schema: LabelSchema) -> str:
    if span is None:
        return _NOTHING
    words = span.quote.exact if len(span.quote.exact) <= 60 else f"{span.quote.exact[:59].rstrip()}…"
    return f"{label_name(schema, span.label)}: {words}"


def _kinds() -> dict[AnswerKind, str]:
    return {
        "same": _tr("Same"),
        "label": _tr("Other label"),
        "extent": _tr("Other extent"),
        "label_extent": _tr("Other label and extent"),
        "missing": _tr("Missing"),
        "extra": _tr("Not in the key"),
    }


def _tr(words: str) -> str:
    return QCoreApplication.translate("ComparisonDialog", words)
