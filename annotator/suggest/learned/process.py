"""Trains in a process of its own, below everything else that runs, so that the window never waits for it.

What comes back is a model as the project keeps it. Closing the job before its end ends the process. What goes
over the pipe is between a program and its own child; nothing of it is read from a file.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from annotator.errors import AnnotatorError
from annotator.progress import Job, Progress
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.model import Model, packed
from annotator.suggest.learned.stored import StoredModel
from annotator.suggest.learned.training import Outcome, train

_TICK_SECONDS = 0.1
_END_SECONDS = 5.0
_NICE = 5


class LearningFailed(AnnotatorError):
    """The process that learns ended without a model."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training came to, with the model to keep as the project keeps it."""

    outcome: Outcome
    stored: StoredModel


@dataclass(frozen=True, slots=True)
class _Failure:
    trace: str


def train_apart(examples: Sequence[Example], old: Model | None, *, has_curve: bool = True) -> Job[Learned]:
    """`train` in another process, with Progress every 100 ms at least. Raises LearningFailed."""
    yield Progress(0, 0)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), name="annotator learning", daemon=True)
    process.start()
    there.close()
    try:
        # A thread sends, since a pipe takes no more than the other end reads.
        sender = threading.Thread(target=_send, args=(here, (examples, old, has_curve)), daemon=True)
        sender.start()
        progress = Progress(0, 0)
        while True:
            try:
                if here.poll(_TICK_SECONDS):
                    message = here.recv()
                    if isinstance(message, Learned):
                        return message
                    if isinstance(message, _Failure):
                        raise LearningFailed(_sentence(message.trace.strip().rsplit("\n", 1)[-1]))
                    progress = message
            except (EOFError, ConnectionError) as error:
                process.join(_END_SECONDS)
                raise LearningFailed(_sentence(f"it ended with code {process.exitcode}")) from error
            yield progress
    finally:
        process.kill()
        process.join(_END_SECONDS)
        here.close()
        if process.exitcode is not None:
            process.close()


def _sentence(reason: str) -> str:
    return (
        f"Nothing was learned: the process that learns failed ({reason}). What was learned before is kept; "
        "please report it."
    )


def _send(connection: Connection, message: object) -> None:
    with contextlib.suppress(OSError, ValueError):
        connection.send(message)


def _serve(connection: Connection) -> None:
    """The inside of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if hasattr(os, "nice"):
        os.nice(_NICE)
    threading.Thread(target=_end_with_program, daemon=True).start()
    with contextlib.suppress(EOFError, ConnectionError):
        examples, old, has_curve = connection.recv()
        try:
            outcome = train(examples, old, connection.send, has_curve=has_curve)
            connection.send(Learned(outcome, packed(outcome.model)))
        except ConnectionError:
            raise
        except Exception:  # noqa: BLE001 - told as a sentence; the window goes on
            connection.send(_Failure(traceback.format_exc()))


def _end_with_program() -> None:
    program = multiprocessing.parent_process()
    if program is not None:
        program.join()
    os._exit(1)
