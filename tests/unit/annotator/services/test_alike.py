"""Units with the same words and votes: which are found, and that they are decided as the first was."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import result_of
from annotator.errors import InvalidEdit
from annotator.model import gold_set_id
from annotator.progress import run
from annotator.services.alike import alike
from annotator.services.deciding import Ruling, decide, decide_all
from annotator.services.reviewing import review
from tests import projects, reviews

TEXT = "Norvel lost. Orbis won. Norvel and Orbis appeal."
WORK = {"Bo": [("Norvel", "organization")], "Cy": [("Norvel", "person")]}


def test_only_what_reads_alike_with_the_same_votes_is_found(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        lead = projects.lead(store).id
        reviews.marked(store, WORK, document="one", text=TEXT)
        reviews.marked(store, WORK, document="two", text=f"Yesterday {TEXT}")
        reviews.marked(store, {"Bo": WORK["Cy"], "Cy": WORK["Bo"]}, document="three", text=TEXT)
        [unit] = review(store, "one").units
        with pytest.raises(InvalidEdit, match="Decide this one first"):
            run(alike(store, document="one", unit=unit.key))
        ruling = Ruling("accept", (result_of(unit.candidates[0].span),), rule_id="R2")
        decide(store, reviewer=lead, document="one", unit=unit.key, ruling=ruling)

        found = run(alike(store, document="one", unit=unit.key))
        assert [(each.document, each.words) for each in found] == [("two", "Norvel")]
        decide_all(store, reviewer=lead, rulings=[(each.document, each.unit, each.ruling) for each in found])

        [span] = store.annotations("two", gold_set_id(store.project_id))
        assert (span.quote.exact, span.start) == ("Norvel", len("Yesterday "))
        assert store.decisions("two")[0].rule_id == "R2"
