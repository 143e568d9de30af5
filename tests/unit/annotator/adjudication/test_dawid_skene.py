"""The estimate is that of the paper, and says nothing where nothing can be said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.dawid_skene import Estimate, estimate

# Table 1 of the paper: 45 patients, five anaesthetists, the first of whom looked three times.
_PATIENTS = (
    "111 1 1 1 1;333 4 3 3 4;112 2 1 2 2;222 3 1 2 1;222 3 2 2 2;222 3 3 2 2;122 2 1 1 1;333 3 4 3 3;"
    "222 2 2 2 3;232 2 2 2 3;444 4 4 4 4;222 3 3 4 3;111 1 1 1 1;222 3 2 1 2;121 1 1 1 1;111 2 1 1 1;"
    "111 1 1 1 1;111 1 1 1 1;222 2 2 2 1;222 1 3 2 2;222 2 2 2 2;222 2 2 2 1;222 3 2 2 2;221 2 2 2 2;"
    "111 1 1 1 1;111 1 1 1 1;232 2 2 2 2;111 1 1 1 1;111 1 1 1 1;112 1 1 2 1;111 1 1 1 1;333 3 2 3 3;"
    "111 1 1 1 1;222 2 2 2 2;222 3 2 3 2;433 4 3 4 3;221 2 2 3 2;232 3 2 3 3;333 3 4 3 2;111 1 1 1 1;"
    "111 1 1 1 1;121 2 1 1 1;232 2 2 2 2;121 1 1 1 1;222 2 2 2 2"
)


def _patients() -> Estimate:
    votes = [dict(zip("12345", map(list, row.split()), strict=True)) for row in _PATIENTS.split(";")]
    return estimate(votes, smoothing=0)


def test_the_patients_of_the_paper_have_its_marginals() -> None:
    found = _patients()
    assert found.classes == ("1", "2", "3", "4")
    assert found.marginals == pytest.approx([0.3996, 0.4220, 0.1118, 0.0667], abs=5e-4)
    assert found.log_likelihood == pytest.approx(-192.8909, abs=1e-3)


def test_the_first_observer_errs_as_in_the_paper() -> None:
    rows = [[0.889, 0.111, 0, 0], [0.071, 0.876, 0.053, 0], [0, 0.339, 0.661, 0], [0, 0, 0.556, 0.444]]
    assert _patients().errors[0] == pytest.approx(np.array(rows), abs=2e-3)


@pytest.mark.parametrize(("patient", "seen"), [(2, "4"), (12, "3"), (36, "4"), (38, "3")])
def test_patients_in_question_get_the_class_that_others_compute(patient: int, seen: str) -> None:
    assert _patients().likeliest(patient - 1)[0] == seen


def test_a_patient_in_question_is_more_open_than_one_who_is_not() -> None:
    found = _patients()
    assert found.entropy(0) < 0.01 < found.entropy(37)


def test_two_observers_are_too_few() -> None:
    with pytest.raises(ValueError, match="fewer than three"):
        estimate([{"A": ["x"], "B": ["y"]}])


_SAID = st.dictionaries(st.sampled_from("ABCD"), st.lists(st.sampled_from("xyz∅"), min_size=1, max_size=2))


@given(st.lists(_SAID, max_size=8), st.sampled_from([0, 0.01]))
def test_posteriors_and_rows_are_shares(some: list[dict[str, list[str]]], smoothing: float) -> None:
    votes = [{"A": ["x"], "B": ["x"], "C": ["y"]}, *some]
    found = estimate(votes, smoothing=smoothing)
    assert np.isfinite(found.log_likelihood)
    assert found.posteriors.sum(axis=1) == pytest.approx(np.ones(len(votes)))
    assert found.errors.sum(axis=2) == pytest.approx(np.ones(found.errors.shape[:2]))
