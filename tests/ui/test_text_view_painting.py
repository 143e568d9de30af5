"""What is painted where: grounds behind letters, lines under them, right-to-left text, headings."""

from collections.abc import Iterator
from dataclasses import replace

import numpy
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.model import Fragment
from tests.ui.text_views import move
from ui.theme import DARK, LIGHT, Theme, span_colours
from ui.views.overlay import PaintedSpan
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView

TEXT = "Judge Hale ruled that the company is not immune. The order took effect at once.\n" * 12
ORANGE, BLUE = "#E69F00", "#56B4E9"
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show_text(TEXT)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    view.close()


def span(id: str, *words: str, colour: str = ORANGE, text: str = TEXT) -> PaintedSpan:
    fragments = tuple(Fragment(text.index(each), text.index(each) + len(each)) for each in words)
    return PaintedSpan(id, fragments, id, colour)


def painted(view: TextView, colour: QColor) -> list[QPoint]:
    """The points that have just this colour."""
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = numpy.frombuffer(image.constBits(), numpy.uint32).reshape(image.height(), image.width())
    rows, columns = numpy.nonzero(pixels == colour.rgb())
    return [QPoint(x, y) for x, y in zip(columns.tolist(), rows.tolist(), strict=True)]


def box(points: list[QPoint]) -> QRect:
    xs, ys = [point.x() for point in points], [point.y() for point in points]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def extent(view: TextView, start: int, end: int) -> tuple[int, int]:
    """Left and right of a stretch of the text on one line."""
    view.set_caret(start)
    left = view.cursorRect().center().x()
    view.set_caret(end)
    return left, view.cursorRect().center().x()


@THEMES
def test_tint_lies_behind_the_words_of_a_span(view: TextView, theme: Theme) -> None:
    view.set_theme(theme)
    shown = span("claim", "the company is")
    view.set_spans([shown])

    tint = box(painted(view, span_colours(ORANGE, theme).tint))

    left, right = extent(view, shown.start, shown.end)
    assert abs(tint.left() - left) <= 3
    assert abs(tint.right() - right) <= 3
    assert tint.height() < 30


def test_inner_span_covers_the_tint_of_the_outer_and_both_have_lines(view: TextView) -> None:
    view.set_spans(
        [span("holding", "ruled that the company is not", colour=BLUE), span("claim", "the company")]
    )

    inner = box(painted(view, span_colours(ORANGE, LIGHT).tint))
    assert not any(
        inner.adjusted(3, 3, -3, -3).contains(each) for each in painted(view, span_colours(BLUE, LIGHT).tint)
    )
    under_inner = [
        each.y() for each in painted(view, span_colours(ORANGE, LIGHT).line) if each.x() == inner.center().x()
    ]
    under_outer = [
        each.y() for each in painted(view, span_colours(BLUE, LIGHT).line) if each.x() == inner.center().x()
    ]
    assert max(under_inner) < min(under_outer)


def test_span_over_several_lines_is_tinted_on_each(view: TextView) -> None:
    view.set_spans([span("claim", TEXT[6:230])])

    heights = {each.y() for each in painted(view, span_colours(ORANGE, LIGHT).tint)}

    assert max(heights) - min(heights) > 60


def test_fragments_of_the_selected_span_are_connected(view: TextView) -> None:
    view.set_spans([span("claim", "Judge Hale", "the company")])
    line = span_colours(ORANGE, LIGHT).line
    before = len(painted(view, line))

    view.select_span("claim")

    assert len([each for each in painted(view, line) if each.x() > extent(view, 0, 12)[1]]) != before
    gap = extent(view, TEXT.index("ruled"), TEXT.index("ruled") + 5)
    assert [each for each in painted(view, line) if gap[0] < each.x() < gap[1]]


