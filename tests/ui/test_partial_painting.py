"""What is painted anew after an edit is enough: the screen shows what painting all of it would show."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import Fragment
from tests.ui.showing import on_screen
from ui.views.overlay import PaintedSpan
from ui.views.text_view import TextView

PARAGRAPH = "The court ruled on Monday that the maker of the software is not immune, its lawyers said. "
TEXT = "\n".join([PARAGRAPH * 4] * 6)


def span(name: str, *fragments: tuple[int, int]) -> PaintedSpan:
    return PaintedSpan(name, tuple(Fragment(*piece) for piece in fragments), name.title(), "#0072B2")


NESTED = (span("outer", (20, 600)), span("inner", (30, 60)), span("far", (900, 950)), span("two", (700, 720)))

Step = Callable[[TextView], object]

STEPS: dict[str, Step] = {
    "a span is added": lambda view: view.replace_spans((), [span("new", (1000, 1010))]),
    "a span is nested": lambda view: view.replace_spans((), [span("new", (25, 300))]),
    "a nesting span is taken away": lambda view: view.replace_spans(["outer"], []),
    "a span is drawn elsewhere": lambda view: view.replace_spans(["two"], [span("two", (1200, 1300))]),
    "a span in two pieces": lambda view: view.replace_spans((), [span("new", (100, 120), (1100, 1120))]),
    "a span is selected": lambda view: view.select_span("outer"),
    "another span is selected": lambda view: (view.select_span("inner"), view.select_span("far")),
    "no span is selected any more": lambda view: (view.select_span("outer"), view.select_span(None)),
    "text is selected": lambda view: view.select(210, 420),
    "the selection shrinks": lambda view: (view.select(210, 820), view.select(210, 230)),
    "the caret moves": lambda view: (view.set_caret(10), view.set_caret(1200)),
    "a word is marked": lambda view: (
        view.select(400, 405),
        view.replace_spans((), [span("new", (400, 405))]),
        view.select_span("new"),
        view.set_caret(405),
    ),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_screen_is_as_if_all_had_been_painted(qtbot: QtBot, step: Step) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(900, 900)
    view.show_text(TEXT)
    view.set_spans(NESTED)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    on_screen(view.viewport())

    step(view)

    after = on_screen(view.viewport())
    view.viewport().update()
    assert after == on_screen(view.viewport())
