"""Decision memos: what they tell of a unit, also of what has changed since, and whom they name."""

from pathlib import Path

from annotator.adjudication.decisions import result_of
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.decision_history import document_history, unit_history
from annotator.services.reviewing import review
from exporters.decision_memo import as_html, write_memo
from tests import projects, reviews

WORK = {"Bo": [("Ada Romero", "judge")], "Cy": [("Judge Ada Romero", "judge")], "Di": []}


def test_memo_has_words_candidates_outcome_rule_and_comment(tmp_path: Path) -> None:
    with reviews.team(tmp_path, WORK) as store:
        lead = projects.lead(store).id
        reviews.marked(store, WORK)
        [unit] = review(store, "document-1").units
        for place, comment in ((0, "First <thought>."), (1, "Titles belong to it.")):
            ruling = Ruling(
                "accept",
                (result_of(unit.candidates[place].span),),
                rule_id="R4",
                reason="slip",
                comment=comment,
            )
            decide(store, reviewer=lead, document="document-1", unit=unit.key, ruling=ruling)
        cy = reviews.person(store, "Cy")
        annotating.set_work_state(store, annotator=cy, document="document-1", state="in_progress")
        [own] = [each.span for each in unit.candidates if each.annotator == cy]
        annotating.remove(store, annotator=cy, annotations=[own.id])

        of = review(store, "document-1")
        [now] = of.units
        history = unit_history(store, of, now, name=lambda who: f"Annotator {len(who)}")
        names = {each.id: each.name for each in store.annotators()}
        [same] = document_history(store, of, name=names.__getitem__)

    assert [step.outcome for step in history.steps] == ["accept", "accept"]
    assert {said.words for said in history.steps[1].candidates} == {"Ada Romero", "Judge Ada Romero"}
    page = as_html([history])
    assert "First &lt;thought&gt;." in page
    for words in ("R4", "a slip", "Taken", "no span", "boundary wrong", "missed"):
        assert words in page
    assert not any(f">{name}<" in page for name in ("Bo", "Cy", "Di"))
    assert ">Cy<" in as_html([same])
    write_memo([history], tmp_path / "memo.html")
    assert (tmp_path / "memo.html").read_text("utf-8") == page
