"""The hub in the window: joined in a dialog, followed while the window is open, told in the status bar."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from storage.store import ProjectStore
from tests import exchange, factories, hubs
from tests.hubs import Team
from tests.postgres import Server
from tests.ui.windows import dialog, open_window
from ui import platform
from ui.dialogs.hub import HubDialog, JoinDialog, with_user
from ui.main_window import MainWindow
from ui.reporting import report_text

PATIENCE = 30_000


@pytest.fixture
def team(postgres: Server, tmp_path: Path) -> Iterator[Team]:
    with hubs.sent_team(postgres, tmp_path) as team:
        yield team


@pytest.fixture
def ben(team: Team, tmp_path: Path) -> Path:
    """Ben's project, which has joined the hub."""
    path = tmp_path / "ben.annotator"
    with team.workstation("ben", path):
        return path


@pytest.fixture
def window(qtbot: QtBot, ben: Path) -> Iterator[MainWindow]:
    """Ben's window, in step with the hub."""
    with open_window(qtbot, ben) as window:
        window.session.open_document(factories.DOCUMENT)
        wait_for(qtbot, window, "Hub: in step")
        yield window


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: window.status.hub.text() == words, timeout=PATIENCE)


def join_dialog(qtbot: QtBot) -> JoinDialog:
    shown = dialog(qtbot, "join_hub")
    assert isinstance(shown, JoinDialog)
    return shown


def hub_dialog(qtbot: QtBot) -> HubDialog:
    shown = dialog(qtbot, "hub")
    assert isinstance(shown, HubDialog)
    return shown


def mine(window: MainWindow, team: Team) -> None:
    window.session.switch_annotator(team.ids["ben"])


def test_mark_in_the_window_goes_to_the_hub(qtbot: QtBot, window: MainWindow, team: Team) -> None:
    mine(window, team)

    window.session.highlight("judge", *factories.find("Ada Romero"))

    store = window.session.store
    assert store is not None
    qtbot.waitUntil(lambda: store.count_unsent() == 0, timeout=PATIENCE)
    team.sync("lea", team.store)
    assert exchange.spans(team.store, factories.DOCUMENT) == [("judge", "Ada Romero")]


def test_mark_from_elsewhere_comes_into_the_window(
    qtbot: QtBot, window: MainWindow, team: Team, tmp_path: Path
) -> None:
    mine(window, team)
    with team.workstation("ben", tmp_path / "laptop.annotator", name="laptop") as laptop:
        mark_and_sync(team, laptop)

    qtbot.waitUntil(lambda: len(window.session.annotations) == 1, timeout=PATIENCE)


def mark_and_sync(team: Team, store: ProjectStore) -> None:
    team.mark("ben", store, "Ada Romero")
    team.sync("ben", store)


def test_window_goes_on_without_the_server(qtbot: QtBot, window: MainWindow, team: Team) -> None:
    mine(window, team)
    team.server.stop()
    try:
        wait_for(qtbot, window, "Hub: offline")
        window.session.highlight("judge", *factories.find("Ada Romero"))
        wait_for(qtbot, window, "Hub: offline · 1 unsent")
        assert "later" in window.status.hub.toolTip()
    finally:
        team.server.start()
    window.syncing.now()
    wait_for(qtbot, window, "Hub: in step")


def test_document_that_an_annotator_imports_is_told_to_stay_here(
    qtbot: QtBot, window: MainWindow, team: Team, tmp_path: Path
) -> None:
    mine(window, team)
    news = tmp_path / "news.txt"
    news.write_text("The court has ruled again.\n", "utf-8")

    window.importing.import_paths([news])

    wait_for(qtbot, window, "Hub: in step · 1 not taken")
    assert window.pane.notice.isVisible()
    assert "The documents stay in this project file" in window.pane.notice.text.text()


def test_role_changed_in_the_project_alone_is_told_with_what_to_run(qtbot: QtBot, team: Team) -> None:
    team.store.close()
    with open_window(qtbot, team.store.path) as window:
        wait_for(qtbot, window, "Hub: in step")
        window.session.edit(
            lambda store: annotating.change_annotator(
                store, annotator=team.ids["lea"], person=team.ids["ben"], colour="#123456"
            )
        )
        assert window.pane.notice.isHidden()

        window.session.edit(
            lambda store: annotating.change_annotator(
                store, annotator=team.ids["lea"], person=team.ids["ben"], role="reviewer"
            )
        )

        assert window.pane.notice.isVisible()
        assert 'annotator hub member lea.annotator "Ben" --login USER' in window.pane.notice.text.text()


def test_following_is_switched_off_and_on(qtbot: QtBot, window: MainWindow) -> None:
    assert window.commands.actions["hub.follow"].isCheckable()

    window.commands.actions["hub.follow"].trigger()
    assert window.status.hub.text() == "Hub: off"
    assert not window.syncing.is_on

    window.commands.actions["hub.follow"].trigger()
    wait_for(qtbot, window, "Hub: in step")


