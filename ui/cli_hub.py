"""What `annotator hub ...` and `annotator sync` do: a project shared with a team through PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

import typer

from annotator.errors import InvalidEdit, ProjectError
from annotator.hub import HubError, HubProject, Member, NeedsHubPassword
from annotator.model import Role
from annotator.progress import Job, run
from annotator.wording import counted
from ui.cli_commands import acting, open_store, person_named
from ui.cli_output import echo_table, print_json, problem, progress, result
from ui.memory import Memory
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.services.syncing import RoleApart, Synced
    from storage.hub.client import HubClient
    from storage.store import ProjectStore

T = TypeVar("T")


def create(address: str, project: Path) -> int:
    """Make a hub, join it and send the project there."""
    from annotator.services import syncing
    from storage.hub.address import checked_address, driver, shown
    from storage.hub.creating import create_hub

    driver()
    checked, settings = checked_address(address), Settings.load()
    with open_store(project, settings) as store:
        link, me = store.hub_link(), acting(store, settings)
        if link is not None:
            raise HubError(f"{project} has a hub already, {shown(link.address)}. Leave it first.")
        if me.role != "lead":
            raise InvalidEdit("Only who leads the project makes its hub.")
        about = HubProject(store.project_id, store.name, store.created)
        hub = _asking(lambda password: create_hub(checked, about, me.id, password=password))
        with closing(hub), progress("Sending") as tell:
            syncing.join(store, hub, checked)
            synced = run(syncing.sync(store, hub), tell)
        result(f"{shown(checked)} is the hub of {project}: {counted(synced.pushed, 'change')} sent.")
        result("Let the others in: annotator hub member PROJECT NAME --login USER")
    return 0


def join(address: str, project: Path | None) -> int:
    """Join a hub with a project file, or make the file."""
    from annotator.services import syncing
    from storage.hub.address import checked_address, driver, shown

    driver()
    checked, settings = checked_address(address), Settings.load()
    with closing(_open(checked)) as hub:
        target = project or Path(f"{file_name(hub.project.name)}.annotator")
        with progress("Bringing") as tell:
            if target.exists():
                with open_store(target, settings) as store:
                    syncing.join(store, hub, checked)
                    run(syncing.sync(store, hub), tell)
            else:
                run(adopt(hub, checked, target, settings), tell)
        remember(hub, target)
        me = hub.me
    with open_store(target, settings, read_only=True) as store:
        name = next((who.name for who in store.annotators() if who.id == me.annotator), me.login)
    result(f"{target} is in step with {shown(checked)}; you are {name}, {me.role}.")
    return 0


def adopt(hub: HubClient, address: str, target: Path, settings: Settings) -> Job[None]:
    """The job that makes a project file of what a hub shows."""
    from annotator.services import syncing
    from storage.store import Origin, adopt_project

    about = hub.project
    yield from adopt_project(
        target,
        Origin(about.id, about.name, about.created),
        workstation=settings.workstation,
        fill=lambda store: syncing.fill(store, hub, address),
    )


def remember(hub: HubClient, file: Path) -> None:
    """Keep that we are in this file who the hub takes us for."""
    memory = Memory()
    memory.remember(hub.project.id, file, annotator=hub.me.annotator, document=None)
    memory.save()


def member(project: Path, name: str, *, login: str, role: str | None) -> int:
    """Let somebody in."""
    from storage.hub.creating import let_in

    roles: dict[str, Role] = {each: each for each in get_args(Role)}
    if role is not None and role not in roles:
        raise InvalidEdit(f"There is no role {role}; the roles are {', '.join(roles)}.")
    with _in_step(project) as (store, hub, _):
        who = person_named(store, name)
        given = who.role if role is None else roles[role]
        let_in(hub, Member(login, who.id, given))
        result(f"{login} uses the hub {hub.name} as {who.name}, {given}.")
    return 0


def members(project: Path, *, remove: str | None, as_json: bool) -> int:
    """List who may use the hub, or shut one out."""
    from storage.hub import creating

    with _in_step(project) as (store, hub, _):
        if remove is not None:
            creating.shut_out(hub, remove)
            result(f"{remove} does not use the hub {hub.name} any more.")
            return 0
        names = {who.id: who.name for who in store.annotators()}
        found = [
            (each.login, names.get(each.annotator, each.annotator), each.role)
            for each in creating.members(hub)
        ]
    if as_json:
        print_json([{"login": login, "name": who, "role": role} for login, who, role in found])
    else:
        echo_table(("user", "name", "role"), found)
    return 0


def leave(project: Path) -> int:
    """Take the project from its hub."""
    with open_store(project, Settings.load()) as store:
        if store.hub_link() is None:
            raise HubError(f"{project} has no hub.")
        unsent = store.count_unsent()
        store.set_hub_link(None)
    rest = f" {counted(unsent, 'change')} did not go to it." if unsent else ""
    result(f"{project} has no hub any more.{rest}")
    return 0


def sync(project: Path, *, as_json: bool) -> int:
    """Bring a project and its hub together; 1 if the hub does not take something."""
    with _in_step(project) as (store, hub, synced):
        name = hub.name
        apart = _roles_apart(store, hub)
    if as_json:
        print_json(
            {
                "pushed": synced.pushed,
                "pulled": synced.pulled,
                "refused": [{"change": each.change, "why": each.sentence} for each in synced.refusals],
                "unreadable": synced.unreadable,
                "roles_apart": [asdict(each) for each in apart],
            }
        )
    else:
        result(f"{name}: {counted(synced.pushed, 'change')} sent, {counted(synced.pulled, 'change')} came.")
        for each in synced.refusals:
            problem(each.sentence)
        if synced.unreadable:
            problem(f"{counted(synced.unreadable, 'change')} on the hub cannot be read and was left out.")
        for row in apart:
            problem(
                f"{row.name} is {row.in_project} in the project and {row.on_hub} on the hub. To have there "
                f'what is here: annotator hub member {project} "{row.name}" --login {row.login}'
            )
    return 1 if synced.refusals else 0


def _roles_apart(store: ProjectStore, hub: HubClient) -> tuple[RoleApart, ...]:
    """The roles that differ, for who can do something about it."""
    from annotator.services.syncing import roles_apart
    from storage.hub.creating import members

    return roles_apart(store, members(hub)) if hub.me.role == "lead" else ()


@contextmanager
def _in_step(project: Path) -> Iterator[tuple[ProjectStore, HubClient, Synced]]:
    """The project and its hub, in step, and what it took."""
    from annotator.services import syncing

    with open_store(project, Settings.load()) as store:
        link = store.hub_link()
        if link is None:
            raise HubError(f"{project} has no hub. Join one: annotator hub join ADDRESS {project}")
        with closing(_open(link.address)) as hub:
            with progress("Syncing") as tell:
                synced = run(syncing.sync(store, hub), tell)
            yield store, hub, synced


def _open(address: str) -> HubClient:
    from storage.hub.client import open_hub

    return _asking(lambda password: open_hub(address, password=password))


def _asking(connect: Callable[[str | None], T]) -> T:
    """Connect, asking for a password where libpq finds none and somebody is there; it is not kept."""
    try:
        return connect(None)
    except NeedsHubPassword:
        if not sys.stdin.isatty():
            raise
        return connect(typer.prompt("Password of the database user", hide_input=True, err=True))


def file_name(name: str) -> str:
    """The name of a project as that of a file."""
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in name).strip(" .")
    if not kept:
        raise ProjectError("The project has no name that could be that of a file; give the file to make.")
    return kept
