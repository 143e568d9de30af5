"""Runs suggesters in processes of their own: they may be slow, hang or crash, and never stop the window.

A suggester that misbehaves is switched off, with one sentence that says why, until the program starts again.
What is heavy to import, as the rules are, is imported there.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from annotator.progress import Job, Progress
from annotator.suggest.suggester import InvalidSuggestions, Subject, Unanswered, checked, load
from annotator.suggest.suggestion import Suggestion

SECONDS = 30.0

# A process that is started on a busy machine takes seconds; that is not the suggester's fault.
_START_SECONDS = 60.0
_TICK_SECONDS = 0.05
_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a suggester gives for a text, and how much it left out because it was not in the text."""

    suggestions: Sequence[object]
    dropped: int = 0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    is_ready: bool = False


class SuggesterProcess:
    """A suggester by its name and the place of its object; nothing is started before the first text.

    `seconds` is how long it may take for a text; with `arguments` it is made at that place.
    """

    def __init__(
        self, name: str, place: str, arguments: tuple[str, ...] = (), *, seconds: float = SECONDS
    ) -> None:
        self.name = name
        self.dropped = 0
        """How many suggestions it had to leave out itself, because they were not in the texts."""
        self._arguments = arguments
        self.trouble = ""
        """Why it is switched off, "" while it is not."""
        self._place = place
        self._seconds = seconds
        self._worker: _Worker | None = None

    def suggest(self, subject: Subject) -> Job[tuple[Suggestion, ...]]:
        """What it suggests, with Progress at least every 50 ms; nothing once it is switched off.

        Closing the job before its end ends the process, and the next text starts a new one.
        """
        if self.trouble:
            return ()
        is_idle = False
        try:
            answer = yield from self._answer(subject)
            if isinstance(answer, str):
                raise InvalidSuggestions(f"The suggester “{self.name}” was switched off: {answer}.")
            found = checked(self.name, subject, answer.suggestions)
            self.dropped += answer.dropped
            is_idle = True
        except InvalidSuggestions as error:
            self.trouble = str(error)
            return ()
        finally:
            if not is_idle:
                self.close()
        return found

    def close(self) -> None:
        """End the process, whatever it does."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.connection.close()
            worker.process.kill()
            worker.process.join(_END_SECONDS)

    def _answer(self, subject: Subject) -> Job[_Answer | str]:
        if self._worker is None:
            self._worker = _start(self._place, self._arguments)
        worker = self._worker
        try:
            if not worker.is_ready:
                refusal = yield from self._next(worker, _START_SECONDS)
                if isinstance(refusal, str):
                    return refusal
                worker.is_ready = True
            worker.connection.send(subject)
            return (yield from self._next(worker, self._seconds))
        except (EOFError, ConnectionError):
            return "it crashed"

    def _next(self, worker: _Worker, seconds: float) -> Job[_Answer | str]:
        """What the process sends next: suggestions, or a string that says what went wrong."""
        deadline = time.monotonic() + seconds
        while not worker.connection.poll(_TICK_SECONDS):
            if time.monotonic() > deadline:
                return f"it took longer than {seconds:g} seconds"
            yield Progress(0, 0)
        answer: _Answer | str = worker.connection.recv()
        return answer


def _start(place: str, arguments: tuple[str, ...]) -> _Worker:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(
        target=_serve, args=(there, place, arguments), name="annotator suggester", daemon=True
    )
    process.start()
    there.close()  # else the pipe would stay open when the process dies, and nobody would notice
    return _Worker(process, here)


def _serve(connection: Connection, place: str, arguments: tuple[str, ...]) -> None:
    """The inside of the process: a text in, suggestions out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):  # what libraries print does not belong into the program's output
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(EOFError, ConnectionError):
        try:
            suggester = load(place, arguments)
        except InvalidSuggestions as error:
            connection.send(str(error).rstrip("."))
            return
        connection.send(_Answer(()))
        while True:
            subject: Subject = connection.recv()
            try:
                before = getattr(suggester, "dropped", 0)
                found = tuple(suggester.suggest(subject))
                answer: _Answer | str = _Answer(found, getattr(suggester, "dropped", 0) - before)
            except Unanswered as error:
                answer = str(error)
            except Exception as error:  # noqa: BLE001 - a stranger's fault costs its suggestions alone
                answer = f"it failed on a text ({type(error).__name__})"
            connection.send(answer)
