"""Move an end of the selected span by words. Steps while the key is held are shown, and are one Change.

The Change is made when the key is let go, so everything else that edits must call `commit` first. A step
chosen from a menu is a Change at once.
"""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from annotator import text as words
from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from ui.painting import Painting
from ui.session import Session
from ui.views.text_view import TextView

REACH = 400  # code points around a place that hold the next word, whatever the text


def moved(
    text: str, fragments: tuple[Fragment, ...], index: int, *, edge: str, step: int
) -> tuple[Fragment, ...]:
    """The fragments with an edge ("start" or "end") of one moved by a word on (1) or back (-1).

    An edge goes no further than the neighbouring fragments, and a fragment keeps a word at least.
    """
    start, end = fragments[index]
    low = fragments[index - 1].end + 1 if index else 0
    high = fragments[index + 1].start - 1 if index + 1 < len(fragments) else len(text)
    if edge == "end":
        end = _word_edge(text, end, step=step, at_end=True)
    else:
        start = _word_edge(text, start, step=step, at_end=False)
    if not low <= start < end <= high:
        return fragments
    return (*fragments[:index], Fragment(start, end), *fragments[index + 1 :])


def _word_edge(text: str, offset: int, *, step: int, at_end: bool) -> int:
    """The end (or start) of a word next after or before an offset; the offset itself if there is none."""
    low, high = max(0, offset - REACH), min(len(text), offset + REACH)
    near = [Range(low + word.start, low + word.end) for word in words.words(text[low:high])]
    edges = [word.end if at_end else word.start for word in near]
    place = bisect_right(edges, offset) if step > 0 else bisect_left(edges, offset) - 1
    return edges[place] if 0 <= place < len(edges) else offset


class Resizing(QObject):
    """The handlers of the keys that move the ends of the selected span, and of the mouse that drags them."""

    def __init__(self, session: Session, view: TextView, painting: Painting) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._painting = painting
        self._span: Annotation | None = None
        self._fragments: tuple[Fragment, ...] = ()
        self._is_key_down = False
        view.installEventFilter(self)
        view.span_resized.connect(self._resize)
        session.span_selected.connect(self.commit)

    def end_back(self) -> None:
        self._step("end", -1)

    def end_on(self) -> None:
        self._step("end", 1)

    def start_back(self) -> None:
        self._step("start", -1)

    def start_on(self) -> None:
        self._step("start", 1)

    def commit(self) -> None:
        """Make the Change of the steps shown since the key went down, if there are any."""
        span, fragments = self._span, self._fragments
        if span is None:
            return
        self._span = None
        if fragments != span.fragments:
            self._resize(span.id, fragments)

    def _resize(self, span: str, fragments: tuple[Fragment, ...]) -> None:
        """Make the Change; a refused one shows the span as it is."""
        if self._session.resize(span, fragments) is None and span in self._session.annotations:
            self._view.replace_spans({span}, [self._painting.painted(self._session.annotations[span])])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key let go, or the focus lost, ends the gesture."""
        if event.type() == QEvent.Type.ShortcutOverride:  # comes before the command that a key is for
            self._is_key_down = True
        elif event.type() == QEvent.Type.FocusOut or (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyRelease
            and not event.isAutoRepeat()
        ):
            self._is_key_down = False
            self.commit()
        return super().eventFilter(watched, event)

    def _step(self, edge: str, step: int) -> None:
        if self._span is None:
            self._span = self._session.selected_annotation
            if self._span is None:
                return
            self._fragments = self._span.fragments
        index = self._fragment_at_caret()
        self._fragments = moved(self._session.text, self._fragments, index, edge=edge, step=step)
        self._view.preview(self._painting.painted(self._span), self._fragments)
        piece = self._fragments[index]
        place = piece.end if edge == "end" else piece.start
        self._view.set_caret(place)
        self._view.reveal(place, place)
        if not self._is_key_down:
            self.commit()

    def _fragment_at_caret(self) -> int:
        """The fragment nearest to the caret."""
        caret = self._view.caret()
        distances = [max(piece.start - caret, caret - piece.end, 0) for piece in self._fragments]
        return distances.index(min(distances))
