"""Which module reads which source: one explicit table, then what installed packages add.

Reader modules are imported only when they read, so that a missing one hurts nobody else. Sources
from outside are read through `isolated.ReaderProcess`, never by calling a reader in the window.
"""

import importlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UnreadableSource
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.sniffing import (
    CONLL_SUFFIXES,
    has_standoff,
    has_web,
    is_conll,
    is_doccano,
    is_label_studio,
    is_prodigy,
    is_span_csv,
    is_uima_json,
    is_web_annotation,
    is_webanno,
    is_xmi,
)

if TYPE_CHECKING:
    from annotator.progress import Progress
    from annotator.readers.loose import ReadPart

ENTRY_POINTS = "annotator.readers"
JSON = (".jsonl", ".ndjson", ".json")
WEB = (".jsonld", ".json", ".jsonl")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `module` has `read(source: Path) -> Iterator[ReadPart]`.

    A reader of large sources may yield Progress between, which also shows that it is alive. That of a
    reader of folders may have `claimed(folder: Path) -> frozenset[Path]`, the files that it takes in.

    `suffixes` are lower case with their dot; a reader of folders has none. `sniff` looks into the
    source where the name does not tell; it must be a function of a module, since readers travel to
    the worker process. `has_options` says that its `read` takes ReadOptions too.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    module: str
    sniff: Callable[[Path], bool] | None = None
    has_options: bool = False

    def takes(self, source: Path) -> bool:
        """Whether the source is one of this format, by its name and, where needed, its contents."""
        if self.suffixes:
            named = source.suffix.lower() in self.suffixes and not source.is_dir()
            return named and (self.sniff is None or self.sniff(source))
        return self.sniff is not None and self.sniff(source)

    def read(self, source: Path, options: ReadOptions = PLAIN) -> "Iterator[Progress | ReadPart]":
        """The documents of the source, one at a time; UnreadableSource where there are none to be had."""
        module = importlib.import_module(self.module)
        yield from module.read(source, options) if self.has_options else module.read(source)

    def claimed(self, folder: Path) -> frozenset[Path] | None:
        """The files that reading a folder takes in, the others being sources themselves; None for all."""
        claimed: Callable[[Path], frozenset[Path]] | None
        claimed = getattr(importlib.import_module(self.module), "claimed", None)
        return None if claimed is None else claimed(folder)


READERS: tuple[Reader, ...] = (
    # Of those that share a suffix the first that knows its own by the contents reads the file.
    Reader("webanno-tsv", (".tsv",), "WebAnno TSV 3", "annotator.readers.webanno_tsv", is_webanno),
    Reader("conll", (*CONLL_SUFFIXES, ".txt", ".tsv"), "CoNLL files", "annotator.readers.conll", is_conll),
    Reader("csv", (".csv", ".tsv"), "Tables of spans", "annotator.readers.span_csv", is_span_csv),
    Reader("text", (".txt", ".md", ".markdown"), "Plain text and Markdown", "annotator.readers.text"),
    Reader("html", (".html", ".htm", ".xhtml"), "Saved web pages", "annotator.readers.html"),
    Reader("docx", (".docx",), "Word documents", "annotator.readers.docx"),
    Reader("pdf", (".pdf",), "PDF documents", "annotator.readers.pdf.reader", has_options=True),
    Reader("w3c", WEB, "W3C Web Annotations", "annotator.readers.web_annotation", is_web_annotation),
    Reader("uima-json", (".json",), "UIMA CAS in JSON", "annotator.readers.uima_json", is_uima_json),
    Reader("prodigy", JSON, "Prodigy examples", "annotator.readers.prodigy", is_prodigy),
    Reader("label-studio", JSON, "Label Studio tasks", "annotator.readers.label_studio", is_label_studio),
    Reader("doccano", JSON, "doccano datasets", "annotator.readers.doccano", is_doccano),
    Reader("jsonl", (".jsonl", ".ndjson"), "Annotated documents, one a line", "annotator.readers.jsonl"),
    Reader("spacy", (".spacy",), "spaCy's DocBin", "annotator.readers.docbin"),
    Reader("uima-xmi", (".xmi", ".xml"), "UIMA CAS in XMI", "annotator.readers.uima_xmi", is_xmi),
    Reader(
        "zip", (".zip",), "Zip archives of all these", "annotator.readers.archive", None, has_options=True
    ),
    Reader("w3c-folder", (), "Folders of W3C Web Annotations", "annotator.readers.web_annotation", has_web),
    Reader("brat", (), "Folders of brat standoff annotations", "annotator.readers.brat", has_standoff),
)


def added_readers() -> tuple[Reader, ...]:
    """The readers that installed packages declare as entry points; a broken one is logged and left out."""
    found: list[Reader] = []
    taken = {reader.name for reader in READERS}
    for point in sorted(metadata.entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            reader = point.load()
        except Exception:  # noqa: BLE001 - a stranger's package must not keep the program from starting
            _log.warning("The reader %s of %s cannot be loaded", point.name, point.value, exc_info=True)
            continue
        if not isinstance(reader, Reader) or reader.name in taken:
            _log.warning("The reader %s of %s is no Reader with a name of its own", point.name, point.value)
            continue
        taken.add(reader.name)
        found.append(reader)
    return tuple(found)


@cache
def all_readers() -> tuple[Reader, ...]:
    """The built-in readers in their order, then the added ones; looked up once."""
    return (*READERS, *added_readers())


def reader_for(source: Path, readers: Sequence[Reader] | None = None) -> Reader:
    """The first reader that takes the source; UnreadableSource when there is none or no such source."""
    if not source.exists():
        raise UnreadableSource(f"“{source.name}” cannot be read: there is no such file or folder.")
    choice = all_readers() if readers is None else readers
    for reader in choice:
        if reader.takes(source):
            return reader
    like = [reader.summary for reader in choice if source.suffix.lower() in reader.suffixes]
    if like and source.is_file():
        raise UnreadableSource(
            f"“{source.name}” cannot be read: its contents are none of what such files may hold, which is "
            f"{'; '.join(like)}."
        )
    if source.is_dir():
        raise UnreadableSource(f"The folder “{source.name}” holds no annotations that can be read.")
    known = sorted({suffix for reader in choice for suffix in reader.suffixes})
    raise UnreadableSource(
        f"“{source.name}” cannot be read: its format is not one of {', '.join(known)}. "
        "Save it in one of these formats first."
    )
