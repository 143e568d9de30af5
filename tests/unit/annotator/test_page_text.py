"""Points, boxes and carets on one page."""

from annotator.geometry import Box, Page, Range, Word
from annotator.page_text import PageText


def line(start: int, x: float, top: float, words: str, *, width: float = 6.0) -> list[Word]:
    """Words of letters that are all as wide, set from x on; blanks are as wide as letters."""
    made = []
    for word in words.split():
        offset = words.index(word, made[-1].end - start if made else 0)
        edges = tuple(x + width * (offset + each) for each in range(len(word) + 1))
        first = start + offset
        made.append(Word(first, first + len(word), edges[0], top, edges[-1], top + 12, edges))
    return made


def page(*lines: list[Word]) -> PageText:
    words = tuple(word for each in lines for word in each)
    return PageText(Page(1, 612, 792, ranges=(Range(words[0].start, words[-1].end),), words=words))


ONE_LINE = page(line(0, 100, 100, "The motion is denied"))
# Two columns beside each other; the second goes on where the first ends.
COLUMNS = page(
    line(0, 60, 100, "one two three"),
    line(14, 60, 124, "four five six"),
    line(28, 330, 100, "seven eight"),
    line(40, 330, 124, "nine ten"),
)


def test_character_is_found_in_its_box() -> None:
    assert ONE_LINE.offset_at(101, 106) == 0
    assert ONE_LINE.offset_at(100 + 6 * 4 + 1, 106) == 4


def test_blank_between_words_is_a_character() -> None:
    assert ONE_LINE.offset_at(100 + 6 * 3 + 1, 106) == 3


def test_nothing_is_found_beside_the_text() -> None:
    assert ONE_LINE.offset_at(90, 106) is None
    assert ONE_LINE.offset_at(110, 130) is None


def test_caret_stands_at_the_nearer_side_of_a_letter() -> None:
    assert ONE_LINE.caret_at(100 + 6 * 4 + 2, 106) == 4
    assert ONE_LINE.caret_at(100 + 6 * 4 + 4, 106) == 5


def test_caret_far_from_the_text_is_at_the_nearest_line() -> None:
    assert ONE_LINE.caret_at(0, 700) == 0
    assert ONE_LINE.caret_at(600, 0) == 20


def test_point_right_of_a_short_line_belongs_to_its_column() -> None:
    short = page(
        line(0, 60, 100, "a long line of the first column"),
        line(32, 60, 124, "end"),
        line(36, 330, 100, "second column"),
        line(50, 330, 124, "goes on"),
    )

    assert short.caret_at(240, 130) == 35


def test_stretch_over_two_columns_has_a_box_on_each_line() -> None:
    pieces = list(COLUMNS.pieces(18 + 1, 33))

    assert [piece.box for piece in pieces] == [Box(90, 124, 138, 136), Box(330, 100, 360, 112)]
    assert [(piece.begins, piece.ends) for piece in pieces] == [(True, False), (False, True)]


def test_words_of_a_line_share_a_box() -> None:
    (piece,) = ONE_LINE.pieces(0, 20)

    assert piece.box == Box(100, 100, 220, 112)


def test_box_of_a_part_of_a_word_ends_between_its_letters() -> None:
    (piece,) = ONE_LINE.pieces(5, 7)

    assert piece.box == Box(130, 100, 142, 112)


def test_word_joined_across_a_line_end_has_a_box_on_both_lines() -> None:
    text = page(line(0, 100, 100, "sever"), line(5, 60, 124, "able clause"))

    assert [piece.box for piece in text.pieces(0, 9)] == [Box(100, 100, 130, 112), Box(60, 124, 84, 136)]


def test_caret_box_stands_at_the_letter() -> None:
    assert ONE_LINE.caret_box(6) == Box(136, 100, 136, 112)


def test_stepping_goes_to_the_line_below_and_keeps_its_distance() -> None:
    below, along = COLUMNS.step_line(8, None, 1)

    assert (below, along) == (14 + 8, 108)
    assert COLUMNS.step_line(14 + 8, along, 1) == (28, 108)


def test_stepping_beyond_the_last_line_finds_nothing() -> None:
    assert COLUMNS.step_line(45, 330.0, 1) == (None, 330.0)


def test_first_line_below_a_height_is_that_of_the_text() -> None:
    assert COLUMNS.first_from(90) == 0
    assert COLUMNS.first_from(115) == 14
    assert COLUMNS.first_from(700) == 40


def test_page_without_text_has_no_places() -> None:
    scan = PageText(Page(1, 612, 792, kind="scan"))

    assert scan.caret_at(10, 10) is None
    assert scan.offset_at(10, 10) is None
    assert scan.caret_box(0) is None
    assert list(scan.pieces(0, 100)) == []


def test_text_that_runs_down_the_page_is_read_as_one_line() -> None:
    words = (
        Word(0, 5, 300, 100, 312, 140),
        Word(6, 12, 300, 146, 312, 190),
        Word(13, 15, 300, 196, 312, 210),
    )
    text = PageText(Page(1, 612, 792, ranges=(Range(0, 15),), words=words))

    (piece,) = text.pieces(0, 12)

    assert piece.box == Box(300, 100, 312, 190)
    assert text.offset_at(306, 150) == 6


def test_text_that_stands_on_its_head_is_read_as_one_line() -> None:
    words = (Word(0, 5, 400, 100, 440, 112), Word(6, 12, 350, 100, 394, 112))
    text = PageText(Page(1, 612, 792, ranges=(Range(0, 12),), words=words))

    (piece,) = text.pieces(0, 12)

    assert piece.box == Box(350, 100, 440, 112)
    assert text.caret_at(439, 106) == 0
