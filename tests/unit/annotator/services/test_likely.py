"""What is most likely of units: with enough annotators and units, and how it is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.progress import run
from annotator.services.likely import FEWEST_UNITS, METHOD, Likely, likelihoods, mean_entropy
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import reviews

NAMES = ("Bo", "Cy", "Di")
TEXT = "\n".join(f"The ruling of court number {number:02d} stands." for number in range(FEWEST_UNITS))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with reviews.team(tmp_path, NAMES) as made:
        yield made


def work(names: tuple[str, ...] = NAMES, units: int = FEWEST_UNITS) -> dict[str, list[tuple[str, str]]]:
    """All agree but in the last place, where Di, who is right elsewhere, has nothing."""
    marks = [(f"court number {number:02d}", "court") for number in range(units)]
    return {name: marks[:-1] if name == "Di" else marks for name in names}


def test_a_span_that_most_have_is_likely_and_not_sure(store: ProjectStore) -> None:
    document = reviews.marked(store, work(), text=TEXT)
    last = review(store, document).units[-1]

    found = run(likelihoods(store))[document, last.key]

    assert found.shares[0][0] == "court"
    assert sum(share for _label, share in found.shares) == pytest.approx(1, abs=0.01)
    assert mean_entropy(run(likelihoods(store)), document) >= 0


def test_two_annotators_or_few_units_give_nothing(store: ProjectStore) -> None:
    reviews.marked(store, work(NAMES[:2]), text=TEXT)
    reviews.marked(store, work(units=FEWEST_UNITS - 1), text=TEXT, document="few")

    assert run(likelihoods(store)) == {}


def test_what_was_shown_is_kept_by_method_and_share() -> None:
    shown = Likely((("holding", 0.87), ("", 0.13)), 0.557)

    assert shown.record == {"method": METHOD, "posterior": {"holding": 0.87, "": 0.13}}
