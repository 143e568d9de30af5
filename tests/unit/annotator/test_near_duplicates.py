"""Texts that are nearly the same are found; others are not."""

import random

import pytest

from annotator.near_duplicates import NEAR_DUPLICATE, Index, Pair, Signature, signature, similarity

WORDS = [f"word{number}" for number in range(2_000)]


def text_of(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def signed(words: list[str]) -> Signature:
    found = signature(" ".join(words))
    assert found is not None
    return found


def jaccard(one: list[str], other: list[str]) -> float:
    runs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("shared", [0, 100, 200, 300, 400])
def test_estimate_is_near_the_true_similarity(shared: int) -> None:
    one = text_of(1)
    other = one[:shared] + text_of(2)[shared:]

    assert similarity(signed(one), signed(other)) == pytest.approx(jaccard(one, other), abs=0.09)


def test_case_and_punctuation_do_not_count() -> None:
    one = signature("The motion, however, is DENIED today.")
    other = signature("the motion however is denied — today")

    assert one is not None
    assert other is not None
    assert similarity(one, other) == 1


def test_text_without_words_has_no_signature_and_a_short_one_has() -> None:
    assert signature(" \n—") is None
    assert signature("Denied.") is not None


def test_signature_is_the_same_on_every_machine() -> None:
    found = signature("The court denied the motion to dismiss.")

    assert found is not None
    assert [int(number) for number in found[:3]] == [17623016, 557610251, 1432231968]


def test_index_pairs_what_shares_a_band_with_the_earlier_first() -> None:
    index = Index()
    first = text_of(1)
    changed = [*first[:200], "changed", *first[201:]]

    assert list(index.add("a", signed(first))) == []
    assert list(index.add("b", signed(text_of(2)))) == []
    [pair] = index.add("c", signed(changed))
    again = list(index.add("d", signed(first)))

    assert (pair.earlier, pair.later) == ("a", "c")
    assert NEAR_DUPLICATE < pair.similarity < 1
    assert again == [Pair("a", "d", 1.0)]


def test_texts_just_over_the_threshold_are_found() -> None:
    found = 0
    for seed in range(40):
        index = Index()
        one = text_of(seed)
        other = one[:275] + text_of(1_000 + seed)[275:]
        list(index.add("a", signed(one)))
        found += bool(list(index.add("b", signed(other))))

    assert found >= 38
