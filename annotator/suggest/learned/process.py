"""Trains in a process of its own, below everything else that runs, so that the window never waits for it.

What comes back is a model as the project keeps it. Closing the job before its end ends the process.
"""

import contextlib
import logging
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from annotator.child_process import ChildEnded, ChildProcess, settle
from annotator.errors import AnnotatorError
from annotator.progress import Job, Progress
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.model import Model, packed
from annotator.suggest.learned.stored import StoredModel
from annotator.suggest.learned.training import Outcome, train

_NICE = 5

_log = logging.getLogger(__name__)


class LearningFailed(AnnotatorError):
    """The process that learns ended without a model."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training came to, with the model to keep as the project keeps it."""

    outcome: Outcome
    stored: StoredModel


@dataclass(frozen=True, slots=True)
class _Failure:
    """Training raised an error of this kind; its trace may quote a document."""

    kind: str
    trace: str


def train_apart(examples: Sequence[Example], old: Model | None, *, has_curve: bool = True) -> Job[Learned]:
    """`train` in another process, with Progress every 50 ms at least. Raises LearningFailed."""
    progress = Progress(0, 0)
    yield progress
    process = ChildProcess("learning", _serve)
    try:
        # A thread sends, since a pipe takes no more than the other end reads.
        sending = threading.Thread(target=_send, args=(process, (examples, old, has_curve)), daemon=True)
        sending.start()
        while True:
            message = yield from process.receive(progress)
            if isinstance(message, Learned):
                return message
            if isinstance(message, _Failure):
                _log.debug("%s", message.trace)
                raise LearningFailed(_sentence(message.kind))
            if isinstance(message, Progress):
                progress = message
                yield progress
    except ChildEnded as end:
        raise LearningFailed(_sentence(str(end))) from end
    finally:
        process.close()


def _sentence(reason: str) -> str:
    return (
        f"Nothing was learned: the process that learns failed ({reason}). What was learned before is kept; "
        "please report it."
    )


def _send(process: ChildProcess, message: object) -> None:
    with contextlib.suppress(ChildEnded, OSError, ValueError):  # it ended, or was ended, meanwhile
        process.send(message)


def _serve(connection: Connection) -> None:
    """The inside of the process."""
    settle(nice=_NICE)
    with contextlib.suppress(EOFError, ConnectionError):
        examples, old, has_curve = connection.recv()
        try:
            outcome = train(examples, old, connection.send, has_curve=has_curve)
            connection.send(Learned(outcome, packed(outcome.model)))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - told as a sentence; the window goes on
            connection.send(_Failure(type(error).__name__, traceback.format_exc()))
