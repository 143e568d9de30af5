"""The small questions of the review screen: remarks, which of several to keep, which alike to decide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from annotator.adjudication.decisions import REASONS
from annotator.guidelines import rules
from annotator.services.alike import Alike
from ui.dialogs.frame import answer_buttons, answer_by_ctrl_enter, body, fit, form
from ui.panels.span_words import one_line, span_words
from ui.panels.themed import Words
from ui.review.focus import Variant
from ui.review.remarks import Remarks
from ui.review.words import reason_words


class RemarksDialog(QDialog):
    """Reason code, rule of the guidelines, comment, guideline gap.

    Signals:
        answered: The Remarks.
    """

    answered = Signal(object)

    def __init__(self, remarks: Remarks, guidelines: str, parent: QWidget) -> None:
        super().__init__(parent)
        layout = body(self, self.tr("Reason, rule and comment"))
        self.reason = QComboBox()
        self.reason.addItem(self.tr("None said"), "")
        for reason in REASONS:
            self.reason.addItem(reason_words(reason), reason)
        self.reason.setCurrentIndex(max(0, self.reason.findData(remarks.reason)))
        self.rule = QComboBox()
        self.rule.setEditable(True)
        self.rule.addItem("")
        for rule in rules(guidelines):
            self.rule.addItem(rule.title)
        self.rule.setEditText(remarks.rule_id)
        self.comment = QPlainTextEdit(remarks.comment)
        self.comment.setTabChangesFocus(True)
        self.comment.setFixedHeight(90)
        self.gap = QCheckBox(self.tr("The &guidelines do not decide this"))
        self.gap.setChecked(remarks.is_gap)
        rows = form()
        rows.addRow(self.tr("&Reason"), self.reason)
        rows.addRow(self.tr("R&ule"), self.rule)
        rows.addRow(self.tr("&Comment"), self.comment)
        rows.addRow("", self.gap)
        layout.addLayout(rows)
        box, _go_on = answer_buttons(self, self.tr("&Write"))
        layout.addWidget(box)
        self.accepted.connect(self._answer)
        answer_by_ctrl_enter(self)
        fit(self, 460)

    def _answer(self) -> None:
        words = self.rule.currentText().strip()
        self.answered.emit(
            Remarks(
                str(self.reason.currentData() or ""),
                words.split()[0] if words else "",
                self.comment.toPlainText().strip(),
                self.gap.isChecked(),
            )
        )


class SeveralDialog(QDialog):
    """Which of the candidates to keep.

    Signals:
        answered: The content keys of those that are kept.
    """

    answered = Signal(object)

    def __init__(self, text: str, variants: Sequence[Variant], parent: QWidget) -> None:
        super().__init__(parent)
        layout = body(self, self.tr("Keep several"))
        self.list = _checked_list(
            [f"{variant.label}: {span_words(text, variant.fragments)}" for variant in variants]
        )
        self._variants = variants
        layout.addWidget(self.list, 1)
        box, go_on = answer_buttons(self, self.tr("&Keep these"))
        self.list.itemChanged.connect(lambda _: go_on.setEnabled(len(_checked(self.list)) > 1))
        layout.addWidget(box)
        self.accepted.connect(self._answer)
        fit(self, 520, 260)
        self.list.setFocus()

    def _answer(self) -> None:
        self.answered.emit([self._variants[at].says for at in _checked(self.list)])


class AlikeDialog(QDialog):
    """A preview of the units that would be decided as the one in focus was.

    Signals:
        answered: Those (Alike) that are to be decided.
    """

    answered = Signal(object)

    def __init__(self, found: Sequence[Alike], parent: QWidget) -> None:
        super().__init__(parent)
        self._found = found
        layout = body(self, self.tr("Decide all alike"))
        one = self.tr("1 other has the same text and votes.")
        many = self.tr("{n} others have the same text and votes.").format(n=len(found))
        how = self.tr("Decided in one step, which can be undone.")
        layout.addWidget(Words(f"{one if len(found) == 1 else many} {how}", tone="muted"))
        self.list = _checked_list(
            [
                f"{each.title}:  …{one_line(each.before)} [{one_line(each.words)}] {one_line(each.after)}…"
                for each in found
            ]
        )
        layout.addWidget(self.list, 1)
        box, go_on = answer_buttons(self, self.tr("&Decide these"))
        go_on.setEnabled(bool(found))
        layout.addWidget(box)
        self.accepted.connect(self._answer)
        fit(self, 720, 420)
        self.list.setFocus()

    def _answer(self) -> None:
        self.answered.emit([self._found[at] for at in _checked(self.list)])


def _checked_list(words: Sequence[str]) -> QListWidget:
    listed = QListWidget()
    for each in words:
        item = QListWidgetItem(each)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        listed.addItem(item)
    if words:
        listed.setCurrentRow(0)
    return listed


def _checked(listed: QListWidget) -> list[int]:
    return [at for at in range(listed.count()) if listed.item(at).checkState() == Qt.CheckState.Checked]
