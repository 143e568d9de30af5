"""How progress and odd characters are told where nobody watches a terminal."""

import pytest

from annotator.progress import Progress
from ui.cli_output import echo_table, progress, result


def test_plain_progress_is_a_line_for_each_tenth_of_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Reading") as tell:
        for done in range(201):
            tell(Progress(done, 200, f"file {done}"))

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Reading 20 of 200"
    assert (len(lines), lines[-1]) == (10, "Reading 200 of 200")


def test_job_of_unknown_length_is_not_told_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Reading") as tell:
        tell(Progress(5, 0, "a file"))

    assert capsys.readouterr().err == ""


def test_cells_with_line_breaks_and_tabs_stay_on_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    echo_table(("title", "spans"), [("A\tlong\ntitle", 3)])

    assert capsys.readouterr().out == "A long title\t3\n"


def test_text_that_the_output_cannot_show_is_printed_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    result("half \ud83d of an emoji")

    assert capsys.readouterr().out == "half ? of an emoji\n"
