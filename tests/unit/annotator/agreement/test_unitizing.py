"""u-alpha of 2016 against values worked out by hand and those of two other implementations."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.columns import Columns
from annotator.agreement.document_sums import document_sums
from annotator.agreement.label_sets import LabelSets
from annotator.agreement.unitizing import u_alpha
from annotator.agreement.work import DocumentWork
from tests.unit.annotator.agreement.spans import Span, work

WIDENED = [(100, 112), (100, 118), (100, 132)]
FIRST = [(100, 112, "P"), (200, 215, "P"), (300, 309, "P"), (400, 430, "P"), (500, 511, "P")]


def columns(*works: DocumentWork) -> Columns:
    sets = LabelSets()
    return Columns([document_sums(each, attributes=(), sets=sets) for each in works], sets)


def u(*marked: list[Span], length: int = 60) -> float:
    people = {f"a{at}": own for at, own in enumerate(marked)}
    return columns(work(people, length=length, tokens=False)).u_alpha().value


def test_one_label_by_hand() -> None:
    sums = np.array([12.0, 8.0]), np.array(8.0), np.array(44.0)

    assert u([(0, 4, "P")], [(2, 6, "P")], length=10) == pytest.approx(0.2583333333)
    assert float(u_alpha(*sums)) == pytest.approx(0.2583333333)


def test_three_annotators_without_gaps_between_segments() -> None:
    first = [(3, 14, "k"), (22, 52, "k")]
    second = [(3, 9, "k"), (22, 52, "k")]
    third = [(22, 45, "k")]

    assert u(first, second, third, length=56) == pytest.approx(0.5955357142857143)


# The segments of the README of another implementation: (start, end, label), a gap "", ends that do not meet.
APART = (
    [(0, 2, ""), (3, 14, "k"), (15, 21, ""), (22, 52, "k"), (53, 55, "")],
    [(0, 2, ""), (3, 9, "k"), (10, 21, ""), (22, 52, "k"), (53, 55, "")],
    [(0, 21, ""), (22, 45, "k"), (46, 55, "")],
)


def test_formula_on_segments_that_do_not_meet() -> None:
    """They leave characters that belong to nothing, which spans here cannot: only the formula is compared."""
    shared = {(one, other): 0.0 for one in ("", "k") for other in ("", "k")}
    for first, second in permutations(APART, 2):
        for (start, end, label), (low, high, other) in product(first, second):
            shared[label, other] += max(0, min(end, high) - max(start, low)) / 2
    squares = sum((end - start) ** (2 if of else 1) for own in APART for start, end, of in own)
    lengths = np.array([shared["", ""] + shared["", "k"], shared["k", ""] + shared["k", "k"]])
    unlike = np.array(shared["", "k"] + shared["k", ""])

    assert float(u_alpha(lengths, unlike, np.array(float(squares)))) == pytest.approx(0.5671992508994135)


def test_three_annotators_and_two_labels() -> None:
    marked = (
        [(2, 5, "1")],
        [(2, 5, "1"), (10, 20, "2")],
        [(2, 5, "2"), (15, 20, "2")],
    )
    people = {f"a{at}": own for at, own in enumerate(marked)}

    found = columns(work(people, tokens=False))

    assert found.u_alpha().value == pytest.approx(0.3982981, abs=1e-7)
    assert found.u_alpha(binary=True).value == pytest.approx(0.5238010, abs=1e-7)


def test_empty_whole_and_divided_units() -> None:
    assert u([], [(0, 10, "P")]) == pytest.approx(-0.0750, abs=5e-5)
    assert np.isnan(u([], []))
    assert np.isnan(u([(0, 60, "P")], [(0, 60, "P")]))
    assert u([(0, 60, "P")], [(0, 60, "Q")]) == pytest.approx(0.0)
    assert u([(0, 5, "P"), (5, 10, "P")], [(0, 10, "P")]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("span", "expected"),
    [((100, 112), 0.2363), ((100, 118), 0.2161), ((100, 132), 0.1761), ((100, 106), 0.1083)],
)
def test_a_wrong_boundary_that_is_widened_never_counts_for_more(
    span: tuple[int, int], expected: float
) -> None:
    assert u(FIRST, [(*span, "P")], length=1000) == pytest.approx(expected, abs=5e-5)


def test_crossing_units_of_a_label_are_joined_and_nested_labels_are_a_set() -> None:
    sets = LabelSets()
    document = work({"a": [(0, 6, "P"), (4, 8, "P")], "b": [(0, 8, "P"), (2, 4, "Q")]})

    sums = document_sums(document, attributes=(), sets=sets)

    assert sums.units.joined == 1
    assert {sets.labels(number) for number in sums.units.lengths} == {
        frozenset(),
        frozenset("P"),
        frozenset("PQ"),
    }


def test_one_label_by_itself_is_the_measure_of_a_layer_with_only_it() -> None:
    one = work({"a": [(0, 4, "P"), (10, 20, "Q")], "b": [(2, 6, "P"), (10, 20, "Q")]}, tokens=False)
    other = work({"a": [(0, 4, "P")], "b": [(2, 6, "P")]}, tokens=False)

    assert columns(one).label_u_alpha("P").value == pytest.approx(columns(other).u_alpha().value)


units = st.lists(st.integers(0, 28), unique=True, max_size=8).map(
    lambda edges: [
        (start, end, "PQ"[at % 2])
        for at, (start, end) in enumerate(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
    ]
)


@given(st.lists(units, min_size=2, max_size=4))
def test_it_is_the_definition_summed_character_by_character(marked: list[list[Span]]) -> None:
    assert u(*marked, length=30) == pytest.approx(_by_character(marked, 30), nan_ok=True)


def _by_character(marked: list[list[Span]], length: int) -> float:
    """The formula as printed, over a table of characters; units of one annotator are apart or meet."""
    rows, squares = [], 0.0
    for own in marked:
        row = [""] * length
        for start, end, label in own:
            row[start:end] = [label] * (end - start)
            squares += (end - start) ** 2
        rows.append(row)
        squares += row.count("")
    people = len(rows)
    table: dict[tuple[str, str], float] = {}
    for at in range(length):
        for one in range(people):
            for other in range(people):
                if one != other:
                    key = rows[one][at], rows[other][at]
                    table[key] = table.get(key, 0.0) + 1 / (people - 1)
    total = sum(table.values())
    of = {value: sum(many for (one, _), many in table.items() if one == value) for value, _ in table}
    unlike = sum(many for (one, other), many in table.items() if one != other)
    expected = sum(
        total * of[one] * of[other] / (total**2 - squares) for one in of for other in of if one != other
    )
    return 1 - unlike / expected if expected else float("nan")


@given(st.lists(units, min_size=2, max_size=3), st.integers(1, 20))
def test_order_of_annotators_and_shifted_offsets_change_nothing(marked: list[list[Span]], by: int) -> None:
    there = u(*marked, length=30)

    assert u(*reversed(marked), length=30) == pytest.approx(there, nan_ok=True)
    shifted = [[(start + by, end + by, label) for start, end, label in own] for own in marked]
    longer = [[(start, end, label) for start, end, label in own] for own in marked]
    assert u(*shifted, length=30 + by) == pytest.approx(u(*longer, length=30 + by), nan_ok=True)
