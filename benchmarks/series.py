"""Series of documents that one person annotates one after the other, with the spans that they are to have.

Three series are our own, each ten opinions of one made-up docket: `[words|key]` marks a span by the key of
its label in the shipped schema. With the first before us, about a dam, faults of the suggesters were mended;
nothing is changed for the sake of the others, about a port and a mill. Two more are of the corpus beside the
project, the annotations those of the people who made it; where it is missing, so are they.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.geometry import Range
from annotator.schema_toml import read_schema
from annotator.text import snap, trim
from benchmarks.suggestion_quality import LEGALNER, POLNEAR, polnear, read_documents
from resources import schema_text
from tests.annotated import AnnotatedDocument

DAM, PORT, MILL = (Path(__file__).parent / f"opinions_{name}" for name in ("dam", "port", "mill"))
LENGTH = 10
_MARK = re.compile(r"\[|\|([^|\[\]])\]")
_KEYS = "1234567890bcdfghijklmno"


@dataclass(frozen=True, slots=True)
class Series:
    """Documents in the order in which they are annotated, and the schema that they are annotated by."""

    schema_toml: str
    documents: tuple[AnnotatedDocument, ...]


def marked_up(words: str, labels: dict[str, str]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """A text without its marks, and its spans in text order, the outer before the inner."""
    text, at = "", 0
    opened: list[int] = []
    spans: list[tuple[int, int, str]] = []
    for mark in _MARK.finditer(words):
        text += words[at : mark.start()]
        at = mark.end()
        if mark[1] is None:
            opened.append(len(text))
        else:
            spans.append((opened.pop(), len(text), labels[mark[1]]))
    if opened:
        raise ValueError(f"A mark is not closed: {text[opened[0] : opened[0] + 40]}")
    return text + words[at:], tuple(sorted(spans, key=lambda span: (span[0], -span[1])))


def own(folder: Path) -> Series:
    """The ten opinions of a made-up docket."""
    schema = schema_text("legal-news")
    labels = {label.key: label.id for layer in read_schema(schema).layers for label in layer.labels}
    documents = []
    for path in sorted(folder.glob("*.txt")):
        text, spans = marked_up(path.read_text("utf-8"), labels)
        documents.append(AnnotatedDocument(path.stem, "opinion", text, spans))
    return Series(schema, tuple(documents))


def from_corpus() -> Iterator[tuple[str, Series]]:
    """Ten documents of each set of the corpus that is there, with the name of its table in docs/hands.md."""
    if LEGALNER.is_dir():
        judgments = read_documents(LEGALNER / "badr" / "badr.json", "opinion")
        yield "series of judgments", _of(judgments, "entity")
    if POLNEAR.is_dir():
        yield "series of articles", _of(polnear(), "claim")


def _of(documents: Iterable[AnnotatedDocument], layer: str) -> Series:
    chosen = tuple(_whole_words(each) for each in list(documents)[:LENGTH])
    labels = sorted({label for each in chosen for *_, label in each.spans})
    return Series(_schema(layer, labels), chosen)


def _whole_words(document: AnnotatedDocument) -> AnnotatedDocument:
    """The document without spans twice, and without those that a selection by words does not give."""
    text = document.text
    kept = [
        span
        for span in dict.fromkeys(document.spans)
        if snap(text, span[0], span[1]) == Range(span[0], span[1]) == trim(text, Range(span[0], span[1]))
    ]
    kept.sort(key=lambda span: (span[0], -span[1]))
    return AnnotatedDocument(document.name, document.kind, text, tuple(kept))


def _schema(layer: str, labels: Iterable[str]) -> str:
    rows = ",\n".join(
        f'  {{ id = "{label}", key = "{key}", colour = "#56B4E9", is = "{label}" }}'
        for label, key in zip(labels, _KEYS, strict=False)
    )
    return f'name = "{layer}"\nversion = 1\n\n[[layer]]\nid = "{layer}"\nlabel = [\n{rows},\n]\n'
