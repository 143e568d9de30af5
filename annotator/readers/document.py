"""What a reader gives: a document's normalised text with everything known about it, no ids yet.

Labels, attributes and relation types are as the file names them; the importing service maps them to
the project's schema. Offsets are code points into `text`, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.geometry import Page
from annotator.model import (
    Attributes,
    AttributeValue,
    Certainty,
    Fragment,
    Metadata,
    Origin,
    SetKind,
    WorkState,
)


@dataclass(frozen=True, slots=True)
class ReadAnnotation:
    """A span as the file has it. `key` is the file's own name for it, unique in its document."""

    key: str
    label: str
    fragments: tuple[Fragment, ...]
    layer: str = ""
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    certainty: Certainty = "sure"
    origin: Origin = "import"
    created: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ReadRelation:
    """A link between spans by their keys; `target_document` names another document by its key."""

    type: str
    source: str
    target: str
    target_document: str = ""
    key: str = ""
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    certainty: Certainty = "sure"
    origin: Origin = "import"
    created: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """The decision behind a gold span: the span's key ("" where none is right), and people by their names."""

    key: str
    annotation: str
    outcome: str
    proposers: tuple[str, ...]
    decided_by: str
    decided: str
    rule_id: str = ""
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReadSet:
    """The annotations that one annotator, or the gold layer, has on a document.

    `annotator` is a name, "" where the file names nobody. `state`, `layers` and `message` are the
    annotator's assignment, None where the file has none.
    """

    annotator: str
    kind: SetKind = "annotator"
    annotations: tuple[ReadAnnotation, ...] = ()
    relations: tuple[ReadRelation, ...] = ()
    labels: Mapping[str, AttributeValue] = field(default_factory=dict)
    decisions: tuple[ReadDecision, ...] = ()
    state: WorkState | None = None
    layers: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document out of a source.

    `source` is the bytes that identify it ("already here" compares their hash), `kind` one of the
    schema's kinds of document, `key` the file's own name for it, set by formats that hold several documents.
    `schema_toml` is a label schema that came along with it; `schema_number` above 0 says that it and
    the guidelines are those of a project, at that number.
    """

    title: str
    text: str
    source: bytes
    source_name: str
    reader: str
    reader_version: str
    kind: str = "article"
    key: str = ""
    case: str = ""
    created: str = ""
    options: Metadata = field(default_factory=dict)
    metadata: Metadata = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    sets: tuple[ReadSet, ...] = ()
    warnings: tuple[str, ...] = ()
    schema_toml: str = ""
    schema_number: int = 0
    guidelines: str = ""
    guideline_number: int = 0


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """A part of a folder or archive that could not be read, with the reason as a sentence."""

    name: str
    reason: str
