"""Links that a reviewer edited or made anew: they travel with their decision, in packages and over a hub."""

from pathlib import Path

import pytest

from annotator.adjudication.decisions import GAP, OutcomeKind
from annotator.model import Decision, Relation, gold_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide, decide_all
from annotator.services.feedback import feedback
from annotator.services.review_figures import guideline_gaps
from annotator.services.review_log import release
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import exchange, hubs, projects, reviews
from tests.hubs import Team
from tests.postgres import Server

OUTCOMES: tuple[OutcomeKind, ...] = ("accept_modified", "new")
NAMES = ("Bo", "Cy")


def gold_link(store: ProjectStore) -> tuple[Relation, Decision]:
    """The one link in gold, with the decision that made it."""
    [link] = store.relations("article", gold_set_id(store.project_id))
    [decision] = [
        each for each in store.decisions("article") if link.id in {r.annotation for r in each.results}
    ]
    return link, decision


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_whole_project_in_a_package_has_the_link_and_its_decision(
    tmp_path: Path, outcome: OutcomeKind
) -> None:
    with reviews.team(tmp_path, NAMES) as store:
        reviews.linked(store, NAMES)
        before = exchange.packed(store, tmp_path / "before.annopack")
        reviews.decided_link(store, projects.lead(store).id, outcome)
        after = exchange.packed(store, tmp_path / "after.annopack")
        here = gold_link(store)

        with exchange.adopted(before, tmp_path / "rita.annotator", "rita") as there:
            for _ in range(2):
                exchange.merged(there, after)
                assert gold_link(there) == here
            assert review(there, "article").is_finished
        with exchange.adopted(after, tmp_path / "new.annotator", "new") as there:
            assert gold_link(there) == here


def test_gap_of_the_guidelines_that_a_link_shows_is_where_the_link_begins(tmp_path: Path) -> None:
    with reviews.team(tmp_path, NAMES) as store:
        reviews.linked(store, NAMES)
        [link] = review(store, "article").links
        lead, ruling = projects.lead(store).id, Ruling("reject_all", flags=(GAP,))
        decide(store, reviewer=lead, document="article", unit=link.key, ruling=ruling)

        [gap] = run(guideline_gaps(store))

    assert (gap.document, gap.words) == ("article", "cannot claim immunity")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_annotator_reads_in_their_package_what_became_of_their_link(
    tmp_path: Path, outcome: OutcomeKind
) -> None:
    with reviews.team(tmp_path, NAMES) as store:
        reviews.linked(store, NAMES)
        lead, bo = projects.lead(store).id, reviews.person(store, "Bo")
        reviews.decided_link(store, lead, outcome)
        release(store, reviewer=lead, document="article")
        package = exchange.packed(store, tmp_path / "bo.annopack", annotator=bo)

        with exchange.adopted(package, tmp_path / "bo.annotator", "bo") as own:
            told = feedback(own, annotator=bo, document="article")
            assert not own.relations("article", gold_set_id(own.project_id))

    [remark] = told
    assert (remark.own, remark.verdict, remark.comment) == ("Reports", "attribute_wrong", "It does say so.")
    assert remark.decided == "Reports cannot claim immunity"


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_hub_brings_the_link_to_who_reviews_and_tells_the_annotator(
    postgres: Server, tmp_path: Path, outcome: OutcomeKind
) -> None:
    with hubs.sent_team(postgres, tmp_path) as team:
        lea = team.ids["lea"]
        names = [each.name for each in team.store.annotators() if each.role == "annotator"]
        reviews.linked(team.store, names)
        reviews.decided_link(team.store, lea, outcome)
        release(team.store, reviewer=lea, document="article")
        team.sync("lea", team.store)

        with team.workstation("rita", tmp_path / "rita.annotator") as rita:
            assert gold_link(rita) == gold_link(team.store)
            _taken_back(team, rita)
        with team.workstation("ben", tmp_path / "ben.annotator") as ben:
            [remark] = feedback(ben, annotator=team.ids["ben"], document="article")
            assert (remark.own, remark.verdict) == ("Reports", "attribute_wrong")


def _taken_back(team: Team, rita: ProjectStore) -> None:
    """What the lead takes back of it is taken back for who reviews, too."""
    for _ in range(2):  # that it was let be read, then the link
        annotating.undo(team.store, annotator=team.ids["lea"], document="article")
    team.sync("lea", team.store)
    team.sync("rita", rita)
    for store in (team.store, rita):
        assert not store.relations("article", gold_set_id(store.project_id))
        assert review(store, "article").counts["open"] == 1


@pytest.mark.parametrize("document", ["article", "opinion"])
def test_link_whose_end_leaves_gold_is_to_be_decided_again(tmp_path: Path, document: str) -> None:
    with reviews.team(tmp_path, NAMES) as store:
        lead = projects.lead(store).id
        reviews.linked(store, NAMES)
        link = reviews.decided_link(store, lead, "accept_modified")
        assert review(store, "article").is_finished
        [unit] = review(store, document).units

        decide(store, reviewer=lead, document=document, unit=unit.key, ruling=Ruling("reject_all"))

        of = review(store, "article")
        assert not of.gold.links
        assert of.standing(of.links[0].key).state == "open"
        annotating.undo(store, annotator=lead, document=document)
        assert review(store, "article").is_finished
        assert [each.id for each in review(store, "article").gold.links] == [link.id]


@pytest.mark.parametrize("order", [("article", "opinion"), ("opinion", "article")])
def test_link_leaves_gold_once_where_both_its_ends_do_at_once(tmp_path: Path, order: tuple[str, str]) -> None:
    with reviews.team(tmp_path, NAMES) as store:
        lead = projects.lead(store).id
        reviews.linked(store, NAMES)
        reviews.decided_link(store, lead, "accept_modified")
        rulings = [
            (document, review(store, document).units[0].key, Ruling("reject_all")) for document in order
        ]

        change = decide_all(store, reviewer=lead, rulings=rulings)

        of = review(store, "article")
        assert not of.gold.links
        assert of.standing(of.links[0].key).state == "open"
        outcomes = [record.outcome for record in change.after if isinstance(record, Decision)]
        assert sorted(outcomes) == ["reject_all", "reject_all", "withdrawn"]
