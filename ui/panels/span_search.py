"""Find annotations in the whole project: by label, words, attribute, note, flag, and whose they are.

A hit is looked up anew when it is gone to, since it may be gone.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.searching import PAGE, SpanHit, SpanSearch
from ui.jobs import JobRunner
from ui.models.context_rows import ContextRow, Piece
from ui.panels.filter_boxes import fill_box, fill_people, filter_box, people
from ui.panels.hit_panel import HitPanel
from ui.panels.span_words import one_line
from ui.session import Session

_ATTRIBUTE = "attribute:"


class SpanSearchPanel(HitPanel[SpanHit]):
    """The panel.

    Signals:
        chosen: An annotation was chosen (its id).
    """

    chosen = Signal(str)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("span_search")
        self.field.setPlaceholderText(self.tr("words, or nothing for all"))
        self.field.setAccessibleName(self.tr("Find spans"))
        self.where = filter_box(self.tr("Looked in"))
        self._lay_out((self.where, self.label, self.whose, self.kind, self.state))
        self.list.chosen.connect(lambda number: self.chosen.emit(self._hits[number].id))
        session.changed.connect(lambda: self._pause.start() if self.isVisible() else None)
        self._offer()

    def _list_name(self) -> str:
        return self.tr("Spans found")

    def _none_words(self) -> str:
        return self.tr("No span is like that.")

    def _count_words(self, count: int, *, has_more: bool) -> str:
        if has_more:
            return self.tr("the first {n} spans; more below").format(n=count)
        return self.tr("1 span") if count == 1 else self.tr("{n} spans").format(n=count)

    def _row(self, number: int, hit: SpanHit) -> ContextRow:
        label = self._session.schema.label(hit.label)
        name, colour = (hit.label, "#777777") if label is None else (label.name, label.colour)
        pieces = (Piece(one_line(hit.words), is_found=True), Piece(" " + one_line(hit.behind)))
        return ContextRow(
            number,
            one_line(hit.before) + " ",
            pieces,
            remark=one_line(hit.told),
            chip=f"{name} !" if hit.is_flagged else name,
            colour=colour,
        )

    def _offer(self) -> None:
        """Offer what there is in the project, and search again."""
        super()._offer()
        attributes = self._session.schema.attributes
        places = [
            ("text", self.tr("Words of the span")),
            ("note", self.tr("Notes")),
            ("attributes", self.tr("Values")),
            ("flag", self.tr("For discussion")),
            *((_ATTRIBUTE + each.id, each.name) for each in attributes if each.kind != "link"),
        ]
        fill_box(self.where, self.tr("Words, notes, values"), places)
        fill_people(self.whose, people(self._session, self.tr("Mine"), self.tr("Anybody's")))
        self._look()

    def open(self) -> None:
        """Take the keyboard."""
        self._take_keyboard()

    # -- finding

    def _wanted(self) -> SpanSearch:
        where = str(self.where.currentData())
        attribute = where.removeprefix(_ATTRIBUTE) if where.startswith(_ATTRIBUTE) else ""
        return SpanSearch(
            self.field.text(),
            "attributes" if attribute else where,  # type: ignore[arg-type]
            attribute,
            self.whose.currentData() or None,
            self.label.currentData() or None,
            self._documents(),
        )

    def _look(self) -> None:
        self._forget()
        if self._session.store is not None and not self.isHidden():
            self._ask(0)

    def _ask(self, after: int) -> None:
        wanted = self._wanted()
        self._start(self.tr("Find spans"), lambda own: own.find_spans(wanted, after=after, limit=PAGE))
