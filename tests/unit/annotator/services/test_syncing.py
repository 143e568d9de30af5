"""Projects and their hub come to the same, whatever breaks off: nothing is lost, nothing doubled."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.adjudication.decisions import result_of
from annotator.change import HistoryEntry
from annotator.errors import StaleChange
from annotator.hub import HubError, HubUnreachable, Portion, Refusal
from annotator.merging import Entry, Travelled
from annotator.model import annotator_set_id, new_id
from annotator.progress import run
from annotator.services import annotating, suggesting, syncing
from annotator.services.checking import check
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from annotator.services.settling import conflicts
from annotator.suggest.suggestion import Suggestion
from storage.hub.client import HubClient, open_hub
from storage.store import ProjectStore
from tests import exchange, factories, hubs, projects
from tests.hubs import Team, words
from tests.postgres import Server

LABELS = ("judge", "person", "court")


@pytest.fixture
def cleo(team: Team, tmp_path: Path) -> Iterator[ProjectStore]:
    with team.workstation("cleo", tmp_path / "cleo.annotator") as store:
        yield store


def rows_on_hub(team: Team, title: str) -> int:
    found = team.server.admin(
        f"SELECT count(*) FROM annotator_hub.change WHERE title LIKE '{title}%'", team.database
    )
    return int(str(found[0][0]))


def test_work_goes_from_one_workstation_to_another(team: Team, ben: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")

    pushed = team.sync("ben", ben)
    came = team.sync("lea", team.store)

    assert (pushed.pushed, came.pulled) == (1, 1)
    assert words(team.store) == words(ben) == ["Ada Romero"]
    assert ben.text("document-1-text") == team.store.text("document-1-text")
    assert (ben.count_unsent(), team.store.count_unsent()) == (0, 0)


def test_that_a_span_was_suggested_and_what_was_rejected_goes_over_the_hub(
    team: Team, ben: ProjectStore
) -> None:
    judge = Suggestion((factories.find("Judge Ada Romero"),), "judge", 0.9, "rules", "")
    court = Suggestion((factories.find("District Court"),), "court", 0.9, "rules", "")
    who = {"annotator": team.ids["ben"], "document": factories.DOCUMENT}
    suggesting.accept(ben, **who, suggestions=[judge])
    suggesting.reject(ben, **who, suggestion=court)

    team.sync("ben", ben)
    team.sync("lea", team.store)

    [span] = team.store.annotations(factories.DOCUMENT)
    assert (span.quote.exact, span.origin) == ("Judge Ada Romero", "suggestion")
    rejected = team.store.rejections(annotator_set_id(team.ids["ben"]))
    assert [each.words for each in rejected] == ["district court"]


def test_annotators_get_nothing_of_each_other(team: Team, ben: ProjectStore, cleo: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")
    team.mark("cleo", cleo, "District Court")

    for login, store in (("ben", ben), ("cleo", cleo), ("ben", ben), ("lea", team.store)):
        team.sync(login, store)

    assert words(ben) == ["Ada Romero"]
    assert words(cleo) == ["District Court"]
    assert words(team.store) == ["Ada Romero", "District Court"]
    others = {change.entry.annotator for change in ben.travelled()}
    assert others == {team.ids["lea"], team.ids["ben"]}


def test_syncing_again_does_nothing(team: Team, ben: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")
    team.sync("ben", ben)

    again = team.sync("ben", ben)

    assert (again.pushed, again.pulled) == (0, 0)
    assert rows_on_hub(team, "Mark") == 1


def test_push_whose_answer_was_lost_is_not_made_twice(team: Team, ben: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")
    link = ben.hub_link()
    team.sync("ben", ben)
    ben.set_hub_link(link)  # as it was before the answer came

    again = team.sync("ben", ben)

    assert again.pushed == 0
    assert rows_on_hub(team, "Mark") == 1
    assert ben.count_unsent() == 0


def test_connection_that_is_cut_in_a_push_loses_nothing(team: Team, ben: ProjectStore) -> None:
    for label in LABELS:
        team.mark("ben", ben, "Ada Romero", label=label)
    with team.client("ben") as hub:
        push = syncing.push(ben, hub)
        next(push)
        cut_all(team)
        with pytest.raises(HubUnreachable, match="stays in the project"):
            run(push)
    assert ben.count_unsent() == 3

    team.sync("ben", ben)
    team.sync("lea", team.store)

    assert len(words(team.store)) == rows_on_hub(team, "Mark") == 3


def test_restart_of_the_server_in_the_middle_loses_nothing(team: Team, ben: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")
    hub = team_client(team, "ben")
    try:
        run(syncing.check(ben, hub))
        team.server.stop()
        with pytest.raises(HubUnreachable):
            run(syncing.push(ben, hub))
        with pytest.raises(HubUnreachable, match="does not answer"):
            team_client(team, "ben")
        team.mark("ben", ben, "District Court", label="court")
    finally:
        hub.close()
        team.server.start()

    team.sync("ben", ben)
    team.sync("lea", team.store)

    assert words(team.store) == ["Ada Romero", "District Court"]
    assert rows_on_hub(team, "Mark") == 2


def test_two_workstations_of_one_annotator_come_to_the_same(
    team: Team, ben: ProjectStore, tmp_path: Path
) -> None:
    with team.workstation("ben", tmp_path / "laptop.annotator", name="laptop") as laptop:
        team.mark("ben", ben, "Ada Romero")
        team.mark("ben", laptop, "District Court")
        team.sync("ben", laptop)
        team.sync("ben", ben)
        span = ben.annotations(factories.DOCUMENT)[0]
        annotating.set_note(ben, annotator=team.ids["ben"], annotation=span.id, note="at the desk")
        annotating.remove(laptop, annotator=team.ids["ben"], annotations=[laptop_span(laptop).id])
        for login, store in (("ben", ben), ("ben", laptop), ("ben", ben), ("lea", team.store)):
            team.sync(login, store)

        assert exchange.known(ben) >= exchange.known(laptop)
        assert words(ben) == words(laptop) == words(team.store)


def laptop_span(store: ProjectStore) -> "factories.Annotation":
    return next(s for s in store.annotations(factories.DOCUMENT) if s.quote.exact == "District Court")


def test_history_keeps_the_order_of_the_workstation(team: Team, ben: ProjectStore) -> None:
    for label in LABELS:
        team.mark("ben", ben, "Ada Romero", label=label)
    team.sync("ben", ben)

    team.sync("lea", team.store)

    came = [change.entry.n for change in team.store.travelled() if change.entry.workstation == "of-ben"]
    assert came == sorted(came)
    assert len(came) == 3


def test_conflict_is_left_to_people(team: Team, ben: ProjectStore, tmp_path: Path) -> None:
    team.mark("ben", ben, "Ada Romero")
    team.sync("ben", ben)
    with team.workstation("ben", tmp_path / "laptop.annotator", name="laptop") as laptop:
        span = ben.annotations(factories.DOCUMENT)[0].id
        annotating.set_note(ben, annotator=team.ids["ben"], annotation=span, note="here")
        annotating.set_note(laptop, annotator=team.ids["ben"], annotation=span, note="there")
        for login, store in (("ben", ben), ("ben", laptop), ("ben", ben), ("lea", team.store)):
            team.sync(login, store)

        assert set(ben.contested()) == set(laptop.contested()) == set(team.store.contested()) == {span}
        assert ben.records(factories.Annotation, [span]) == laptop.records(factories.Annotation, [span])


def test_new_document_comes_with_its_text(team: Team, ben: ProjectStore) -> None:
    projects.add_document(team.store, "another", text="Another text.", title="Another")
    team.sync("lea", team.store)

    team.sync("ben", ben)

    (added,) = [document for document in ben.documents() if document.title == "Another"]
    assert ben.text(added.text_version) == "Another text."


def test_what_the_role_does_not_allow_stays_and_is_told(team: Team, ben: ProjectStore) -> None:
    change, contents = factories.document_change(
        id="mine", text="Mine.", title="Mine", annotator=team.ids["ben"]
    )
    ben.apply(change, contents)
    team.mark("ben", ben, "Ada Romero")

    synced = team.sync("ben", ben)

    assert [refusal.change for refusal in synced.refusals] == [change.id]
    assert "your role does not allow it" in synced.refusals[0].sentence
    assert ben.count_unsent() == 0
    assert rows_on_hub(team, "Mark") == 1


def test_refused_change_goes_through_once_the_role_allows_it(team: Team, ben: ProjectStore) -> None:
    change, contents = factories.document_change(
        id="mine", text="Mine.", title="Mine", annotator=team.ids["ben"]
    )
    ben.apply(change, contents)
    assert team.sync("ben", ben).refusals
    team.server.admin("UPDATE annotator_hub.member SET role = 'reviewer' WHERE login = 'ben'", team.database)

    synced = team.sync("ben", ben)
    team.sync("lea", team.store)

    assert synced.refusals == ()
    assert {document.title for document in team.store.documents()} >= {"Mine"}


def test_who_becomes_a_reviewer_gets_the_work_of_all(
    team: Team, ben: ProjectStore, cleo: ProjectStore
) -> None:
    team.mark("cleo", cleo, "District Court")
    team.sync("cleo", cleo)
    team.sync("ben", ben)
    assert words(ben) == []
    team.server.admin("UPDATE annotator_hub.member SET role = 'reviewer' WHERE login = 'ben'", team.database)

    team.sync("ben", ben)

    assert words(ben) == ["District Court"]
    assert exchange.known(ben) == exchange.known(team.store) | exchange.known(cleo)


def test_package_that_a_lead_merged_goes_to_the_hub(team: Team, cleo: ProjectStore, tmp_path: Path) -> None:
    team.mark("cleo", cleo, "District Court")
    package = exchange.packed(cleo, tmp_path / "cleo.annopack", annotator=team.ids["cleo"])
    exchange.merged(team.store, package)

    team.sync("lea", team.store)

    assert rows_on_hub(team, "Mark") == 1
    assert team.sync("cleo", cleo).pushed == 0
    with pytest.raises(StaleChange, match="gone to the hub"):
        team.store.take_back_merge(team.store.merges()[0].id)


def test_work_of_somebody_else_waits_for_them(team: Team, ben: ProjectStore) -> None:
    change = annotating.highlight(
        ben,
        annotator=team.ids["cleo"],
        document=factories.DOCUMENT,
        label="judge",
        fragments=[factories.find("Judge")],
    )

    synced = team.sync("ben", ben)

    assert synced.refusals[0] == Refusal(change.id, synced.refusals[0].sentence)
    assert "made by somebody else" in synced.refusals[0].sentence


def test_hub_of_another_project_is_refused(postgres: Server, team: Team, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    before = exchange.records(team.store)
    with hubs.team(postgres, other) as another, another.client("lea") as hub:
        with pytest.raises(HubError, match="another project"):
            run(syncing.sync(team.store, hub))
        with pytest.raises(HubError, match="another project"):
            syncing.join(team.store, hub, another.address("lea"))

    assert exchange.records(team.store) == before


def test_line_that_claims_our_workstation_is_not_taken_for_ours(team: Team, ben: ProjectStore) -> None:
    change_id = new_id()
    line = HistoryEntry(
        change_id, team.ids["ben"], projects.WORKSTATION, 9_000_000, factories.TIME, "Forged", None, None
    )
    span = factories.annotation(id=new_id(), set=annotator_set_id(team.ids["ben"]), revision=change_id)
    team.mark("ben", ben, "Ada Romero")
    team.sync("ben", ben)
    before = team.store.next_number()
    with team.client("ben") as hub:
        assert hub.push([Travelled(line, (Entry(change_id, None, span),))]) == ()

    team.sync("lea", team.store)

    assert team.store.next_number() == before
    assert change_id in {change.entry.change_id for change in team.store.travelled()}


def test_nonsense_on_the_hub_is_left_out_and_counted(team: Team, ben: ProjectStore) -> None:
    with team.raw("ben") as connection, connection.transaction():
        connection.execute(
            "INSERT INTO annotator_hub.change (change_id, annotator, workstation, n, time, title) "
            "VALUES ('x', %s, 'w', 1, '', '')",
            (team.ids["ben"],),
        )
        connection.execute(
            "INSERT INTO annotator_hub.entry "
            "(change_id, record_id, kind, place, after, parents, owner, writer) "
            "VALUES ('x', 'y', 'work_interval', 0, %s, '{}', '', '')",
            (f'{{"id": "y", "revision": "x", "annotator": "{team.ids["ben"]}", "seconds": []}}',),
        )

    synced = team.sync("lea", team.store)

    assert synced.unreadable == 1
    assert team.sync("lea", team.store).unreadable == 0


def test_portions_do_not_split_a_push(team: Team, ben: ProjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.hub.client.ENTRIES_AT_ONCE", 1)
    for label in LABELS:
        team.mark("ben", ben, "Ada Romero", label=label)
        team.sync("ben", ben)

    with team.client("lea") as hub:
        portions: list[Portion] = []
        while not portions or not portions[-1].is_last:
            portions.append(hub.pull(portions[-1].until if portions else 0))

    assert len(portions) > 2
    ids = [each.change.entry.change_id for portion in portions for each in portion.pushed]
    assert len(ids) == len(set(ids))
    team.sync("lea", team.store)
    assert len(words(team.store)) == 3


def team_client(team: Team, login: str) -> HubClient:
    return open_hub(team.address(login))


def cut_all(team: Team) -> None:
    """The server ends all other connections to the database."""
    team.server.admin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{team.database}' AND pid <> pg_backend_pid()"
    )


def test_left_hub_is_forgotten(team: Team, ben: ProjectStore) -> None:
    link = ben.hub_link()
    assert link is not None
    assert replace(link, pulled=0, sent=0).login == "ben"

    ben.set_hub_link(None)

    assert ben.unsent(10) == []
    with team.client("ben") as hub, pytest.raises(HubError, match="has no hub"):
        run(syncing.sync(ben, hub))


def test_hub_restored_from_a_backup_gets_back_what_it_lost(team: Team, ben: ProjectStore) -> None:
    team.mark("ben", ben, "Ada Romero")
    before = team.server.admin("SELECT last FROM annotator_hub.counter", team.database)[0][0]
    team.sync("ben", ben)
    team.sync("ben", ben)
    for statement in (
        f"DELETE FROM annotator_hub.entry WHERE seq > {before}",
        f"DELETE FROM annotator_hub.change WHERE seq > {before}",
        f"UPDATE annotator_hub.counter SET last = {before}",
    ):
        team.server.admin(statement, team.database)

    team.sync("ben", ben)
    team.sync("lea", team.store)

    assert words(team.store) == ["Ada Romero"]
    assert rows_on_hub(team, "Mark") == 1


def test_two_reviewers_who_decide_before_they_sync_lose_nothing(
    team: Team, ben: ProjectStore, cleo: ProjectStore, tmp_path: Path
) -> None:
    for login, store, own in (("ben", ben, "Ada Romero"), ("cleo", cleo, "Judge Ada Romero")):
        team.mark(login, store, own)
        annotating.set_work_state(store, annotator=team.ids[login], document=factories.DOCUMENT, state="done")
        team.sync(login, store)
    team.sync("lea", team.store)
    with team.workstation("rita", tmp_path / "rita.annotator") as rita:
        for login, store, place in (("lea", team.store, 0), ("rita", rita, 1)):
            [unit] = review(store, factories.DOCUMENT).units
            ruling = Ruling("accept", (result_of(unit.candidates[place].span),))
            who = team.ids[login]
            decide(store, reviewer=who, document=factories.DOCUMENT, unit=unit.key, ruling=ruling)
        for login, store in (("lea", team.store), ("rita", rita), ("lea", team.store)):
            team.sync(login, store)

        for store in (team.store, rita):
            found = review(store, factories.DOCUMENT)
            [unit] = found.units
            assert found.standing(unit.key).state == "contested"
            assert len(store.decisions(factories.DOCUMENT)) == len(found.gold.spans) == 2
            [conflict] = conflicts(store)
            assert conflict.sentence.endswith("was decided differently by Ana and Rita.")
            assert run(check(store)) == ()
