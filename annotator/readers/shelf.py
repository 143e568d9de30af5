"""Keeps what a source gives until all of it is read: the first in memory, the rest in a temporary file.

What a file says about its labels and offsets is known only at its end, and nothing of it is written before.
"""

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from annotator.readers.document import ReadDocument
from annotator.readers.loose import ReadPart

IN_MEMORY = 20_000_000  # characters of text


class Shelf:
    """Documents and refusals in the order in which they were added; a context manager that forgets them."""

    def __init__(self, *, in_memory: int = IN_MEMORY) -> None:
        """`in_memory` is how many characters of text are kept there; later documents go to the file."""
        self._room = in_memory
        self._first: list[ReadPart] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._first.clear()
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def add(self, part: ReadPart) -> None:
        """Keep one more. Raises OSError if there is no room for it on the disk."""
        self._count += 1
        if isinstance(part, ReadDocument):
            self._room -= len(part.text)
        if self._room >= 0:
            self._first.append(part)
        else:
            pickle.dump(part, self._file, pickle.HIGHEST_PROTOCOL)

    def parts(self) -> Iterator[ReadPart]:
        """All of them, in their order; to be gone through to the end before another one is added."""
        yield from self._first
        place = 0
        for _ in range(self._count - len(self._first)):
            # Somebody else may go through them meanwhile.
            self._file.seek(place)
            part: ReadPart = pickle.load(self._file)
            place = self._file.tell()
            yield part
