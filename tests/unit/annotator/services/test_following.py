"""A project that follows its hub: what is made on one workstation is soon on the other."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from annotator.services.following import Follower, HubState, Phase
from storage.hub.client import open_hub
from storage.store import ProjectStore
from tests.hubs import Team, words

SOON = 2.0  # seconds in which a change is to be seen elsewhere
PATIENCE = 40.0


class Followed:
    """A project that a thread keeps in step, and the states that it told."""

    def __init__(self, store: ProjectStore, address: str) -> None:
        self.store = store
        self.states: list[HubState] = []
        self._news = threading.Condition()
        self.follower = Follower(store.sibling, lambda: open_hub(address), self._take)
        self.thread = threading.Thread(target=self.follower.run)

    def until(self, phase: Phase, *, came: bool = False, unsent: int | None = None) -> float:
        """Wait for a state that comes from now on; how many seconds that took."""
        began, seen = time.monotonic(), len(self.states)
        with self._news:
            found = self._news.wait_for(
                lambda: any(
                    state.phase == phase
                    and (not came or state.came > 0)
                    and (unsent is None or state.unsent == unsent)
                    for state in self.states[max(0, seen - 1) :]
                ),
                PATIENCE,
            )
        assert found, self.states[-3:]
        return time.monotonic() - began

    def _take(self, state: HubState) -> None:
        with self._news:
            self.states.append(state)
            self._news.notify_all()


@contextmanager
def following(store: ProjectStore, address: str) -> Iterator[Followed]:
    followed = Followed(store, address)
    followed.thread.start()
    try:
        yield followed
    finally:
        followed.follower.stop()
        followed.thread.join(20)
        assert not followed.thread.is_alive()


def test_change_is_seen_on_another_workstation_within_two_seconds(team: Team, ben: ProjectStore) -> None:
    with (
        following(team.store, team.address("lea")) as lea,
        following(ben, team.address("ben")) as mine,
    ):
        lea.until("together")
        mine.until("together")

        team.mark("ben", ben, "Ada Romero")
        mine.follower.wake()
        seconds = lea.until("together", came=True)

    assert seconds < SOON
    assert words(team.store) == ["Ada Romero"]
    assert ben.count_unsent() == 0


def test_server_that_restarts_is_found_again(team: Team, ben: ProjectStore) -> None:
    with following(ben, team.address("ben")) as mine:
        mine.until("together")
        team.server.stop()
        try:
            mine.until("offline")
            team.mark("ben", ben, "Ada Romero")
            mine.follower.wake()
            mine.until("offline", unsent=1)
        finally:
            team.server.start()
        mine.follower.wake(now=True)
        mine.until("together", unsent=0)
    team.sync("lea", team.store)

    assert words(team.store) == ["Ada Romero"]


def test_connection_that_is_cut_is_made_again(team: Team, ben: ProjectStore) -> None:
    with following(ben, team.address("ben")) as mine:
        mine.until("together")
        team.server.admin(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ben'", team.database
        )
        mine.until("offline")
        team.mark("ben", ben, "Ada Romero")
        mine.follower.wake(now=True)
        mine.until("together", unsent=0)
    team.sync("lea", team.store)

    assert words(team.store) == ["Ada Romero"]


def test_who_is_shut_out_is_told_and_keeps_the_work(team: Team, ben: ProjectStore) -> None:
    team.server.admin("DELETE FROM annotator_hub.member WHERE login = 'ben'", team.database)
    team.mark("ben", ben, "Ada Romero")

    with following(ben, team.address("ben")) as mine:
        mine.until("refused")

    assert "does not know the database user ben" in mine.states[-1].sentence
    assert (ben.count_unsent(), words(ben)) == (1, ["Ada Romero"])


def test_password_that_is_missing_is_asked_for(
    team: Team, ben: ProjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nowhere")

    with following(ben, team.address("ben")) as mine:
        mine.until("needs_password")

    asked = [state.sentence for state in mine.states if state.phase == "needs_password"]
    assert asked
    assert all("wants a password" in sentence for sentence in asked)
    assert "together" not in [state.phase for state in mine.states]


def test_stopping_cuts_a_server_that_does_not_answer(team: Team, ben: ProjectStore) -> None:
    with following(ben, team.address("ben")) as mine:
        mine.until("together")
        with team.raw("lea") as lea, lea.transaction():
            lea.execute("UPDATE annotator_hub.counter SET last = last")  # pushes wait for this one
            team.mark("ben", ben, "Ada Romero")
            mine.follower.wake()
            wait_for_lock(team)
            began = time.monotonic()
            mine.follower.stop()
            mine.thread.join(10)
            assert time.monotonic() - began < 5

    assert not mine.thread.is_alive()
    assert ben.count_unsent() == 1


def wait_for_lock(team: Team) -> None:
    """Wait until a push waits for another."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        waiting = team.server.admin(
            "SELECT 1 FROM pg_stat_activity WHERE usename = 'ben' AND wait_event_type = 'Lock'", team.database
        )
        if waiting:
            return
    raise AssertionError("no push has waited")
