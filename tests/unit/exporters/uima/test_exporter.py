"""UIMA folders: every file loads in dkpro-cassis, and our reader gets the spans back."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cassis
import pytest

from storage.store import ProjectStore
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export
from tests.unit.exporters.rich_exports import marks, read_back
from tests.unit.exporters.rich_project import rich_project

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def loaded(folder: Path) -> dict[str, cassis.Cas]:
    """Every CAS file of an export as dkpro-cassis loads it, by its path."""
    found = {}
    for path in sorted(folder.rglob("*.xmi")):
        types = cassis.load_typesystem(io.BytesIO((path.parents[1] / "TypeSystem.xml").read_bytes()))
        found[path] = cassis.load_cas_from_xmi(io.BytesIO(path.read_bytes()), types)
    for path in sorted(folder.glob("*/*/*.json")):
        found[path] = cassis.load_cas_from_json(io.BytesIO(path.read_bytes()))
    for path in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
            found[path] = cassis.load_cas_from_xmi(io.BytesIO(archive.read("document.xmi")), types)
    return {path.relative_to(folder).with_suffix("").as_posix(): cas for path, cas in found.items()}


@pytest.mark.parametrize(
    ("name", "options"), [("uima-xmi", {}), ("uima-xmi", {"zipped": True}), ("uima-json", {})]
)
def test_every_file_loads_in_cassis(
    rich: ProjectStore, tmp_path: Path, name: str, options: dict[str, bool]
) -> None:
    report = export(rich, name, tmp_path / "out", **options)

    read = loaded(tmp_path / "out")
    assert list(read) == [
        "annotation/Article/Ana",
        "annotation/Article/Bo_Č",
        "annotation/Opinion/Ana",
        "annotation/Opinion/Bo_Č",
        "curation/Article/gold",
    ]
    entities = read["annotation/Article/Ana"].select(ENTITY)
    assert [(row.value, row.get_covered_text()) for row in entities] == [
        ("judge", "Judge Ada Romero"),
        ("court", "District Court"),
    ]
    (held,) = read["annotation/Article/Ana"].select("webanno.custom.Holding")
    assert (held.issue, held.note) == ("immunity", "R4,\n“see” below")
    links = read["annotation/Article/Ana"].select("webanno.custom.IssuedByRelation")
    assert {link.Dependent.value for link in links} == {"judge", "court"}
    assert (report.documents, report.spans, report.relations) == (2, 7, 2)


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_what_a_cas_cannot_hold_is_told(rich: ProjectStore, tmp_path: Path, name: str) -> None:
    report = export(rich, name, tmp_path / "out")

    assert report.losses.counts == {
        "attribute": 2,
        "discontinuous": 1,
        "document_label": 2,
        "relation_across": 1,
    }


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_spans_come_back_with_note_and_certainty(rich: ProjectStore, tmp_path: Path, name: str) -> None:
    export(rich, name, tmp_path / "out")

    with read_back(tmp_path / "out", tmp_path) as back:
        found = {(text, label, pieces, note, sure) for text, _, label, pieces, note, sure in marks(back)}
        owners = {owner for _, owner, *_ in marks(back)}
        links = {link.type for document in back.documents() for link in back.relations(document.id)}
    assert found == {
        (text, label, ((pieces[0][0], pieces[-1][1]),), note, sure)
        for text, _, label, pieces, note, sure in marks(rich)
    }
    assert links == {"issued_by"}
    assert owners == {"Ana", "Bo_Č", "gold"}


def test_layer_of_named_entities_can_be_another(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "uima-xmi", tmp_path / "out", entity_layer="claim")

    read = loaded(tmp_path / "out")["annotation/Article/Bo_Č"]
    assert [row.value for row in read.select(ENTITY)] == ["claim"]


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_same_bytes_and_nothing_half_written(tmp_path: Path, name: str) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, name, tmp_path)
