"""Reading a document of the project once more, otherwise: scans with OCR, or with what lies under redactions.

The text of a document never changes; the new reading is another TextVersion, and every annotation of every
set moves to it by its quoted words, in one Change that undo takes back. Where words are not found again,
or not for certain, nothing is changed and the refusal says how many they are.
"""

import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from annotator.change import make_change
from annotator.errors import InvalidEdit, UnreadableSource
from annotator.model import Annotation, Document, Fragment, TextVersion, new_id, now, quote
from annotator.progress import Job, Progress
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import ReaderProcess
from annotator.readers.options import ReadOptions
from annotator.services.people import storable
from annotator.store import Contents, Store
from annotator.text import reanchor, text_sha256


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of a document that was read again; `moved` counts the spans that came along."""

    document: str
    title: str
    is_changed: bool
    moved: int
    warnings: tuple[str, ...]


def reread(
    store: Store, document: str, *, annotator: str, process: ReaderProcess, options: ReadOptions
) -> Job[Reread]:
    """Read a document's original with other options, and go on with the new text.

    Raises UnreadableSource where it cannot be read, InvalidEdit where spans have no place in the new text.
    """
    yield Progress(0, 0)
    found = _document(store, document)
    read = yield from _read(store, found, process, options)
    version = store.record(TextVersion, found.text_version)
    if version is not None and version.text_sha256 == text_sha256(read.text):
        return Reread(document, found.title, False, 0, read.warnings)
    moved = _apply(store, document, read, annotator=annotator)
    return Reread(document, found.title, True, moved, read.warnings)


def options_of(store: Store, document: str) -> ReadOptions:
    """The options that the present text of a document was read with."""
    version = store.record(TextVersion, _document(store, document).text_version)
    stored = {} if version is None else version.options
    return ReadOptions(ocr=bool(stored.get("ocr")), keep_redacted=bool(stored.get("keep_redacted")))


def _document(store: Store, document: str) -> Document:
    found = store.record(Document, document)
    if found is None:
        raise InvalidEdit("The document is not in the project any more.")
    return found


def _read(
    store: Store, document: Document, process: ReaderProcess, options: ReadOptions
) -> Job[ReadDocument]:
    name = Path(document.source_name).name or "document.pdf"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(store.source(document.source_sha256))
        result = None
        told = Progress(0, 0, name)
        for part in process.read(source, options):
            if isinstance(part, Progress):
                # Ticks of a reader that is at work say nothing; what it last said still holds.
                told = part if part.total else told
                yield told
            elif isinstance(part, ReadDocument):
                result = part
    if result is None:
        raise UnreadableSource(f"“{document.source_name}” holds no document that could be read again.")
    return result


def _apply(store: Store, document: str, read: ReadDocument, *, annotator: str) -> int:
    """Write the new text version with the spans moved to it; how many there are."""
    # What was marked while the reading went on is there now, so the records are asked for again.
    before = _document(store, document)
    spans = store.annotations(document)
    time = now()
    version = TextVersion(
        id=new_id(),
        document=document,
        reader=read.reader,
        reader_version=read.reader_version,
        text_sha256=text_sha256(read.text),
        length=len(read.text),
        created=time,
        options=read.options,
        warnings=tuple(map(storable, read.warnings)),
    )
    moved = _moved(store, spans, version.id, read.text)
    # Until there is a text, title and kind are no more than the reader's guess.
    named = (
        before
        if store.text(before.text_version)
        else replace(before, title=storable(read.title), kind=read.kind)
    )
    after = replace(
        named,
        text_version=version.id,
        case=named.case or read.case,
        metadata={**before.metadata, **read.metadata},
    )
    change = make_change(
        f"Read {before.title} again",
        annotator=annotator,
        document=document,
        before=(before, *spans),
        after=(after, version, *moved),
    )
    contents = Contents(
        texts={version.text_sha256: read.text}, pages={version.id: read.pages} if read.pages else {}
    )
    store.apply(change, contents)
    return len(moved)


def _moved(store: Store, spans: tuple[Annotation, ...], version: str, text: str) -> list[Annotation]:
    """The spans in the new text; InvalidEdit with their number if some have no certain place in it."""
    moved: list[Annotation] = []
    texts: dict[str, str] = {}
    for span in spans:
        old = texts.setdefault(span.text_version, store.text(span.text_version))
        places = [reanchor(text, quote(old, (fragment,))) for fragment in span.fragments]
        fragments = tuple(Fragment(*place) for place in places if place is not None)
        in_order = all(one.end < after.start for one, after in pairwise(fragments))
        if len(fragments) == len(span.fragments) and in_order:
            moved.append(
                replace(
                    span,
                    text_version=version,
                    fragments=fragments,
                    quote=quote(text, fragments),
                )
            )
    lost = len(spans) - len(moved)
    if lost:
        raise InvalidEdit(
            f"Nothing was changed: {lost} of {len(spans)} spans have no certain place in the new text. "
            "Remove them, or leave the document as it is."
        )
    return moved
