"""Which link the verdict bar shows, of those that lead across documents, and what its fields write."""

from functools import partial

from PySide6.QtCore import QObject

from annotator.change import Change
from annotator.model import AttributeValue, Relation
from annotator.services import annotating
from ui.document_pane import DocumentPane
from ui.pairing.verdict_bar import VerdictBar
from ui.panels.later import Later
from ui.panels.links import Link, links_of
from ui.panels.span_words import shortened
from ui.session import Session

_WORDS = 90


class Verdicts(QObject):
    """Goes between the session and the bar, which is made when the first link across is seen."""

    def __init__(self, session: Session, pane: DocumentPane) -> None:
        super().__init__(pane)
        self._session = session
        self._pane = pane
        self.bar: VerdictBar | None = None
        self._links: tuple[Link, ...] = ()
        self._at = 0
        self._later = Later(self._look, self)
        for signal in (session.span_selected, session.changed, session.document_changed):
            signal.connect(self._later.soon)

    def show_new(self, change: Change) -> None:
        """Show the link that a change has made, and give it the keyboard."""
        made = [record.id for record in change.after if isinstance(record, Relation)]
        self._later.now()
        self._look()
        self._at = next((at for at, link in enumerate(self._links) if link.relation.id in made), 0)
        self._show()
        self.focus()

    def focus(self) -> None:
        """Give the keyboard to the bar, or say why there is none."""
        self._look()
        if self.bar is not None and not self.bar.isHidden():
            self.bar.take_focus()
        else:
            self._session.refused.emit(self.tr("The selected span has no link into another document yet."))

    def _look(self) -> None:
        span = self._session.selected_annotation
        before = self._links[self._at].relation.id if self._links else ""
        links = () if span is None else links_of(self._session, span)
        self._links = tuple(link for link in links if link.other.document != (span.document if span else ""))
        ids = [link.relation.id for link in self._links]
        self._at = ids.index(before) if before in ids else 0
        self._show()

    def _show(self) -> None:
        if not self._links:
            if self.bar is not None:
                had_focus = self.bar.isAncestorOf(self.bar.window().focusWidget() or self.bar)
                self.bar.clear()
                if had_focus:
                    self._pane.view.setFocus()
            return
        bar, link = self._made(), self._links[self._at]
        count = f"{self._at + 1} / {len(self._links)}" if len(self._links) > 1 else ""
        bar.show_link(link.relation, link.type, self._sentence(link), count)

    def _sentence(self, link: Link) -> str:
        span = self._session.selected_annotation
        mine = self._session.schema.label(span.label if span is not None else "")
        here = "" if mine is None else mine.name.lower()
        there = link.other.label if link.label is None else link.label.name.lower()
        said = (
            self.tr("This {here} {link} the {there} “{words}” of {document}")
            if link.is_outgoing
            else self.tr("The {there} “{words}” of {document} {link} this {here}")
        )
        words = shortened(link.words, _WORDS)
        return said.format(
            here=here, there=there, link=link.name.lower(), words=words, document=link.document
        )

    def _made(self) -> VerdictBar:
        if self.bar is None:
            self.bar = VerdictBar()
            self.bar.qualified.connect(self._qualify)
            self.bar.made_certain.connect(
                lambda value: self._edit(annotating.set_relation_certainty, certainty=value)
            )
            self.bar.noted.connect(lambda note: self._edit(annotating.set_relation_note, note=note))
            self.bar.stepped.connect(self._step)
            self.bar.unlinked.connect(lambda: self._edit(annotating.unlink))
            self.bar.left.connect(self._pane.view.setFocus)
            self._pane.add_bar(self.bar)
        return self.bar

    def _qualify(self, attribute: str, value: AttributeValue | None) -> None:
        self._edit(annotating.set_relation_attribute, attribute=attribute, value=value)

    def _edit(self, verb: object, **given: object) -> None:
        if self.bar is not None and self.bar.relation is not None and callable(verb):
            made = partial(verb, annotator=self._session.annotator_id, relation=self.bar.relation.id, **given)
            self._session.edit(made)
            self._look()

    def _step(self) -> None:
        self._at = (self._at + 1) % len(self._links)
        self._show()
