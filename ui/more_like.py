"""Offers, after words were marked by hand, to mark the other places in the document that read the same.

The offer stands in the status bar, where it is one click, until something else is done. It is looked for when
the hands rest for a moment, since the next mark must not wait for it.
"""

from itertools import islice

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolButton

from annotator.change import Change
from annotator.model import Annotation
from annotator.occurrences import place_states, places_of
from annotator.text import snap
from ui.panels.later import Later
from ui.panels.span_words import one_line, shortened
from ui.session import Session

LONGEST = 24
REST = 250  # milliseconds
COUNTED = 200  # places that are looked at, since a common word stands everywhere


class MoreLike(QObject):
    """The offer, as a button that is hidden while there is none."""

    def __init__(self, session: Session, button: QToolButton) -> None:
        super().__init__(button)
        self._session = session
        self._button = button
        self._span: Annotation | None = None
        self._later = Later(self._offer, self, after=REST)
        button.clicked.connect(self._mark)
        session.changed.connect(self._on_changed)
        session.document_changed.connect(self._forget)
        session.annotator_changed.connect(self._forget)

    def look(self) -> None:
        """Look at once for what would be offered when the hands rest."""
        self._later.now()

    def _on_changed(self, change: Change) -> None:
        self._forget()
        made = [record for record in change.after if isinstance(record, Annotation)]
        before = {record.id for record in change.before}
        is_new = len(made) == 1 and made[0].id not in before and made[0].id in self._session.annotations
        if is_new and made[0].origin == "manual" and len(made[0].fragments) == 1:
            self._span = made[0]
            self._later.soon()

    def _offer(self) -> None:
        span, text = self._span, self._session.text
        if span is None:
            return
        words = text[span.start : span.end]
        is_whole = snap(text, span.start, span.end) == (span.start, span.end)
        places = list(islice(places_of(text, words, is_whole=is_whole), COUNTED + 1))
        if len(places) < 2:
            return
        count = place_states(places, span.label, self._session.annotations.values()).count("free")
        if count:
            shown = shortened(one_line(words), LONGEST)
            one, many = self.tr("Mark 1 more “{words}”"), self.tr("Mark {n} more “{words}”")
            number = str(count) if len(places) <= COUNTED else f"{count}+"
            self._button.setText((one if number == "1" else many).format(n=number, words=shown))
            self._button.show()

    def _mark(self) -> None:
        span = self._span
        if span is not None:
            self._session.mark_here(span.label, span.start, span.end, exact=True)

    def _forget(self) -> None:
        self._span = None
        self._button.hide()
