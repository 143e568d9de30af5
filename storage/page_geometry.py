"""A page's geometry as a compact blob and back: whole hundredths of a point, column by column, compressed.

One blob holds one page, so that the first page of a long document is on screen without decoding the
others. A length that is not a whole hundredth of a point comes back rounded to one. NumPy is loaded at
the first page, since a project without pages does not need it.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise, repeat
from typing import TYPE_CHECKING, Any

import orjson

from annotator.geometry import Attachment, Box, Furniture, NoteLink, Page, PrintedLine, Range, Redaction, Word

if TYPE_CHECKING:
    import numpy as np

    Integers = np.ndarray[tuple[int, ...], np.dtype[np.int32]]

_LEVEL = 3  # 6, the default, takes twice the time for six per cent
_COLUMNS = 7  # of a word: start and length in code points, four sides of its box, how many edges
_LARGEST = 64_000_000  # bytes of a page from outside; the largest of real ones has less than one million
_HEAD_BYTES = 4096  # what most heads fit into
_FURTHEST = 10**9  # hundredths of a point, so that a broken file's differences too fit into 32 bits


def encode_page(page: Page) -> bytes:
    """The blob that `decode_page` reads: a JSON object, a zero byte, then the numbers of the words."""
    boxes = [each.box for each in page.furniture] + [each.box for each in page.redactions]
    data = {
        "number": page.number,
        "ranges": [list(each) for each in page.ranges],
        "furniture": [[each.kind, each.text] for each in page.furniture],
        "lines": [list(each) for each in page.lines],
        "marks": [list(each) for each in page.marks],
        "redactions": [[each.kind, each.text] for each in page.redactions],
        "lengths": _hundredths(chain((page.width, page.height), *boxes)).tolist(),
        "words": len(page.words),
        "printed": page.printed,
        "kind": page.kind,
        "notes": [[*each.mark, *each.note] for each in page.notes],
        "confidences": page.confidences,
        "attachments": [
            [each.kind, each.text, each.name, each.subject, _hundredths(chain(*each.boxes)).tolist()]
            for each in page.attachments
        ],
    }
    return zlib.compress(orjson.dumps(data) + b"\0" + _word_bytes(page.words), _LEVEL)


def decode_page(blob: bytes) -> Page:
    """The page that a blob holds."""
    raw = zlib.decompress(blob)
    end = raw.index(0)
    data = orjson.loads(raw[:end])
    return _page(data, _words(raw, end + 1, data["words"]))


def read_page(blob: bytes) -> Page:
    """The page in a blob from outside. Raises ValueError if it is none, or takes more than 64 MB."""
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(blob, _LARGEST)
        if not stream.eof:
            raise ValueError("the geometry of a page is cut off or too large")
        end = raw.index(0)
        data = orjson.loads(raw[:end])
        return _page(data, _words(raw, end + 1, data["words"]))
    except (zlib.error, LookupError, TypeError) as error:
        raise ValueError(f"the geometry of a page cannot be read: {error}") from error


def decode_head(blob: bytes) -> Page:
    """The page that a blob holds, but for its words, which are most of it."""
    stream = zlib.decompressobj()
    raw = stream.decompress(blob, _HEAD_BYTES)
    while 0 not in raw:
        more = stream.decompress(stream.unconsumed_tail, _HEAD_BYTES)
        if not more:
            raise zlib.error("the geometry of a page ends before its words")
        raw += more
    return _page(orjson.loads(raw[: raw.index(0)]), ())


def _page(data: dict[str, Any], words: tuple[Word, ...]) -> Page:
    width, height, *sides = (length / 100 for length in data["lengths"])
    boxes = map(Box, *[iter(sides)] * 4)
    return Page(
        number=data["number"],
        width=width,
        height=height,
        ranges=tuple(Range(*each) for each in data["ranges"]),
        words=words,
        furniture=tuple(Furniture(kind, text, next(boxes)) for kind, text in data["furniture"]),
        lines=tuple(PrintedLine(*each) for each in data["lines"]),
        marks=tuple(Range(*each) for each in data["marks"]),
        redactions=tuple(Redaction(kind, text, next(boxes)) for kind, text in data["redactions"]),
        printed=data["printed"],
        kind=data["kind"],
        notes=tuple(NoteLink(Range(*each[:2]), Range(*each[2:])) for each in data.get("notes", ())),
        confidences=tuple(data.get("confidences", ())),
        attachments=tuple(
            Attachment(kind, tuple(_boxes(lengths)), text, name, subject)
            for kind, text, name, subject, lengths in data.get("attachments", ())
        ),
    )


def _boxes(hundredths: list[int]) -> Iterator[Box]:
    sides = [length / 100 for length in hundredths]
    return map(Box, *[iter(sides)] * 4)


def _word_bytes(words: tuple[Word, ...]) -> bytes:
    """The columns of the words one after another, then all edges; what rises is kept as differences."""
    import numpy as np

    columns = np.zeros((_COLUMNS, len(words)), np.int32)
    if words:
        columns[0] = np.diff([word.start for word in words], prepend=0)
        columns[1] = [word.end - word.start for word in words]
        sides = _hundredths(chain.from_iterable(word[2:6] for word in words))
        columns[2:6] = sides.reshape(-1, 4).T
        columns[6] = [len(word.edges) for word in words]
    edges = _hundredths(chain.from_iterable(word.edges for word in words))
    return columns.astype("<i4").tobytes() + np.diff(edges, prepend=0).astype("<i4").tobytes()


def _words(raw: bytes, offset: int, count: int) -> tuple[Word, ...]:
    import numpy as np

    numbers = np.frombuffer(raw, "<i4", offset=offset)
    columns = numbers[: _COLUMNS * count].reshape(_COLUMNS, count)
    starts = np.cumsum(columns[0])
    edges = (np.cumsum(numbers[_COLUMNS * count :]) / 100).tolist()
    bounds = accumulate(columns[6].tolist(), initial=0)
    rows = zip(
        starts.tolist(),
        (starts + columns[1]).tolist(),
        *(columns[2:6] / 100).tolist(),
        [tuple(edges[first:last]) for first, last in pairwise(bounds)],
        strict=True,
    )
    # What Word(...) does, without a Python call for each of the hundreds of thousands of words of a document.
    return tuple(map(tuple.__new__, repeat(Word), rows))


def _hundredths(lengths: Iterable[float]) -> "Integers":
    import numpy as np

    exact = np.nan_to_num(np.fromiter(lengths, np.float64) * 100)
    return np.rint(exact).clip(-_FURTHEST, _FURTHEST).astype(np.int32)
