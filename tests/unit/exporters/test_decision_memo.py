"""Decision memos: what they tell of a unit, also of what has changed since, and whom they name."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import OutcomeKind, result_of
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


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("accept_modified", "Edited and taken"), ("new", "Made anew")],
    ids=["edited", "new"],
)
def test_memo_tells_where_links_went_and_where_gold_has_one(
    tmp_path: Path, outcome: OutcomeKind, told: str
) -> None:
    with reviews.team(tmp_path, ("Bo", "Cy", "Di")) as store:
        reviews.linked(store, ("Bo", "Cy"))
        for document in ("opinion", "article"):
            who = reviews.person(store, "Di")
            annotating.set_work_state(store, annotator=who, document=document, state="done")
        reviews.decided_link(store, projects.lead(store).id, outcome)
        of = review(store, "article")

        page = as_html([unit_history(store, of, of.links[0], name=lambda who: who[:2])])

    ends = "“cannot claim immunity” → Ruling opinion: “cannot claim immunity”"
    assert f"Gold: <b>Reports</b> {ends} (values: accurate)" in page
    assert page.count(ends) == 3
    for words in (told, "It does say so.", "attribute wrong", "no link"):
        assert words in page
    assert "no span" not in page
