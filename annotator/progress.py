"""Long work as a generator: a yield tells progress and is the place where it can be cancelled.

A Job knows no thread. The window runs it in a worker, the command line in a loop, tests with next().
A job opens nothing before its first yield, since closing an unstarted generator runs no `finally`.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` steps (total 0 means unknown) and what it works on now."""

    done: int
    total: int
    subject: str = ""


Job: TypeAlias = Generator[Progress, None, T]


def at_once(do: Callable[[], T]) -> Job[T]:
    """A job of one step: it can be cancelled before, and not within."""
    yield Progress(0, 0)
    return do()


def run(job: Job[T], on_progress: Callable[[Progress], None] | None = None) -> T:
    """Run a job to its end in this thread and return its result."""
    while True:
        try:
            progress = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        if on_progress is not None:
            on_progress(progress)
