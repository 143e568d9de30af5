"""A second reviewer decides on their own: in whichever order the two do it, both decisions are compared."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import SECOND, result_of
from annotator.model import gold_set_id
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.review_figures import reviewer_agreement
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import projects, reviews

WORK = {"Bo": [("Ada Romero", "judge")], "Cy": [("Judge Ada Romero", "judge")]}


@pytest.fixture
def store(tmp_path: Path) -> ProjectStore:
    store = reviews.team(tmp_path)
    reviews.marked(store, WORK)
    annotating.add_annotator(store, annotator=projects.lead(store).id, name="Rae", role="reviewer")
    return store


def take(store: ProjectStore, who: str, words: str, *flags: str) -> None:
    """Somebody (by name) decides the one unit for the candidate of these words."""
    [unit] = review(store, "document-1").units
    [span] = [each.span for each in unit.candidates if each.span.quote.exact == words]
    ruling = Ruling("accept", (result_of(span),), flags=flags)
    decide(store, reviewer=reviews.person(store, who), document="document-1", unit=unit.key, ruling=ruling)


def state(store: ProjectStore) -> str:
    [found] = review(store, "document-1").counts
    return found


def gold(store: ProjectStore) -> list[str]:
    spans = store.annotations("document-1", gold_set_id(store.project_id))
    return [span.quote.exact for span in spans]


@pytest.mark.parametrize("comes_first", ["first", "second"])
@pytest.mark.parametrize(
    ("theirs", "expected"), [("Ada Romero", "decided"), ("Judge Ada Romero", "contested")]
)
def test_both_are_compared_in_whichever_order_they_decide(
    store: ProjectStore, comes_first: str, theirs: str, expected: str
) -> None:
    both = [("Ana", "Ada Romero"), ("Rae", theirs, SECOND)]
    for each in both if comes_first == "first" else both[::-1]:
        take(store, *each)

    assert (state(store), gold(store)) == (expected, ["Ada Romero"])
    agreement = reviewer_agreement(store)
    assert (agreement.units, agreement.alike) == (1, int(expected == "decided"))


@pytest.mark.parametrize("comes_first", ["first", "second"])
def test_what_settles_it_is_not_compared(store: ProjectStore, comes_first: str) -> None:
    both = [("Ana", "Ada Romero"), ("Rae", "Judge Ada Romero", SECOND)]
    for each in both if comes_first == "first" else both[::-1]:
        take(store, *each)

    for words in ("Judge Ada Romero", "Ada Romero", "Judge Ada Romero"):
        take(store, "Ana", words)
        assert (state(store), gold(store)) == ("decided", [words])

    agreement = reviewer_agreement(store)
    assert (agreement.units, agreement.alike) == (1, 0)


def test_second_decision_alone_leaves_the_unit_open(store: ProjectStore) -> None:
    take(store, "Rae", "Ada Romero", SECOND)

    assert (state(store), gold(store)) == ("open", [])
    assert reviewer_agreement(store).units == 0
