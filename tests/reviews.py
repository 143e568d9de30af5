"""Projects with finished work of several annotators, for tests of review."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotator.adjudication.decisions import OutcomeKind, result_of
from annotator.model import Relation, Result, annotator_set_id, gold_set_id
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.link_ends import gold_end
from annotator.services.reviewing import review
from storage.store import ProjectStore, open_project
from tests import projects
from tests.factories import TEXT, find
from ui.memory import Memory

Mark = tuple[str, str]  # words and the label that they get


def team(folder: Path, names: Iterable[str] = ("Bo", "Cy")) -> ProjectStore:
    """A project led by Ana, who reviews, with annotators of these names."""
    store = projects.new_project(folder)
    for name in names:
        annotating.add_annotator(store, annotator=projects.lead(store).id, name=name)
    return store


def person(store: ProjectStore, name: str) -> str:
    return next(each.id for each in store.annotators() if each.name == name)


def acts_as_reviewer(project: Path, name: str) -> None:
    """A reviewer joins the project, and is who acts in it from now on."""
    with open_project(project, workstation=projects.WORKSTATION) as store:
        annotating.add_annotator(store, annotator=projects.lead(store).id, name=name, role="reviewer")
        memory = Memory()
        memory.remember(store.project_id, project, annotator=person(store, name), document=None)
        memory.save()


def seen_names(store: ProjectStore) -> set[str]:
    """Who was shown the names of annotators in every document, which is kept in each."""
    found = [
        {each.decided_by for each in store.decisions(document.id) if each.outcome == "revealed"}
        for document in store.documents()
    ]
    return {person.name for person in store.annotators() if all(person.id in each for each in found)}


def marked(
    store: ProjectStore,
    work: Mapping[str, Sequence[Mark]],
    *,
    document: str = "document-1",
    text: str = TEXT,
    done: bool = True,
) -> str:
    """A document in which annotators (by name) have marked words, and finished it."""
    projects.add_document(store, document, text=text, title=f"Ruling {document}")
    for name, marks in work.items():
        who = person(store, name)
        for words, label in marks:
            annotating.highlight(
                store,
                annotator=who,
                document=document,
                label=label,
                fragments=(find(words, text),),
                exact=True,
            )
        if done:
            annotating.set_work_state(store, annotator=who, document=document, state="done")
    return document


def linked(store: ProjectStore, names: Iterable[str], words: str = "cannot claim immunity") -> None:
    """Annotators (by name) link a claim of an article to a holding of the opinion, and finish both."""
    people = [person(store, name) for name in names]
    for document, label in (("opinion", "holding"), ("article", "claim")):
        marked(store, {name: [(words, label)] for name in names}, document=document, done=False)
    for who in people:
        [claim] = store.annotations("article", annotator_set_id(who))
        [holding] = store.annotations("opinion", annotator_set_id(who))
        annotating.link(store, annotator=who, type="reports", source=claim.id, target=holding.id)
        for document in ("opinion", "article"):
            annotating.set_work_state(store, annotator=who, document=document, state="done")


def decided_link(store: ProjectStore, reviewer: str, outcome: OutcomeKind) -> Relation:
    """A reviewer takes the spans of `linked`, and for gold makes the link between them an accurate report."""
    for document in ("opinion", "article"):
        [unit] = review(store, document).units
        ruling = Ruling("accept", (result_of(unit.candidates[0].span),))
        decide(store, reviewer=reviewer, document=document, unit=unit.key, ruling=ruling)
    of = review(store, "article")
    [link] = of.links
    first = link.candidates[0]
    ends = gold_end(store, of, first.source), gold_end(store, of, first.target)
    made = Result("", "reports", (), {"values": ("accurate",)}, *ends)
    ruling = Ruling(outcome, (made,), comment="It does say so.")
    decide(store, reviewer=reviewer, document="article", unit=link.key, ruling=ruling)
    [gold] = store.relations("article", gold_set_id(store.project_id))
    return gold
