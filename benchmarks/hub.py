"""Twenty workstations follow one hub for a minute, and its server restarts in the middle.

Each marks a span about once a second and pushes it; a lead's workstation gets all of them. In the end
everybody must have the same, each mark once. All of them share one process, and so one core: on machines of
their own they are faster. The baseline is the two seconds in which others are to see a change.
"""

import random
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from annotator.hub import HubProject, Member, Refusal
from annotator.merging import Travelled
from annotator.progress import run
from annotator.services import annotating, syncing
from annotator.services.following import Follower, HubState
from benchmarks.figure import Figure, percentile
from storage.hub.address import shown
from storage.hub.client import HubClient, connect, open_hub
from storage.hub.creating import create_hub, let_in
from storage.store import Origin, ProjectStore, adopt_project, open_project
from tests import exchange, hubs, projects
from tests.postgres import Server, running_server

WORKSTATIONS, SECONDS = 20, 60.0
PAUSE = 0.5, 1.5
MOST = 400  # marks of a workstation
SENTENCE = "The court held that the maker is not immune from suit. "
SHARE, AIM = 0.95, 1.0
SOON = 2.0  # seconds in which a change is to be seen on another workstation
PATIENCE = 60.0


class TimedHub(HubClient):
    """A hub whose pushes are timed."""

    def __init__(self, address: str, seconds: list[float]) -> None:
        super().__init__(connect(address), shown(address))
        self._seconds = seconds

    def push(self, changes: Sequence[Travelled]) -> tuple[Refusal, ...]:
        began = time.perf_counter()
        refused = super().push(changes)
        if changes:
            self._seconds.append(time.perf_counter() - began)
        return refused


class Workstation:
    """A project that follows the hub, on which an annotator marks one span after the other."""

    def __init__(self, store: ProjectStore, address: str, annotator: str, seed: int) -> None:
        self.store, self.annotator = store, annotator
        self.made = 0
        self.pushes: list[float] = []
        self.state = HubState()
        self._chance = random.Random(seed)
        self._follower = Follower(store.sibling, lambda: TimedHub(address, self.pushes), self._take)
        self._threads = [threading.Thread(target=self._follower.run)]

    def begin(self, until: float) -> None:
        if self.annotator:
            self._threads.append(threading.Thread(target=self._annotate, args=(until,)))
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._follower.stop()
        for thread in self._threads:
            thread.join()

    def _annotate(self, until: float) -> None:
        while time.monotonic() < until and self.made < MOST:
            start = self.made * len(SENTENCE) + SENTENCE.index("court")
            place = (start, start + len("court"))
            annotating.highlight(
                self.store, annotator=self.annotator, document="case", label="court", fragments=[place]
            )
            self.made += 1
            self._follower.wake()
            time.sleep(self._chance.uniform(*PAUSE))

    def _take(self, state: HubState) -> None:
        self.state = state


def people(server: Server, address: str, folder: Path) -> list[tuple[str, str]]:
    """The hub of a project with all annotators: their database users, and their ids."""
    with projects.new_project(folder / "lead.annotator") as store:
        ana = projects.lead(store).id
        projects.add_document(store, "case", text=SENTENCE * MOST)
        found = []
        for number in range(WORKSTATIONS):
            login = f"station_{number}"
            change = annotating.add_annotator(store, annotator=ana, name=login)
            found.append((login, change.after[0].id))
            server.admin(f"CREATE ROLE {login} LOGIN PASSWORD 'secret'")
        with server.passwords.open("a", encoding="utf-8") as file:
            file.write("".join(f"*:*:*:{login}:secret\n" for login, _ in found))
        hub = create_hub(address, HubProject(store.project_id, store.name, store.created), ana)
        for login, annotator in found:
            let_in(hub, Member(login, annotator, "annotator"))
        syncing.join(store, hub, address)
        run(syncing.sync(store, hub))
        hub.close()
    return found


def station(stack: ExitStack, address: str, path: Path) -> ProjectStore:
    """The project of the hub on another workstation."""
    hub = open_hub(address)
    about = hub.project
    origin = Origin(about.id, about.name, about.created)
    run(
        adopt_project(
            path, origin, workstation=path.stem, fill=lambda store: syncing.fill(store, hub, address)
        )
    )
    hub.close()
    return stack.enter_context(open_project(path, workstation=path.stem))


def followed(server: Server, folder: Path, seconds: float) -> list[float]:
    """The seconds of all pushes. Raises RuntimeError if not everybody came to the same."""
    database = server.database()
    lead = server.address(database, "lea")
    with ExitStack() as stack:
        found = people(server, lead, folder)
        desk = Workstation(
            stack.enter_context(open_project(folder / "lead.annotator", workstation="desk")), lead, "", 0
        )
        stations = [
            Workstation(station(stack, address, folder / f"{login}.annotator"), address, annotator, number)
            for number, (login, annotator) in enumerate(found, 1)
            for address in (server.address(database, login),)
        ]
        for each in (desk, *stations):
            each.begin(time.monotonic() + seconds)
        time.sleep(seconds / 2)
        server.stop()
        server.start()
        time.sleep(seconds / 2)
        made = sum(each.made for each in stations)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not _is_over(desk, stations):
            time.sleep(0.2)
        for each in (desk, *stations):
            each.end()
        _check(desk, stations, made)
    return [taken for each in stations for taken in each.pushes]


def _is_over(desk: Workstation, stations: Sequence[Workstation]) -> bool:
    """Whether all that was made is at the desk."""
    there = len(desk.store.annotations("case"))
    return there == sum(each.made for each in stations) and not any(
        each.store.count_unsent() for each in stations
    )


def _check(desk: Workstation, stations: Sequence[Workstation], made: int) -> None:
    at_desk = {span.id: span for span in desk.store.annotations("case")}
    if len(at_desk) != made:
        raise RuntimeError(f"{made} spans were made, and {len(at_desk)} are at the desk")
    for each in stations:
        own = {span.id: span for span in each.store.annotations("case")}
        if len(own) != each.made or any(at_desk[id] != span for id, span in own.items()):
            raise RuntimeError(f"{each.store.path.name} has other spans than the desk")
        order = [
            change.entry.n for change in desk.store.travelled() if change.entry.annotator == each.annotator
        ]
        if order != sorted(set(order)):
            raise RuntimeError(f"what {each.store.path.name} made is not in order at the desk")
    if exchange.known(desk.store) < {each for one in stations for each in exchange.known(one.store)}:
        raise RuntimeError("the history at the desk lacks something")


def measure(seconds: float = SECONDS) -> list[Figure]:
    with tempfile.TemporaryDirectory() as work, running_server() as server, hubs.passwords(server):
        pushes = followed(server, Path(work), seconds)
    return [
        Figure(
            f"push of a change, {WORKSTATIONS} workstations, {len(pushes)} pushes, p95",
            percentile(pushes, SHARE) * 1000,
            "the time in which others are to see it",
            SOON * 1000,
            "ms",
            AIM,
        )
    ]
