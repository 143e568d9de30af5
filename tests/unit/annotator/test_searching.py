"""What is typed into the search box, as terms or as a sentence that says what is wrong with it."""

import pytest

from annotator.errors import InvalidSearch
from annotator.searching import Term, parse


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("immunity", [Term("immunity")]),
        ("sovereign  immunity", [Term("sovereign"), Term("immunity")]),
        ('"sovereign immunity" court', [Term("sovereign immunity"), Term("court")]),
        ("“sovereign immunity”", [Term("sovereign immunity")]),
        ("immun*", [Term("immun", is_prefix=True)]),
        ('"sovereign immun*"', [Term("sovereign immun", is_prefix=True)]),
        ('"sovereign immun"*', [Term("sovereign immun", is_prefix=True)]),
        ("NOT OR NEAR(a b)", [Term("NOT"), Term("OR"), Term("NEAR(a"), Term("b)")]),
        ("text:x^2", [Term("text:x^2")]),
    ],
)
def test_words_phrases_and_beginnings_are_understood(typed: str, terms: list[Term]) -> None:
    assert list(parse(typed)) == terms


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the words"),
        ("   ", "Type the words"),
        ('"sovereign immunity', "before “sovereign immunity” is not closed"),
        ('a "" b', "no words between"),
        ("*", "A star stands"),
        ("*munity", "A star stands"),
        ("im*nity", "A star stands"),
        ("a.*", "A star stands"),
        ("§ 1201", "“§” has no letters or digits"),
    ],
)
def test_what_cannot_be_searched_is_told_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidSearch, match=sentence):
        parse(typed)
