"""The inside of the process that reads sources: takes paths from a pipe, sends documents back.

Runs in a process of its own, started afresh: nothing here may count on what the window imported, and
nothing here imports Qt. Whatever happens to this process, `isolated` turns into a sentence.
"""

import contextlib
import os
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from annotator.child_process import settle
from annotator.errors import AnnotatorError, NeedsPassword
from annotator.geometry import Page
from annotator.progress import Progress
from annotator.readers import Reader, reader_for
from annotator.readers.document import ReadDocument
from annotator.readers.loose import ReadPart
from annotator.readers.memory import limit_memory, resident_megabytes
from annotator.readers.options import ReadOptions

EXIT_MEMORY = 77

GIVE_WAY = 10
"""How far below other processes one that gives way is, of 19 steps."""


class Signal(Enum):
    """What the worker says besides documents: it can take a path; it has sent all of a source."""

    READY = "ready"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source could not be read. `reason` is a sentence, or empty where `trace` tells of a bug."""

    reason: str
    trace: str = ""
    needs_password: bool = False


# A document's pages go ahead of it, one by one: taking the thousands of words of a long document out
# of one message would stop every thread of the program for seconds.
Message: TypeAlias = Signal | Failure | Progress | Page | ReadPart


def serve(connection: Connection, memory_mb: int, readers: Sequence[Reader] | None, nice: int) -> None:
    """Read every path that comes over the connection, until it closes; `nice` as in `settle`."""

    def check() -> None:
        if resident_megabytes() > memory_mb:
            os._exit(EXIT_MEMORY)

    is_held = limit_memory(memory_mb)
    settle(nice=nice, check=None if is_held else check)
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send(Signal.READY)
        while True:
            source, options = connection.recv()
            _read(connection, source, options, readers)


def _read(
    connection: Connection, source: Path, options: ReadOptions, readers: Sequence[Reader] | None
) -> None:
    try:
        for item in reader_for(source, readers).read(source, options):
            _send(connection, item)
    except AnnotatorError as error:
        connection.send(Failure(str(error), needs_password=isinstance(error, NeedsPassword)))
    except MemoryError:
        # There may be too little left to send a word; the code of the exit is the word.
        os._exit(EXIT_MEMORY)
    except RecursionError:
        connection.send(Failure(f"“{source.name}” cannot be read: its parts are nested too deeply."))
    except ConnectionError:
        raise
    except Exception:  # noqa: BLE001 - a reader's bug costs one file, not the import
        connection.send(Failure("", traceback.format_exc()))
    else:
        connection.send(Signal.DONE)


def _send(connection: Connection, item: object) -> None:
    if not isinstance(item, ReadPart | Progress):
        raise TypeError(f"a reader gave {type(item).__name__} for a document")
    if isinstance(item, ReadDocument):
        for page in item.pages:
            connection.send(page)
        item = replace(item, pages=())
    connection.send(item)
