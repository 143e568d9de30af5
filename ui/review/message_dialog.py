"""Asks for a message to an annotator and which of their spans it is pinned to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from annotator.adjudication.told import message_at
from annotator.desk import type_name
from annotator.model import Annotation, Decision
from annotator.schema import LabelSchema
from ui.dialogs.frame import answer_buttons, answer_by_ctrl_enter, body, fit, form
from ui.panels.elided_combo import ElidedComboBox
from ui.panels.span_words import shortened, span_words
from ui.panels.themed import Words

_MOST = 80


class MessageDialog(QDialog):
    """Whom it is for, which span, and the words; those that are pinned there already are shown.

    Signals:
        answered: The span (an id) and the words, which are empty where a message is taken away.
    """

    answered = Signal(str, str)

    def __init__(
        self,
        spans: Mapping[str, Sequence[Annotation]],
        chosen: str,
        *,
        text: str,
        schema: LabelSchema,
        names: Mapping[str, str],
        messages: Sequence[Decision],
        parent: QWidget,
    ) -> None:
        """`spans` are those of each annotator (an id) who has some, `chosen` the one to begin with."""
        super().__init__(parent)
        self.setObjectName("message")
        self._spans, self._text, self._schema, self._messages = spans, text, schema, messages
        layout = body(self, self.tr("Message at a span"))
        hint = self.tr("They read it at the span once the document is returned or let be seen.")
        layout.addWidget(Words(hint, tone="muted"))
        self.who, self.span = ElidedComboBox(), ElidedComboBox()
        for person in spans:
            self.who.addItem(names[person], person)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(90)
        rows = form()
        rows.addRow(self.tr("&To"), self.who)
        rows.addRow(self.tr("&Span"), self.span)
        rows.addRow(self.tr("&Message"), self.words)
        layout.addLayout(rows)
        box, self._pin = answer_buttons(self, self.tr("&Pin"))
        layout.addWidget(box)
        owner = next((who for who, own in spans.items() if any(span.id == chosen for span in own)), "")
        self.who.setCurrentIndex(max(0, self.who.findData(owner)))
        self._fill_spans()
        self.span.setCurrentIndex(max(0, self.span.findData(chosen)))
        self.who.currentIndexChanged.connect(self._fill_spans)
        self.span.currentIndexChanged.connect(self._show_message)
        self._show_message()
        self.accepted.connect(self._answer)
        answer_by_ctrl_enter(self)
        fit(self, 560)
        self.words.setFocus()

    def _fill_spans(self) -> None:
        self.span.clear()
        for span in self._spans[str(self.who.currentData())]:
            label = type_name(self._schema, span.label)
            self.span.addItem(
                f"{label}  “{shortened(span_words(self._text, span.fragments), _MOST)}”", span.id
            )

    def _show_message(self) -> None:
        self.words.setPlainText(message_at(self._messages, str(self.span.currentData())))
        self.words.selectAll()

    def _answer(self) -> None:
        self.answered.emit(str(self.span.currentData()), self.words.toPlainText().strip())
