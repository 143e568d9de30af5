"""What annotators may read of review: their own work only, once a reviewer lets it be read."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import result_of
from annotator.errors import InvalidEdit
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.feedback import feedback
from annotator.services.review_log import release, reveal
from annotator.services.reviewing import review
from annotator.services.working import give_back
from storage.store import ProjectStore
from tests import exchange, reviews

WORK = {
    "Bo": [("Ada Romero", "judge"), ("Norvel", "organization")],
    "Cy": [("Judge Ada Romero", "judge")],
}


def test_annotator_reads_what_was_decided_of_their_own_work(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        bo, cy = (reviews.person(store, name) for name in ("Bo", "Cy"))
        for unit in review(store, "document-1").units:
            right = max(unit.candidates, key=lambda each: each.span.end - each.span.start)
            ruling = Ruling("accept", (result_of(right.span),), rule_id="R4", comment="With the title.")
            decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=ruling)
        with pytest.raises(InvalidEdit, match="a reviewer has to let"):
            feedback(store, annotator=bo, document="document-1")
        with pytest.raises(InvalidEdit, match="reviews or leads"):
            release(store, reviewer=bo, document="document-1")

        release(store, reviewer="ana", document="document-1")

        first, second = feedback(store, annotator=bo, document="document-1")
        assert (first.verdict, first.own, first.decided) == (
            "boundary_wrong",
            "Judge",
            "Judge Judge Ada Romero",
        )
        assert (first.rule_id, first.comment, second.verdict) == ("R4", "With the title.", "correct")
        assert [each.verdict for each in feedback(store, annotator=cy, document="document-1")] == [
            "correct",
            "missed",
        ]
        give_back(store, annotator="ana", document="document-1", to=bo, message="Look at the titles.")
        assert len(feedback(store, annotator=bo, document="document-1")) == 2
        annotating.set_work_state(store, annotator=bo, document="document-1", state="in_progress")
        with pytest.raises(InvalidEdit, match="once you have finished"):
            feedback(store, annotator=bo, document="document-1")


def decided(store: ProjectStore, comment: str = "") -> None:
    for unit in review(store, "document-1").units:
        right = max(unit.candidates, key=lambda each: each.span.end - each.span.start)
        ruling = Ruling("accept", (result_of(right.span),), comment=comment)
        decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=ruling)


def test_package_tells_annotator_what_was_decided_and_nothing_of_others(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        bo, cy = (reviews.person(store, name) for name in ("Bo", "Cy"))
        decided(store, "With the title.")
        before = exchange.packed(store, tmp_path / "before.annopack", annotator=bo)
        release(store, reviewer="ana", document="document-1")
        told = feedback(store, annotator=bo, document="document-1")
        package = exchange.packed(store, tmp_path / "bo.annopack", annotator=bo)

        with exchange.adopted(before, tmp_path / "bo.annotator", "bo") as own:
            with pytest.raises(InvalidEdit, match="a reviewer has to let"):
                feedback(own, annotator=bo, document="document-1")
            exchange.merged(own, package)
            exchange.merged(own, package)

            assert feedback(own, annotator=bo, document="document-1") == told
            notes = [each for each in own.decisions("document-1") if each.candidates or each.absent]
            assert {vote.annotator for each in notes for vote in each.candidates} == {bo}
            assert {each.decided_by for each in own.decisions("document-1")} == {""}
            assert cy not in repr(own.decisions("document-1"))
            back = exchange.packed(own, tmp_path / "back.annopack", annotator=bo)

        known = exchange.known(store)
        exchange.merged(store, back)
        assert exchange.known(store) == known
        assert feedback(store, annotator=bo, document="document-1") == told


def test_letting_it_be_read_again_tells_what_is_decided_now(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        bo = reviews.person(store, "Bo")
        decided(store)
        release(store, reviewer="ana", document="document-1")
        [first] = feedback(store, annotator=bo, document="document-1")
        assert first.verdict == "boundary_wrong"
        [unit] = [each for each in review(store, "document-1").units if each.type == "boundary"]

        none = Ruling("reject_all", comment="No judge.")
        decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=none)
        assert feedback(store, annotator=bo, document="document-1") == (first,)
        for _ in range(2):
            release(store, reviewer="ana", document="document-1")

            [now] = feedback(store, annotator=bo, document="document-1")
            assert (now.verdict, now.decided, now.comment) == ("spurious", "", "No judge.")


def test_what_is_written_beside_decisions_decides_nothing(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        reveal(store, reviewer="ana", document="document-1", seed=7)
        release(store, reviewer="ana", document="document-1")

        outcomes = sorted(each.outcome for each in store.decisions("document-1"))
        assert outcomes == ["released", "revealed", "told", "told"]
        assert set(review(store, "document-1").counts) == {"open"}
