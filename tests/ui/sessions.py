"""Sessions for tests, on real project files with documents in them."""

from pathlib import Path

import resources
from annotator.services.projects import initial_change
from storage.store import ProjectStore, create_project, open_project
from tests.factories import TEXT, document_change
from ui.session import Session

WORKSTATION = "workstation-1"


def make_project(
    path: Path, texts: dict[str, str] | None = None, *, kind: str = "article", schema_toml: str = ""
) -> Path:
    """A project file whose lead is Lee, with documents by their ids; their titles are the ids too."""
    schema = schema_toml or resources.schema_text("legal-news")
    with create_project(
        path,
        name=path.stem,
        workstation=WORKSTATION,
        initial=lambda project: initial_change(
            schema_toml=schema, guidelines="# How we mark\n", lead_name="Lee", project_id=project
        ),
    ) as store:
        for id, text in ({"one": TEXT} if texts is None else texts).items():
            change, contents = document_change(
                id=id,
                title=id,
                text=text,
                kind=kind,
                annotator=store.annotators()[0].id,
                source=f"{id}: {text}".encode(),
            )
            store.apply(change, contents)
    return path


def open_session(path: Path, document: str | None = "one") -> Session:
    """A session with a project and a document open; close its project in the end."""
    session = Session(open_project, workstation=WORKSTATION)
    session.open_project(path)
    session.open_document(document)
    return session


def store_of(session: Session) -> ProjectStore:
    """The open project."""
    assert session.store is not None
    return session.store


def me(session: Session) -> str:
    """The id of who annotates."""
    assert session.annotator is not None
    return session.annotator.id
