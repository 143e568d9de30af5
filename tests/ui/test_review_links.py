"""Links in review: offered after their span is taken, followed by key, with an end in another document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.adjudication.decisions import result_of
from annotator.adjudication.links import LinkUnit
from annotator.model import annotator_set_id, gold_set_id
from annotator.services import annotating, cases
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_review, open_window
from ui.panels.attribute_form import AttributeForm
from ui.review.link_dialog import LinkDialog
from ui.review.window import ReviewWindow

WORDS = "cannot claim immunity"
NAMES = ("Bo", "Cy")


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    """Bo and Cy have linked a claim of an article to a holding of the opinion."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = store_of(window.session)
        for name in NAMES:
            annotating.add_annotator(store, annotator=me(window.session), name=name)
        reviews.marked(store, {name: [(WORDS, "holding")] for name in NAMES}, document="opinion")
        reviews.marked(store, {name: [(WORDS, "claim")] for name in NAMES}, document="article", done=False)
        for name in NAMES:
            who = reviews.person(store, name)
            [claim] = store.annotations("article", annotator_set_id(who))
            [holding] = store.annotations("opinion", annotator_set_id(who))
            annotating.link(store, annotator=who, type="reports", source=claim.id, target=holding.id)
            annotating.set_work_state(store, annotator=who, document="article", state="done")
        window.session.refresh()
        screen = open_review(qtbot, window)
        screen.go_to("article")
        yield screen


def test_link_is_told_of_by_its_name_and_who_has_none(qtbot: QtBot, screen: ReviewWindow) -> None:
    store, cy = store_of(screen.session), reviews.person(store_of(screen.session), "Cy")
    [link] = store.relations("article", annotator_set_id(cy))
    annotating.set_work_state(store, annotator=cy, document="article", state="in_progress")
    annotating.unlink(store, annotator=cy, relation=link.id)
    annotating.set_work_state(store, annotator=cy, document="article", state="done")
    screen.go_to("article")
    screen.desk.go_to(1)

    tip = screen.list.view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"{WORDS}: Link: Reports, only one has it, Open"
    assert "no link" in screen.focus.accessibleDescription()
    screen.desk.go_to(0)
    assert "no link" not in screen.focus.accessibleDescription()


def test_links_of_a_span_that_is_taken_are_offered(qtbot: QtBot, screen: ReviewWindow) -> None:
    claim, link = screen.desk.listed
    qtbot.keyClick(screen, Qt.Key.Key_1)
    assert "L goes to them" in screen.line.text()

    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit == link
    screen.desk.undo()
    screen.desk.go_to_unit(link.key)
    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit == claim


def test_key_leads_into_the_other_document_and_back(qtbot: QtBot, screen: ReviewWindow) -> None:
    _claim, link = screen.desk.listed
    qtbot.keyClick(screen, Qt.Key.Key_1)
    qtbot.keyClick(screen, Qt.Key.Key_L)

    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit is not None
    assert (screen.desk.unit.document, screen.documents.currentData()) == ("opinion", "opinion")
    qtbot.keyClick(screen, Qt.Key.Key_1)
    qtbot.keyClick(screen, Qt.Key.Key_L)

    assert screen.desk.unit == link
    qtbot.keyClick(screen, Qt.Key.Key_1)
    store = store_of(screen.session)
    assert len(store.relations("article", gold_set_id(store.project_id))) == 1


def test_a_link_follows_what_changes_at_its_end_in_another_document(screen: ReviewWindow) -> None:
    store, before = store_of(screen.session), screen.desk.listed[1]
    bo = reviews.person(store, "Bo")
    [holding] = store.annotations("opinion", annotator_set_id(bo))

    screen.session.edit(
        lambda store: annotating.set_work_state(store, annotator=bo, document="opinion", state="in_progress")
    )
    screen.session.edit(
        lambda store: annotating.relabel(store, annotator=bo, annotation=holding.id, label="claim")
    )
    screen.session.edit(
        lambda store: annotating.set_work_state(store, annotator=bo, document="opinion", state="done")
    )

    assert [unit.key for unit in screen.desk.listed[1:]] != [before.key]


