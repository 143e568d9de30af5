"""Deciding units in a real project: what gold gets, what is kept, taken back and refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.adjudication.auto import AutoRules
from annotator.adjudication.decisions import SECOND, result_of
from annotator.adjudication.units import Unit
from annotator.errors import InvalidEdit
from annotator.model import Decision, annotator_set_id, gold_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.auto_resolving import auto_resolve
from annotator.services.checking import check
from annotator.services.deciding import Ruling, decide
from annotator.services.review_queue import queue
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import reviews

DIFFERENT = {
    "Bo": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "person")],
    "Cy": [("Judge Ada Romero", "judge"), ("District Court", "court")],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with reviews.team(tmp_path) as made:
        yield made


def lead(store: ProjectStore) -> str:
    return reviews.person(store, "Ana")


def unit_of(store: ProjectStore, words: str, document: str = "document-1") -> Unit:
    return next(
        unit
        for unit in review(store, document).units
        if any(words in each.span.quote.exact for each in unit.candidates)
    )


def gold(store: ProjectStore, document: str = "document-1") -> list[tuple[str, str]]:
    found = store.annotations(document, gold_set_id(store.project_id))
    return [(span.label, span.quote.exact) for span in found]


def take(store: ProjectStore, unit: Unit, place: int = 0) -> Decision:
    ruling = Ruling("accept", (result_of(unit.candidates[place].span),), rule_id="R4", reason="slip")
    decide(store, reviewer=lead(store), document=unit.document, unit=unit.key, ruling=ruling)
    return store.decisions(unit.document)[-1]


def state(store: ProjectStore, unit: Unit) -> str:
    return review(store, unit.document).standing(unit.key).state


def remove_first_of_bo(store: ProjectStore, unit: Unit) -> None:
    """Let Bo, who had the first span of a unit, reopen the document, take it away and finish again."""
    bo = reviews.person(store, "Bo")
    annotating.set_work_state(store, annotator=bo, document="document-1", state="in_progress")
    annotating.remove(store, annotator=bo, annotations=[unit.candidates[0].span.id])
    annotating.set_work_state(store, annotator=bo, document="document-1", state="done")


def test_taking_a_span_puts_it_into_gold_with_who_proposed_it(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    before = {
        name: store.annotations("document-1", annotator_set_id(reviews.person(store, name)))
        for name in ("Bo", "Cy")
    }

    decision = take(store, unit_of(store, "Romero"), place=1)

    assert gold(store) == [("judge", "Judge Ada Romero")] or gold(store) == [("judge", "Ada Romero")]
    [span] = store.annotations("document-1", gold_set_id(store.project_id))
    assert (span.origin, decision.annotation, decision.rule_id) == ("adjudication", span.id, "R4")
    assert len(decision.proposers) == 1
    assert sorted(decision.verdicts.values()) == ["boundary_wrong", "correct"]
    assert {vote.annotator for vote in decision.candidates} == {
        reviews.person(store, "Bo"),
        reviews.person(store, "Cy"),
    }
    for name, spans in before.items():
        own = annotator_set_id(reviews.person(store, name))
        assert store.annotations("document-1", own) == spans
    assert run(check(store)) == ()


def test_deciding_again_supersedes_and_keeps_the_first_decision(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Romero")
    first = take(store, unit, 0)
    second = take(store, unit, 1)

    assert second.supersedes == (first.id,)
    assert [each.id for each in store.decisions("document-1")] == [first.id, second.id]
    assert len(gold(store)) == 1
    assert first.annotation == second.annotation


def test_none_is_right_is_an_outcome(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Norvel")
    take(store, unit)

    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("reject_all"))

    assert gold(store) == []
    assert state(store, unit) == "decided"
    decision = store.decisions("document-1")[-1]
    assert dict(decision.verdicts) == {
        reviews.person(store, "Bo"): "spurious",
        reviews.person(store, "Cy"): "correct",
    }


def test_undo_and_redo_only_add_decisions(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Romero")
    take(store, unit, 0)
    held = gold(store)
    take(store, unit, 1)

    annotating.undo(store, annotator=lead(store), document="document-1")
    assert gold(store) == held
    annotating.undo(store, annotator=lead(store), document="document-1")
    assert (gold(store), state(store, unit)) == ([], "open")
    annotating.redo(store, annotator=lead(store), document="document-1")
    assert (gold(store), state(store, unit)) == (held, "decided")

    decisions = store.decisions("document-1")
    assert len(decisions) == 5
    assert len({each.id for each in decisions}) == 5
    assert run(check(store)) == ()


def test_later_edit_makes_a_decision_stale_and_deciding_anew_settles_it(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "District Court")
    take(store, unit)
    bo = reviews.person(store, "Bo")
    span = next(each.span for each in unit.candidates if each.annotator == bo)

    annotating.set_work_state(store, annotator=bo, document="document-1", state="in_progress")
    assert state(store, unit_of(store, "District Court")) == "decided"
    annotating.relabel(store, annotator=bo, annotation=span.id, label="person")
    annotating.set_work_state(store, annotator=bo, document="document-1", state="done")

    again = unit_of(store, "District Court")
    assert (again.type, state(store, again)) == ("label", "stale")
    assert gold(store) == [("court", "District Court")]
    take(store, again)
    assert state(store, again) == "decided"


def test_decision_of_which_all_spans_are_gone_comes_back_into_the_queue(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Norvel")
    take(store, unit)
    remove_first_of_bo(store, unit)

    of = review(store, "document-1")
    assert [each.unit for each in of.standings.left_over] == [unit.key]
    assert not of.is_finished
    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("reject_all"))
    assert gold(store) == []


def test_unit_without_spans_is_settled_once_it_is_decided(store: ProjectStore) -> None:
    reviews.marked(store, {"Bo": [("Norvel", "person")], "Cy": []})
    unit = unit_of(store, "Norvel")
    take(store, unit)
    remove_first_of_bo(store, unit)
    assert state(store, unit) == "stale"

    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("defer"))
    assert (state(store, unit), review(store, "document-1").is_finished) == ("postponed", False)
    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("reject_all"))

    assert (state(store, unit), review(store, "document-1").is_finished) == ("decided", True)
    [row] = run(queue(store))
    assert (row.units, row.to_do) == (1, 0)


def test_who_alone_had_a_span_and_reopens_makes_nothing_stale(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    for unit in review(store, "document-1").units:
        take(store, unit)
    bo = reviews.person(store, "Bo")
    alone = unit_of(store, "Norvel")

    annotating.set_work_state(store, annotator=bo, document="document-1", state="in_progress")

    assert state(store, alone) == "decided"
    assert review(store, "document-1").is_finished
    [row] = run(queue(store))
    assert (row.units, row.to_do, row.is_finished) == (3, 0, True)
    annotating.set_work_state(store, annotator=bo, document="document-1", state="done")
    assert review(store, "document-1").is_finished


def test_document_is_finished_when_every_unit_has_an_outcome(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    for unit in review(store, "document-1").units:
        assert not review(store, "document-1").is_finished
        take(store, unit)

    assert review(store, "document-1").is_finished
    [row] = run(queue(store))
    assert (row.units, row.to_do, row.is_finished) == (3, 0, True)


@pytest.mark.parametrize(
    ("ruling", "sentence"),
    [
        (Ruling("accept"), "exactly one span"),
        (Ruling("keep_several"), "choose two or more"),
        (Ruling("reject_all", (), taken=("x",)), None),
    ],
)
def test_outcomes_have_as_many_spans_as_they_mean(
    store: ProjectStore, ruling: Ruling, sentence: str | None
) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Norvel")

    if sentence is None:
        decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=ruling)
    else:
        with pytest.raises(InvalidEdit, match=sentence):
            decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=ruling)


def test_annotators_do_not_decide(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Norvel")

    with pytest.raises(InvalidEdit, match="reviews or leads"):
        decide(
            store,
            reviewer=reviews.person(store, "Bo"),
            document="document-1",
            unit=unit.key,
            ruling=Ruling("reject_all"),
        )


def test_keeping_several_and_making_a_new_one(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "Romero")
    several = tuple(result_of(each.span) for each in unit.candidates)
    decide(
        store,
        reviewer=lead(store),
        document="document-1",
        unit=unit.key,
        ruling=Ruling("keep_several", several),
    )
    assert sorted(words for _label, words in gold(store)) == ["Ada Romero", "Judge Ada Romero"]

    made = replace(several[0], label="person")
    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("new", (made,)))

    assert [label for label, _words in gold(store)] == ["person"]
    assert run(check(store)) == ()


def test_second_reviewer_agrees_or_makes_it_contested(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    annotating.add_annotator(store, annotator=lead(store), name="Rae", role="reviewer")
    unit, held = unit_of(store, "Romero"), None
    take(store, unit, 0)
    held = gold(store)
    for place, expected in ((0, "decided"), (1, "contested")):
        ruling = Ruling("accept", (result_of(unit.candidates[place].span),), flags=(SECOND,))
        decide(
            store,
            reviewer=reviews.person(store, "Rae"),
            document="document-1",
            unit=unit.key,
            ruling=ruling,
        )
        assert state(store, unit) == expected
        assert gold(store) == held

    take(store, unit, 1)

    assert state(store, unit) == "decided"


def test_rules_decide_what_all_agree_on_and_running_again_changes_nothing(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    dry = run(auto_resolve(store, reviewer=lead(store), dry_run=True))
    assert ([each.words for each in dry.proposals], gold(store)) == (["District Court"], [])

    done = run(auto_resolve(store, reviewer=lead(store)))
    again = run(auto_resolve(store, reviewer=lead(store)))

    assert (len(done.proposals), len(again.proposals), again.changes) == (1, 0, ())
    [decision] = store.decisions("document-1")
    assert (decision.decided_by, gold(store)) == ("auto:unanimous@1", [("court", "District Court")])
    assert run(check(store)) == ()


def test_rules_leave_alone_what_a_person_has_touched(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "District Court")
    take(store, unit)
    annotating.undo(store, annotator=lead(store), document="document-1")

    report = run(auto_resolve(store, reviewer=lead(store), rules=AutoRules()))

    assert (report.proposals, state(store, unit)) == ((), "open")


def test_error_of_the_spot_check_is_measured(store: ProjectStore) -> None:
    reviews.marked(store, DIFFERENT)
    unit = unit_of(store, "District Court")
    run(auto_resolve(store, reviewer=lead(store), rules=AutoRules(spot_check=1.0)))
    assert state(store, unit) == "spot_check"

    decide(store, reviewer=lead(store), document="document-1", unit=unit.key, ruling=Ruling("reject_all"))

    report = run(auto_resolve(store, reviewer=lead(store)))
    assert (report.spot_check.drawn, report.spot_check.checked, report.spot_check.error) == (1, 1, 1.0)
    assert gold(store) == []