def test_dialog_tells_how_the_hub_stands_and_leaves_it(qtbot: QtBot, window: MainWindow, team: Team) -> None:
    window.status.hub.click()

    shown = hub_dialog(qtbot)
    assert shown.address.text() == team.address("ben")
    assert shown.who.text() == "Ben, annotator"
    assert shown.state.text() == "in step"
    assert shown.unsent.text() == "0"
    shown.leave.click()
    assert window.syncing.link is None
    assert window.status.hub.isHidden()


def test_hub_is_joined_from_the_window_and_its_project_made(
    qtbot: QtBot, team: Team, postgres: Server
) -> None:
    with open_window(qtbot, None) as window:
        window.commands.actions["hub"].trigger()
        shown = join_dialog(qtbot)
        shown.address.setText(f"postgresql://127.0.0.1:{postgres.port}/{team.database}")
        shown.user.setText("cleo")
        joined = []
        window.syncing.joined.connect(lambda: joined.append(shown.isVisible()))
        shown.go_on.click()
        wait_for(qtbot, window, "Hub: in step")

        assert joined == [False]  # it was joined once, and the dialog closed then
        store = window.session.store
        assert store is not None
        assert store.path.parent == platform.projects_folder()
        assert window.session.annotator_id == team.ids["cleo"]
        assert [document.title for document in store.documents()] == ["Court rules on immunity"]


def test_what_was_typed_wrong_is_told_in_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    window.syncing.leave()
    window.commands.actions["hub"].trigger()
    shown = join_dialog(qtbot)

    shown.address.setText("rulings")
    shown.go_on.click()

    qtbot.waitUntil(lambda: bool(shown.fault.text()), timeout=PATIENCE)
    assert "is no address of a hub" in shown.fault.text()
    assert shown.isVisible()
    shown.reject()


def test_password_is_asked_for_and_used_but_kept_nowhere(
    qtbot: QtBot, team: Team, ben: Path, monkeypatch: pytest.MonkeyPatch, user_folders: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(user_folders / "none"))
    with open_window(qtbot, ben) as window:
        wait_for(qtbot, window, "Hub: wants a password")
        window.status.hub.click()
        shown = hub_dialog(qtbot)
        shown.password.setText("secret-ben")
        shown.password.returnPressed.emit()
        wait_for(qtbot, window, "Hub: in step")
        shown.accept()

    kept = [path for path in (ben, *user_folders.rglob("*")) if path.is_file()]
    assert [path for path in kept if b"secret-ben" in path.read_bytes()] == []


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ben:typed-secret@127.0.0.1/rulings",
        "postgresql://ben:typed-secret/1@127.0.0.1/rulings",
        "postgresql://127.0.0.1/rulings?user=ben&password=typed-secret",
        "ben:typed-secret@127.0.0.1",
    ],
)
def test_password_in_an_address_is_told_nowhere_and_kept_nowhere(
    qtbot: QtBot, window: MainWindow, ben: Path, user_folders: Path, log: Path, address: str
) -> None:
    window.syncing.leave()
    window.commands.actions["hub"].trigger()
    shown = join_dialog(qtbot)
    shown.address.setText(address)
    shown.go_on.click()
    qtbot.waitUntil(lambda: bool(shown.fault.text()), timeout=PATIENCE)
    told = shown.fault.text()
    shown.reject()
    window.close()

    assert "typed-secret" not in told + report_text(window.failures.last)
    kept = [path for path in (*ben.parent.glob("ben*"), *user_folders.rglob("*")) if path.is_file()]
    assert ben in kept
    assert [path for path in kept if b"typed-secret" in path.read_bytes()] == []


def test_what_libpq_says_of_a_password_is_in_no_log_and_no_report(
    qtbot: QtBot, log: Path, user_folders: Path
) -> None:
    address = f"postgresql://ben:{'-'.join(('typed', 'secret'))}@[::1]x/rulings"  # traces quote our own lines
    with pytest.raises(psycopg.Error, match="typed-secret") as failed:
        psycopg.connect(address)
    with open_window(qtbot, None) as window:
        window.failures.take(failed.value)
        problem = dialog(qtbot, "problem")
        told = " ".join(label.text() for label in problem.findChildren(QLabel))
        problem.close()

        report = report_text(window.failures.last)

    assert "psycopg" in report
    assert "psycopg" in log.read_text("utf-8")
    assert "typed-secret" not in told + report
    kept = [path for path in user_folders.rglob("*") if path.is_file()]
    assert [path for path in kept if b"typed-secret" in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("address", "user", "whole"),
    [
        ("postgresql://server/rulings", "ben", "postgresql://ben@server/rulings"),
        ("postgresql://server/rulings", "b@n", "postgresql://b%40n@server/rulings"),
        ("postgresql://lea@server/rulings", "ben", "postgresql://lea@server/rulings"),
        ("postgresql://server/rulings", "", "postgresql://server/rulings"),
        ("rulings", "ben", "rulings"),
    ],
)
def test_user_is_put_into_the_address(address: str, user: str, whole: str) -> None:
    assert with_user(address, user) == whole
