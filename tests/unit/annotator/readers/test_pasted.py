"""Text from the clipboard becomes a document."""

import pytest

from annotator.errors import UnreadableSource
from annotator.readers.pasted import read_pasted
from annotator.readers.source import MAX_CHARACTERS


def test_pasted_text_is_its_own_source() -> None:
    document = read_pasted("Judge rules\r\nA judge ruled. 😀", " The  ruling ")

    assert document.text == "Judge rules\nA judge ruled. 😀"
    assert document.source == document.text.encode()
    assert (document.title, document.reader) == ("The ruling", "pasted")


@pytest.mark.parametrize(
    ("text", "title"), [("\nJudge rules\nText", "Judge rules"), ("A judge ruled. " * 20, "Pasted text")]
)
def test_without_a_title_the_first_line_is_one_if_it_is_short(text: str, title: str) -> None:
    assert read_pasted(text).title == title


def test_half_an_emoji_can_be_stored() -> None:
    assert read_pasted("cut \ud83d here").source == b"cut   here"


@pytest.mark.parametrize(
    "text", ["", " \n\t", "a" * (MAX_CHARACTERS + 1)], ids=["empty", "blank", "too long"]
)
def test_blank_and_too_long_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSource, match="“Pasted text”"):
        read_pasted(text)
