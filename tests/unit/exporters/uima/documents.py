"""A document for the UIMA tests, and what dkpro-cassis and our own readers make of it."""

import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import cassis

from annotator.model import Annotation, Relation
from annotator.readers import uima_json, uima_xmi
from annotator.readers.document import ReadDocument
from annotator.snapshot import DocumentSnapshot
from exporters.uima.cas import Cas, cas
from exporters.uima.cas_json import cas_json
from exporters.uima.types import Types
from exporters.uima.xmi import type_system, xmi
from tests import factories

TYPES = Types(factories.schema())
FORMS = ("xmi", "json")


def snapshot_of(
    text: str, annotations: Sequence[Annotation], relations: Sequence[Relation] = ()
) -> DocumentSnapshot:
    return DocumentSnapshot(
        factories.document(),
        factories.text_version(text=text),
        text,
        (),
        tuple(annotations),
        tuple(relations),
        (),
        (),
        (),
    )


def ours(of: DocumentSnapshot) -> Cas:
    return cas(of, TYPES, collection="Rulings")


def read_by_cassis(of: DocumentSnapshot, form: str) -> cassis.Cas:
    """What dkpro-cassis makes of the document, written in that form."""
    if form == "json":
        return cassis.load_cas_from_json(io.BytesIO(cas_json(ours(of), TYPES.all)))
    types = cassis.load_typesystem(io.BytesIO(type_system(TYPES.all)))
    return cassis.load_cas_from_xmi(io.BytesIO(xmi(ours(of), TYPES.all)), types)


def read_by_us(of: DocumentSnapshot, form: str) -> list[ReadDocument]:
    """What our own reader makes of the document, written in that form."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{form}"
        if form == "json":
            path.write_bytes(cas_json(ours(of), TYPES.all))
            return list(uima_json.read(path))
        (Path(folder) / "TypeSystem.xml").write_bytes(type_system(TYPES.all))
        path.write_bytes(xmi(ours(of), TYPES.all))
        return list(uima_xmi.read(path))
