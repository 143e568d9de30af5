"""Runs suggesters in processes of their own: they may be slow, hang or crash, and never stop the window.

A suggester that misbehaves is switched off, with one sentence that says why; another process asks it again.
What is heavy to import, as the rules are, is imported there.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import cast

from annotator.child_process import START_SECONDS, ChildEnded, ChildProcess, settle
from annotator.progress import Job, Progress
from annotator.suggest.suggester import InvalidSuggestions, Subject, Unanswered, checked, load
from annotator.suggest.suggestion import Suggestion

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a suggester gives for a text, and how much it left out because it was not in the text."""

    suggestions: Sequence[object]
    dropped: int = 0


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
        self._worker: ChildProcess | None = None

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
            worker.close()

    def _answer(self, subject: Subject) -> Job[_Answer | str]:
        if self._worker is None:
            self._worker = ChildProcess("suggester", _serve, self._place, self._arguments)
        worker = self._worker
        try:
            if not worker.is_ready:
                refusal = yield from self._next(worker, START_SECONDS)
                if isinstance(refusal, str):
                    return refusal
                worker.is_ready = True
            worker.send(subject)
            return (yield from self._next(worker, self._seconds))
        except ChildEnded:
            return "it crashed"

    def _next(self, worker: ChildProcess, seconds: float) -> Job[_Answer | str]:
        """What the process sends next: suggestions, or a string that says what went wrong."""
        try:
            answer = yield from worker.receive(Progress(0, 0), seconds=seconds)
        except TimeoutError:
            return f"it took longer than {seconds:g} seconds"
        return cast(_Answer | str, answer)


def _serve(connection: Connection, place: str, arguments: tuple[str, ...]) -> None:
    """The inside of the process: a text in, suggestions out, until the pipe is closed."""
    settle()
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
            _send(connection, answer)


def _send(connection: Connection, answer: _Answer | str) -> None:
    try:
        connection.send(answer)
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - a stranger's object may refuse with any error
        connection.send("it gave what is no suggestion")
