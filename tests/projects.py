"""Real project files for tests: a new one with the shipped schema and its lead Ana, documents on request."""

from pathlib import Path

import resources
from annotator.change import Change, make_change
from annotator.model import (
    AnnotationSet,
    Annotator,
    GuidelineVersion,
    Metadata,
    SchemaVersion,
    annotator_set_id,
    gold_set_id,
    now,
)
from storage.store import ProjectStore, create_project
from tests import factories

WORKSTATION = "workstation-1"


def new_project(
    path: Path, *, name: str = "Rulings", schema_toml: str = "", guidelines: str = "# Guidelines\n"
) -> ProjectStore:
    """A new project, open for writing. Close it, or use it in a `with`.

    `path` is its file, or a folder in which the file is called after the project.
    """
    schema = schema_toml or resources.schema_text("legal-news")
    return create_project(
        path / f"{name}.annotator" if path.is_dir() else path,
        name=name,
        initial=lambda project_id: first_change(project_id, schema_toml=schema, guidelines=guidelines),
        workstation=WORKSTATION,
    )


def first_change(project_id: str, *, schema_toml: str, guidelines: str = "# Guidelines\n") -> Change:
    """What a project begins with, as `services.projects.initial_change` has it, but with fixed ids."""
    return make_change(
        "Make the project",
        annotator=factories.ANA,
        after=(
            SchemaVersion("schema-1", 1, schema_toml, now()),
            GuidelineVersion("guidelines-1", 1, guidelines, now()),
            Annotator(factories.ANA, "Ana", "lead"),
            AnnotationSet(annotator_set_id(factories.ANA), "annotator", factories.ANA),
            AnnotationSet(gold_set_id(project_id), "gold", None),
        ),
    )


def lead(store: ProjectStore) -> Annotator:
    return next(person for person in store.annotators() if person.role == "lead")


def add_document(
    store: ProjectStore,
    id: str = factories.DOCUMENT,
    *,
    text: str = factories.TEXT,
    kind: str = "article",
    title: str = "Court rules on immunity",
    case: str = "",
    metadata: Metadata | None = None,
) -> str:
    """Import a document made of a text, and return its id."""
    change, contents = factories.document_change(
        id=id, text=text, title=title, kind=kind, annotator=lead(store).id, case=case, metadata=metadata
    )
    store.apply(change, contents)
    return id


def with_document(folder: Path) -> Path:
    """The file of a new project in the folder that has one document."""
    with new_project(folder) as store:
        add_document(store)
        return store.path
