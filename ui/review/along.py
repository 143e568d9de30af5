"""Going along links in the review screen: from a span to its links, from a link to the spans at its ends.

After a span is taken its links are offered, although the next unit is in focus by then.
"""

from PySide6.QtCore import QObject, Signal

from annotator.adjudication.links import LinkUnit
from annotator.services.link_ends import far_ends, links_at
from annotator.services.reviewing import AnyUnit
from ui.review.desk import ReviewDesk


class Along(QObject):
    """Follows what is taken at a desk, and goes to the links of it.

    Signals:
        left: Another document is to be opened, the argument.
    """

    left = Signal(str)

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._offered = ""
        self._came_from = ("", "", "")  # the unit that was gone to, and the document and key of its link
        desk.taken.connect(self._offer)

    def _offer(self, unit: AnyUnit) -> None:
        """Say how many links of a span that was just taken are still to be decided."""
        of = self._desk.review
        self._offered = ""
        if of is None or isinstance(unit, LinkUnit):
            return
        count = sum(map(self._desk.asks, links_at(of, unit)))
        if count:
            self._offered = unit.key
            self._desk.told.emit(
                self.tr("Links of what was just taken: {n}. L goes to them.").format(n=count)
            )

    def go(self) -> None:
        """Go to a link of the span that was just taken, or of the one in focus; from a link to its ends.

        An end in another document comes once those here are decided; from there one comes back to the link.
        """
        desk, of = self._desk, self._desk.review
        unit = (None if of is None else of.unit(self._offered)) or desk.unit
        self._offered = ""
        if of is None or unit is None:
            return
        found = links_at(of, unit)
        if isinstance(unit, LinkUnit) and not any(map(desk.asks, found)) and (far := far_ends(of, unit)):
            [document, key] = far[0]
            self._came_from = (key, of.document.id, unit.key)
            self._leave(document, key)
            return
        if not found and self._came_from[0] == unit.key:
            self._leave(*self._came_from[1:])
            return
        asking = [each for each in found if desk.asks(each)] or found
        if not asking:
            desk.told.emit(self.tr("No annotator linked anything here."))
        elif not desk.go_to_unit(asking[0].key):
            desk.told.emit(self.tr("The filter hides this one."))

    def _leave(self, document: str, key: str) -> None:
        """Go to a unit of another document."""
        desk = self._desk
        self.left.emit(document)
        if desk.review is None or desk.review.unit(key) is None:
            desk.told.emit(
                self.tr("Nobody has finished what stands at that end; there is nothing to decide.")
            )
        elif not desk.go_to_unit(key):
            desk.told.emit(self.tr("The filter hides this one."))
