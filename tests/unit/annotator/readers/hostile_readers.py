"""A reader that does what the source's text says: hang, crash, eat memory. Runs in the worker only."""

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from annotator.errors import UnreadableSource
from annotator.geometry import Page
from annotator.progress import Progress
from annotator.readers.document import ReadDocument, RefusedSource


def read(source: Path) -> Iterator[Progress | ReadDocument | RefusedSource]:
    """Obey each line of the source in turn."""
    for line in source.read_text("utf-8").splitlines():
        if line == "hang":
            threading.Event().wait()
        elif line == "spin":
            while True:
                pass
        elif line == "crash":
            os.abort()
        elif line == "exit":
            os._exit(3)
        elif line == "eat":
            hoard = [bytes(2**28) for _ in range(64)]
            raise AssertionError(f"{len(hoard)} pieces of memory were given")
        elif line == "bug":
            raise KeyError("a bug in the reader")
        elif line == "deep":
            _deeper(1)
        elif line == "refuse":
            raise UnreadableSource("“a.do” is refused: it says so.")
        elif line == "refuse a part":
            yield RefusedSource("part 1", "It says so.")
        elif line == "pages":
            yield replace(_document(source, line), pages=(Page(1, 612.0, 792.0), Page(2, 792.0, 612.0)))
        elif line == "progress":
            yield Progress(3, 7, "page 3")
        elif line == "nonsense":
            yield cast(ReadDocument, line)
        elif line == "print":
            os.write(1, b"printed by a library")
        elif line == "modules":
            yield _document(source, "\n".join(sys.modules))
        elif line == "process":
            yield _document(source, str(os.getpid()))
        elif line == "niceness":
            yield _document(source, str(os.nice(0)))
        else:
            yield _document(source, line)


def _deeper(depth: int) -> int:
    return 1 + _deeper(depth + 1)


def _document(source: Path, text: str) -> ReadDocument:
    return ReadDocument(text, text, text.encode(), source.name, "hostile", "1")
