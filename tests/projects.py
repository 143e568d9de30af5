"""Project files for tests: real ones, made as the program makes them, and documents put into them.

`new_project` has the legal-news schema and one person, Lee, who leads. Close what it returns.
"""

from pathlib import Path

import resources
from annotator.change import Change, make_change
from annotator.model import (
    AnnotationSet,
    Annotator,
    GuidelineVersion,
    SchemaVersion,
    annotator_set_id,
    gold_set_id,
    now,
)
from storage.store import ProjectStore, create_project

WORKSTATION = "workstation-1"
LEE = "lee"
SCHEMA = Path(resources.__file__).parent / "schemas" / "legal-news.toml"


def first_change(project_id: str) -> Change:
    """What a project begins with: schema, guidelines, Lee and their set, the gold set."""
    return make_change(
        "Make the project",
        annotator=LEE,
        after=(
            SchemaVersion("schema-1", 1, SCHEMA.read_text(encoding="utf-8"), now()),
            GuidelineVersion("guidelines-1", 1, "# How we mark\n", now()),
            Annotator(LEE, "Lee", "lead"),
            AnnotationSet(annotator_set_id(LEE), "annotator", LEE),
            AnnotationSet(gold_set_id(project_id), "gold", None),
        ),
    )


def new_project(path: Path, *, name: str = "News") -> ProjectStore:
    """A new project file, open for writing."""
    return create_project(path, name=name, initial=first_change, workstation=WORKSTATION)