def test_link_shows_its_other_end_and_is_taken_once_both_are_in_gold(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.desk.take(0)
    assert f"Ruling opinion: “{WORDS}”" in screen.focus.accessibleDescription()
    screen.desk.take(0)
    assert "decide the spans at both its ends first" in screen.line.text()

    screen.go_to("opinion")
    screen.desk.take(0)
    screen.go_to("article")
    screen.desk.take(0)

    store = store_of(screen.session)
    [link] = store.relations("article", gold_set_id(store.project_id))
    [holding] = store.annotations("opinion", link.set)
    assert link.target == holding.id


def decide_ends(screen: ReviewWindow) -> None:
    """Take the spans at both ends, and bring the link into focus."""
    screen.go_to("opinion")
    screen.desk.take(0)
    screen.go_to("article")
    screen.desk.take(0)


def answer(screen: ReviewWindow, kind: str) -> None:
    """Choose a type in the dialog for the link, and take it."""
    dialog = link_dialog(screen)
    dialog.type.setCurrentIndex(dialog.type.findData(kind))
    dialog.accept()


@pytest.mark.parametrize(
    ("key", "outcome"), [(Qt.Key.Key_E, "accept_modified"), (Qt.Key.Key_W, "new")], ids=["edited", "new"]
)
def test_link_with_another_value_is_taken_and_taken_back(
    qtbot: QtBot, screen: ReviewWindow, key: Qt.Key, outcome: str
) -> None:
    decide_ends(screen)
    qtbot.keyClick(screen, key)
    [form] = screen.findChildren(AttributeForm)
    form.chosen.emit("values", ("accurate",))
    answer(screen, "reports")

    store = store_of(screen.session)
    [link] = store.relations("article", gold_set_id(store.project_id))
    assert (link.type, link.attributes) == ("reports", {"values": ("accurate",)})
    decision = store.decisions("article")[-1]
    assert (decision.outcome, decision.proposers) == (outcome, ())
    assert set(decision.verdicts.values()) == {"attribute_wrong"}
    screen.desk.undo()
    assert not store.relations("article", gold_set_id(store.project_id))


def test_link_is_to_do_again_once_a_span_at_its_end_leaves_gold(qtbot: QtBot, screen: ReviewWindow) -> None:
    decide_ends(screen)
    claim, link = screen.desk.listed
    screen.desk.go_to_unit(link.key)
    qtbot.keyClick(screen, Qt.Key.Key_1)
    assert screen.desk.state(link) == "decided"

    screen.desk.go_to_unit(claim.key)
    qtbot.keyClick(screen, Qt.Key.Key_0)

    assert screen.desk.state(link) == "open"
    assert "links at this span is open again" in screen.line.text()
    qtbot.keyClick(screen, Qt.Key.Key_U)
    assert screen.desk.state(link) == "decided"


def test_link_that_is_edited_to_what_annotators_have_is_theirs(qtbot: QtBot, screen: ReviewWindow) -> None:
    decide_ends(screen)
    qtbot.keyClick(screen, Qt.Key.Key_E)
    answer(screen, "reports")

    decision = store_of(screen.session).decisions("article")[-1]
    assert len(decision.proposers) == 2
    assert set(decision.verdicts.values()) == {"correct"}


def test_link_that_nobody_has_is_made_from_a_span_of_gold_and_edited_and_taken_back(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    store = store_of(screen.session)
    for name in NAMES:
        who = reviews.person(store, name)
        [link] = store.relations("article", annotator_set_id(who))
        annotating.set_work_state(store, annotator=who, document="article", state="in_progress")
        annotating.unlink(store, annotator=who, relation=link.id)
        annotating.set_work_state(store, annotator=who, document="article", state="done")
    in_one_case(screen, "article", "opinion")
    [unit] = review(store, "opinion").units
    ruling = Ruling("accept", (result_of(unit.candidates[0].span),))
    decide(store, reviewer=me(screen.session), document="opinion", unit=unit.key, ruling=ruling)
    screen.go_to("article")
    qtbot.keyClick(screen, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert "decide this one first" in screen.line.text()
    qtbot.keyClick(screen, Qt.Key.Key_1)

    qtbot.keyClick(screen, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    link_dialog(screen).accept()  # begins with the first that may be made

    [made] = store.relations("article", gold_set_id(store.project_id))
    decision = store.decisions("article")[-1]
    assert (made.type, decision.outcome, decision.candidates) == ("reports", "new", ())
    assert set(decision.verdicts.values()) == {"missed"}
    claim, link_unit = screen.desk.listed
    assert screen.desk.state(link_unit) == "decided"
    screen.desk.go_to_unit(link_unit.key)
    tip = screen.list.view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"{WORDS}: Link: Reports, no annotator has it, Decided"
    assert f"Reports → “{WORDS}”" in screen.focus.accessibleDescription()
    qtbot.keyClick(screen, Qt.Key.Key_E)
    form = link_dialog(screen).findChildren(AttributeForm)[-1]
    form.chosen.emit("values", ("accurate",))
    answer(screen, "reports")
    [edited] = store.relations("article", gold_set_id(store.project_id))
    assert edited.attributes == {"values": ("accurate",)}
    screen.desk.undo()
    screen.desk.undo()
    assert not store.relations("article", gold_set_id(store.project_id))
    assert screen.desk.listed == [claim]


def test_link_whose_ends_are_not_in_gold_cannot_be_made(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.desk.go_to(1)
    qtbot.keyClick(screen, Qt.Key.Key_W)
    assert "decide the spans at its ends first" in screen.line.text()


def decided_elsewhere(screen: ReviewWindow, document: str, label: str) -> None:
    """Another document, in which both have marked the same words with a label, which is taken into gold."""
    store, lead = store_of(screen.session), me(screen.session)
    reviews.marked(store, {name: [(WORDS, label)] for name in NAMES}, document=document)
    [unit] = review(store, document).units
    ruling = Ruling("accept", (result_of(unit.candidates[0].span),))
    decide(store, reviewer=lead, document=document, unit=unit.key, ruling=ruling)


def in_one_case(screen: ReviewWindow, *documents: str) -> None:
    store, lead = store_of(screen.session), me(screen.session)
    cases.add(store, annotator=lead, docket_number="19-cv-42", documents=documents)


def asked_to_edit(qtbot: QtBot, screen: ReviewWindow) -> LinkDialog:
    qtbot.keyClick(screen, Qt.Key.Key_E)
    return link_dialog(screen)


def link_dialog(screen: ReviewWindow) -> LinkDialog:
    [dialog] = [each for each in screen.findChildren(LinkDialog) if each.isVisible()]
    return dialog


def test_link_can_be_led_to_gold_of_another_document_of_the_case(qtbot: QtBot, screen: ReviewWindow) -> None:
    decide_ends(screen)
    for document in ("order", "stranger"):
        decided_elsewhere(screen, document, "holding")
    in_one_case(screen, "article", "order")
    dialog = asked_to_edit(qtbot, screen)
    ends = {dialog.target.itemText(at): dialog.target.itemData(at) for at in range(dialog.target.count())}

    assert list(ends) == [
        f"Claim “{WORDS}”",
        f"Ruling opinion: Holding “{WORDS}”",
        f"Ruling order: Holding “{WORDS}”",
    ]
    dialog.target.setCurrentIndex(2)
    dialog.accept()

    store = store_of(screen.session)
    [link] = store.relations("article", gold_set_id(store.project_id))
    assert link.target == ends[f"Ruling order: Holding “{WORDS}”"]


@pytest.mark.parametrize(
    ("label", "kind", "said"),
    [
        ("claim", "restates", "Restates joins spans of one document."),
        ("judge", "reports", "not from Claim to Judge."),
    ],
)
def test_link_that_the_schema_does_not_have_is_refused(
    qtbot: QtBot, screen: ReviewWindow, label: str, kind: str, said: str
) -> None:
    decide_ends(screen)
    decided_elsewhere(screen, "order", label)
    in_one_case(screen, "article", "order")
    dialog = asked_to_edit(qtbot, screen)
    dialog.target.setCurrentIndex(2)
    dialog.type.setCurrentIndex(dialog.type.findData(kind))
    dialog.accept()

    assert said in screen.line.text()
    assert [each.outcome for each in store_of(screen.session).decisions("article")] == ["accept"]


SPEAKERS = {"Bo": "Norvel", "Cy": "the company"}


def linked_differently(screen: ReviewWindow) -> None:
    """A document where Bo and Cy take a claim from different speakers."""
    store = store_of(screen.session)
    marks = [(WORDS, "claim"), *((words, "source") for words in SPEAKERS.values())]
    reviews.marked(store, dict.fromkeys(NAMES, marks), document="two", done=False)
    for name in NAMES:
        who = reviews.person(store, name)
        own = {span.quote.exact: span.id for span in store.annotations("two", annotator_set_id(who))}
        annotating.link(store, annotator=who, type="source", source=own[WORDS], target=own[SPEAKERS[name]])
        annotating.set_work_state(store, annotator=who, document="two", state="done")
    screen.go_to("two")


def test_several_links_are_kept_where_both_are_right(qtbot: QtBot, screen: ReviewWindow) -> None:
    linked_differently(screen)
    [link] = [unit for unit in screen.desk.listed if isinstance(unit, LinkUnit)]
    for span in (unit for unit in screen.desk.listed if unit != link):
        screen.desk.go_to_unit(span.key)
        screen.desk.take(0)
    screen.desk.go_to_unit(link.key)

    qtbot.keyClick(screen, Qt.Key.Key_K)

    store = store_of(screen.session)
    spans = {span.id: span.quote.exact for span in store.annotations("two", gold_set_id(store.project_id))}
    links = store.relations("two", gold_set_id(store.project_id))
    assert sorted(spans[link.target] for link in links) == sorted(SPEAKERS.values())
    decision = store.decisions("two")[-1]
    assert (decision.outcome, set(decision.verdicts.values())) == ("keep_several", {"correct"})
    assert len(decision.proposers) == 2
    screen.desk.undo()
    assert not store.relations("two", gold_set_id(store.project_id))


def test_links_of_one_type_between_the_same_spans_are_not_both_kept(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    store, cy = store_of(screen.session), reviews.person(store_of(screen.session), "Cy")
    [link] = store.relations("article", annotator_set_id(cy))
    annotating.set_work_state(store, annotator=cy, document="article", state="in_progress")
    annotating.set_relation_attribute(
        store, annotator=cy, relation=link.id, attribute="values", value=("accurate",)
    )
    annotating.set_work_state(store, annotator=cy, document="article", state="done")
    decide_ends(screen)

    qtbot.keyClick(screen, Qt.Key.Key_K)

    assert "join the same spans under one type" in screen.line.text()
    assert not store.relations("article", gold_set_id(store.project_id))
