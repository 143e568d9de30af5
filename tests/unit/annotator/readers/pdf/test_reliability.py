"""Text layers that are worth nothing."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.readers.pdf.reliability import is_rubbish
from annotator.readers.pdf.sheet import UNMAPPED

PROSE = (
    "The court has read the papers that both sides have filed, has heard argument on the motion, and now "
    "denies it for the reasons that follow, none of which the parties had thought of when they wrote them."
)


def shifted(text: str, by: int) -> str:
    """Every letter moved, as by a font whose map of codes is lost."""
    return "".join(letter if letter == " " else chr((ord(letter) - 33 + by) % 94 + 33) for letter in text)


def test_prose_is_no_rubbish() -> None:
    assert not is_rubbish(PROSE.split())


def test_text_of_a_broken_font_is_rubbish() -> None:
    assert is_rubbish(shifted(PROSE * 2, -29).split())


def test_letters_without_a_code_are_rubbish() -> None:
    assert is_rubbish([UNMAPPED * 5, "and", "more"])


def test_names_and_numbers_are_no_rubbish() -> None:
    names = "Oliver Anderson, Amelia Eriksen, Ursula Ibanez, Ivan Orlov, Una Okafor, Ewan Aoki, Ines Ueda"
    assert not is_rubbish((names * 3).split())


@given(st.integers(0, 60))
def test_short_text_is_never_called_rubbish(length: int) -> None:
    assert not is_rubbish(["xzq" * 3] * (length // 10))
