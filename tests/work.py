"""A project in which everything has been done once: records of every kind, each by the verb that makes it."""

from pathlib import Path

from annotator.adjudication.decisions import result_of
from annotator.model import Fragment, WorkInterval, annotator_set_id
from annotator.recipes import Recipe
from annotator.services import annotating, assigning, cases, guideline_editing, training, working
from annotator.services.deciding import Ruling, decide
from annotator.services.recipes import save_recipe
from annotator.services.reviewing import review
from annotator.services.suggesting import reject
from annotator.suggest.suggestion import Suggestion
from annotator.training import Mark
from storage.store import ProjectStore
from tests import reviews

MARKS = {
    "Ana": [("Ada Romero", "judge")],
    "Bo": [
        ("cannot claim immunity", "claim"),
        ("ruled", "cue"),
        ("Ada Romero", "judge"),
        ("District Court", "court"),
        ("Norvel", "person"),
    ],
    "Cy": [("Judge Ada Romero", "judge"), ("District Court", "court")],
}
TIME = "2025-10-17T09:30:00.000Z"


def team_project(folder: Path) -> ProjectStore:
    """Two documents, the work of three people, and a record of every kind that a project keeps."""
    store = reviews.team(folder)
    document = reviews.marked(store, MARKS, done=False)
    reviews.marked(store, MARKS, document="document-2", done=False)
    mark(store, document)
    for name in MARKS:
        who = reviews.person(store, name)
        annotating.set_work_state(store, annotator=who, document=document, state="done")
    lead(store, document)
    return store


def mark(store: ProjectStore, document: str) -> None:
    """What Bo does besides spans."""
    bo = reviews.person(store, "Bo")
    spans = {span.label: span.id for span in store.annotations(document, annotator_set_id(bo))}
    annotating.set_note(store, annotator=bo, annotation=spans["judge"], note="see R4")
    annotating.link(store, annotator=bo, source=spans["claim"], target=spans["cue"], type="cue")
    annotating.set_document_label(store, annotator=bo, document=document, name="topic", value=("privacy",))
    unwanted = Suggestion((Fragment(0, 5),), "court", 0.9, "rules", "it is the first")
    reject(store, annotator=bo, document=document, suggestion=unwanted)
    working.keep(store, WorkInterval("sitting", document, bo, TIME, 60, 3))


def lead(store: ProjectStore, document: str) -> None:
    """What Ana does as the lead, who reviews."""
    ana = reviews.person(store, "Ana")
    unit = review(store, document).units[0]
    ruling = Ruling("accept", (result_of(unit.candidates[0].span),), comment="Why not?", rule_id="R4")
    decide(store, reviewer=ana, document=document, unit=unit.key, ruling=ruling)
    cases.add(store, annotator=ana, docket_number="1:24-cv-00123", documents=[document])
    rows = store.document_rows("")
    plan = assigning.plan_by_hand(store, documents=rows, annotators=[reviews.person(store, "Cy")])
    assigning.assign(store, annotator=ana, plan=plan)
    key = annotator_set_id(ana)
    training.begin_round(
        store, annotator=ana, name="First", documents=["document-2"], key=key, marks=(Mark("entity", 0.6),)
    )
    guideline_editing.save(store, annotator=ana, before="# Guidelines\n", after="# Guidelines\n\nWhy.\n")
    save_recipe(store, "For the paper", Recipe(), annotator=ana)
