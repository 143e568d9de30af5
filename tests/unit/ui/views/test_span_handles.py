"""Dragging the end of a span."""

import pytest
from PySide6.QtCore import QPointF

from annotator.model import Fragment
from ui.views.span_handles import Handle, drag

TEXT = "The court ruled that NSO is not immune from suit."
SPAN = (Fragment(4, 9), Fragment(16, 24))


def handle(number: int, *, is_start: bool) -> Handle:
    return Handle(number, is_start, QPointF(), 4)


@pytest.mark.parametrize(
    ("number", "is_start", "offset", "exact", "words"),
    [
        (1, False, 30, False, ("court", "that NSO is not")),
        (1, False, 30, True, ("court", "that NSO is no")),
        (1, False, 21, False, ("court", "that")),
        (1, False, 3, False, ("court", "that")),
        (1, True, 12, False, ("court", "ruled that NSO")),
        (0, True, 1, False, ("The court", "that NSO")),
        (1, True, 40, True, ("court", "O")),
        (1, True, 40, False, ("court", "NSO")),
    ],
)
def test_end_goes_to_the_word_it_is_dragged_to(
    number: int, is_start: bool, offset: int, exact: bool, words: tuple[str, ...]
) -> None:
    fragments = drag(TEXT, SPAN, handle(number, is_start=is_start), offset, exact=exact)

    assert tuple(TEXT[start:end] for start, end in fragments) == words


def test_fragment_stops_short_of_its_neighbour() -> None:
    forwards = drag(TEXT, SPAN, handle(0, is_start=False), 30, exact=True)
    backwards = drag(TEXT, SPAN, handle(1, is_start=True), 2, exact=True)

    assert forwards == (Fragment(4, 15), SPAN[1])
    assert backwards == (SPAN[0], Fragment(10, 24))
