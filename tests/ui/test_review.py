"""The review screen by its keys: what is in focus, what is decided, and what the columns show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.adjudication.units import Unit
from annotator.model import Decision, gold_set_id
from annotator.services import annotating
from tests import reviews
from tests.factories import TEXT
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.main_window import MainWindow
from ui.review.edit_dialog import EditDialog
from ui.review.feedback_dialog import FeedbackDialog
from ui.review.history_dialog import HistoryDialog
from ui.review.small_dialogs import AlikeDialog, RemarksDialog, SeveralDialog
from ui.review.window import ReviewWindow

WORK = {
    "Bo": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "organization")],
    "Cy": [("Judge Ada Romero", "judge"), ("District Court", "court")],
    "Di": [("Ada Romero", "judge"), ("District Court", "organization")],
}
BOUNDARY, LABEL, SINGLE = range(3)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Bo, Cy and Di have finished two documents with the same text; Lee leads and reviews."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK)
        yield window


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow) -> ReviewWindow:
    screen = open_review(qtbot, window)
    with qtbot.waitActive(screen):
        screen.activateWindow()
    return screen


def press(qtbot: QtBot, screen: ReviewWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(screen.focusWidget() or screen, key)


def gold(screen: ReviewWindow, document: str = "one") -> list[tuple[str, str]]:
    store = store_of(screen.session)
    found = store.annotations(document, gold_set_id(store.project_id))
    return [(span.label, span.quote.exact) for span in found]


def states(screen: ReviewWindow) -> list[str]:
    return [screen.desk.state(unit) for unit in screen.desk.listed]


def last(screen: ReviewWindow) -> Decision:
    return store_of(screen.session).decisions("one")[-1]


def dialog(screen: ReviewWindow, kind: type) -> EditDialog:
    found = [each for each in screen.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_whole_document_is_decided_by_keys(qtbot: QtBot, screen: ReviewWindow) -> None:
    assert [unit.type for unit in screen.desk.listed] == ["boundary", "label", "single"]
    shorter = screen.desk.order.index(reviews.person(store_of(screen.session), "Bo"))

    press(qtbot, screen, Qt.Key(Qt.Key.Key_1 + shorter))
    press(qtbot, screen, Qt.Key.Key_M, Qt.Key.Key_0)

    assert gold(screen) == [("judge", "Ada Romero")]
    assert states(screen) == ["decided"] * 3
    assert "left to do" in screen.line.text()
    assert (screen.list.document_bar.value(), screen.list.document_bar.maximum()) == (3, 3)


def test_undo_takes_the_last_decision_back(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_1)
    assert len(gold(screen)) == 1

    press(qtbot, screen, Qt.Key.Key_U)

    assert (gold(screen), states(screen)[BOUNDARY], screen.desk.place) == ([], "open", BOUNDARY)


def test_arrows_go_through_the_list_and_space_to_what_is_to_do(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_Right, Qt.Key.Key_0)
    assert screen.desk.place == SINGLE
    press(qtbot, screen, Qt.Key.Key_Left)
    assert screen.desk.place == LABEL
    press(qtbot, screen, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert screen.desk.place == SINGLE


def test_focus_tells_candidates_word_by_word_and_who_has_none(screen: ReviewWindow) -> None:
    shown = screen.focus.focus
    assert shown is not None
    assert sorted(variant.label for variant in shown.variants) == ["Judge", "Judge"]
    assert {len(variant.numbers) for variant in shown.variants} == {1, 2}
    words = {TEXT[start:end] for variant in shown.variants for start, end in variant.fragments}
    assert words == {"Ada Romero", "Judge Ada Romero"}

    screen.desk.go_to(SINGLE)

    assert screen.focus.focus is not None
    assert len(screen.focus.focus.absent) == 2
    assert "no span" in screen.focus.accessibleDescription()


def test_names_are_hidden_until_they_are_shown_which_is_written_down(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    titles = [column.head.text() for column in screen.columns.people]
    assert titles == ["1  Annotator A", "2  Annotator B", "3  Annotator C"]

    press(qtbot, screen, Qt.Key.Key_B)

    assert [column.head.text() for column in screen.columns.people] == ["1  Bo", "2  Cy", "3  Di"]
    assert (last(screen).outcome, last(screen).decided_by) == ("revealed", me(screen.session))
    press(qtbot, screen, Qt.Key.Key_1)
    assert (last(screen).flags, last(screen).seed) == ((), 0)


def test_decisions_made_blind_say_so_with_their_order(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_0)

    assert last(screen).flags == ("blind",)
    assert last(screen).seed == screen.desk.seed > 0


def test_columns_show_each_annotator_and_outline_the_unit(screen: ReviewWindow) -> None:
    for who, column in zip(screen.desk.order, screen.columns.people, strict=True):
        selected = column.view.selected_span()
        unit = screen.desk.unit
        assert isinstance(unit, Unit)
        [own] = [each.span.id for each in unit.candidates if each.annotator == who]
        assert selected == own


def test_span_that_is_clicked_brings_its_unit_into_focus(screen: ReviewWindow) -> None:
    unit = screen.desk.listed[LABEL]
    assert isinstance(unit, Unit)

    screen.columns.people[0].picked.emit(unit.candidates[0].span.id)

    assert screen.desk.place == LABEL


def test_edited_span_is_taken(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.desk.go_to(LABEL)
    press(qtbot, screen, Qt.Key.Key_E)
    asked = dialog(screen, EditDialog)
    start = TEXT.index("the District Court")
    asked.view.select(start, start + len("the District Court"))
    asked.label.setCurrentIndex(asked.label.findData("court"))
    asked.accept()

    assert gold(screen) == [("court", "the District Court")]
    assert last(screen).outcome == "accept_modified"
    assert set(last(screen).verdicts.values()) <= {"boundary_wrong", "label_wrong"}


def test_edited_span_needs_only_keys(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.desk.go_to(LABEL)
    press(qtbot, screen, Qt.Key.Key_E)
    view = dialog(screen, EditDialog).view
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_4)
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert gold(screen) == [("judge", "the District")]


def test_attributes_of_an_edited_span_need_only_keys(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.desk.go_to(SINGLE)
    press(qtbot, screen, Qt.Key.Key_E)
    asked = dialog(screen, EditDialog)
    with qtbot.waitActive(asked):
        asked.activateWindow()
    qtbot.keyClick(asked.view, Qt.Key.Key_A)
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_P)
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)

    assert [each.attributes for each in last(screen).results] == [{"role": "plaintiff"}]


def test_new_span_starts_with_all_words_that_anybody_marked(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_W)
    dialog(screen, EditDialog).accept()

    assert (gold(screen), last(screen).outcome) == ([("judge", "Judge Ada Romero")], "new")


def test_several_are_kept(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_K)

    assert sorted(words for _label, words in gold(screen)) == ["Ada Romero", "Judge Ada Romero"]
    assert not screen.findChildren(SeveralDialog)


def test_reason_rule_comment_and_gap_go_with_the_decision(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_T)
    [asked] = screen.findChildren(RemarksDialog)
    asked.reason.setCurrentIndex(asked.reason.findData("slip"))
    asked.rule.setEditText("R4 Titles")
    asked.comment.setPlainText("Titles belong to the name.")
    asked.accept()
    press(qtbot, screen, Qt.Key.Key_0)
    screen.desk.go_to(BOUNDARY)
    press(qtbot, screen, Qt.Key.Key_G)

    decision = last(screen)
    assert (decision.reason, decision.rule_id, decision.comment) == (
        "slip",
        "R4",
        "Titles belong to the name.",
    )
    assert (decision.outcome, "gap" in decision.flags) == ("reject_all", True)
    assert "guideline gap" in screen.focus.accessibleDescription()


def test_all_alike_are_decided_in_one_step(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(screen.findChildren(AlikeDialog)))
    [asked] = screen.findChildren(AlikeDialog)
    assert asked.list.count() == 1
    asked.accept()

    assert gold(screen, "two") == gold(screen, "one")
    qtbot.waitUntil(lambda: not screen.line.text().startswith("Comparing"))


def test_second_reviewer_sees_nothing_of_the_first(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_1)
    press(qtbot, screen, Qt.Key.Key_S)

    assert states(screen) == ["open"] * 3
    assert len(screen.columns.gold.view.spans) == 0
    press(qtbot, screen, Qt.Key.Key_0)
    assert states(screen)[BOUNDARY] == "decided"
    assert len(gold(screen)) == 1
    press(qtbot, screen, Qt.Key.Key_S)
    assert states(screen)[BOUNDARY] == "contested"


def test_filters_narrow_the_list_and_documents_follow_each_other(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.list.type.setCurrentIndex(screen.list.type.findData("label"))
    assert [unit.type for unit in screen.desk.listed] == ["label"]

    qtbot.keyClick(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert screen.desk.review is not None
    assert screen.desk.review.document.id == "two"
    assert [unit.type for unit in screen.desk.listed] == ["label"]


def test_what_was_decided_counts_in_the_project_when_another_document_is_open(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    press(qtbot, screen, Qt.Key.Key_0, Qt.Key.Key_M)

    qtbot.keyClick(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    assert (screen.list.project_bar.value(), screen.list.project_bar.maximum()) == (2, 6)


def test_what_was_said_of_a_key_goes_with_the_next(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_V)
    assert screen.line.text() == "This document has no pages."

    press(qtbot, screen, Qt.Key.Key_0)

    assert screen.line.text() == ""


def test_shorter_document_follows_a_longer_one(qtbot: QtBot, window: MainWindow) -> None:
    marks = {name: [("Ada", "judge")] for name in ("Bo", "Cy")}
    for document, text in (("long", f"{'It is so. ' * 200}Ada"), ("short", "Ada")):
        reviews.marked(store_of(window.session), marks, document=document, text=text)
    window.session.refresh()
    screen = open_review(qtbot, window)
    screen.go_to("long")

    screen.go_to("short")

    [unit] = screen.desk.listed
    assert (unit.document, screen.desk.unit) == ("short", unit)
    assert "Ada" in screen.focus.accessibleDescription()


def test_changed_work_of_an_annotator_comes_back_into_the_list(
    qtbot: QtBot, window: MainWindow, screen: ReviewWindow
) -> None:
    press(qtbot, screen, Qt.Key.Key_1)
    store = store_of(screen.session)
    bo = reviews.person(store, "Bo")
    unit = screen.desk.listed[BOUNDARY]
    assert isinstance(unit, Unit)
    [span] = [each.span.id for each in unit.candidates if each.annotator == bo]

    for verb in (
        lambda: annotating.set_work_state(store, annotator=bo, document="one", state="in_progress"),
        lambda: annotating.relabel(store, annotator=bo, annotation=span, label="person"),
        lambda: annotating.set_work_state(store, annotator=bo, document="one", state="done"),
    ):
        window.session.take(verb())

    assert states(screen)[BOUNDARY] == "stale"


def test_history_of_a_unit_is_shown_and_saved_as_a_memo(
    qtbot: QtBot, screen: ReviewWindow, tmp_path: Path
) -> None:
    press(qtbot, screen, Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_H)
    [asked] = screen.findChildren(HistoryDialog)
    assert asked.history is not None

    asked.write(tmp_path / "memo.html", [asked.history])

    page = (tmp_path / "memo.html").read_text("utf-8")
    assert "Taken" in page
    assert "Annotator A" in page
    assert ">Bo<" not in page
    assert "Taken" in asked.page.toPlainText()


def test_a_text_has_no_pages_to_show(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_V)

    assert screen.line.text() == "This document has no pages."
    assert not screen.columns.shows_pages


def test_columns_scroll_together(screen: ReviewWindow) -> None:
    screen.resize(900, 420)
    first, *others = screen.columns.all
    first.view.show_at(200, 0)

    assert {column.place() for column in others} == {first.place()}


def test_annotator_sees_what_was_decided_and_goes_to_the_place(
    qtbot: QtBot, window: MainWindow, screen: ReviewWindow
) -> None:
    press(qtbot, screen, Qt.Key.Key_0, Qt.Key.Key_F)
    assert "can see what was decided" in screen.line.text()
    screen.close()
    window.session.switch_annotator(reviews.person(store_of(window.session), "Bo"))
    window.session.open_document("one")

    window.leading.show_feedback()

    asked = window.findChild(FeedbackDialog)
    assert isinstance(asked, FeedbackDialog)
    assert "“Ada Romero”  Judge — too much" in asked.list.item(0).text()
    asked.list.itemActivated.emit(asked.list.item(0))
    selected = window.view.selection()
    assert selected is not None
    assert TEXT[selected.start : selected.end] == "Ada Romero"


def test_all_buttons_stand_in_a_row_in_a_small_window(screen: ReviewWindow) -> None:
    assert (screen.width(), screen.height()) == (1280, 800)
    assert {button.y() for button in screen.buttons.values()} == {0}
    for button in screen.buttons.values():
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
