"""Other processes that open the same project, for tests of locks, rights and crashes.

They are forked from a process that has everything loaded, so that one starts in milliseconds; on
Windows, which cannot fork, they start from nothing.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from annotator.change import Change
from annotator.errors import ProjectError
from annotator.model import new_id
from storage.store import ProjectStore, open_project
from tests import edits, factories, projects

NOBODY = 65534


@contextmanager
def running(
    target: Callable[[Path, Connection], None], path: Path
) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that runs `target`, and our end of the pipe to it; killed at the end if it still runs."""
    ours, its = multiprocessing.Pipe()
    process: BaseProcess
    if sys.platform == "win32":
        process = multiprocessing.get_context("spawn").Process(target=target, args=(path, its))
    else:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.processes"])
        process = context.Process(target=target, args=(path, its))
    process.start()
    its.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def hold_open(path: Path, pipe: Connection) -> None:
    """Have the project open for writing until something comes through the pipe."""
    with open_project(path, workstation="other"):
        pipe.send("open")
        pipe.recv()


def write_until_killed(path: Path, pipe: Connection) -> None:
    """Apply changes small and large, and send the id of each as soon as `apply` has returned."""
    store = open_project(path, workstation=projects.WORKSTATION)
    for n in count():
        pipe.send(_write(store, n).id)


def open_without_rights(path: Path, pipe: Connection) -> None:
    """Open the project as nobody, for writing and for reading only, and send what comes of each."""
    # Whatever is imported late has to be imported while the interpreter's own files can still be read.
    projects.new_project(path.with_name("other")).close()
    os.remove(path.with_name("other"))
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    for read_only in (False, True):
        try:
            with open_project(path, workstation="nobody", read_only=read_only) as store:
                pipe.send(f"{len(store.documents())} documents")
        except ProjectError as error:
            pipe.send(str(error))


def _write(store: ProjectStore, n: int) -> Change:
    if n % 3 == 0:
        change, contents = factories.document_change(
            id=new_id(), text=f"{new_id()}\n" + "A line of text.\n" * 500
        )
        store.apply(change, contents)
        return change
    if n % 3 == 1:
        return edits.mark(store, edits.span(new_id()))
    return edits.mark(store, *(edits.span(new_id(), start=n, end=n + 3) for n in range(200)))