def test_fragments_of_the_span_under_the_mouse_are_connected(view: TextView) -> None:
    view.set_spans([span("claim", "Judge Hale", "the company")])
    line = span_colours(ORANGE, LIGHT).line
    gap = extent(view, TEXT.index("ruled"), TEXT.index("ruled") + 5)

    def joins() -> int:
        return len([each for each in painted(view, line) if gap[0] < each.x() < gap[1]])

    assert joins() == 0
    view.set_caret(3)
    move(view, view.cursorRect().center(), Qt.MouseButton.NoButton)
    assert joins() > 0
    view.set_caret(TEXT.index("took"))
    move(view, view.cursorRect().center(), Qt.MouseButton.NoButton)
    assert joins() == 0


def test_selection_is_painted_over_tints(view: TextView) -> None:
    view.set_spans([span("claim", "the company is")])
    view.select(TEXT.index("company"), TEXT.index("company") + 7)

    selected = box(painted(view, QColor(LIGHT.selection)))

    left, right = extent(view, TEXT.index("company"), TEXT.index("company") + 7)
    assert abs(selected.left() - left) <= 3
    assert abs(selected.right() - right) <= 3


def test_found_places_are_marked(view: TextView) -> None:
    start = TEXT.index("immune")
    view.show_matches([Range(start, start + 6)])
    assert painted(view, QColor(LIGHT.match))

    view.show_matches([])
    assert not painted(view, QColor(LIGHT.match))


def test_right_to_left_words_are_tinted_where_they_stand(qtbot: QtBot, view: TextView) -> None:
    text = "The court wrote שלום עולם in its order."
    view.show_text(text)
    view.set_spans([span("first", "שלום", text=text)])

    tint = box(painted(view, span_colours(ORANGE, LIGHT).tint))

    first = text.index("שלום")
    hebrew = sorted(extent(view, first, first + 9))
    assert hebrew[0] - 3 <= tint.left()
    assert tint.right() <= hebrew[1] + 40
    middle = QPoint(tint.center().x(), tint.center().y())
    offset = view.offset_at(middle)
    assert offset is not None
    assert first <= offset < first + 4


def test_presumed_headings_are_heavier_and_change_no_text(view: TextView) -> None:
    text = "What was decided\nThe court held that the company is not immune from suit.\n"
    view.show_text(text)

    blocks = [view.document().findBlockByNumber(number) for number in (0, 1)]
    weights = [block.begin().fragment().charFormat().font().weight() for block in blocks]
    assert weights[0] > weights[1]
    view.select(0, len(text))
    assert view.createMimeDataFromSelection().text() == text


def test_chips_need_no_room_of_their_own(view: TextView) -> None:
    height = view.document().size().height()
    view.set_spans([span("claim", "the company is")])

    assert view.document().size().height() == height


@pytest.mark.parametrize("line_height", [150, 200, 240])
def test_every_line_height_can_be_painted(view: TextView, line_height: int) -> None:
    view.set_spans([span("claim", "the company is")])
    view.select_span("claim")
    view.set_reading(ReadingStyle(line_height=line_height))

    assert painted(view, span_colours(ORANGE, LIGHT).tint)


def test_emoji_and_wide_letters_keep_tints_in_place(view: TextView) -> None:
    text = "😀😀 The 😀 court ruled."
    view.show_text(text)
    view.set_spans([span("court", "court", text=text)])

    tint = box(painted(view, span_colours(ORANGE, LIGHT).tint))

    left, right = extent(view, text.index("court"), text.index("court") + 5)
    assert abs(tint.left() - left) <= 3
    assert abs(tint.right() - right) <= 3


def test_no_line_goes_through_the_chip_of_a_suggestion(view: TextView) -> None:
    view.show_suggestions([replace(span("claim", "company"), is_suggestion=True)], None)
    image = view.viewport().grab().toImage()

    points = (QPoint(x, y) for x in range(image.width()) for y in range(120))
    chip = box([point for point in points if view.chip_at(point) == "claim"])
    before_letters = [
        image.pixelColor(x, y)
        for x in range(chip.left() + 2, chip.left() + 4)
        for y in range(chip.top() + 3, chip.bottom() - 2)
    ]

    assert set(map(QColor.name, before_letters)) == {LIGHT.page}
