"""Dealing documents: everybody has about the same to read, the overlap is kept, a seed decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.dealing import Length, Rule, deal
from annotator.errors import InvalidEdit

PEOPLE = ("ana", "bo", "cy", "di", "ed")


def documents(*lengths: int) -> list[Length]:
    return [Length(f"document-{number}", length) for number, length in enumerate(lengths)]


def test_two_hundred_documents_with_an_overlap_of_a_fifth() -> None:
    hands = deal(documents(*range(1000, 3000, 10)), PEOPLE, Rule(overlap=0.2, copies=2))

    assert len(hands) == 200
    assert sorted({len(people) for people in hands.values()}) == [1, 2]
    assert sum(len(people) == 2 for people in hands.values()) == 40


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=40), st.integers(1, 5), st.integers(0, 9))
def test_every_document_goes_to_as_many_as_the_rule_says(lengths: list[int], copies: int, seed: int) -> None:
    hands = deal(documents(*lengths), PEOPLE, Rule(overlap=1, copies=copies, seed=seed))

    assert {len(set(people)) for people in hands.values()} == {copies}
    assert len(hands) == len(lengths)


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=40), st.integers(0, 9))
def test_nobody_has_more_than_one_document_more_to_read(lengths: list[int], seed: int) -> None:
    hands = deal(documents(*lengths), PEOPLE, Rule(seed=seed))

    length = dict(documents(*lengths))
    loads = [sum(length[each] for each, who in hands.items() if person in who) for person in PEOPLE]
    assert max(loads) - min(loads) <= max(lengths)


def test_the_order_of_the_documents_does_not_matter_but_the_seed_does() -> None:
    some = documents(*range(100, 130))

    assert deal(some, PEOPLE, Rule(seed=3)) == deal(some[::-1], PEOPLE, Rule(seed=3))
    assert deal(some, PEOPLE, Rule(seed=3)) != deal(some, PEOPLE, Rule(seed=4))


def test_who_has_much_to_do_already_gets_less() -> None:
    hands = deal(documents(100, 100), ("ana", "bo"), Rule(), {"ana": 500})

    assert set(hands.values()) == {("bo",)}


@pytest.mark.parametrize(
    ("people", "rule", "words"),
    [
        ((), Rule(), "Nobody is chosen"),
        (("ana",), Rule(overlap=0.5), "cannot go to 2 annotators, because only 1 is chosen"),
        (PEOPLE, Rule(overlap=1.2), "from 0 to 100 percent"),
        (PEOPLE, Rule(overlap=float("nan")), "from 0 to 100 percent"),
        (PEOPLE, Rule(copies=0), "at least one annotator"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(people: tuple[str, ...], rule: Rule, words: str) -> None:
    with pytest.raises(InvalidEdit, match=words):
        deal(documents(10), people, rule)
