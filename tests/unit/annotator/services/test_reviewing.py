"""Reading documents for review in awkward projects: other texts, other schemas, many people, people gone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from annotator.adjudication.decisions import result_of
from annotator.change import make_change
from annotator.errors import InvalidEdit
from annotator.model import Result, TextVersion, annotator_set_id, gold_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.auto_resolving import auto_resolve
from annotator.services.checking import check
from annotator.services.deciding import Ruling, decide
from annotator.services.link_ends import gold_end
from annotator.services.review_queue import queue
from annotator.services.reviewing import followed, review
from annotator.store import Contents
from storage.store import ProjectStore
from tests import factories, projects, reviews

ALIKE = [("District Court", "court"), ("Norvel", "organization")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with reviews.team(tmp_path, [f"P{number}" for number in range(12)]) as made:
        yield made


def test_twelve_annotators_are_twelve_votes(store: ProjectStore) -> None:
    work = {f"P{number}": ALIKE if number % 3 else ALIKE[:1] for number in range(12)}
    reviews.marked(store, work)

    units = review(store, "document-1").units

    assert [(unit.type, len(unit.candidates), len(unit.absent)) for unit in units] == [
        ("agree", 12, 0),
        ("missing", 8, 4),
    ]


def test_who_has_not_finished_is_no_vote(store: ProjectStore) -> None:
    reviews.marked(store, {"P0": ALIKE, "P1": ALIKE})
    annotating.highlight(
        store,
        annotator=reviews.person(store, "P2"),
        document="document-1",
        label="judge",
        fragments=(factories.find("Ada Romero"),),
    )

    of = review(store, "document-1")

    assert (of.people, [unit.type for unit in of.units]) == (
        tuple(sorted(reviews.person(store, name) for name in ("P0", "P1"))),
        ["agree", "agree"],
    )


def test_spans_on_another_text_are_no_candidates_and_are_kept(store: ProjectStore) -> None:
    reviews.marked(store, {"P0": ALIKE, "P1": ALIKE})
    text = f"Corrected. {factories.TEXT}"
    document = store.documents()[0]
    version = replace(
        factories.text_version("text-2", text=text, document=document.id), text_sha256=factories.sha256(text)
    )
    store.apply(
        make_change(
            "Read anew",
            annotator=projects.lead(store).id,
            document=document.id,
            before=(document,),
            after=(replace(document, text_version="text-2"), version),
        ),
        Contents(texts={version.text_sha256: text}),
    )

    of = review(store, "document-1")

    assert store.record(TextVersion, "text-2") is not None
    assert of.units == ()
    assert (of.older_text, of.no_label) == (4, {})
    [row] = run(queue(store))
    assert row.older_text == 4
    assert len(store.annotations("document-1")) == 4


def test_merged_label_is_one_label(tmp_path: Path) -> None:
    toml = resources.schema_text("legal-news").replace(
        '{ id = "person",', '{ id = "human", merged_into = "person", is = "old" },\n  { id = "person",'
    )
    with projects.new_project(tmp_path, schema_toml=toml) as store:
        for name in ("Bo", "Cy"):
            annotating.add_annotator(store, annotator=projects.lead(store).id, name=name)
        reviews.marked(store, {"Bo": [("Ada Romero", "person")], "Cy": [("Ada Romero", "person")]})
        bo = annotator_set_id(reviews.person(store, "Bo"))
        [old] = store.annotations("document-1", bo)
        store.apply(
            make_change(
                "As it was",
                annotator="ana",
                document="document-1",
                before=(old,),
                after=(replace(old, label="human"),),
            )
        )

        [unit] = review(store, "document-1").units

        assert unit.type == "agree"


def test_decisions_stand_when_an_annotator_is_gone_from_the_document(store: ProjectStore) -> None:
    reviews.marked(store, {"P0": ALIKE, "P1": ALIKE[:1]})
    unit = next(each for each in review(store, "document-1").units if each.type == "single")
    lead = projects.lead(store).id
    decide(
        store,
        reviewer=lead,
        document="document-1",
        unit=unit.key,
        ruling=Ruling("accept", (result_of(unit.candidates[0].span),)),
    )
    gone = reviews.person(store, "P1")
    rows = [row for row in store.assignments("document-1") if row.annotator == gone]
    spans = store.annotations("document-1", annotator_set_id(gone))
    store.apply(make_change("Leave", annotator=lead, document="document-1", before=(*rows, *spans)))

    assert review(store, "document-1").standing(unit.key).state == "decided"


def test_nothing_is_to_be_decided_where_gold_has_nothing_and_nobody_has_it_any_more(
    store: ProjectStore,
) -> None:
    reviews.marked(store, {"P0": ALIKE[:1], "P1": []})
    [unit] = review(store, "document-1").units
    lead, bo = projects.lead(store).id, reviews.person(store, "P0")
    decide(store, reviewer=lead, document="document-1", unit=unit.key, ruling=Ruling("reject_all"))
    annotating.set_work_state(store, annotator=bo, document="document-1", state="in_progress")
    annotating.remove(store, annotator=bo, annotations=[unit.candidates[0].span.id])
    annotating.set_work_state(store, annotator=bo, document="document-1", state="done")

    of = review(store, "document-1")

    assert (of.units, of.standings.total, of.is_finished) == ((), 1, True)


def test_links_are_decided_once_their_spans_are_in_gold(store: ProjectStore) -> None:
    reviews.marked(
        store,
        {name: [("cannot claim immunity", "holding"), ("District Court", "court")] for name in ("P0", "P1")},
        done=False,
    )
    for name in ("P0", "P1"):
        who = reviews.person(store, name)
        spans = {span.label: span.id for span in store.annotations("document-1", annotator_set_id(who))}
        annotating.link(
            store, annotator=who, type="issued_by", source=spans["holding"], target=spans["court"]
        )
        annotating.set_work_state(store, annotator=who, document="document-1", state="done")
    of = review(store, "document-1")
    [unit] = of.links
    early = Ruling("accept", (Result("", unit.candidates[0].link.type),))
    with pytest.raises(InvalidEdit, match="joins gold spans only"):
        decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=early)

    report = run(auto_resolve(store, reviewer="ana"))

    assert [change.title for change in report.changes] == ["Decide 3 units by rule"]
    [link] = store.relations("document-1", gold_set_id(store.project_id))
    gold = {span.id: span.label for span in store.annotations("document-1", link.set)}
    assert (gold[link.source], gold[link.target]) == ("holding", "court")
    assert review(store, "document-1").is_finished
    assert run(check(store)) == ()


def test_links_into_another_document_are_decided_once_both_ends_are_in_gold(store: ProjectStore) -> None:
    names = ("P0", "P1")
    reviews.marked(
        store, {name: [("cannot claim immunity", "holding")] for name in names}, document="opinion"
    )
    reviews.marked(
        store, {name: [("cannot claim immunity", "claim")] for name in names}, document="article", done=False
    )
    for name in names:
        who = reviews.person(store, name)
        [claim] = store.annotations("article", annotator_set_id(who))
        [holding] = store.annotations("opinion", annotator_set_id(who))
        annotating.link(store, annotator=who, type="reports", source=claim.id, target=holding.id)
        annotating.set_work_state(store, annotator=who, document="article", state="done")
    of = review(store, "article")
    [unit] = of.links
    first = unit.candidates[0]
    assert (unit.type, gold_end(store, of, first.target)) == ("agree", "")
    assert list(of.elsewhere.values()) == ["Ruling opinion: “cannot claim immunity”"] * 2

    report = run(auto_resolve(store, reviewer="ana"))

    assert len(report.changes) == 1
    [link] = store.relations("article", gold_set_id(store.project_id))
    of = review(store, "article")
    assert (link.source, link.target) == (of.gold_of(first.source), gold_end(store, of, first.target))
    assert of.is_finished
    assert run(check(store)) == ()


def test_following_a_decision_is_as_reading_anew(store: ProjectStore) -> None:
    reviews.marked(store, {"P0": ALIKE, "P1": [("the District Court", "court")]})
    of = review(store, "document-1")
    changes = [
        decide(
            store,
            reviewer="ana",
            document="document-1",
            unit=unit.key,
            ruling=Ruling("accept", (result_of(unit.candidates[0].span),)),
        )
        for unit in of.units
    ]
    changes.append(annotating.undo(store, annotator="ana", document="document-1"))

    for change in changes:
        after = followed(of, change)
        assert after is not None
        of = after

    anew = review(store, "document-1")
    assert of.standings == anew.standings
    assert (of.gold.set, list(of.gold.spans)) == (anew.gold.set, list(anew.gold.spans))
    assert sorted(of.decisions, key=lambda each: each.id) == sorted(anew.decisions, key=lambda each: each.id)
