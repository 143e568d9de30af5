"""Windows that are killed while they annotate, and what must hold when their project is opened again.

`python3 tasks.py crash` runs it with counts; `test_kill` runs a few of each kind. A kind says what else goes
wrong until the kill: nothing ("kill"), the disk becomes full ("full"), the system refuses to write ("limit"),
or a second process reads the project and tries to write to it all the time ("pair").
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from annotator.errors import ProjectError
from annotator.model import Record
from annotator.progress import run
from annotator.services import annotating
from annotator.services.checking import check
from storage.store import ProjectStore, open_project
from tests import factories, processes, projects
from ui import stage
from ui.settings import Settings

Kind = Literal["kill", "full", "limit", "pair"]

ROOT = Path(__file__).parents[2]
TEXT = "\n".join(
    f"On day {day} the court of appeal 😀 ruled that the order of the port is void, and denied the motion."
    for day in range(40)
)
ROUNDS_A_PROJECT = 20
LINES = 25  # how many key presses a window gets before it may be killed, at most
INSTANT_SECONDS = 0.25  # and then at any instant of this stretch
REFUSED_LINES = 400


@dataclass
class Told:
    """What a window told until it was killed."""

    shown: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        told = json.loads(line)
        self.shown = told["shown"]
        self.made += told["made"]
        self.refused += told["refused"]


class Windows:
    """Window processes, one after the other; the next one loads while the one before works."""

    def __init__(self) -> None:
        self._spare = self._start()

    def next(self) -> "subprocess.Popen[str]":
        process, self._spare = self._spare, self._start()
        return process

    def close(self) -> None:
        self._spare.kill()
        self._spare.communicate()

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.marking_window"],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )


@contextmanager
def windows() -> Iterator[Windows]:
    started = Windows()
    try:
        yield started
    finally:
        started.close()


def new_project(folder: Path) -> Path:
    """A project with one document to mark."""
    folder.mkdir(parents=True, exist_ok=True)
    with projects.new_project(folder) as store:
        projects.add_document(store, text=TEXT)
        return store.path


def crash(process: "subprocess.Popen[str]", project: Path, kind: Kind, *, seed: int) -> Told:
    """Let a window mark the project, kill it in the midst of that, and see that nothing was lost.

    Raises AssertionError where something was.
    """
    with open_project(project, workstation=Settings.load().workstation) as store:
        before = {entry.change_id for entry in store.history()}
    beside = processes.running(read_and_try_to_write, project) if kind == "pair" else nullcontext()
    with beside as reader:
        told = _told_until_killed(process, project, kind, chance=random.Random(seed))
        if reader is not None:
            _see_what_was_read(*reader)
    if kind in ("full", "limit"):
        assert told.refused, "nothing was refused, though nothing more could be written"
    with open_project(project, workstation=Settings.load().workstation) as store:
        _see_that_all_is_there(store, told, before)
        _see_that_undo_works(store)
        assert run(check(store)) == ()
    return told


def read_and_try_to_write(project: Path, pipe: Connection) -> None:
    """Read the project as another process does, again and again, and try to write to it each time."""
    lock = project.with_name(f"{project.name}.lock")
    while not lock.exists():  # else this process might be the writer, and the window the one refused
        time.sleep(0.01)
    while True:
        with open_project(project, workstation="other", read_only=True) as store:
            faults = run(check(store))
        try:
            open_project(project, workstation="other").close()
            pipe.send((faults, ""))
        except ProjectError as error:
            pipe.send((faults, str(error)))


def _told_until_killed(
    process: "subprocess.Popen[str]", project: Path, kind: Kind, *, chance: random.Random
) -> Told:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([str(project), chance.randrange(1 << 30), kind]) + "\n")
    process.stdin.flush()
    told = Told()
    lines = chance.randrange(1, LINES)
    for _ in range(REFUSED_LINES):
        line = process.stdout.readline()
        assert line, "the window ended by itself"
        told.take(line)
        lines -= 1
        if lines <= 0 and (told.refused or kind not in ("full", "limit")):
            break
    time.sleep(chance.uniform(0, INSTANT_SECONDS))
    process.kill()
    # What was in the pipe was on the screen too; a line that was cut off in the middle counts for nothing.
    rest, _ = process.communicate()
    for line in rest.splitlines(keepends=True):
        if line.endswith("\n"):
            told.take(line)
    return told


def _see_what_was_read(process: object, pipe: Connection) -> None:
    """Nothing but what holds, and a refusal of each try to write; only after the kill may one succeed."""
    looks = [pipe.recv()]
    while pipe.poll(0):
        looks.append(pipe.recv())
    assert all(faults == () for faults, _ in looks), looks
    refusals = [refusal for _, refusal in looks]
    assert all("is open for writing in another window" in refusal for refusal in refusals[:-1]), refusals


def _see_that_all_is_there(store: ProjectStore, told: Told, before: set[str]) -> None:
    made = {entry.change_id for entry in store.history()} - before
    assert set(told.made) <= made, "a change that was on the screen is not in the project"
    # The last edit may have reached the disk and not yet the screen, never the other way round.
    ahead = made - set(told.made)
    assert len(ahead) <= 1, f"{len(ahead)} changes are in the project that were not on the screen"
    touched = {
        record.id for id in ahead for change in (store.change(id),) for record in change.before + change.after
    }
    there = {span.id: span.label for span in store.annotations(factories.DOCUMENT)}
    differ = {id for id in there.keys() | told.shown.keys() if there.get(id) != told.shown.get(id)}
    assert differ <= touched, "the spans are not those that were on the screen"


def _see_that_undo_works(store: ProjectStore) -> None:
    if store.undoable(factories.DOCUMENT) is None:
        return
    who = projects.lead(store).id
    before = _spans(store)
    annotating.undo(store, annotator=who, document=factories.DOCUMENT)
    assert _spans(store) != before, "undo changed nothing"
    annotating.redo(store, annotator=who, document=factories.DOCUMENT)
    assert _spans(store) == before, "redo did not bring back what undo took"


def _spans(store: ProjectStore) -> dict[str, Record]:
    return {span.id: replace(span, revision="") for span in store.annotations(factories.DOCUMENT)}


def crash_often(
    folder: Path, counts: dict[Kind, int], *, seed: int, minutes: float
) -> tuple[Counter[str], int]:
    """Crash as often as `counts` says, or until the time is up; counts of what happened, and of failures."""
    happened: Counter[str] = Counter()
    failures = 0
    until = time.monotonic() + 60 * minutes
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    random.Random(seed).shuffle(kinds)
    project = folder
    with windows() as started:
        for number, kind in enumerate(kinds):
            if time.monotonic() > until:
                break
            if number % ROUNDS_A_PROJECT == 0:
                project = new_project(folder / str(number))
            try:
                told = crash(started.next(), project, kind, seed=seed + number)
            except Exception as error:
                failures += 1
                print(f"round {number} ({kind}) in {project}: {type(error).__name__}: {error}", flush=True)
                project = new_project(folder / f"{number} after a failure")
                continue
            happened[kind] += 1
            happened["changes"] += len(told.made)
            happened["refusals"] += len(told.refused)
            if (number + 1) % 50 == 0:
                print(f"{number + 1} of {len(kinds)}: {failures} failures", flush=True)
    return happened, failures


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000, help="windows killed with nothing else wrong")
    parser.add_argument("--full", type=int, default=50, help="windows killed on a full disk")
    parser.add_argument("--limit", type=int, default=50, help="windows killed where writes are refused")
    parser.add_argument("--pair", type=int, default=50, help="windows killed beside a second process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=180, help="the end, however many are left")
    chosen = parser.parse_args()
    counts: dict[Kind, int] = {
        "kill": chosen.kills,
        "full": chosen.full,
        "limit": chosen.limit,
        "pair": chosen.pair,
    }
    folder = Path(tempfile.mkdtemp(prefix="annotator-crash-"))
    stage.leave_the_user_alone(folder)
    began = time.monotonic()
    happened, failures = crash_often(folder, counts, seed=chosen.seed, minutes=chosen.minutes)
    print(
        f"{happened['kill']} kills, {happened['full']} on a full disk, "
        f"{happened['limit']} with writes refused, "
        f"{happened['pair']} beside a second process, in {(time.monotonic() - began) / 60:.0f} minutes: "
        f"{happened['changes']} changes acknowledged, {happened['refusals']} refused in a sentence, "
        f"{failures} failures."
    )
    sys.exit(1 if failures or sum(happened[kind] for kind in counts) < sum(counts.values()) else 0)


if __name__ == "__main__":
    main()
