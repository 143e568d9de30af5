"""Two reviewers decide apart, then their computers meet: nothing is lost, and what differs is listed."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import result_of
from annotator.model import gold_set_id
from annotator.progress import run
from annotator.services.auto_resolving import auto_resolve
from annotator.services.checking import check
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from annotator.services.settling import conflicts, settle
from storage.store import ProjectStore
from tests import exchange, projects, reviews

WORK = {"Bo": [("Ada Romero", "judge")], "Cy": [("Judge Ada Romero", "judge")]}


def apart(folder: Path, first: int, second: int) -> tuple[ProjectStore, str]:
    """A project in which two computers took the candidate of that place, after they met; and the unit."""
    (folder / "one").mkdir()
    here = reviews.team(folder / "one")
    reviews.marked(here, WORK)
    there = exchange.adopted(exchange.packed(here, folder / "out.annpack"), folder / "there.annotator", "w2")
    key = ""
    for store, place in ((here, first), (there, second)):
        [unit] = review(store, "document-1").units
        key = unit.key
        ruling = Ruling("accept", (result_of(unit.candidates[place].span),))
        decide(store, reviewer=projects.lead(store).id, document="document-1", unit=key, ruling=ruling)
    with there:
        exchange.merged(here, exchange.packed(there, folder / "back.annpack"))
    return here, key


def gold(store: ProjectStore) -> list[str]:
    return [span.quote.exact for span in store.annotations("document-1", gold_set_id(store.project_id))]


def test_deciding_alike_apart_makes_one_gold_span(tmp_path: Path) -> None:
    store, key = apart(tmp_path, 0, 0)
    with store:
        assert len(store.decisions("document-1")) == 2
        assert len(gold(store)) == 1
        assert conflicts(store) == ()
        assert review(store, "document-1").standing(key).state == "decided"
        assert run(check(store)) == ()


@pytest.mark.parametrize("choice", ["1", "2"])
def test_deciding_differently_apart_is_listed_and_settled(tmp_path: Path, choice: str) -> None:
    store, key = apart(tmp_path, 0, 1)
    with store:
        assert review(store, "document-1").standing(key).state == "contested"
        assert len(gold(store)) == 2
        [found] = conflicts(store)
        assert found.kind == "decisions"
        assert {each.words for each in found.choices} == {
            "keep what Ana decided: Judge “Ada Romero”",
            "keep what Ana decided: Judge “Judge Ada Romero”",
        }

        settle(store, annotator=projects.lead(store).id, conflict=found.id, choice=choice)

        assert conflicts(store) == ()
        assert (len(gold(store)), len(store.decisions("document-1"))) == (1, 3)
        assert review(store, "document-1").standing(key).state == "decided"
        assert run(check(store)) == ()


def test_rules_run_on_two_computers_decide_the_same(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with reviews.team(tmp_path / "one") as here:
        reviews.marked(here, {"Bo": [("Norvel", "organization")], "Cy": [("Norvel", "organization")]})
        with exchange.adopted(
            exchange.packed(here, tmp_path / "out.annpack"), tmp_path / "there.annotator", "w2"
        ) as there:
            for store in (here, there):
                run(auto_resolve(store, reviewer=projects.lead(store).id))
            exchange.merged(here, exchange.packed(there, tmp_path / "back.annpack"))

        assert conflicts(here) == ()
        assert (len(here.decisions("document-1")), gold(here)) == (1, ["Norvel"])
        assert run(check(here)) == ()
