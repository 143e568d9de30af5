"""The objects of a JSON file, whether it has one a line, a list of them, or a single one.

Each comes with its place ("line 3", "item 3"), so that a refusal names it; a line that is broken costs only
itself, a list that is broken costs the file, since nobody knows where its next object begins.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import orjson

from annotator.errors import UnreadableSource
from annotator.model import JsonValue
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.sniffing import BYTE_ORDER_MARK, json_head
from annotator.readers.source import read_bytes

MAX_BYTES = 400_000_000  # of a file that must be read whole

_PATIENCE = 50  # refused objects before a file without any document is given up


JsonLine: TypeAlias = "bytes | JsonValue"


@dataclass(frozen=True, slots=True)
class Row:
    """An object of the file, not yet looked into; a line is still bytes."""

    place: str
    value: JsonLine

    def fields(self) -> Fields:
        """The object; Fault if it is none."""
        value = self.value
        if isinstance(value, bytes):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise Fault(f"It is not JSON in UTF-8: {error}.") from error
        if not isinstance(value, dict):
            raise Fault("It is not a JSON object.")
        return Fields(value)


def lines(source: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1; UnreadableSource if the file cannot be opened."""
    try:
        with source.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if number == 1:
                    line = line.removeprefix(BYTE_ORDER_MARK)
                if not line.isspace():
                    yield number, line
    except OSError as error:
        raise UnreadableSource(f"“{source.name}” cannot be opened: {error.strerror or error}.") from error


def rows(source: Path) -> Iterator[Row]:
    """The objects of the file in their order; it may be gone through again, a line at a time."""
    head = json_head(source)
    if head is not None and head.is_whole:
        yield from _whole(source)
        return
    for number, line in lines(source):
        yield Row(f"line {number}", line)


def _whole(source: Path) -> Iterator[Row]:
    try:
        value = orjson.loads(read_bytes(source, MAX_BYTES).removeprefix(BYTE_ORDER_MARK))
    except orjson.JSONDecodeError as error:
        raise UnreadableSource(
            f"“{source.name}” cannot be read: line {error.lineno}, column {error.colno} is no JSON in UTF-8 "
            f"({error.msg}). The file may be cut off; export it again."
        ) from error
    if isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield Row(f"item {number}", item)
    else:
        yield Row("the file", value)


def documents(
    source: Path, make: Callable[[Fields, str], ReadDocument], *, among: Iterable[Row] | None = None
) -> Iterator[ReadDocument | RefusedSource]:
    """What `make` makes of each object and its place; UnreadableSource if that is never a document.

    A Fault or UnreadableSource refuses the one object. `among` stands in for the objects of the file.
    """
    waiting: list[RefusedSource] = []
    is_any = False
    for row in rows(source) if among is None else among:
        try:
            document = make(row.fields(), row.place)
        except (Fault, UnreadableSource) as error:
            refused = RefusedSource(row.place, str(error))
            if is_any:
                yield refused
                continue
            waiting.append(refused)
            if len(waiting) > _PATIENCE:
                break
            continue
        is_any = True
        yield from waiting
        waiting.clear()
        yield document
    if not is_any:
        raise UnreadableSource(_nothing_in(source, waiting))


def _nothing_in(source: Path, refused: list[RefusedSource]) -> str:
    if not refused:
        return f"“{source.name}” is empty: there is nothing to annotate."
    first = refused[0]
    return f"“{source.name}” holds no annotated documents: {first.name}: {first.reason}"
