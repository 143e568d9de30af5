"""Pages drawn aside: the most wanted first, in a bounded cache, and what is said where it cannot be done."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.pdf_pages import encrypted, with_size
from tests.ui.page_views import order_pdf
from ui.page_rendering import LARGEST, MOST_PIXELS, PageRenderer, PictureCache, Wanted

SIZE = (306, 396)


@pytest.fixture
def renderer(qtbot: QtBot) -> Iterator[PageRenderer]:
    made = PageRenderer()
    yield made
    made.close()
    made.wait()


def missing() -> bytes:
    raise KeyError("no such source")


def page(number: int, width: int = 500, height: int = 500) -> Wanted:
    return Wanted(number, width, height)


def picture(wanted: Wanted) -> QImage:
    return QImage(wanted.width, wanted.height, QImage.Format.Format_RGB32)


def test_page_is_drawn_in_the_size_that_is_wanted(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(order_pdf)

    with qtbot.waitSignal(renderer.rendered) as told:
        renderer.want([Wanted(1, *SIZE)])

    drawn = renderer.picture(1, SIZE[0])
    assert told.args == [1]
    assert drawn is not None
    assert (drawn.width(), drawn.height()) == SIZE
    assert drawn.pixelColor(2, 2).name() == "#ffffff"


def test_pages_are_drawn_in_the_order_wanted_and_later_ones_last(
    qtbot: QtBot, renderer: PageRenderer
) -> None:
    drawn: list[int] = []
    renderer.rendered.connect(drawn.append)
    renderer.open(order_pdf)

    renderer.want([Wanted(0, 60, 80)], later=True)
    renderer.want([Wanted(2, *SIZE), Wanted(1, *SIZE)])
    qtbot.waitUntil(lambda: len(drawn) == 3)

    assert [number for number in drawn if number != 0] == [2, 1]


def test_what_is_no_longer_wanted_is_not_drawn(qtbot: QtBot, renderer: PageRenderer) -> None:
    drawn: list[int] = []
    renderer.rendered.connect(drawn.append)
    renderer.open(lambda: order_pdf(pages=12))

    renderer.want([Wanted(number, 1200, 1600) for number in range(11)])
    renderer.want([Wanted(11, *SIZE)])
    qtbot.waitUntil(lambda: 11 in drawn)

    assert len(drawn) <= 3


def test_page_that_has_its_picture_is_not_drawn_again(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(order_pdf)
    with qtbot.waitSignal(renderer.rendered):
        renderer.want([Wanted(0, *SIZE)])

    with qtbot.assertNotEmitted(renderer.rendered, wait=50):
        renderer.want([Wanted(0, *SIZE)])


def test_pictures_of_another_document_are_gone(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(order_pdf)
    with qtbot.waitSignal(renderer.rendered):
        renderer.want([Wanted(0, *SIZE)])

    renderer.open(order_pdf)

    assert renderer.picture(0, SIZE[0]) is None


def test_huge_page_is_drawn_with_bounded_pixels(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(order_pdf)

    with qtbot.waitSignal(renderer.rendered):
        renderer.want([Wanted(0, 20_000, 26_000)])

    drawn = renderer.picture(0, 20_000)
    assert drawn is not None
    assert drawn.width() * drawn.height() <= MOST_PIXELS


@pytest.mark.parametrize(
    ("password", "trouble"), [(None, "password"), ("wrong", "password"), ("secret", None)]
)
def test_protected_document_is_drawn_with_its_password_only(
    password: str | None, trouble: str | None, qtbot: QtBot, renderer: PageRenderer
) -> None:
    data = encrypted(order_pdf(), "secret")
    renderer.open(lambda: data, password)

    with qtbot.waitSignal(renderer.rendered if trouble is None else renderer.troubled):
        renderer.want([Wanted(0, *SIZE)])

    assert renderer.trouble == trouble
    assert (renderer.picture(0, SIZE[0]) is None) == (trouble is not None)


def test_damaged_document_is_told(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(lambda: b"%PDF-1.7 and nothing else")

    with qtbot.waitSignal(renderer.troubled):
        renderer.want([Wanted(0, *SIZE)])

    assert renderer.trouble == "damaged"


def test_document_whose_original_is_not_here_is_told(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(missing)

    with qtbot.waitSignal(renderer.troubled):
        renderer.want([Wanted(0, *SIZE)])

    assert renderer.trouble == "missing"


def test_page_that_is_not_in_the_document_fails_alone(qtbot: QtBot, renderer: PageRenderer) -> None:
    drawn: list[int] = []
    renderer.rendered.connect(drawn.append)
    renderer.open(order_pdf)

    renderer.want([Wanted(7, *SIZE), Wanted(0, *SIZE)])
    qtbot.waitUntil(lambda: len(drawn) == 2)

    assert renderer.has_failed(7)
    assert renderer.picture(0, SIZE[0]) is not None


def test_page_that_is_larger_than_any_paper_is_not_drawn(qtbot: QtBot, renderer: PageRenderer) -> None:
    renderer.open(lambda: with_size(order_pdf(), 1, 100, LARGEST + 1))

    with qtbot.waitSignal(renderer.rendered):
        renderer.want([Wanted(0, *SIZE)])

    assert renderer.has_failed(0)


def test_cache_keeps_within_its_budget() -> None:
    cache = PictureCache(budget=3_500_000)

    for number in range(10):
        cache.put(page(number), picture(page(number)))

    assert cache.bytes <= 3_500_000
    assert [number for number in range(10) if cache.has(page(number))] == [7, 8, 9]


def test_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = PictureCache(budget=2_100_000)
    for number in (0, 1):
        cache.put(page(number), picture(page(number)))

    cache.get(0, 500)
    cache.put(page(2), picture(page(2)))

    assert [number for number in range(3) if cache.has(page(number))] == [0, 2]


def test_cache_keeps_a_thumbnail_beside_the_page_but_no_second_size() -> None:
    cache = PictureCache(budget=100_000_000)

    for wanted in (page(0, 84, 112), page(0, 600, 800), page(0, 900, 1200)):
        cache.put(wanted, picture(wanted))

    assert [cache.has(page(0, *size)) for size in ((84, 112), (600, 800), (900, 1200))] == [True, False, True]
