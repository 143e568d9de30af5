"""Going along links in the review screen: from a span to its links, from a link to the spans at its ends.

After a span is taken its links are offered, although the next unit is in focus by then.
"""

from PySide6.QtCore import QObject

from annotator.adjudication.links import LinkUnit
from annotator.services.link_ends import links_at
from annotator.services.reviewing import AnyUnit
from ui.review.desk import ReviewDesk


class Along(QObject):
    """Follows what is taken at a desk, and goes to the links of it."""

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._offered = ""
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
        """Go to a link of the span that was just taken, or of the one in focus; from a link to its ends."""
        desk, of = self._desk, self._desk.review
        unit = (None if of is None else of.unit(self._offered)) or desk.unit
        self._offered = ""
        found = () if of is None or unit is None else links_at(of, unit)
        asking = [each for each in found if desk.asks(each)] or found
        if not asking:
            desk.told.emit(self.tr("No annotator linked anything here."))
        elif not desk.go_to_unit(asking[0].key):
            desk.told.emit(self.tr("The filter hides this one."))
