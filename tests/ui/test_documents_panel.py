"""The document list does only the work that a change asks for."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests import projects
from tests.ui.windows import open_window
from ui.stage import settle

DOCUMENTS = 50


class Measuring(QStyledItemDelegate):
    """Counts how often rows are measured."""

    count = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.count += 1
        return QSize(80, 20)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        for number in range(DOCUMENTS):
            projects.add_document(store, f"document-{number}", title=f"Ruling {number}")
        return store.path


def test_marking_measures_no_other_row_of_the_list(qtbot: QtBot, project: Path) -> None:
    with open_window(qtbot, project) as window:
        window.session.highlight("person", 0, 5)  # the document goes to those in progress
        measuring = Measuring()
        window.documents.list.setItemDelegate(measuring)
        settle()
        assert measuring.count >= DOCUMENTS
        measuring.count = 0

        window.session.highlight("judge", 6, 10)
        settle()

    assert measuring.count < DOCUMENTS
