"""Reports of problems: where it failed, no text, shown before they are saved; logs that rotate."""

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.traces import trace_without_text
from tests.ui import windows
from ui import errors
from ui.dialogs.report import ReportDialog


def failing(text: str) -> Exception:
    try:
        try:
            raise KeyError(text)
        except KeyError as error:
            raise ValueError(text) from error
    except ValueError as error:
        return error


def test_trace_tells_where_and_not_what() -> None:
    trace = trace_without_text(failing("a sentence of a sealed order"))

    assert "KeyError" in trace
    assert "ValueError" in trace
    assert "in failing" in trace
    assert "sealed" not in trace


def test_report_of_the_last_failure_is_shown_and_saved(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with windows.open_window(qtbot, None) as window:
        window.failures.take(failing("a sentence of a sealed order"))
        windows.dialog(qtbot, "problem").close()
        window.commands.actions["report"].trigger()
        dialog = windows.dialog(qtbot, "report")
        assert isinstance(dialog, ReportDialog)
        assert "ValueError" in dialog.report()
        assert "PySide6" in dialog.report()
        dialog.text.appendPlainText("I had pressed d.")
        window.reporting.save(tmp_path / "report.txt", dialog.report())
        dialog.close()

    assert "I had pressed d." in (tmp_path / "report.txt").read_text("utf-8")
    assert "sealed" not in (tmp_path / "report.txt").read_text("utf-8") + caplog.text


def test_log_quotes_no_exception_and_no_message_of_a_library(log: Path) -> None:
    own, library = logging.getLogger("storage.store"), logging.getLogger("parser.of.somebody")
    own.warning("Page %d cannot be drawn", 3, exc_info=failing("a sealed order"))
    library.warning("This is odd: %s", "a sealed sentence", exc_info=failing("a sealed order"))

    written = log.read_text("utf-8")
    assert "Page 3 cannot be drawn" in written
    assert "parser.of.somebody" in written
    assert "ValueError" in written
    assert "sealed" not in written


def test_full_log_is_put_aside_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "LOG_BYTES", 1000)
    root = logging.getLogger()
    before = list(root.handlers)
    errors.log_to_file()
    try:
        for number in range(200):
            logging.getLogger("test").error("line %d", number)
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()

    names = sorted(path.name for path in errors.log_file().parent.iterdir())
    assert names == ["annotator.log", "annotator.log.1", "annotator.log.2", "annotator.log.3"]
