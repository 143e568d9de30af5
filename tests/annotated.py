"""Documents annotated by hand, which suggesters are measured on: `tests/data/annotated`, offsets and labels.

The words of two of them are in the corpus beside the project; where that is missing, so are they.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from annotator.model import Metadata
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument
from annotator.text import text_sha256

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "data" / "annotated"
SAMPLE = ROOT / "resources" / "sample"
CORPUS = ROOT.parent / "shared" / "corpus"


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A text, its kind, and `(start, end, label)` of every span in order."""

    name: str
    kind: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def names() -> list[str]:
    """The documents whose words are there."""
    return [path.stem for path in sorted(FOLDER.glob("*.json")) if _source(path).is_file()]


def annotated(name: str) -> AnnotatedDocument:
    """A document with its annotations. Raises ValueError where its text is another one."""
    path = FOLDER / f"{name}.json"
    said = json.loads(path.read_text("utf-8"))
    text = _read(_source(path)).text
    if text_sha256(text) != said["text_sha256"]:
        raise ValueError(f"The text of {said['source']} is not the one that was annotated.")
    return AnnotatedDocument(name, said["kind"], text, tuple(map(tuple, said["spans"])))


def metadata_of(name: str) -> Metadata:
    """What the reader tells of a document, such as its caption and its judge."""
    return _read(_source(FOLDER / f"{name}.json")).metadata


def _source(path: Path) -> Path:
    name = json.loads(path.read_text("utf-8"))["source"]
    folders = (SAMPLE, CORPUS / "articles", CORPUS / "court")
    return next((folder / name for folder in folders if (folder / name).is_file()), CORPUS / name)


def _read(source: Path) -> ReadDocument:
    return next(part for part in reader_for(source).read(source) if isinstance(part, ReadDocument))
