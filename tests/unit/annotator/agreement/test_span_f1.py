"""Exact span F1 of pairs, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.span_f1 import (
    Marks,
    PairAgreement,
    PairwiseF1,
    finished,
    marks,
    mean_f1,
)
from annotator.agreement.undefined import Undefined
from annotator.model import Assignment, WorkState
from tests import factories

spans = st.lists(st.tuples(st.integers(0, 5), st.integers(6, 9), st.sampled_from("PQ")), max_size=6)


def marked(*of: tuple[int, int, str]) -> Marks:
    return marks(
        factories.annotation(f"a{number}", start=start, end=end, label=label)
        for number, (start, end, label) in enumerate(of)
    )


def agreement(*documents: dict[str, Marks]) -> tuple[PairAgreement, ...]:
    measure = PairwiseF1()
    for document in documents:
        measure.add(document)
    return measure.pairs


def test_same_place_with_another_label_or_edge_is_no_agreement() -> None:
    first = marked((0, 10, "P"), (20, 30, "Q"))
    second = marked((2, 10, "P"), (20, 30, "P"), (40, 45, "Q"))

    [pair] = agreement({"a": first, "b": second})

    assert (pair.first_spans, pair.second_spans, pair.both, pair.f1) == (2, 3, 0, 0.0)


def test_f1_of_eight_alike_and_six_alone() -> None:
    alike = [(number, number + 1, "P") for number in range(8)]
    first = marked(*alike, (20, 21, "P"), (22, 23, "P"))
    second = marked(*alike, *((at, at + 1, "P") for at in (30, 32, 34, 36)))

    [pair] = agreement({"a": first, "b": second})

    assert pair.f1 == pytest.approx(0.727273, abs=1e-6)


def test_documents_are_added_up_before_dividing() -> None:
    one = {"a": marked((0, 1, "P")), "b": marked((0, 1, "P"))}
    other = {"a": marked((0, 1, "P"), (2, 3, "P")), "b": marked((5, 6, "P"))}
    nothing = {"a": marked(), "b": marked()}

    [pair] = agreement(one, other, nothing)

    assert (pair.documents, pair.f1) == (3, pytest.approx(2 * 1 / 5))


def test_all_fragments_of_a_span_must_be_the_same() -> None:
    whole = factories.annotation("a", start=0, end=9)
    pieces = factories.annotation("b", pieces=((0, 3), (5, 9)))

    [pair] = agreement({"a": marks([whole]), "b": marks([pieces])})

    assert pair.f1 == 0


def test_what_cannot_be_computed_is_undefined_with_the_reason() -> None:
    [nothing] = agreement({"a": marked(), "b": marked()})

    assert agreement({"a": marked((0, 1, "P"))}) == ()
    assert PairAgreement("a", "b").f1 == Undefined("no_common_documents")
    assert nothing.f1 == Undefined("no_spans")
    assert mean_f1([nothing]) == Undefined("no_spans")
    assert mean_f1([]) == Undefined("no_common_documents")


def test_mean_is_over_the_pairs_that_have_a_value() -> None:
    alike, other = marked((0, 1, "P")), marked((5, 6, "P"))

    pairs = agreement({"a": alike, "b": alike, "c": other})

    assert mean_f1([*pairs, PairAgreement("a", "d")]) == pytest.approx(1 / 3)


@given(spans, spans)
def test_measure_is_symmetric_and_an_empty_document_changes_nothing(
    one: list[tuple[int, int, str]], other: list[tuple[int, int, str]]
) -> None:
    [pair] = agreement({"a": marked(*one), "b": marked(*other)})
    [turned] = agreement({"a": marked(*other), "b": marked(*one)}, {"a": marked(), "b": marked()})

    assert pair.f1 == turned.f1
    assert isinstance(pair.f1, Undefined) or 0 <= pair.f1 <= 1


def assignment(annotator: str, state: WorkState, layers: tuple[str, ...] = ()) -> Assignment:
    return Assignment(f"{annotator}-1", "document-1", annotator, state, layers)


def test_only_who_is_done_with_the_layer_has_finished() -> None:
    rows = [
        assignment("cy", "done"),
        assignment("bo", "in_progress"),
        assignment("ana", "done", ("entity",)),
    ]

    assert finished(rows, "entity") == ("ana", "cy")
    assert finished(rows, "claim") == ("cy",)
