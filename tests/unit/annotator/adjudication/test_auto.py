"""What rules decide, and what they leave alone."""

from collections.abc import Mapping, Sequence

import pytest

from annotator.adjudication.auto import AutoRules, Rule, is_spot_check, settle
from annotator.adjudication.units import Unit
from tests.unit.annotator.adjudication.test_units import WORDS, Mark, found

COURT = (4, 20, "P")  # "Court of Appeals"
WITH_THE = (0, 20, "P")
SHORT = (4, 9, "P")


def only(marked: Mapping[str, Sequence[Mark]]) -> Unit:
    [unit] = found(marked)
    return unit


def decided(marked: Mapping[str, Sequence[Mark]], *rules: Rule) -> tuple[str, str] | None:
    """The rule that decides, and the words in gold."""
    settled = settle(only(marked), AutoRules({"entity": frozenset(rules)}))
    if settled is None:
        return None
    return settled.rule, " ".join(WORDS[s:e] for each in settled.results for s, e in each.fragments)


def test_all_alike_is_unanimous_without_being_asked_for() -> None:
    assert decided({"a": [COURT], "b": [COURT]}) == ("unanimous", "Court of Appeals")


@pytest.mark.parametrize(
    "marked",
    [
        {"a": [COURT]},
        {"a": [COURT], "b": []},
        {"a": [COURT], "b": [WITH_THE]},
        {"a": [COURT], "b": [COURT], "c": []},
        {"a": [COURT], "b": [COURT], "c": [(4, 20, "Q")]},
    ],
)
def test_anything_less_is_left_to_people(marked: Mapping[str, Sequence[Mark]]) -> None:
    assert decided(marked) is None


def test_trim_normalises_what_hangs_at_the_ends() -> None:
    assert decided({"a": [COURT], "b": [WITH_THE]}, "trim") == ("trim", "Court of Appeals")
    assert decided({"a": [SHORT], "b": [WITH_THE]}, "trim") is None
    assert decided({"a": [COURT], "b": [WITH_THE], "c": []}, "trim") is None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ({"a": [COURT], "b": [COURT], "c": [SHORT]}, None),  # two ahead of one, by one only
        ({"a": [COURT], "b": [COURT], "c": [COURT], "d": [SHORT]}, ("majority", "Court of Appeals")),
        ({"a": [COURT], "b": [COURT], "c": [COURT], "d": []}, ("majority", "Court of Appeals")),
        ({"a": [COURT], "b": [COURT], "c": [], "d": []}, None),
        ({"a": [COURT], "b": [COURT], **{who: [] for who in "cdefgh"}}, ("majority", "")),
        ({"a": [COURT], "b": [], "c": [], "d": [], "e": []}, None),  # single: never by rule
        ({"a": [COURT], "b": [COURT]}, ("unanimous", "Court of Appeals")),
        ({"a": [COURT], "b": [WITH_THE]}, None),  # two annotators: never by rule
    ],
)
def test_majority_counts_the_absent(
    marked: Mapping[str, Sequence[Mark]], expected: tuple[str, str] | None
) -> None:
    assert decided(marked, "majority") == expected


def test_majority_of_boundaries_needs_one_label_and_all_to_have_it() -> None:
    most = {"a": [COURT], "b": [COURT], "c": [SHORT]}
    assert decided(most, "boundary") == ("boundary", "Court of Appeals")
    assert decided({**most, "d": []}, "boundary") is None
    assert decided({"a": [COURT], "b": [COURT], "c": [(4, 9, "Q")]}, "boundary") is None
    assert decided({"a": [COURT], "b": [WITH_THE], "c": [SHORT]}, "boundary") is None


def test_rules_of_another_layer_do_not_count() -> None:
    unit = only({"a": [COURT], "b": [WITH_THE]})

    assert settle(unit, AutoRules({"claim": frozenset(("trim",))})) is None


def test_sample_for_people_is_the_share_asked_for_and_always_the_same() -> None:
    keys = [f"unit-{number}" for number in range(4000)]

    drawn = [key for key in keys if is_spot_check(key, 0.05)]

    assert 140 < len(drawn) < 260
    assert drawn == [key for key in keys if is_spot_check(key, 0.05)]
    assert not any(is_spot_check(key, 0.0) for key in keys)
    assert all(is_spot_check(key, 1.0) for key in keys)
