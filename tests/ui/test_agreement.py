"""The agreement screen: computed in a worker, tables with intervals, plots, files, going to a place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.charts import DARK, LIGHT
from annotator.services import annotating, suggesting
from annotator.suggest.suggestion import Suggestion
from tests import reviews
from tests.factories import fragments
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window
from ui.agreement.dialog import AgreementDialog
from ui.agreement.pictures import inks
from ui.main_window import MainWindow
from ui.theme.palettes import DARK as DARK_THEME
from ui.theme.palettes import LIGHT as LIGHT_THEME
from ui.theme.style import palette

TEXTS = {f"ruling {number}": "Norvel sued Orbis in Oakland.\n" for number in range(5)}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Lee and Bo have finished five documents; in the last, Bo marked another word."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", TEXTS)) as window:
        store, lee = store_of(window.session), me(window.session)
        annotating.add_annotator(store, annotator=lee, name="Bo")
        bo = next(person.id for person in store.annotators() if person.name == "Bo")
        for number, document in enumerate(TEXTS):
            for who, places in ((lee, (0, 6)), (bo, (12, 17) if number == 4 else (0, 6))):
                annotating.highlight(
                    store, annotator=who, document=document, label="organization", fragments=fragments(places)
                )
                annotating.set_document_label(
                    store, annotator=who, document=document, name="usable", value=number < 4 or who == bo
                )
                annotating.set_work_state(store, annotator=who, document=document, state="done")
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> AgreementDialog:
    window.leading.show_agreement()
    [dialog] = window.findChildren(AgreementDialog)
    qtbot.waitUntil(lambda: dialog.report is not None)
    return dialog


def cells(dialog: AgreementDialog, table: str, row: int) -> list[str]:
    shown = dialog.tables[table]
    items = [shown.item(row, column) for column in range(shown.columnCount())]
    return [item.text() for item in items if item is not None]


def last_head(dialog: AgreementDialog, table: str) -> str:
    shown = dialog.tables[table]
    item = shown.horizontalHeaderItem(shown.columnCount() - 1)
    return item.text() if item is not None else ""


def test_every_number_has_its_interval_and_what_it_is_of(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)

    name, value, between, documents, pairs, spans, least, greatest = cells(dialog, "measures", 0)
    assert (name, value, documents, pairs, spans) == ("Span F1, exact", "0.800", "5", "1", "10")
    assert between.count("–") == 1
    assert (least, greatest) == ("0.800", "0.800")
    assert cells(dialog, "pairs", 0)[0].startswith(("Lee / Bo", "Bo / Lee"))
    assert cells(dialog, "documents", 4)[2:] == ["0.000", "0.000", "2", "2", ""]


def test_values_of_whole_documents_have_a_tab_with_a_plot(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)

    name, value, _between, *counted = cells(dialog, "document_labels", 0)
    assert name == "Usable · Value of whole documents, Gwet AC1 2008"
    assert float(value) == pytest.approx((0.8 - 0.18) / 0.82, abs=5e-4)
    assert counted == ["5", "1", "10"]
    assert "Gwet AC1" in dialog.pictures["document_labels"].svg
    assert last_head(dialog, "document_labels") == "Values"
    assert last_head(dialog, "links") == "Links"


def test_a_document_opens_at_the_disagreement(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)

    dialog.tables["documents"].activated.emit(dialog.tables["documents"].model().index(4, 0))

    assert window.session.document is not None
    assert window.session.document.id == "ruling 4"
    assert window.view.selection() == (0, 6)
    assert dialog.isVisible()


def test_plots_and_report_are_written_as_the_name_says(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(qtbot, window)

    for name in ("plot.svg", "plot.png", "report.html", "report.json", "report.csv"):
        dialog.write(tmp_path / name)
    dialog.write(tmp_path / "report.pdf")

    assert (tmp_path / "plot.svg").read_text("utf-8") == dialog.pictures["measures"].svg
    assert QImage(str(tmp_path / "plot.png")).width() == 1440
    assert b"<svg" in (tmp_path / "report.html").read_bytes()
    assert "ends with none of" in dialog.fault.text()


def test_it_can_be_stopped(qtbot: QtBot, window: MainWindow) -> None:
    window.leading.show_agreement()
    [dialog] = window.findChildren(AgreementDialog)

    dialog.stop.click()

    qtbot.waitUntil(lambda: dialog.progress.isHidden())
    assert dialog.report is not None or "stopped" in dialog.fault.text()


def test_gamma_is_computed_on_demand(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    rows = dialog.tables["measures"].rowCount()

    dialog.gamma.click()

    qtbot.waitUntil(lambda: dialog.tables["measures"].rowCount() == rows + 1)
    assert cells(dialog, "measures", rows)[0].startswith("γ 2015")
    assert "γ takes 0 discontinuous ones by their whole extent" in dialog.summary.text()


def test_agreement_without_accepted_suggestions_is_one_choice_away(qtbot: QtBot, window: MainWindow) -> None:
    store, lee = store_of(window.session), me(window.session)
    annotating.set_work_state(store, annotator=lee, document="ruling 0", state="in_progress")
    accepted = Suggestion(fragments((12, 17)), "organization", 0.9, "rules", "")
    suggesting.accept(store, annotator=lee, document="ruling 0", suggestions=[accepted])
    annotating.set_work_state(store, annotator=lee, document="ruling 0", state="done")
    dialog = opened(qtbot, window)
    assert "11 spans; 1 of them accepted from suggestions, 1 unchanged" in dialog.summary.text()
    assert cells(dialog, "documents", 0)[-1] == "yes"

    dialog.places.setCurrentIndex(dialog.places.findData("unassisted"))

    qtbot.waitUntil(lambda: dialog.report is not None and dialog.report.places == "unassisted")
    assert "10 spans" in dialog.summary.text()
    assert "accepted" not in dialog.summary.text()
    assert cells(dialog, "documents", 0)[-1] == ""


def test_plots_follow_the_theme() -> None:
    assert inks(palette(LIGHT_THEME)) is LIGHT
    assert inks(palette(DARK_THEME)) is DARK


def test_names_are_hidden_on_the_screen_and_in_reports(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(qtbot, window)

    dialog.blind.setChecked(True)
    dialog.write(tmp_path / "report.json")

    assert cells(dialog, "pairs", 0)[0].startswith(("Annotator A / Annotator B", "Annotator B / Annotator A"))
    assert b"Lee" not in (tmp_path / "report.json").read_bytes()
    dialog.blind.setChecked(False)
    assert cells(dialog, "pairs", 0)[0].startswith(("Lee / Bo", "Bo / Lee"))


def test_a_reviewer_reads_letters_until_the_names_are_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    annotating.add_annotator(store, annotator=me(window.session), name="Rae", role="reviewer")
    window.session.switch_annotator(reviews.person(store, "Rae"))
    dialog = opened(qtbot, window)
    assert cells(dialog, "pairs", 0)[0].startswith("Annotator ")
    assert reviews.seen_names(store) == set()

    dialog.blind.setChecked(False)

    assert cells(dialog, "pairs", 0)[0].startswith(("Lee / Bo", "Bo / Lee"))
    assert reviews.seen_names(store) == {"Rae"}
