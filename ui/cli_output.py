"""How the command line speaks: results, problems, JSON, tables and progress.

Progress is a bar where the error output is a terminal, and a plain line now and then where it is not, so
that a log stays readable.
"""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TypeAlias

import orjson
import typer

from annotator.progress import Progress

Tell: TypeAlias = Callable[[Progress], None]

GIVE_PASSWORD = "With --password it is asked for; it is not stored."

_SUBJECT = 40  # letters of what a job works on that are shown beside its bar
_LINES = 10  # plain progress lines for a whole job, at most


def result(text: str) -> None:
    """Print what the command is about."""
    typer.echo(_printable(text, sys.stdout.encoding))


def problem(text: str) -> None:
    """Print what went wrong, or may have."""
    typer.echo(_printable(text, sys.stderr.encoding), err=True)


def print_json(value: object) -> None:
    """Print a value as one line of JSON in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def echo_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table on a terminal, else one a line with tabs between; the first column may wrap."""
    if not sys.stdout.isatty():
        for row in rows:
            result("\t".join(" ".join(str(cell).split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=place > 0)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    Console().print(table)


@contextmanager
def progress(verb: str) -> Iterator[Tell]:
    """Something to tell the progress of a job to; it is shown on the error output.

    Ctrl+C ends the job at its next step, never in the midst of one; a second Ctrl+C ends it at once.
    """
    with _shown(verb) as show, _interrupt_awaited() as is_interrupted:

        def tell(at: Progress) -> None:
            if is_interrupted():
                raise KeyboardInterrupt
            show(at)

        yield tell


@contextmanager
def _interrupt_awaited() -> Iterator[Callable[[], bool]]:
    """Lets the first Ctrl+C only be noted; whether there was one can be asked."""
    interrupted = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        if interrupted:
            signal.default_int_handler(number, frame)
        interrupted = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: interrupted
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _shown(verb: str) -> Iterator[Tell]:
    if not sys.stderr.isatty():
        yield _PlainLines(verb)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(verb, total=None)

        def tell(at: Progress) -> None:
            description = f"{verb} {_short(at.subject)}".rstrip()
            bars.update(task, completed=at.done, total=at.total or None, description=description)

        yield tell


def _short(subject: str) -> str:
    return subject if len(subject) <= _SUBJECT else f"{subject[: _SUBJECT - 1]}…"


class _PlainLines:
    """A line whenever another tenth of the job is done."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._told = 0

    def __call__(self, at: Progress) -> None:
        reached = at.done * _LINES // at.total if at.total else 0
        if reached > self._told:
            self._told = reached
            problem(f"{self._verb} {at.done} of {at.total}")


def _printable(text: str, encoding: str | None) -> str:
    """The text with a question mark for what the output cannot show."""
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")
