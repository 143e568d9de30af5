"""Documents with annotations, links and a schema of their own, brought into a project one by one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from annotator.errors import StaleChange
from annotator.model import Annotation, Fragment, annotator_set_id, gold_set_id, new_id
from annotator.readers.document import ReadAnnotation, ReadDecision, ReadDocument, ReadRelation, ReadSet
from annotator.services import annotating
from annotator.services.intake import Intake, Taken
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT, find

COURT = ReadAnnotation("s1", "court", (find("District Court"),))
JUDGE = ReadAnnotation("s2", "judge", (find("Judge Ada Romero"),))
HELD = ReadAnnotation(
    "s3", "holding", (find("Norvel cannot claim immunity"),), attributes={"issue": "immunity"}
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path, name="Intake") as store:
        yield store


@pytest.fixture
def intake(store: ProjectStore) -> Intake:
    return Intake(store, annotator=projects.lead(store).id, owner="Ana")


def document(*spans: ReadAnnotation, text: str = TEXT, key: str = "", **more: object) -> ReadDocument:
    part = ReadSet("Bo", annotations=spans, relations=more.pop("relations", ()))  # type: ignore[arg-type]
    return ReadDocument("Title", text, text.encode(), "a.jsonl", "jsonl", "1", key=key, sets=(part,), **more)  # type: ignore[arg-type]


def spans_of(store: ProjectStore, taken: Taken) -> list[Annotation]:
    return list(store.annotations(taken.document))


def test_ids_are_kept_where_they_are_free_and_fresh_elsewhere(store: ProjectStore, intake: Intake) -> None:
    own, span = new_id(), new_id()

    taken = intake.take(document(replace(COURT, key=span), JUDGE, key=own))

    assert taken.document == own
    court = store.record(Annotation, span)
    assert court is not None
    assert court.quote.exact == "District Court"
    assert "s2" not in {row.id for row in spans_of(store, taken)}


def test_ids_in_use_by_another_document_are_made_anew(store: ProjectStore, intake: Intake) -> None:
    own, span = new_id(), new_id()
    intake.take(document(replace(COURT, key=span), key=own))

    other = Intake(store, annotator=projects.lead(store).id, owner="Ana")
    taken = other.take(document(replace(COURT, key=span), key=own, text=f"{TEXT}More."))

    assert taken.document != own
    assert [row.quote.exact for row in spans_of(store, taken)] == ["District Court"]
    assert len(store.documents()) == 2


def test_span_that_was_changed_here_since_stays_and_is_told(store: ProjectStore, intake: Intake) -> None:
    read = document(replace(COURT, key=new_id()), key=new_id())
    taken = intake.take(read)
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    (span,) = spans_of(store, taken)
    annotating.resize(store, annotator=bo, annotation=span.id, fragments=[find("the District Court")])

    again = Intake(store, annotator=bo, owner="Ana").take(read)

    assert (again.is_changed, again.spans) == (False, 0)
    assert again.warnings == ("1 spans of Bo were changed in the project since, and stay so.",)
    assert [row.quote.exact for row in spans_of(store, again)] == ["the District Court"]


def test_annotator_is_the_one_of_that_name_in_any_case(store: ProjectStore, intake: Intake) -> None:
    taken = intake.take(replace(document(), sets=(ReadSet(" ANA ", annotations=(COURT,)),)))

    assert [row.set for row in spans_of(store, taken)] == [annotator_set_id(projects.lead(store).id)]
    assert len(store.annotators()) == 1


def test_link_to_a_document_that_came_before_and_to_one_that_comes_later(
    store: ProjectStore, intake: Intake
) -> None:
    back = ReadRelation("reports", "s3", "s3", target_document="first", key=new_id())
    ahead = ReadRelation("restates", "s3", "s3", target_document="third", key=new_id())

    first = intake.take(document(HELD, key="first"))
    second = intake.take(document(HELD, key="second", text=f"{TEXT}2", relations=(back, ahead)))
    assert [row.type for row in store.relations(second.document)] == ["reports"]
    third = intake.take(document(HELD, key="third", text=f"{TEXT}3"))
    lost = intake.finish()

    targets = {row.id: row.target for row in store.relations(second.document)}
    assert targets == {
        back.key: spans_of(store, first)[0].id,
        ahead.key: spans_of(store, third)[0].id,
    }
    assert lost == ()


def test_link_out_of_the_file_finds_a_span_that_the_project_has(store: ProjectStore, intake: Intake) -> None:
    target = replace(HELD, key=new_id())
    intake.take(document(target, key=new_id()))
    link = ReadRelation("reports", "s3", target.key, target_document=new_id(), key=new_id())

    other = Intake(store, annotator=projects.lead(store).id, owner="Ana")
    taken = other.take(document(HELD, text=f"{TEXT}2", relations=(link,)))

    assert other.finish() == ()
    assert [(row.id, row.target) for row in store.relations(taken.document)] == [(link.key, target.key)]


def test_link_that_leads_nowhere_is_told(intake: Intake) -> None:
    link = ReadRelation("reports", "s3", "gone", target_document="elsewhere")
    taken = intake.take(document(HELD, relations=(link,)))

    assert intake.finish() == (
        (taken.document, "Link reports left out: the span that it leads to is not here."),
    )


def test_two_documents_of_one_source_stay_two_with_the_same_text(store: ProjectStore, intake: Intake) -> None:
    intake.take(document(COURT, key="one"))
    intake.take(document(JUDGE, key="two"))

    assert len(store.documents()) == 2


def test_same_document_on_two_lines_is_one(store: ProjectStore, intake: Intake) -> None:
    key = new_id()
    intake.take(document(COURT, key=key))
    intake.take(document(JUDGE, key=key))

    assert [len(store.annotations(row.id)) for row in store.documents()] == [2]


def test_values_outside_the_schema_are_kept_and_told(store: ProjectStore, intake: Intake) -> None:
    odd = replace(HELD, attributes={"issue": "weather", "mood": "grim"})

    taken = intake.take(document(odd))

    assert dict(spans_of(store, taken)[0].attributes) == {"issue": "weather", "mood": "grim"}
    assert taken.warnings == (
        "Kept, though the label schema does not have them: mood of holding.",
        "Kept, though the label schema does not have these values of issue: weather.",
    )


def test_fragments_that_are_no_place_in_the_text_are_left_out(store: ProjectStore, intake: Intake) -> None:
    wild = replace(COURT, fragments=(Fragment(5, 9_999),))

    taken = intake.take(document(wild, JUDGE))

    assert taken.spans == 1
    assert taken.warnings == ("Span court left out: its offsets are no place in the text.",)


def test_gold_comes_with_its_decisions_and_the_people_in_them(store: ProjectStore, intake: Intake) -> None:
    decision = ReadDecision(new_id(), "s1", "accept", ("Bo", "Cy"), "Rae", "2025-03-01T08:00:00.000Z", "R2")
    gold = ReadSet("", kind="gold", annotations=(COURT,), decisions=(decision,))

    taken = intake.take(replace(document(), sets=(gold,)))

    (span,), (kept,) = spans_of(store, taken), store.decisions(taken.document)
    people = {person.id: person for person in store.annotators()}
    assert span.set == gold_set_id(store.project_id)
    assert (kept.id, kept.annotation, kept.rule_id) == (decision.key, span.id, "R2")
    assert [people[proposer].name for proposer in kept.proposers] == ["Bo", "Cy"]
    assert (people[kept.decided_by].name, people[kept.decided_by].role) == ("Rae", "reviewer")


def test_state_and_document_label_here_are_newer_than_the_files(store: ProjectStore, intake: Intake) -> None:
    part = ReadSet("Bo", labels={"topic": "privacy"}, state="todo")
    taken = intake.take(replace(document(), sets=(part,)))
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    annotating.set_work_state(store, annotator=bo, document=taken.document, state="done")

    again = intake.take(replace(document(), sets=(replace(part, labels={"topic": "spyware"}),)))

    assert [row.state for row in store.assignments(taken.document)] == ["done"]
    assert [row.value for row in store.document_labels(taken.document)] == ["privacy"]
    assert again.warnings == ("The document’s topic is privacy here and stays so; not spyware.",)


def ours(number: int = 4) -> dict[str, object]:
    toml = resources.schema_text("legal-news").replace('name = "legal-news"', 'name = "ours"')
    return {"schema_toml": toml, "schema_number": number, "guidelines": "# Ours\n", "guideline_number": 2}


def test_project_without_documents_takes_schema_and_guidelines_as_they_are(
    store: ProjectStore, intake: Intake
) -> None:
    taken = intake.take(document(COURT, **ours()))

    assert (store.schema().name, store.schema_number(), store.schema_toml()) == (
        "ours",
        4,
        ours()["schema_toml"],
    )
    assert (store.guidelines(), store.guideline_number()) == ("# Ours\n", 2)
    assert taken.warnings == (
        "The project had no documents yet and took the label schema ours.",
        "The project had no documents yet and took the guidelines of the file.",
    )


def test_project_with_documents_keeps_its_schema_and_guidelines(store: ProjectStore, intake: Intake) -> None:
    projects.add_document(store)

    taken = intake.take(document(COURT, text=f"{TEXT}2", **ours()))

    assert (store.schema().name, store.schema_number(), store.guideline_number()) == ("legal-news", 1, 1)
    assert taken.warnings == ()


def test_schema_that_breaks_its_rules_is_not_taken_and_its_labels_are_still_added(
    store: ProjectStore, intake: Intake
) -> None:
    taken = intake.take(document(replace(COURT, label="novel"), schema_toml="name = 3", schema_number=2))

    assert store.schema().label("novel") is not None
    assert any("not taken over" in warning for warning in taken.warnings)


def test_label_is_found_by_any_spelling_but_in_a_projects_own_export(
    store: ProjectStore, intake: Intake
) -> None:
    projects.add_document(store, text="Something else.")
    foreign = intake.take(document(replace(COURT, label="COURT")))
    own = intake.take(document(replace(COURT, label="COURT"), text=f"{TEXT}2", **ours()))

    assert [row.label for row in spans_of(store, foreign)] == ["court"]
    assert [row.label for row in spans_of(store, own)] == ["COURT"]


def test_change_that_meets_another_one_twice_is_refused_and_leaves_nothing(
    store: ProjectStore, intake: Intake
) -> None:
    twice = replace(document(COURT), text=TEXT, source=TEXT.encode())
    intake.take(twice)
    before = [entry.change_id for entry in store.history()]

    assert intake.take(twice).is_changed is False
    assert [entry.change_id for entry in store.history()] == before
    with pytest.raises(StaleChange):
        store.apply(
            replace(store.change(before[0]), id=new_id(), after=(), before=store.change(before[0]).after[:1])
        )
