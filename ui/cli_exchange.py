"""What `annotator pack`, `unpack`, `merge` and `conflicts` do: work carried between computers as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import ProjectError
from annotator.progress import Job, run
from annotator.roles import sees_others
from annotator.wording import counted
from ui.cli_commands import acting, open_store
from ui.cli_output import print_json, progress, result
from ui.cli_roles import acting_as, whose
from ui.memory import Memory
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.conflicts import Conflict
    from storage.store import ProjectStore


def pack(project: Path, *, out: Path | None, annotator: str | None, with_documents: bool) -> int:
    """Write a package of somebody's work, or of everybody's; of an annotator who packs, their own."""
    from annotator.model import Annotator
    from annotator.packages import SUFFIX
    from annotator.services import exchanging
    from storage.backup import written_aside

    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store, progress("Packing") as tell:
        packed_for = whose(
            store, settings, () if annotator is None else (annotator,), "packs the work of others"
        )
        person = store.record(Annotator, packed_for[0]) if packed_for else None
        name = project.stem if person is None else f"{project.stem} {person.name}"
        target = out or project.with_name(f"{name}{SUFFIX}")
        with written_aside(target.absolute()) as aside:
            job = exchanging.pack(
                store,
                lambda: aside.open("wb"),
                annotator="" if person is None else person.id,
                with_contents=with_documents,
            )
            packed = run(job, tell)
    workers = "everybody" if person is None else person.name
    counts = f"{counted(packed.documents, 'document')}, {counted(packed.changes, 'change')}"
    result(f"{target} has the work of {workers}: {counts}.")
    return 0


def unpack(package: Path, project: Path | None) -> int:
    """Make a project of a package, in which whoever it is for annotates."""
    target = project or package.with_suffix(".annotator")
    settings = Settings.load()
    with progress("Unpacking") as tell:
        adopted = adopt(package, target, settings)
        run(adopted, tell)
    result(f"{target} is ready.")
    return 0


def adopt(package: Path, target: Path, settings: Settings) -> Job[None]:
    """The job that makes a project of a package, and remembers who annotates in it."""
    from annotator.packages import open_package
    from annotator.services import exchanging
    from storage.store import Origin, adopt_project

    with open_package(package) as opened:
        said = opened.manifest
        yield from adopt_project(
            target,
            Origin(said.project, said.name, said.created),
            workstation=settings.workstation,
            fill=lambda store: exchanging.fill(store, opened),
        )
    if said.annotator:
        memory = Memory()
        memory.remember(said.project, target, annotator=said.annotator, document=None)
        memory.save()


def merge(project: Path, package: Path | None, *, takes_back: bool) -> int:
    """Merge a package, after a backup; or take the last merge back."""
    settings = Settings.load()
    with open_store(project, settings) as store:
        if takes_back:
            return _take_back(store)
        if package is None:
            raise ProjectError("Give the package to merge, or --take-back.")
        from annotator.services import exchanging
        from annotator.services.settling import conflicts

        me = acting(store, settings)
        with progress("Merging") as tell:
            job = exchanging.merge(store, package, annotator=me.id, back_up=lambda: back_up(store, settings))
            merged = run(job, tell)
        if not merged.backup:
            result(f"{package} brings nothing new.")
            return 0
        taken = merged.taken
        result(
            f"{package} is merged: {counted(taken.changes, 'change')} of {counted(taken.records, 'record')}. "
            f"The backup made before is {merged.backup}."
        )
        open_ones = conflicts(store)
    if open_ones:
        by = f"annotator conflicts {project}" if sees_others(me.role) else "by who reviews or leads."
        result(f"{counted(len(open_ones), 'conflict')} to settle: {by}")
    return 0


def back_up(store: ProjectStore, settings: Settings) -> str:
    """Back the project up before a merge, to the first folder of the settings; where it is."""
    from storage import rolling

    folder = settings.backup_folders[0]
    return str(rolling.make(store.path, folder, project_id=store.project_id).path)


def _take_back(store: ProjectStore) -> int:
    merges = store.merges()
    if not merges:
        raise ProjectError("No merge was made here that could be taken back.")
    store.take_back_merge(merges[0].id)
    result(f"The merge of {merges[0].name} is taken back; the package can be merged again.")
    return 0


def conflicts(project: Path, *, settle: str | None, choice: str | None, as_json: bool) -> int:
    """List what merges have left in question, or settle one of it."""
    from annotator.services import settling

    settings = Settings.load()
    if (settle is None) != (choice is None):
        raise ProjectError("Give both: --settle with a conflict's id, and --choose with one of its choices.")
    if settle is None or choice is None:
        with open_store(project, settings, read_only=True) as store:
            acting_as(store, settings, "reviewer", "sees the conflicts of merges")
            _list(settling.conflicts(store), as_json=as_json)
        return 0
    with open_store(project, settings) as store:
        me = acting(store, settings).id
        change = settling.settle(store, annotator=me, conflict=settle, choice=choice)
        left = len(settling.conflicts(store))
    result(f"{change.entry.title}: done. {counted(left, 'conflict')} left.")
    return 0


def _list(found: tuple[Conflict, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "kind": each.kind,
                    "document": each.title,
                    "what": each.sentence,
                    "choices": {choice.key: choice.words for choice in each.choices},
                }
                for each in found
            ]
        )
        return
    if not found:
        result("There are no conflicts.")
    for each in found:
        where = f"{each.title}: " if each.title else ""
        result(f"{each.id}  {where}{each.sentence}")
        for choice in each.choices:
            result(f"    {choice.key}: {choice.words}")
