"""What the details panel paints anew from span to span is enough: all is as if all had been painted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.factories import TEXT
from tests.ui.details import button, fields, mark
from tests.ui.sessions import make_project, open_session
from tests.ui.showing import on_screen, shown
from ui.panels.details import DetailsPanel
from ui.session import Session
from ui.stage import settle

LONG = TEXT * 4
FIRST, SECOND = "Norvel’s lawyer", "the company will appeal"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Two claims, a holding and a judge: one claim has attributes, a note, a flag and a link."""
    session = open_session(make_project(tmp_path / "news.annotator", {"one": LONG, "two": TEXT}))
    rich = mark(session, "claim", FIRST)
    session.set_attribute(rich, "act", "denies")
    session.set_note(rich, "Said outside the court.\nNot in the ruling.")
    session.set_certainty(rich, "unsure")
    session.set_flag(rich, flagged=True)
    judge = mark(session, "judge", "Judge Ada Romero")
    holding = mark(session, "holding", "cannot claim immunity")
    assert session.link("decides", holding, rich)
    session.select_span(judge)
    mark(session, "claim", SECOND)
    yield session
    session.close_project()


def named(session: Session, words: str) -> str:
    return next(span.id for span in session.annotations.values() if span.quote.exact == words)


Step = Callable[[Session, DetailsPanel], object]

STEPS: dict[str, Step] = {
    "to a claim with more": lambda session, _panel: session.select_span(named(session, FIRST)),
    "to and fro": lambda session, _panel: (
        session.select_span(named(session, FIRST)),
        session.select_span(named(session, SECOND)),
    ),
    "to another label": lambda session, _panel: session.select_span(named(session, "Judge Ada Romero")),
    "to no span": lambda session, _panel: session.select_span(None),
    "to a new span of the label": lambda session, _panel: session.highlight("claim", 0, 900),
    "a value is set": lambda session, panel: (
        button(fields(panel)["act"], "denies").click(),
        session.set_attribute(named(session, SECOND), "act", "asserts"),
    ),
    "the span is gone": lambda session, _panel: session.remove(named(session, SECOND)),
    "gone and marked anew": lambda session, _panel: (
        session.remove(named(session, SECOND)),
        session.highlight("claim", 0, 40),
    ),
    "undone": lambda session, _panel: session.undo(),
    "to another document": lambda session, _panel: session.open_document("two"),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_screen_is_as_if_all_had_been_painted(session: Session, qtbot: QtBot, step: Step) -> None:
    panel = shown(DetailsPanel(session), qtbot, height=640)
    session.select_span(named(session, SECOND))
    panel.show_now()
    panel.setFocus(Qt.FocusReason.OtherFocusReason)
    on_screen(panel)

    step(session, panel)
    panel.show_now()

    after = on_screen(panel)
    for each in (panel, *panel.findChildren(QWidget)):
        each.update()
    assert after == on_screen(panel)


def test_what_comes_after_another_label_is_painted_whole(session: Session, qtbot: QtBot) -> None:
    panel = shown(DetailsPanel(session), qtbot, height=640)
    for words in (FIRST, "Judge Ada Romero", SECOND, "cannot claim immunity", FIRST):
        session.select_span(named(session, words))
        panel.show_now()
        settle()  # links that are shown no more are deleted
        after = on_screen(panel)
        for each in (panel, *panel.findChildren(QWidget)):
            each.update()
        assert after == on_screen(panel)
