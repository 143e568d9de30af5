"""What an open document holds is not searched for garbage, and can be again once its project is closed."""

import gc
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import projects
from tests.ui.windows import open_window


def test_what_a_document_holds_is_set_aside_until_the_project_closes(qtbot: QtBot, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        document = projects.add_document(store)
    with open_window(qtbot, store.path) as window:
        window.session.open_document(document)
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)

        window.session.close_project()

        assert gc.get_freeze_count() == 0
