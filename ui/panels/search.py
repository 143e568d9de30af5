"""Search the corpus: a field, what to narrow it to, and the hits under their documents.

A hit is checked against the text when it is shown, as the project may have changed since.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import InvalidSearch
from annotator.geometry import Range
from annotator.searching import PAGE, Hit, Search, parse
from ui.jobs import JobRunner
from ui.models.context_rows import ContextRow, Piece
from ui.panels.filter_boxes import fill_box, fill_people, filter_box, people
from ui.panels.hit_panel import HitPanel
from ui.session import Session

AFTER = 300  # characters of a paragraph shown behind the first words found


class SearchPanel(HitPanel[Hit]):
    """The panel.

    Signals:
        chosen: A hit was chosen: its document's id, and start and end of its words in code points.
    """

    chosen = Signal(str, int, int)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("search")
        self._search: Search | None = None
        self.field.setPlaceholderText(self.tr('words, "a phrase", begin*'))
        self.field.setAccessibleName(self.tr("Search the corpus"))
        self.where = filter_box(self.tr("Where"))
        self._lay_out((self.kind, self.state, self.where, self.whose, self.label))
        self.where.currentIndexChanged.connect(self._enable)
        self.list.chosen.connect(self._on_chosen)
        self._offer()

    def _list_name(self) -> str:
        return self.tr("Hits")

    def _none_words(self) -> str:
        return self.tr("No paragraph has these words.")

    def _count_words(self, count: int, *, has_more: bool) -> str:
        if has_more:
            return self.tr("the first {n} paragraphs; more below").format(n=count)
        return self.tr("1 paragraph") if count == 1 else self.tr("{n} paragraphs").format(n=count)

    def _row(self, number: int, hit: Hit) -> ContextRow:
        return _row(number, hit)

    def _offer(self) -> None:
        """Offer what there is in the project, and search again."""
        super()._offer()
        places = [("inside", self.tr("In spans")), ("outside", self.tr("Outside spans"))]
        fill_box(self.where, self.tr("Anywhere"), places)
        fill_people(self.whose, people(self._session, self.tr("of mine"), self.tr("of anybody")))
        self._enable()
        self._look()

    def _enable(self) -> None:
        """Whose spans and which label count only where spans count."""
        for box in (self.whose, self.label):
            box.setEnabled(self.where.currentIndex() > 0)

    def open(self, words: str = "") -> None:
        """Take the keyboard, to search for words if some are given."""
        if words:
            self.field.setText(f'"{words}"' if " " in words else words)
        self._take_keyboard()

    # -- searching

    def _wanted(self) -> Search:
        """The question that is asked now. Raises InvalidSearch."""
        where = self.where.currentData()
        return Search(
            parse(self.field.text()),
            self._documents(),
            where="outside" if where == "outside" else "inside" if where else "anywhere",
            set_id=(self.whose.currentData() or None) if where else None,
            label=(self.label.currentData() or None) if where else None,
        )

    def _look(self) -> None:
        self._forget()
        if self._session.store is None or not self.field.text().strip():
            self._tell(self.tr("Words in one paragraph, in all documents of the project."))
            return
        try:
            self._search = self._wanted()
        except InvalidSearch as error:
            self._tell(str(error))
            return
        self._ask(0)

    def _forget(self) -> None:
        super()._forget()
        self._search = None

    def _ask(self, after: int) -> None:
        search = self._search
        if search is not None:
            self._start(self.tr("Search"), lambda own: own.search(search, after=after, limit=PAGE))

    # -- choosing

    def _on_chosen(self, number: int) -> None:
        hit = self._hits[number]
        self.chosen.emit(hit.document, hit.found[0].start, hit.found[0].end)

    def words_of(self, document: str, place: Range) -> str:
        """The words that a hit at that place has shown."""
        found = (hit for hit in self._hits if hit.document == document and place in hit.found)
        hit = next(found, None)
        return "" if hit is None else hit.words(place)


def _row(number: int, hit: Hit) -> ContextRow:
    first = hit.found[0].start - hit.start
    pieces: list[Piece] = []
    at = first
    for place in hit.found:
        start, end = place.start - hit.start, place.end - hit.start
        if start > first + AFTER:
            break
        pieces += [Piece(hit.text[at:start]), Piece(hit.text[start:end], is_found=True)]
        at = end
    pieces.append(Piece(hit.text[at : first + AFTER]))
    return ContextRow(number, hit.text[:first].lstrip(), tuple(piece for piece in pieces if piece.text))
