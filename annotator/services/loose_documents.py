"""Annotations that come without their text, put on the document of the project that they are on."""

from collections.abc import Iterable

from annotator.errors import UnreadableSource
from annotator.model import Document
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.loose import LooseDocument, ReadPart, placed_on, unit_of
from annotator.readers.offset_units import Unit
from annotator.store import Store


def unit_in(store: Store, parts: Iterable[ReadPart]) -> Unit:
    """The unit of a source's offsets, by the texts that the project has of its documents."""
    return unit_of(
        (part, store.text(document.text_version))
        for part in parts
        if isinstance(part, LooseDocument) and (document := document_of(store, part)) is not None
    )


def placed_in(store: Store, loose: LooseDocument, unit: Unit) -> ReadDocument | RefusedSource:
    """The annotations on the project's document, or why there is none."""
    document = document_of(store, loose)
    if document is None:
        return RefusedSource(
            loose.place,
            f"“{loose.names[0]}” is no document of the project, or there are several. Import its text first, "
            "or put it beside the table as a .txt file of that name.",
        )
    text = store.text(document.text_version)
    read = ReadDocument(
        title=document.title,
        text=text,
        source=text.encode(),
        source_name=document.source_name,
        reader=loose.reader,
        reader_version=loose.reader_version,
        kind=document.kind,
        key=document.id,
        case=document.case,
    )
    try:
        return placed_on(loose, read, unit)
    except UnreadableSource as error:
        return RefusedSource(loose.place, str(error))


def document_of(store: Store, loose: LooseDocument) -> Document | None:
    """The one document with that text, that id, that title or that source; None if it is none or not one."""
    same_text = store.documents_with_text(loose.text_sha256) if loose.text_sha256 else ()
    if len(same_text) == 1:
        return same_text[0]
    among = same_text or store.documents()
    for name in loose.names:
        found = [row for row in among if name in (row.id, row.title, row.source_name)]
        if len(found) == 1:
            return found[0]
    return None
