"""What the commands of the command line do that keep a project safe: backups made, listed and restored.

Like `cli_commands`, nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from annotator.errors import ProjectError
from annotator.wording import counted
from ui.cli_commands import open_store
from ui.cli_output import echo_table, problem, result
from ui.settings import Settings

if TYPE_CHECKING:
    from storage.rolling import Backup


def back_up(project: Path, to: Path | None) -> int:
    """Back up to a folder, or to all folders of the settings; 1 if that failed for one of them."""
    from storage import rolling

    settings = Settings.load()
    with open_store(project, settings, read_only=True) as store:
        project_id = store.project_id
    failed = 0
    for folder in settings.backup_folders if to is None else (to,):
        try:
            made = rolling.make(project, folder, project_id=project_id)
        except ProjectError as error:
            problem(str(error))
            failed = 1
        else:
            result(f"{project} is backed up in {made.path}.")
    return failed


def restore(project: Path, *, number: int | None, folder: Path | None) -> int:
    """List the backups of a project, or restore one of the list."""
    from storage import restoring, rolling

    folders = Settings.load().backup_folders if folder is None else (folder,)
    found = [backup for each in folders for backup in rolling.backups_of(project, each)]
    if not found:
        raise ProjectError(f"There is no backup of {project} in {' or '.join(map(str, folders))}.")
    if number is None:
        _show_backups(found)
        problem("Give --from with a number of the list to restore it.")
        return 0
    if not 1 <= number <= len(found):
        raise ProjectError(f"There is no backup {number} of {project}: the list has {len(found)}.")
    restored = restoring.restore(found[number - 1], project)
    for fault in restored.faults:
        problem(fault)
    kept = f" What was there before is {restored.kept}." if restored.kept is not None else ""
    result(f"{project} is as it was on {_moment(found[number - 1])}.{kept}")
    return 1 if restored.faults else 0


def behind_backups(project: Path, settings: Settings) -> list[str]:
    """A sentence for each folder whose newest backup has changes that the project has not."""
    from storage import rolling

    return [
        f"The backup of {_moment(newest)} in {folder} has changes that this file has lost; "
        "`annotator restore` brings them back."
        for folder in settings.backup_folders
        for newest in rolling.backups_of(project, folder)[:1]
        if rolling.is_behind(project, newest)
    ]


def salvage(project: Path, to: Path) -> int:
    """Put what can be read of a damaged project into a new one; 1 if anything is lost."""
    from storage import rolling
    from storage.salvage import salvage as salvage_project

    folders = Settings.load().backup_folders
    found = [backup for each in folders for backup in rolling.backups_of(project, each)]
    salvaged = salvage_project(project, to, sorted(found, key=lambda each: each.time, reverse=True))
    for sentence in salvaged.lost:
        problem(sentence)
    result(
        f"{to} has {counted(salvaged.documents, 'document')} and {counted(salvaged.spans, 'span')} of "
        f"{project}, which is as it was."
    )
    return 1 if salvaged.lost else 0


def repair(project: Path, *, is_sure: bool) -> int:
    """Say what a repair would do, ask, and do it on a project that was copied aside; then check again."""
    from storage import repairing, rolling
    from ui.cli_commands import check

    settings = Settings.load()
    found = [each for folder in settings.backup_folders for each in rolling.backups_of(project, folder)]
    with open_store(project, settings) as store:
        plan = repairing.plan(store, found)
        for step in plan.steps:
            problem(f"Would: {step}")
        if not plan.steps:
            result("There is nothing that a repair can do; `annotator check` tells what there is.")
        elif is_sure or typer.confirm("Repair?", default=False, err=True):
            result(f"A copy of the project as it was is {repairing.repair(store, plan)}.")
        else:
            return 1
    return check(project) if plan.steps else 0


def _show_backups(found: list[Backup]) -> None:
    from storage import rolling

    rows = []
    for number, backup in enumerate(found, start=1):
        holds = rolling.holdings(backup)
        told = (
            "damaged"
            if holds is None
            else f"{counted(holds.documents, 'document')}, {counted(holds.spans, 'span')}, "
            f"{counted(holds.changes, 'change')}"
        )
        rows.append((number, _moment(backup), told, backup.path.parent))
    echo_table(("number", "made", "holds", "folder"), rows)


def _moment(backup: Backup) -> str:
    return f"{backup.time.astimezone():%Y-%m-%d %H:%M:%S}"
