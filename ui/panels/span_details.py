"""The selected span: label, words, cite, attributes, certainty, note, links, and where it came from.

Forms are made once for each label and kind of document; going from span to span only fills them anew.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.change import Change
from annotator.flags import is_flagged
from annotator.model import Annotation, Assignment, AttributeValue, Certainty, Decision
from annotator.proposals import proposed_value
from annotator.schema import AttributeType
from ui.panels.attribute_form import AttributeForm, AttributeRow
from ui.panels.elided_label import ElidedLabel
from ui.panels.fields import ChoiceField
from ui.panels.flag_field import flag_field, flag_value
from ui.panels.flow_layout import FlowLayout
from ui.panels.label_chip import LabelChip
from ui.panels.links import links_of, may_have_links
from ui.panels.note_editor import NoteEditor
from ui.panels.relation_list import RelationList
from ui.panels.span_words import as_tooltip, moment, origin_words, shortened, span_words
from ui.panels.strange_values import StrangeValues, strange_values
from ui.panels.themed import SMALL, Words, theme_of
from ui.session import Session
from ui.theme import span_colours

LONGEST_QUOTE = 260
_CERTAINTIES: tuple[Certainty, ...] = ("sure", "likely", "unsure")
_NEUTRAL = "#777777"


class SpanDetails(QWidget):
    """Shows one span of the session and edits it through the session.

    Signals:
        done: The keyboard goes back to the text.
        jump_to: Go to another annotation (its id).
        link_wanted: Another span is to be chosen, to link this one to (the id of a relation type).
    """

    link_wanted = Signal(str)
    done = Signal()
    jump_to = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._span: Annotation | None = None
        self._forms: dict[tuple[str, str], AttributeForm] = {}
        self._form: AttributeForm | None = None
        self.chip = LabelChip()
        self.cite = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.cite.setMinimumHeight(self.chip.sizeHint().height())
        self.quote = QuoteBlock()
        self.certainty = ChoiceField(
            AttributeType("certainty", self.tr("Certainty"), (), "choice", _CERTAINTIES),
            _CERTAINTIES,
            words=self._certainty_words,
            is_clearable=False,
        )
        self.flag = flag_field()
        self.strange = StrangeValues()
        self.note = NoteEditor()
        self.links = RelationList()
        self.about = Words(tone="muted", size=SMALL)
        self.told = Words(tone="caution")
        self.told.hide()
        self._remarks: Mapping[str, str] | None = None  # of the open document, None where not read yet
        self._no_links = Words(tone="muted", size=SMALL)
        self._links_heading = _heading(self.tr("Links"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=8)
        head.addWidget(self.chip)
        head.addWidget(self.cite)
        self._forms_layout = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.quote)
        layout.addWidget(self.told)
        layout.addLayout(self._forms_layout)
        layout.addWidget(self.strange)
        self._certainty_row = AttributeRow(self.certainty.attribute, self.certainty)
        layout.addWidget(self._certainty_row)
        self._flag_row = AttributeRow(self.flag.attribute, self.flag)
        layout.addWidget(self._flag_row)
        note = QVBoxLayout()
        note.setSpacing(2)
        note.addWidget(_heading(self.tr("Note")))
        note.addWidget(self.note)
        layout.addLayout(note)
        links = QVBoxLayout()
        links.setSpacing(3)
        for widget in (self._links_heading, self.links, self._no_links):
            links.addWidget(widget)
        layout.addLayout(links)
        layout.addWidget(self.about)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.certainty.chosen.connect(self._on_certainty_chosen)
        self.certainty.left.connect(self.done)
        self.certainty.moved.connect(self._on_certainty_moved)
        self.flag.chosen.connect(self._on_flag_chosen)
        self.flag.left.connect(self.done)
        self.flag.moved.connect(self._on_flag_moved)
        self.strange.removed.connect(lambda name: self._on_attribute_chosen(name, None))
        self.strange.left.connect(self.done)
        self.note.written.connect(self._on_note_written)
        self.note.left.connect(self.done)
        self.links.activated.connect(self.jump_to)
        self.links.unlinked.connect(lambda relation: self._session.unlink(relation))
        self.links.qualified.connect(self._on_link_qualified)
        self.links.left.connect(self.done)
        self._session.page_heads.read.connect(self._show_cite)
        self._session.document_changed.connect(self._forget_remarks)
        self._session.changed.connect(self._on_changed)

    # -- what is shown

    @property
    def span(self) -> Annotation | None:
        """The span that is shown."""
        return self._span

    @property
    def form(self) -> AttributeForm | None:
        """The form of the span that is shown."""
        return self._form

    def shows_form_of(self, span: Annotation) -> bool:
        """Whether the form that is shown is also that of a span."""
        return self._form is not None and self._form is self._forms.get(self._key_of(span))

    def _key_of(self, span: Annotation) -> tuple[str, str]:
        """What the form of a span depends on: its label and the kind of the document."""
        document = self._session.document
        return span.label, "" if document is None else document.kind

    def show_span(self, span: Annotation) -> None:
        """Show a span of the open document, or the same one after a change."""
        if span == self._span:
            self.show_links()
            self._show_form(span)
        else:
            self._fill(span)

    def _fill(self, span: Annotation) -> None:
        self._span = span
        label = self._session.schema.label(span.label)
        name, colour = (span.label, _NEUTRAL) if label is None else (label.name, label.colour)
        self.chip.show_label(name, colour)
        self.chip.setToolTip(as_tooltip("" if label is None else label.summary))
        self.quote.show_quote(span_words(self._session.text, span.fragments), colour)
        self._show_cite()
        self._show_told(span)
        self._show_form(span)
        self.strange.show_values(strange_values(self._session, span))
        self._certainty_row.show_value(span.certainty, None)
        self._flag_row.show_value(flag_value(is_set=is_flagged(span)), None)
        self.note.show_note(span.id, span.note)
        self.show_links()
        self.about.setText(self._about(span))

    def _show_told(self, span: Annotation) -> None:
        """What a reviewer decided of the span, where the annotator may read it."""
        if self._remarks is None:
            self._remarks = self._read_remarks()
        self.told.setText(self._remarks.get(span.id, ""))
        self.told.setVisible(span.id in self._remarks)

    def _read_remarks(self) -> Mapping[str, str]:
        if self._session.work_state not in ("done", "returned"):
            return {}
        from ui.panels.remark_words import remarks_at_spans

        return remarks_at_spans(self._session)

    def _forget_remarks(self) -> None:
        self._remarks = None

    def _on_changed(self, change: Change) -> None:
        if any(isinstance(record, Assignment | Decision) for record in (*change.before, *change.after)):
            self._forget_remarks()

    def show_links(self) -> None:
        """Show the span's links as they are now."""
        if self._span is None:
            return
        links = links_of(self._session, self._span)
        self.links.show_links(links)
        is_possible = may_have_links(self._session, self._span)
        self._links_heading.setVisible(bool(links) or is_possible)
        self._no_links.setVisible(not links and is_possible)
        self._no_links.setText(self.tr("None yet. “Link to another span” in the Annotate menu makes one."))

    def leave(self) -> None:
        """Keep what was typed at the span that is shown, and be about no span any more."""
        self.flush()
        self._span = None

    def forget_forms(self) -> None:
        """Make the forms anew when they are next shown, since the schema is another one."""
        for form in self._forms.values():
            form.deleteLater()
        self._forms = {}
        self._form = None

    def flush(self) -> None:
        """Keep what was typed and not kept yet."""
        if self._form is not None:
            self._form.flush()
        self.note.flush()

    # -- the keyboard

    def focus_attributes(self) -> None:
        """Give the keyboard to the first required attribute that is not set."""
        if self._form is None or not self._form.focus_first():
            self.certainty.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_note(self) -> None:
        """Give the keyboard to the note, behind its last letter."""
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_certainty_moved(self, step: int) -> None:
        if step > 0:
            self.flag.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._form is not None:
            self._form.focus_last()

    def _on_flag_moved(self, step: int) -> None:
        if step > 0:
            self.focus_note()
        else:
            self.certainty.setFocus(Qt.FocusReason.TabFocusReason)

    # -- edits

    def _on_flag_chosen(self, value: AttributeValue | None) -> None:
        if self._span is not None:
            self._session.set_flag(self._span.id, flagged=value is not None)
            self._show_stored()

    def _on_attribute_chosen(self, attribute: str, value: AttributeValue | None) -> None:
        if self._span is not None:
            self._session.set_attribute(self._span.id, attribute, value)
            self._show_stored()

    def _on_certainty_chosen(self, certainty: Certainty) -> None:
        if self._span is not None:
            self._session.set_certainty(self._span.id, certainty)
            self._show_stored()

    def _on_note_written(self, note: str) -> None:
        if self._span is not None:
            self._session.set_note(self._span.id, note)
            self._show_stored()

    def _on_link_qualified(self, relation: str, attribute: str, value: AttributeValue | None) -> None:
        self._session.set_relation_attribute(relation, attribute, value)
        self.show_links()

    def _show_stored(self) -> None:
        """Show what is stored: the edit that was made, or what was there if it was refused."""
        if self._span is not None:
            self._fill(self._session.annotations.get(self._span.id, self._span))

    # -- parts of what is shown

    def _show_form(self, span: Annotation) -> None:
        key = self._key_of(span)
        kind = key[1]
        if key not in self._forms:
            self._forms[key] = self._new_form(span.label, kind)
        form = self._forms[key]
        proposals = {}
        for attribute in self._session.schema.attributes_of(span.label, kind):
            if attribute.id not in span.attributes:
                value = proposed_value(
                    attribute, kind=kind, text=self._session.text, fragments=span.fragments
                )
                if value is not None:
                    proposals[attribute.id] = value
        form.show_values({**span.attributes, **self._linked_words(span)}, proposals)
        if form is not self._form:
            if self._form is not None:
                self._form.hide()
            form.show()
            self._form = form

    def _linked_words(self, span: Annotation) -> dict[str, AttributeValue]:
        """What the attributes that are links lead to."""
        kind = "" if self._session.document is None else self._session.document.kind
        attributes = self._session.schema.attributes_of(span.label, kind)
        names = [attribute.id for attribute in attributes if attribute.kind == "link"]
        if not names:
            return {}
        links = [link for link in links_of(self._session, span) if link.is_outgoing]
        return {name: tuple(link.words for link in links if link.relation.type == name) for name in names}

    def _on_link_dropped(self, attribute: str) -> None:
        if self._span is None:
            return
        links = links_of(self._session, self._span)
        own = [link for link in links if link.is_outgoing and link.relation.type == attribute]
        if own:
            self._session.unlink(own[-1].relation.id)
            self._show_stored()

    def _new_form(self, label: str, kind: str) -> AttributeForm:
        form = AttributeForm(self._session.schema.attributes_of(label, kind))
        form.chosen.connect(self._on_attribute_chosen)
        form.left.connect(self.done)
        form.link_wanted.connect(self.link_wanted)
        form.link_dropped.connect(self._on_link_dropped)
        form.passed.connect(self._on_form_passed)
        self._forms_layout.addWidget(form)
        return form

    def _on_form_passed(self, step: int) -> None:
        if step > 0:
            self.certainty.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_cite(self) -> None:
        span, cites = self._span, self._session.page_heads.cites
        self.cite.set_text("" if span is None or cites is None else cites.cite(span.start, span.end))

    def _about(self, span: Annotation) -> str:
        who = "" if self._session.annotator is None else self._session.annotator.name
        parts = [who, origin_words(span.origin), moment(span.created)]
        if span.changed != span.created:
            parts.append(self.tr("changed {when}").format(when=moment(span.changed)))
        return " · ".join(part for part in parts if part)

    def _certainty_words(self, value: AttributeValue) -> str:
        names = {"sure": self.tr("sure"), "likely": self.tr("likely"), "unsure": self.tr("unsure")}
        return names[str(value)]


class QuoteBlock(QWidget):
    """The words of a span beside a bar in the colour of its label."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = _NEUTRAL
        self.words = Words(is_selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.words)

    def show_quote(self, words: str, colour: str) -> None:
        """Show the words, shortened in the middle where they are many."""
        self.words.setText(shortened(words, LONGEST_QUOTE))
        is_cut = len(words) > LONGEST_QUOTE
        self.setToolTip(as_tooltip(shortened(words, 4 * LONGEST_QUOTE)) if is_cut else "")
        if colour != self._colour:
            self._colour = colour
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.page))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setBrush(span_colours(self._colour, theme).line)
        painter.drawRoundedRect(QRectF(0, 0, 3, self.height()), 1.5, 1.5)


def _heading(text: str) -> Words:
    heading = Words(text, size=SMALL, is_wrapping=False)
    heading.setContentsMargins(2, 0, 0, 0)
    return heading
