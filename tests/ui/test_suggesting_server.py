"""A language model in the window: asked at the address entered, and never in the way of other documents."""

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.model_servers import chat, served, span
from tests.ui.sessions import make_project
from tests.ui.windows import open_window
from ui.main_window import MainWindow
from ui.settings import Settings

TEXT = "Acme sued Bolt. Acme won.\n"


def ask(address: str) -> None:
    """Let the settings name a server, and turn suggestions on."""
    settings = Settings.load()
    settings["suggesters"], settings["suggestions"] = "dictionary, model", True
    settings["model_address"], settings["model_name"] = address, "tiny"
    settings.save()


def found(window: MainWindow) -> list[tuple[int, str]]:
    return [(each.start, each.origin) for each in window.suggesting.found]


def mark_acme(window: MainWindow) -> None:
    window.session.highlight("organization", 0, 4, exact=True)


def test_model_on_this_machine_needs_no_consent(qtbot: QtBot, tmp_path: Path) -> None:
    with served(chat(span("Bolt"), span("Calder"))) as (address, asked):
        ask(address)
        with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT})) as window:
            window.session.open_document("one")
            qtbot.waitUntil(lambda: found(window) == [(10, "model")], timeout=20_000)
            assert (
                "Quotes of model that are not in the text were left out: 1." in window.status.currentMessage()
            )

    assert asked[0]["model"] == "tiny"


def test_model_that_takes_long_does_not_keep_another_document_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    gate = threading.Event()
    path = make_project(tmp_path / "news.annotator", {"one": TEXT, "two": "Then Acme lost.\n"})
    with served(chat(span("lost", "cue")), gate=gate) as (address, asked):
        ask(address)
        with open_window(qtbot, path) as window:
            window.session.open_document("one")
            mark_acme(window)
            qtbot.waitUntil(lambda: bool(asked), timeout=20_000)

            window.session.open_document("two")

            qtbot.waitUntil(lambda: found(window) == [(5, "dictionary")], timeout=20_000)
            gate.set()
            qtbot.waitUntil(lambda: found(window) == [(5, "dictionary"), (10, "model")], timeout=20_000)


def test_nothing_is_sent_beyond_this_machine_before_somebody_agreed(qtbot: QtBot, tmp_path: Path) -> None:
    ask("http://192.0.2.1:8080")
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT})) as window:
        window.session.open_document("one")
        mark_acme(window)
        window.suggesting.look()

        assert "would leave this machine for 192.0.2.1" in window.status.currentMessage()
        qtbot.waitUntil(lambda: found(window) == [(16, "dictionary")], timeout=20_000)


def test_server_that_does_not_answer_is_told_and_can_be_asked_again(qtbot: QtBot, tmp_path: Path) -> None:
    with served(chat(span("Bolt"))) as (address, _):
        pass  # and is gone again
    ask(address)
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT})) as window:
        notice = window.pane.notice
        window.session.open_document("one")
        mark_acme(window)
        sentence = f"The suggester “model” was switched off: the model server at {address} does not answer."
        qtbot.waitUntil(lambda: notice.text.text() == sentence, timeout=20_000)
        qtbot.waitUntil(lambda: found(window) == [(16, "dictionary")], timeout=20_000)
        notice.action.click()
        qtbot.waitUntil(notice.isVisible, timeout=20_000)
        notice.close_button.click()
        window.session.highlight("cue", 5, 9, exact=True)
        window.suggesting.look()
        qtbot.waitUntil(lambda: not window.suggesting.is_looking)
        assert notice.isHidden() or notice.text.text() != sentence

        with served(chat(span("Bolt")), port=int(address.rpartition(":")[2])):
            window.suggesting.toggle()
            window.suggesting.toggle()
            qtbot.waitUntil(lambda: (10, "model") in found(window), timeout=20_000)
