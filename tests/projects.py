"""Real project files for tests: a new one with the shipped schema, its lead Ana, and documents on request."""

from pathlib import Path

import resources
from annotator.model import Annotator
from annotator.services.projects import initial_change
from storage.store import ProjectStore, create_project
from tests import factories


def new_project(
    folder: Path, *, name: str = "Rulings", schema_toml: str = "", guidelines: str = "# Guidelines\n"
) -> ProjectStore:
    """A new project in a folder, open for writing, with Ana as its lead. Close it, or use it in a `with`."""
    schema = schema_toml or resources.schema_text("legal-news")
    return create_project(
        folder / f"{name}.annotator",
        name=name,
        initial=lambda project_id: initial_change(
            schema_toml=schema, guidelines=guidelines, lead_name="Ana", project_id=project_id
        ),
        workstation="workstation-1",
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
) -> str:
    """Import a document made of a text, and return its id."""
    change, contents = factories.document_change(
        id=id, text=text, title=title, kind=kind, annotator=lead(store).id
    )
    store.apply(change, contents)
    return id
