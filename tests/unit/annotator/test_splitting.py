"""Documents that belong together never fall apart, labels are spread, and nothing moves unasked."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ExportError
from annotator.near_duplicates import signature
from annotator.splitting import Facts, Split, docket_numbers, read_shares, split

SHARES = read_shares("80/10/10")
STORY = (
    "The court on Tuesday granted the injunction that the company had sought against the vendor of spyware"
)

labels = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 9))
facts = st.builds(
    Facts,
    document=st.just(""),
    title=st.just("Story"),
    sources=st.tuples(st.integers(0, 30).map(str)),
    case=st.sampled_from(["", "", "4:19-cv-07123", "No. 4:19-CV-7123-PJH", "22-15810"]),
    labels=labels,
    fields=st.fixed_dictionaries({"desk": st.sampled_from(["", "", "", "courts"])}),
)


def numbered(listed: list[Facts]) -> list[Facts]:
    return [
        Facts(f"d{number}", one.title, one.sources, one.case, one.labels, fields=one.fields)
        for number, one in enumerate(listed)
    ]


def corpus(count: int, seed: int = 0) -> list[Facts]:
    chance = random.Random(seed)
    odds = {"A": 0.9, "B": 0.4, "C": 0.1}
    return [
        Facts(
            f"d{number}",
            "Story",
            (f"{seed}-{number}",),
            labels={label: chance.randint(1, 8) for label, one in odds.items() if chance.random() < one},
        )
        for number in range(count)
    ]


@given(st.lists(facts, max_size=30), st.integers(0, 3))
def test_what_belongs_together_is_in_one_split(listed: list[Facts], seed: int) -> None:
    documents = numbered(listed)

    found = split(documents, SHARES, seed=seed)

    assert list(found.places) == [one.document for one in documents]
    assert sorted(one for group in found.groups for one in group) == sorted(found.places)
    assert all(len({found.places[one] for one in group}) == 1 for group in found.groups)
    assert found.leaks == ()


@given(st.lists(facts, max_size=25), st.lists(facts, max_size=10))
def test_documents_added_later_move_nothing_but_what_they_join(
    before: list[Facts], more: list[Facts]
) -> None:
    documents = numbered(before + more)

    first = split(documents[: len(before)], SHARES)
    second = split(documents, SHARES)

    moved = {one.document for one in second.moved}
    assert all(second.places[one] == place for one, place in first.places.items() if one not in moved)


def test_document_that_joins_two_groups_brings_them_together_and_it_is_said() -> None:
    shares = read_shares("50/50")
    apart = next(
        documents
        for documents in ([Facts("a", "A", (f"{n}",), "1-cv-1"), Facts("b", "B", ("x",))] for n in range(50))
        if len(set(split(documents, shares).places.values())) == 2
    )

    found = split([*apart, Facts("c", "C", ("x",), "1-cv-1")], shares)

    assert len(set(found.places.values())) == 1
    assert found.groups == (("a", "b", "c"),)
    assert [(one.document, one.after, one.because_of) for one in found.moved] == [
        ("b", found.places["a"], "c")
    ]


@pytest.mark.parametrize("count", [10, 30, 100, 300])
def test_shares_of_documents_hold_within_one(count: int) -> None:
    for seed in range(5):
        found = Counter(split(corpus(count, seed), SHARES, seed=seed).places.values())

        assert all(abs(found[name] - share * count) <= 1.5 for name, share in SHARES.items()), found


def test_labels_are_spread_as_documents_are() -> None:
    found = split(corpus(1_000), SHARES)

    for label, off in {"A": 0.015, "B": 0.03, "C": 0.08}.items():
        total = sum(found.labels[name][label] for name in SHARES)
        reached = {name: found.labels[name][label] / total for name in SHARES}
        assert reached == pytest.approx(dict(SHARES), abs=off), label


def test_another_seed_is_another_split_and_the_same_seed_the_same() -> None:
    documents = corpus(60)

    assert split(documents, SHARES, seed=1) == split(documents, SHARES, seed=1)
    assert split(documents, SHARES, seed=1).places != split(documents, SHARES, seed=2).places


def test_near_duplicates_stay_together_and_the_closest_others_are_told() -> None:
    words = STORY.split()
    texts = [" ".join(words), " ".join([*words, "again"]), " ".join(reversed(words))]
    documents = [
        Facts(str(number), "Story", (str(number),), signature=signature(text))
        for number, text in enumerate(texts)
    ]

    found = split(documents, SHARES)

    [link] = found.links
    assert (link.earlier, link.later, link.reason) == ("0", "1", "near_duplicate")
    assert found.groups == (("0", "1"), ("2",))


def test_documents_of_an_earlier_dataset_keep_their_split() -> None:
    documents = corpus(40)
    before = split(documents[10:], SHARES, seed=1).places

    after = split(documents, SHARES, seed=2, known=before).places

    assert {one: after[one] for one in before} == before


def test_split_that_is_not_asked_for_any_more_is_no_place() -> None:
    found = split(corpus(5), read_shares("50/50"), known={"d0": "validation"})

    assert set(found.places.values()) <= {"train", "test"}


@pytest.mark.parametrize(
    ("words", "shares"),
    [
        ("80/10/10", {"train": 0.8, "validation": 0.1, "test": 0.1}),
        ("0.7/0.3", {"train": 0.7, "test": 0.3}),
        ("90/0/10", {"train": 0.9, "test": 0.1}),
    ],
)
def test_shares_are_read(words: str, shares: dict[str, float]) -> None:
    assert read_shares(words) == pytest.approx(shares)


@pytest.mark.parametrize(
    "words", ["", "80", "80/10", "80/10/20", "a/b", "120/-20", "100/0", "50/25/15/10", "nan/1"]
)
def test_shares_that_make_no_whole_are_refused(words: str) -> None:
    with pytest.raises(ExportError, match="is no split"):
        read_shares(words)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("4:19-cv-07123", ("4:19-cv-7123",)),
        ("Case No. 4:19-CV-7123-PJH", ("4:19-cv-7123",)),
        ("Nos. 22-15810, 22-15811 and 22-15812", ("22-15810", "22-15811", "22-15812")),
        ("Smith v. Jones and Sons", ("smith v jones and sons",)),
        ("", ()),
    ],
)
def test_docket_numbers_are_read_in_one_spelling(words: str, numbers: tuple[str, ...]) -> None:
    assert docket_numbers(words) == numbers


def test_empty_project_is_an_empty_split() -> None:
    found = split([], SHARES)

    assert isinstance(found, Split)
    assert found.places == {}
