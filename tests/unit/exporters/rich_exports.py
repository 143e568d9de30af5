"""What a new project has when it reads an export back, to compare with the project that was written."""

from collections.abc import Collection
from pathlib import Path
from typing import TypeAlias

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import import_paths
from storage.store import ProjectStore
from tests import projects

# A span as formats of other tools hold it: text, annotator, label, fragments, note, certainty.
Mark: TypeAlias = tuple[str, str, str, tuple[tuple[int, int], ...], str, str]


def read_back(source: Path, folder: Path) -> ProjectStore:
    """A new project with what is in the source; every file must have been read."""
    store = projects.new_project(folder, name="Back", schema_toml=EMPTY_SCHEMA)
    with ReaderProcess() as process:
        report = run(import_paths(store, [source], annotator=projects.lead(store).id, process=process))
    assert {row.outcome for row in report.rows} <= {"read", "already_here", "joined"}, report.rows
    return store


def marks(store: ProjectStore, *, without: Collection[str] = ()) -> set[Mark]:
    """All spans of a project but those with the ids."""
    names = {row.id: snapshot(store, Selection()).owner_name(row.id) for row in store.sets()}
    return {
        (
            store.text(document.text_version),
            names[span.set],
            span.label,
            tuple((start, end) for start, end in span.fragments),
            span.note,
            span.certainty,
        )
        for document in store.documents()
        for span in store.annotations(document.id)
        if span.id not in without
    }


EMPTY_SCHEMA = """\
name = "empty"
version = 1

[[layer]]
id = "none"
label = [{ id = "nothing" }]
"""
