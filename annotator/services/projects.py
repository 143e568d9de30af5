"""What a new project begins with: a label schema, guidelines, the lead, and the gold set."""

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import (
    AnnotationSet,
    Annotator,
    GuidelineVersion,
    SchemaVersion,
    annotator_set_id,
    gold_set_id,
    new_id,
    now,
)
from annotator.schema_toml import read_schema
from annotator.services.annotating import ANNOTATOR_COLOURS


def initial_change(*, schema_toml: str, guidelines: str, lead_name: str, project_id: str) -> Change:
    """The first Change of a project, made by its lead.

    Raises InvalidSchema if the schema breaks its own rules, InvalidEdit if the lead has no name.
    """
    read_schema(schema_toml)
    name = " ".join(lead_name.split())
    if not name:
        raise InvalidEdit("A project needs the name of who leads it.")
    lead = Annotator(new_id(), name, "lead", ANNOTATOR_COLOURS[0])
    time = now()
    return make_change(
        "Make the project",
        annotator=lead.id,
        after=(
            SchemaVersion(new_id(), 1, schema_toml, time),
            GuidelineVersion(new_id(), 1, guidelines, time),
            lead,
            AnnotationSet(annotator_set_id(lead.id), "annotator", lead.id),
            AnnotationSet(gold_set_id(project_id), "gold", None),
        ),
    )
