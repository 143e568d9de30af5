"""Pages as blobs and back."""

import math
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.geometry import Attachment, Box, Furniture, NoteLink, Page, PrintedLine, Range, Redaction, Word
from storage.page_geometry import decode_head, decode_page, encode_page

_length = st.integers(-(10**6), 10**6).map(lambda hundredths: hundredths / 100)
_offset = st.integers(0, 10**7)
_range = st.builds(Range, _offset, _offset)
_box = st.builds(Box, _length, _length, _length, _length)
_text = st.text(st.characters(codec="utf-8"), max_size=6)
_words = st.builds(
    Word,
    *(_offset, _offset, _length, _length, _length, _length),
    st.lists(_length, max_size=5).map(tuple),
)
_pages = st.builds(
    Page,
    number=st.integers(1, 5000),
    width=_length,
    height=_length,
    ranges=st.lists(_range, max_size=3).map(tuple),
    words=st.lists(_words, max_size=6).map(tuple),
    furniture=st.lists(st.builds(Furniture, st.just("stamp"), _text, _box), max_size=2).map(tuple),
    lines=st.lists(st.builds(PrintedLine, st.none() | _offset, _offset, _offset), max_size=3).map(tuple),
    marks=st.lists(_range, max_size=2).map(tuple),
    redactions=st.lists(st.builds(Redaction, st.just("box"), _text, _box), max_size=2).map(tuple),
    printed=st.none() | _text,
    kind=st.sampled_from(("text", "scan", "ocr", "unreliable")),
    notes=st.lists(st.builds(NoteLink, _range, _range), max_size=2).map(tuple),
    confidences=st.lists(st.integers(0, 100), max_size=6).map(tuple),
    attachments=st.lists(
        st.builds(Attachment, st.just("link"), st.lists(_box, max_size=2).map(tuple), _text, _text, _text),
        max_size=2,
    ).map(tuple),
)


@settings(deadline=None)
@given(_pages)
def test_page_in_whole_hundredths_of_a_point_comes_back_as_it_was(page: Page) -> None:
    assert decode_page(encode_page(page)) == page


@settings(deadline=None)
@given(_pages)
def test_head_is_the_page_without_its_words(page: Page) -> None:
    assert decode_head(encode_page(page)) == replace(page, words=())


def test_head_of_a_page_with_a_thousand_lines_is_whole() -> None:
    lines = tuple(PrintedLine(number, 10 * number, 10 * number + 9) for number in range(1000))

    assert decode_head(encode_page(Page(1, 612.0, 792.0, lines=lines))).lines == lines


def test_words_and_boxes_come_back_as_what_they_are() -> None:
    word = Word(0, 2, 1.0, 2.0, 3.0, 4.0, (1.0, 2.0, 3.0))
    page = Page(1, 612.0, 792.0, words=(word,), furniture=(Furniture("footer", "1", Box(0, 0, 1, 1)),))

    again = decode_page(encode_page(page))

    assert isinstance(again.words[0], Word)
    assert again.words[0].box == Box(1.0, 2.0, 3.0, 4.0)
    assert isinstance(again.furniture[0].box, Box)


def test_length_is_rounded_to_a_hundredth_of_a_point() -> None:
    page = Page(1, 612.001, 791.999, words=(Word(0, 1, 72.0049, 1 / 3, 80.126, 12.0, (72.0049, 80.126)),))

    again = decode_page(encode_page(page))

    assert (again.width, again.height) == (612.0, 792.0)
    assert again.words[0] == Word(0, 1, 72.0, 0.33, 80.13, 12.0, (72.0, 80.13))


def test_coordinates_of_a_broken_file_are_held_within_bounds() -> None:
    wild = Word(0, 1, -math.inf, math.nan, 1e300, 5.0, (-1e300, 1e300))

    again = decode_page(encode_page(Page(1, 612.0, 792.0, words=(wild,)))).words[0]

    assert again == Word(0, 1, -1e7, 0.0, 1e7, 5.0, (-1e7, 1e7))


def test_page_of_a_few_hundred_words_takes_a_few_bytes_a_word() -> None:
    words = tuple(
        Word(
            n * 6,
            n * 6 + 5,
            72.0 + n % 10 * 40,
            72.0 + n // 10 * 14,
            100.0,
            84.0,
            (72.0, 78.5, 84.0, 90.0, 96.0, 100.0),
        )
        for n in range(400)
    )

    assert len(encode_page(Page(1, 612.0, 792.0, words=words))) < 400 * 10


def test_head_of_a_torn_page_is_an_error() -> None:
    furniture = tuple(Furniture("stamp", f"Case {n:04}", Box(n, n, n + 1, n + 1)) for n in range(2000))
    blob = encode_page(Page(1, 612.0, 792.0, furniture=furniture))

    with pytest.raises(zlib.error, match="ends before its words"):
        decode_head(blob[: len(blob) // 2])


def test_page_stored_before_notes_and_attachments_were_is_read_without_them() -> None:
    page = Page(3, 612.0, 792.0, printed="1")
    packed = zlib.decompress(encode_page(page))
    older = packed.replace(b',"notes":[],"confidences":[],"attachments":[]', b"")

    assert older != packed
    assert decode_page(zlib.compress(older)) == page
