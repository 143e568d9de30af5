"""Writes projects out in the tests of exporters, and gathers the bytes that were written."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import ExportError
from annotator.progress import run
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadSet
from annotator.services import importing
from annotator.services.exporting import Selection, snapshot
from annotator.snapshot import DocumentSnapshot
from exporters import EXPORTERS, Exporter, ExportReport
from exporters.aside import files_in
from exporters.exporter import OptionValue, with_options
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.rich_project import read_document


def export(store: ProjectStore, name: str, target: Path, **options: OptionValue) -> ExportReport:
    return run(exporter(name, **options).export(snapshot(store, Selection()), target))


def exporter(name: str, **options: OptionValue) -> Exporter:
    return with_options(EXPORTERS[name], options)


def bring_in(store: ProjectStore, read: ReadDocument) -> str:
    row = importing.import_document(store, read, annotator=projects.lead(store).id)
    assert row.outcome == "read", row
    assert row.document is not None
    return row.document


def marked(store: ProjectStore, title: str, text: str, *spans: ReadAnnotation) -> str:
    """Bring in a text that Ana has marked."""
    return bring_in(store, read_document(title, text, key=text, sets=(ReadSet("Ana", annotations=spans),)))


def written(target: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all files in a folder."""
    if target.is_file():
        return {"": target.read_bytes()}
    return {name: path.read_bytes() for name, path in files_in(target).items()}


def check_same_bytes_and_nothing_half_written(store: ProjectStore, name: str, folder: Path) -> None:
    """What every format promises: the same bytes twice, and nothing at all when the disk fills up."""
    target = folder / f"one{EXPORTERS[name].suffix}"
    export(store, name, target)
    again = folder / f"two{EXPORTERS[name].suffix}"
    export(store, name, again)
    assert written(target) == written(again)
    before = written(target)
    whole = snapshot(store, Selection())

    def full_disk() -> Iterator[DocumentSnapshot]:
        yield next(whole.documents())
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left on device"):
        run(EXPORTERS[name].export(dataclasses.replace(whole, documents=full_disk), target))

    assert written(target) == before
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []
