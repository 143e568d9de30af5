"""Reads spaCy's DocBin (`.spacy`): entities and span groups, over code points. Needs the extra `spacy`.

A span that is both an entity and in a group is one span. Where the file keeps user data, as ours does, it
has the title and the source of each document.
"""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import MissingExtra, UnreadableSource
from annotator.model import Origin
from annotator.readers.claims import Claim, Claims
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.source import checked_text, first_line_title, read_bytes

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERSION = "1"

_MAX_BYTES = 400_000_000
_ABOUT = ("kind", "case", "source", "project", "id", "title")


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file in their order. Raises UnreadableSource, and MissingExtra without spaCy."""
    data = read_bytes(source, _MAX_BYTES)
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise MissingExtra("Reading spaCy files", "spacy") from error
    # The language only matters for making tokens, and these are made.
    vocab = spacy.blank("xx").vocab
    try:
        docs = list(DocBin().from_bytes(data).get_docs(vocab))
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableSource(
            f"“{source.name}” is no DocBin that spaCy {version('spacy')} can read. Write it again with "
            "DocBin.to_disk."
        ) from error
    for number, doc in enumerate(docs, start=1):
        place = f"document {number}"
        try:
            yield _document(doc, source, place)
        except UnreadableSource as error:
            yield RefusedSource(place, str(error))
    if not docs:
        raise UnreadableSource(f"“{source.name}” is empty: there is nothing to annotate.")


def _document(doc: "Doc", source: Path, place: str) -> ReadDocument:
    raw = doc.text
    text = checked_text(raw, place)
    about = {name: str(doc.user_data[name]) for name in _ABOUT if doc.user_data.get(name)}
    claims = Claims(raw, "code points", place=place)
    part = claims.part("", _claims(doc))
    return ReadDocument(
        title=about.get("title") or first_line_title(text, f"{source.stem}, {place}"),
        text=text,
        source=text.encode(),
        source_name=about.get("source", source.name),
        reader="spacy",
        reader_version=VERSION,
        kind=about.get("kind", "article"),
        key=about.get("id", place),
        case=about.get("case", ""),
        sets=(part,),
        warnings=claims.warnings,
    )


def _claims(doc: "Doc") -> list[Claim]:
    """Each span once, under its own id where it has one that is used once."""
    found: dict[tuple[int, int, str], str] = {}
    for span in (*doc.ents, *(span for group in doc.spans.values() for span in group)):
        place = (span.start_char, span.end_char, span.label_)
        found[place] = found.get(place) or span.id_ or span.ent_id_
    suggested = doc.user_data.get("suggested")
    were_suggested = {*suggested} if isinstance(suggested, list | tuple) else set()
    keys: set[str] = set()
    claims = []
    for number, ((start, end, label), own) in enumerate(found.items(), start=1):
        key = own if own and own not in keys else f"span {number}"
        keys.add(key)
        origin: Origin = "suggestion" if own and own in were_suggested else "import"
        claims.append(Claim(key, label, ((start, end),), origin=origin))
    return claims
