"""Training rounds: which documents are in one, what their key is, and what is needed to pass.

That a document is in a round is part of its metadata, so it travels with it. How work is held against the
key is in `key_comparison`, which is heavier.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from annotator.model import Document, JsonValue

KEY = "annotator:training"  # in a document's metadata
Measure: TypeAlias = Literal["exact", "overlap", "iou50"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is needed to pass in a layer: a span F1 of at least `least`, from 0 to 1."""

    layer: str
    least: float
    measure: Measure = "exact"


@dataclass(frozen=True, slots=True)
class Training:
    """The round that a document is in, the set (id) that is its key, and the pass marks."""

    round: str
    key: str
    marks: tuple[Mark, ...]


def training_of(document: Document) -> Training | None:
    """The round that a document is in; None where its metadata says nothing that makes one."""
    said = document.metadata.get(KEY)
    if not isinstance(said, Mapping):
        return None
    name, key, marks = said.get("round"), said.get("key"), said.get("marks")
    if not (isinstance(name, str) and isinstance(key, str) and isinstance(marks, Mapping)):
        return None
    return Training(name, key, tuple(_mark(layer, mark) for layer, mark in sorted(marks.items())))


def _mark(layer: str, said: JsonValue) -> Mark:
    own = said if isinstance(said, Mapping) else {}
    least, name = own.get("least"), own.get("measure")
    measure: Measure = next((each for each in MEASURES if each == name), "exact")
    return Mark(layer, float(least) if isinstance(least, int | float) else 1.0, measure)


def with_training(document: Document, training: Training | None) -> Document:
    """The document in a round, or in none."""
    metadata = {name: value for name, value in document.metadata.items() if name != KEY}
    if training is not None:
        marks: dict[str, JsonValue] = {
            mark.layer: {"least": mark.least, "measure": mark.measure} for mark in training.marks
        }
        metadata[KEY] = {"round": training.round, "key": training.key, "marks": marks}
    return replace(document, metadata=metadata)
