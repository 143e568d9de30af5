"""A team with a hub, for tests: Ana leads (as the database user lea), Rita reviews, Ben and Cleo annotate."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from annotator.hub import HubProject, Member
from annotator.model import Role
from annotator.progress import run
from annotator.services import annotating, syncing
from annotator.services.assigning import assign, plan_by_hand, unassigned
from annotator.services.syncing import Synced
from storage.hub.client import HubClient, open_hub
from storage.hub.creating import create_hub, let_in
from storage.store import Origin, ProjectStore, adopt_project, open_project
from tests import exchange, factories, projects
from tests.postgres import Server

ROLES: dict[str, Role] = {"lea": "lead", "rita": "reviewer", "ben": "annotator", "cleo": "annotator"}


@dataclass(frozen=True, slots=True)
class Team:
    """A hub, the project of its lead, and the annotators' ids by their database users."""

    server: Server
    database: str
    store: ProjectStore
    ids: dict[str, str]

    def address(self, login: str) -> str:
        return self.server.address(self.database, login)

    @contextmanager
    def client(self, login: str) -> Iterator[HubClient]:
        client = open_hub(self.address(login))
        try:
            yield client
        finally:
            client.close()

    @contextmanager
    def raw(self, login: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """A connection as a database user who types SQL by hand."""
        with psycopg.connect(self.address(login), autocommit=True) as connection:
            yield connection

    @contextmanager
    def workstation(self, login: str, path: Path, *, name: str = "") -> Iterator[ProjectStore]:
        """The project as a database user gets it from the hub, on a workstation of their own."""
        with self.client(login) as hub:
            about = hub.project
            made = adopt_project(
                path,
                Origin(about.id, about.name, about.created),
                workstation=name or f"of-{login}",
                fill=lambda store: syncing.fill(store, hub, self.address(login)),
            )
            run(made)
        with open_project(path, workstation=name or f"of-{login}") as store:
            yield store

    def sync(self, login: str, store: ProjectStore) -> Synced:
        """Bring a project and the hub together."""
        with self.client(login) as hub:
            return run(syncing.sync(store, hub))

    def mark(self, login: str, store: ProjectStore, words: str, *, label: str = "judge") -> None:
        """Mark words of the document as an annotator."""
        annotating.highlight(
            store,
            annotator=self.ids[login],
            document=factories.DOCUMENT,
            label=label,
            fragments=[factories.find(words)],
        )

    def push(self, login: str) -> tuple[str, ...]:
        """Push all that the project has of who the user is (of a lead: all); what is refused."""
        with self.client(login) as client:
            everything = [
                change
                for change in self.store.travelled()
                if login == "lea" or change.entry.annotator == self.ids[login]
            ]
            there = client.known([change.entry.change_id for change in everything])
            new = [change for change in everything if change.entry.change_id not in there]
            return tuple(refusal.sentence for refusal in client.push(new))


def words(store: ProjectStore) -> list[str]:
    """The words of all spans of the one document, in order of the alphabet."""
    return sorted(text for _, text in exchange.spans(store, factories.DOCUMENT))


@contextmanager
def passwords(server: Server) -> Iterator[None]:
    """libpq finds the passwords of the server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSFILE", str(server.passwords))
        yield


@contextmanager
def team(server: Server, folder: Path) -> Iterator[Team]:
    """A project with one document that all have to do, and its empty hub that all may use."""
    database = server.database()
    with projects.new_project(folder / "lea.annotator") as store:
        projects.add_document(store)
        ids = {"lea": factories.ANA}
        for login in ("rita", "ben", "cleo"):
            change = annotating.add_annotator(
                store, annotator=factories.ANA, name=login.capitalize(), role=ROLES[login]
            )
            ids[login] = next(each.id for each in change.after if isinstance(each, projects.Annotator))
        plan = plan_by_hand(store, documents=unassigned(store), annotators=[ids["ben"], ids["cleo"]])
        assign(store, annotator=factories.ANA, plan=plan)
        project = HubProject(store.project_id, store.name, store.created)
        client = create_hub(server.address(database, "lea"), project, factories.ANA)
        try:
            for login in ("rita", "ben", "cleo"):
                let_in(client, Member(login, ids[login], ROLES[login]))
        finally:
            client.close()
        yield Team(server, database, store, ids)


@contextmanager
def sent_team(server: Server, folder: Path) -> Iterator[Team]:
    """A team whose lead has joined the hub and sent the project."""
    with passwords(server), team(server, folder) as made:
        with made.client("lea") as hub:
            syncing.join(made.store, hub, made.address("lea"))
        made.sync("lea", made.store)
        yield made
