"""How lines are joined."""

import pytest

from annotator.readers.pdf.hyphens import DROP, SPACE, TOUCH, Join, Vocabulary

PRINT = [
    "the parties stipulated to the admis-",
    "sion of the docu-",
    "ments and a well-known trade-secret claim of the",
    "plaintiff under a protective order about the law of contract and the like",
]
TYPED = [
    "the third party and the court were told that a party of the third kind is a cross-",
    "claim party and that the claim is a cross claim of the third party, as the cross claim says",
    "that the long term lease of the term is a long one of the long term kind said the court",
]


@pytest.mark.parametrize(
    ("lines", "before", "after", "join"),
    [
        (PRINT, "admis-", "sion", DROP),
        (PRINT, "trade-", "secret", TOUCH),
        (PRINT, "self-", "dealing", TOUCH),
        (PRINT, "Guinea-", "Bissau", TOUCH),
        (PRINT, "2015-", "2016", TOUCH),
        (PRINT, "pre-", "and", SPACE),
        (PRINT, "word—", "another", TOUCH),
        (PRINT, "word", "—", SPACE),
        (PRINT, "word", "another", SPACE),
        (PRINT, "contract-", "law", TOUCH),
        (TYPED, "third-", "party", TOUCH),
        (TYPED, "long-", "term", TOUCH),
        (PRINT, "https://www.court.gov/", "opinions", TOUCH),
        (PRINT, "https://www.court.gov", "by", SPACE),
        (PRINT, "clerk@", "court.gov", TOUCH),
        (PRINT, "JURIS-", "DICTION", DROP),
        (PRINT, "-", "item", SPACE),
    ],
)
def test_lines_join_as_the_document_itself_tells(
    lines: list[str], before: str, after: str, join: Join
) -> None:
    assert Vocabulary(lines).join(before, after) == join


def test_words_at_the_edges_of_lines_are_words_too() -> None:
    lines = [*PRINT, "ineffective counsel gave no", "help, and there was no assistance"]

    assert Vocabulary(lines).join("ineffective-", "assistance") == TOUCH


def test_fragments_at_the_edges_of_lines_are_no_words() -> None:
    assert not Vocabulary(PRINT).has("admis")
    assert not Vocabulary(PRINT).has("sion")


def test_document_of_a_word_processor_does_not_break_words() -> None:
    assert Vocabulary(PRINT).breaks_words
    assert not Vocabulary(TYPED).breaks_words
