"""Messages that a reviewer pins to spans of an annotator, who reads them once the document is let be read."""

from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Annotation, annotator_set_id
from annotator.services import annotating
from annotator.services.exporting import Selection, snapshot
from annotator.services.feedback import Remark, feedback
from annotator.services.messaging import pin
from annotator.services.review_log import release
from annotator.services.reviewing import review
from annotator.services.working import give_back
from storage.store import ProjectStore
from tests import exchange, hubs, reviews
from tests.postgres import Server

WORK = {
    "Bo": [("Ada Romero", "judge"), ("Norvel", "organization")],
    "Cy": [("Ada Romero", "judge")],
}
DOCUMENT = "document-1"


def own(store: ProjectStore, name: str) -> tuple[str, list[Annotation]]:
    who = reviews.person(store, name)
    return who, list(store.annotations(DOCUMENT, annotator_set_id(who)))


def pinned(store: ProjectStore, span: Annotation, message: str) -> None:
    pin(store, reviewer="ana", document=DOCUMENT, span=span.id, message=message)


def told(store: ProjectStore, annotator: str) -> list[tuple[str, str, str]]:
    remarks: tuple[Remark, ...] = feedback(store, annotator=annotator, document=DOCUMENT)
    return [(each.span, each.words, each.comment) for each in remarks]


def test_message_at_a_span_that_all_have_alike_is_read_after_return_by_whom_it_is_for(
    tmp_path: Path,
) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        (bo, [agreed, _]), (cy, _) = own(store, "Bo"), own(store, "Cy")
        pinned(store, agreed, "Right, and well seen. ")
        with pytest.raises(InvalidEdit, match="a reviewer has to let"):
            told(store, bo)

        release(store, reviewer="ana", document=DOCUMENT)
        give_back(store, annotator="ana", document=DOCUMENT, to=bo, message="See the span.")

        assert told(store, bo) == [(agreed.id, "Ada Romero", "Right, and well seen.")]
        assert told(store, cy) == []
        assert set(review(store, DOCUMENT).counts) == {"open"}


def test_message_is_changed_taken_away_and_undone(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        bo, [_, single] = own(store, "Bo")
        with pytest.raises(InvalidEdit, match="no message to pin"):
            pinned(store, single, " ")
        for words in ("Which Norvel?", "The company?"):
            pinned(store, single, words)
        release(store, reviewer="ana", document=DOCUMENT)
        assert [words for _, _, words in told(store, bo)] == ["The company?"]
        with pytest.raises(InvalidEdit, match="no message to pin"):
            pinned(store, single, "The company?")

        pinned(store, single, "")
        assert not review(store, DOCUMENT).messages
        annotating.undo(store, annotator="ana", document=DOCUMENT)
        assert [each.comment for each in review(store, DOCUMENT).messages] == ["The company?"]
        pinned(store, single, "")
        release(store, reviewer="ana", document=DOCUMENT)
        assert told(store, bo) == []


def test_first_message_is_undone(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        _bo, [span, _] = own(store, "Bo")
        pinned(store, span, "No.")

        annotating.undo(store, annotator="ana", document=DOCUMENT)

        assert not review(store, DOCUMENT).messages
        annotating.redo(store, annotator="ana", document=DOCUMENT)
        assert [each.comment for each in review(store, DOCUMENT).messages] == ["No."]


def test_message_stays_at_its_place_when_the_span_is_gone(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        bo, [_, single] = own(store, "Bo")
        pinned(store, single, "Not this one.")
        release(store, reviewer="ana", document=DOCUMENT)
        give_back(store, annotator="ana", document=DOCUMENT, to=bo, message="")

        annotating.remove(store, annotator=bo, annotations=[single.id])
        annotating.set_work_state(store, annotator=bo, document=DOCUMENT, state="done")

        [(span, words, comment)] = told(store, bo)
        assert (span, words, comment) == ("", "Norvel", "Not this one.")


def test_only_who_reviews_pins_and_only_to_a_span_that_is_there(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        cy, [span] = own(store, "Cy")

        with pytest.raises(InvalidEdit, match="reviews or leads"):
            pin(store, reviewer=cy, document=DOCUMENT, span=span.id, message="Hello")
        with pytest.raises(InvalidEdit, match="not there any more"):
            pin(store, reviewer="ana", document=DOCUMENT, span="gone", message="Hello")


def test_message_travels_in_the_package_of_whom_it_is_for_once_it_is_let_be_read(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        (bo, [span, _]), (cy, _) = own(store, "Bo"), own(store, "Cy")
        pinned(store, span, "Look at the title.")
        before = exchange.packed(store, tmp_path / "before.annopack", annotator=bo)
        release(store, reviewer="ana", document=DOCUMENT)
        after = exchange.packed(store, tmp_path / "after.annopack", annotator=bo)
        others = exchange.packed(store, tmp_path / "others.annopack", annotator=cy)

        with exchange.adopted(before, tmp_path / "bo.annotator", "bo") as there:
            assert "Look at the title." not in repr(there.decisions(DOCUMENT))
            exchange.merged(there, after)
            assert told(there, bo) == [(span.id, "Ada Romero", "Look at the title.")]
            assert {each.decided_by for each in there.decisions(DOCUMENT)} == {""}
        with exchange.adopted(others, tmp_path / "cy.annotator", "cy") as there:
            assert "Look at the title." not in repr(there.decisions(DOCUMENT))


def test_hub_brings_a_message_to_whom_it_is_for_once_it_is_let_be_read(
    postgres: Server, tmp_path: Path
) -> None:
    with (
        hubs.sent_team(postgres, tmp_path) as team,
        team.workstation("ben", tmp_path / "ben.annotator") as ben,
    ):
        team.mark("ben", ben, "Ada Romero")
        annotating.set_work_state(ben, annotator=team.ids["ben"], document=DOCUMENT, state="done")
        for login, store in (("ben", ben), ("lea", team.store)):
            team.sync(login, store)
        [span] = team.store.annotations(DOCUMENT, annotator_set_id(team.ids["ben"]))
        pin(team.store, reviewer=team.ids["lea"], document=DOCUMENT, span=span.id, message="Which Ada?")
        for login, store in (("lea", team.store), ("ben", ben)):
            team.sync(login, store)
        assert ben.decisions(DOCUMENT) == ()

        release(team.store, reviewer=team.ids["lea"], document=DOCUMENT)
        for login, store in (("lea", team.store), ("ben", ben)):
            team.sync(login, store)

        assert told(ben, team.ids["ben"]) == [(span.id, "Ada Romero", "Which Ada?")]


def test_messages_are_no_part_of_an_export(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        _bo, [span, _] = own(store, "Bo")
        pinned(store, span, "Between us.")
        release(store, reviewer="ana", document=DOCUMENT)

        [document] = snapshot(store, Selection()).documents()

        assert [each.outcome for each in document.decisions] == ["released"]
