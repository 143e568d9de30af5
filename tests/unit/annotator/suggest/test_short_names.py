"""The last name of a person, and the head of the name of a body, are suggested where they stand alone."""

import pytest

from annotator.suggest.short_names import Named, short_names

TEXT = (
    "Marisol Vant sued Harbor Tugs & Co., Inc. Vant was right; Signe Vant was not asked. "
    "Ms. Vant knew Vant Street in Ohio. Harbor Tugs paid, and Harbor lost. The harbor froze. "
    "Vant’s barn burned."
)


def found(*named: Named) -> list[tuple[int, str]]:
    return sorted((each.start, TEXT[each.start : each.end]) for each in short_names(TEXT, named))


def places(words: str) -> list[int]:
    return [at for at in range(len(TEXT)) if TEXT.startswith(words, at)]


def test_a_person_is_called_by_the_last_name() -> None:
    one, alone, _other, lady, _street, barn = places("Vant")

    assert one != alone
    assert found(Named("Marisol Vant", "person", 0.9, "rules")) == [
        (alone, "Vant"),
        (lady, "Vant"),
        (barn, "Vant"),
    ]
    assert found(Named("Marisol Vant Jr.", "person", 0.9, "rules"))[0] == (alone, "Vant")


def test_a_body_is_called_by_the_head_of_its_name() -> None:
    [_, tugs] = places("Harbor Tugs")

    names = found(Named("Harbor Tugs & Co., Inc.", "organization", 0.9, "rules"))

    assert names == [(tugs, "Harbor Tugs"), (TEXT.index("Harbor lost"), "Harbor")]


def test_a_short_name_is_less_sure_than_the_full_and_says_what_for() -> None:
    [first, *_] = short_names(TEXT, [Named("Marisol Vant", "person", 0.9, "learned")])

    assert (first.label, first.origin) == ("person", "learned")
    assert first.confidence == pytest.approx(0.81)
    assert first.reason == "short for “Marisol Vant”"


@pytest.mark.parametrize(
    "named",
    [
        [Named("Marisol Vant", "person", 0.6, "rules")],  # not sure enough
        [Named("Vant", "person", 1.0, "rules")],  # nothing shorter
        [Named("Marisol Vant", "judge", 1.0, "rules")],
        [Named("Marisol Vant", "person", 1.0, "rules"), Named("Vant Mills", "organization", 1.0, "rules")],
        [Named("United Tugs", "organization", 1.0, "rules")],
        [Named("Harbor Resources Board", "organization", 1.0, "rules")],  # a place, of a public body
        [Named("Ohio Gas Company", "organization", 1.0, "rules")],
    ],
)
def test_what_is_unsure_ambiguous_or_common_has_no_short_name(named: list[Named]) -> None:
    assert found(*named) == []
