"""Units and their types: by hand-made cases, and by laws that hold for any spans."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.units import Unit, units
from annotator.agreement.work import DocumentWork
from annotator.model import Annotation
from tests import factories

Mark = tuple[int, int, str]
WORDS = "The Court of Appeals held that the statute of limitations had run out by then."


def work(marked: Mapping[str, Sequence[Mark]]) -> DocumentWork:
    made = {
        who: tuple(
            factories.annotation(f"{who}-{at}", start=start, end=end, label=label, text=WORDS)
            for at, (start, end, label) in enumerate(sorted(own))
        )
        for who, own in marked.items()
    }
    return DocumentWork("document-1", len(WORDS), (), made)


def found(marked: Mapping[str, Sequence[Mark]]) -> tuple[Unit, ...]:
    return units(work(marked), layer="entity", text_sha256="t")


def kinds(marked: Mapping[str, Sequence[Mark]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.type, unit.flags) for unit in found(marked)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ({"a": [(4, 9, "P")], "b": [(4, 9, "P")]}, [("agree", ())]),
        ({"a": [(4, 9, "P")], "b": []}, [("single", ())]),
        ({"a": [(4, 9, "P")], "b": [(4, 9, "P")], "c": []}, [("missing", ())]),
        ({"a": [(4, 9, "P")], "b": [(4, 9, "Q")]}, [("label", ())]),
        ({"a": [(4, 9, "P")], "b": [(4, 9, "Q")], "c": []}, [("label", ("missing",))]),
        ({"a": [(0, 9, "P")], "b": [(4, 9, "P")]}, [("boundary", ("left", "trim", "contained"))]),
        ({"a": [(4, 9, "P")], "b": [(4, 20, "P")]}, [("boundary", ("right", "contained"))]),
        ({"a": [(4, 12, "P")], "b": [(7, 20, "P")]}, [("boundary", ("both",))]),
        (
            {"a": [(4, 9, "P")], "b": [(4, 20, "Q")]},
            [("label_boundary", ("label", "boundary", "right", "contained"))],
        ),
        (
            {"a": [(4, 20, "P")], "b": [(4, 9, "P"), (10, 20, "P")]},
            [
                ("split_merge", ()),
                ("split_merge", ("boundary", "left", "contained")),
            ],
        ),
        ({"a": [(4, 9, "P"), (4, 9, "Q")], "b": [(4, 9, "P")]}, [("agree", ()), ("duplicate", ())]),
        ({"a": [(4, 9, "P"), (4, 9, "Q")], "b": []}, [("duplicate", ()), ("duplicate", ())]),
        (
            {"a": [(4, 20, "P"), (4, 9, "P")], "b": [(4, 20, "P"), (4, 9, "P")]},
            [("agree", ()), ("agree", ())],
        ),
        ({"a": [(4, 9, "P")]}, [("single", ())]),
    ],
)
def test_types_of_units(
    marked: Mapping[str, Sequence[Mark]], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert kinds(marked) == expected


def test_attributes_that_differ_are_a_type_of_their_own() -> None:
    made = {
        who: (factories.annotation(who, start=4, end=9, text=WORDS, attributes={"act": value}, label="P"),)
        for who, value in (("a", "asserts"), ("b", "alleges"))
    }

    [unit] = units(DocumentWork("d", len(WORDS), (), made), layer="claim", text_sha256="t")

    assert (unit.type, unit.flags) == ("attribute", ())


def test_a_flag_for_discussion_is_no_difference() -> None:
    made = {
        who: (factories.annotation(who, start=4, end=9, text=WORDS, attributes=values),)
        for who, values in (("a", {"discuss": True}), ("b", {}))
    }

    [unit] = units(DocumentWork("d", len(WORDS), (), made), layer="entity", text_sha256="t")

    assert unit.type == "agree"


def test_who_finished_and_marked_nothing_is_a_vote() -> None:
    [unit] = found({"a": [(4, 9, "P")], "b": [], "c": []})

    assert unit.absent == ("b", "c")
    assert (unit.votes["b"], unit.votes["c"]) == ("", "")


def test_two_annotators_are_paired_for_the_most_pairs() -> None:
    """Taking the heaviest pair first would find one only."""
    slots = found({"a": [(0, 10, "P"), (10, 20, "P")], "b": [(4, 17, "P"), (17, 20, "P")]})

    assert [len(unit.candidates) for unit in slots] == [2, 2]


def test_spans_in_pieces_overlap_where_their_characters_do() -> None:
    one = factories.annotation("a", pieces=((0, 3), (30, 40)), text=WORDS)
    other = factories.annotation("b", start=10, end=20, text=WORDS)

    made = units(DocumentWork("d", len(WORDS), (), {"a": (one,), "b": (other,)}), layer="x", text_sha256="t")

    assert [unit.type for unit in made] == ["single", "single"]


marks = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from("PQ")).map(
        lambda of: (of[0], of[0] + of[1], of[2])
    ),
    max_size=6,
)
teams = st.dictionaries(st.sampled_from(("a", "b", "c", "d")), marks, min_size=1)


@given(teams)
def test_every_span_is_in_one_slot_with_at_most_one_of_each_annotator(
    marked: Mapping[str, Sequence[Mark]],
) -> None:
    made = found(marked)

    placed = [each.span.id for unit in made for each in unit.candidates]
    assert sorted(placed) == sorted(f"{who}-{at}" for who, own in marked.items() for at in range(len(own)))
    for unit in made:
        assert sorted(unit.votes) == sorted(marked)
        assert len({each.annotator for each in unit.candidates}) == len(unit.candidates)


@given(teams, st.randoms(use_true_random=False))
def test_order_of_reading_says_nothing(marked: Mapping[str, Sequence[Mark]], chance: object) -> None:
    one = work(marked)
    people = sorted(one.spans, reverse=True)
    mixed: dict[str, tuple[Annotation, ...]] = {who: tuple(reversed(one.spans[who])) for who in people}

    again = units(DocumentWork(one.document, one.length, (), mixed), layer="entity", text_sha256="t")

    assert again == units(one, layer="entity", text_sha256="t")


@given(teams)
def test_keys_are_stable_and_each_its_own(marked: Mapping[str, Sequence[Mark]]) -> None:
    keys = [unit.key for unit in found(marked)]

    assert keys == [unit.key for unit in found(marked)]
    assert len(set(keys)) == len(keys)


def test_key_does_not_depend_on_ids_nor_on_what_stands_elsewhere() -> None:
    [one] = found({"a": [(4, 9, "P")], "b": [(4, 9, "Q")]})

    more = found({"a": [(4, 9, "P"), (40, 50, "P")], "b": [(4, 9, "Q")]})

    assert one.key in {unit.key for unit in more}


def test_crowded_cluster_is_matched_all_the_same() -> None:
    made = found({"a": [(at, at + 9, "P") for at in range(60)], "b": [(at, at + 9, "P") for at in range(60)]})

    assert [unit.type for unit in made] == ["agree"] * 60
