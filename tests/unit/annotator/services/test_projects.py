"""What a new project begins with."""

from pathlib import Path

import pytest

from annotator.errors import InvalidEdit, InvalidSchema
from annotator.model import AnnotationSet, Annotator, annotator_set_id, gold_set_id
from annotator.services.projects import initial_change
from resources import guideline_text, schema_text
from storage.store import create_project


def test_new_project_has_schema_guidelines_lead_and_sets(tmp_path: Path) -> None:
    toml = schema_text("legal-news")
    with create_project(
        tmp_path / "new.annotator",
        name="New",
        initial=lambda project_id: initial_change(
            schema_toml=toml,
            guidelines=guideline_text("legal-news"),
            lead_name="Ana",
            project_id=project_id,
        ),
        workstation="workstation-1",
    ) as store:
        (lead,) = store.annotators()

        assert (store.schema_toml(), store.schema_number(), store.schema().name) == (toml, 1, "legal-news")
        assert (store.guidelines(), store.guideline_number()) == (guideline_text("legal-news"), 1)
        assert (lead.name, lead.role) == ("Ana", "lead")
        assert {(each.id, each.kind, each.owner) for each in store.sets()} == {
            (annotator_set_id(lead.id), "annotator", lead.id),
            (gold_set_id(store.project_id), "gold", None),
        }
        assert list(store.verify()) == []


def test_first_change_is_made_by_the_lead() -> None:
    change = initial_change(
        schema_toml=schema_text("legal-news"), guidelines="", lead_name="  Ana  Diaz ", project_id="p"
    )

    lead = next(record for record in change.after if isinstance(record, Annotator))
    assert (lead.name, change.annotator, change.document) == ("Ana Diaz", lead.id, None)
    assert [record.kind for record in change.after if isinstance(record, AnnotationSet)] == [
        "annotator",
        "gold",
    ]


def test_project_without_a_name_for_its_lead_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="A project needs the name of who leads it"):
        initial_change(schema_toml=schema_text("legal-news"), guidelines="", lead_name=" ", project_id="p")


def test_project_with_a_faulty_schema_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidSchema, match="It needs a `name`"):
        create_project(
            tmp_path / "new.annotator",
            name="New",
            initial=lambda project_id: initial_change(
                schema_toml="version = 1", guidelines="", lead_name="Ana", project_id=project_id
            ),
            workstation="workstation-1",
        )

    assert list(tmp_path.iterdir()) == []
