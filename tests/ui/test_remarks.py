"""What was decided of a span is told at the span, to the annotator whose it is."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.adjudication.decisions import result_of
from annotator.model import annotator_set_id
from annotator.services.deciding import Ruling, decide
from annotator.services.review_log import release
from annotator.services.reviewing import review
from tests import reviews
from tests.ui.windows import open_window


def test_message_is_shown_at_the_span_that_it_is_about(qtbot: QtBot, tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, {"Bo": [("Ada Romero", "judge")], "Cy": [("Judge Ada Romero", "judge")]})
        bo, path = reviews.person(store, "Bo"), store.path
        [unit] = review(store, "document-1").units
        long = next(each for each in unit.candidates if each.annotator != bo)
        ruling = Ruling("accept", (result_of(long.span),), comment="Take the title with it.")
        decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=ruling)
        [span] = store.annotations("document-1", annotator_set_id(bo))

    with open_window(qtbot, path) as window:
        window.session.switch_annotator(bo)
        window.session.open_document("document-1")
        window.session.select_span(span.id)
        details = window.details.span
        qtbot.waitUntil(lambda: details.span is not None and details.told.isHidden(), timeout=10_000)
        release(window.session.store, reviewer="ana", document="document-1")
        window.session.open_document(None)
        window.session.open_document("document-1")
        window.session.select_span(span.id)

        qtbot.waitUntil(lambda: "Take the title with it." in details.told.text(), timeout=10_000)
        assert "Judge Ada Romero" in details.told.text()
        assert not details.told.isHidden()
