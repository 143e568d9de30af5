"""Saving a changed schema: what is refused with its count, merging, undo after a restart, files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import schema_editing as editing
from annotator.change import Change
from annotator.errors import InvalidEdit, InvalidSchema
from annotator.model import Annotation, SchemaVersion, annotator_set_id
from annotator.progress import run
from annotator.schema import LabelSchema
from annotator.schema_toml import print_schema
from annotator.services import annotating, schema_editing
from storage.store import ProjectStore, open_project
from tests import factories, projects

DOCUMENT = factories.DOCUMENT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Rulings.annotator"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(path) as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def mark(store: ProjectStore, who: str, label: str, words: str, document: str = DOCUMENT) -> Annotation:
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=[factories.find(words)]
    )
    return next(record for record in change.after if isinstance(record, Annotation))


def save(store: ProjectStore, who: str, after: LabelSchema) -> Change:
    return run(schema_editing.save(store, annotator=who, before=store.schema(), after=after))


def refusal(store: ProjectStore, who: str, after: LabelSchema) -> str:
    versions = store.versions(SchemaVersion)
    with pytest.raises(InvalidEdit) as refused:
        save(store, who, after)
    assert store.versions(SchemaVersion) == versions
    return str(refused.value)


def test_saved_schema_is_the_next_version_and_keeps_the_one_before(store: ProjectStore, ana: str) -> None:
    after = editing.add_label(store.schema(), layer="entity", name="Expert")

    change = save(store, ana, after)

    assert change.title == "Change the label schema"
    assert store.schema() == replace(after, version=2)
    assert [version.number for version in store.versions(SchemaVersion)] == [2, 1]


def test_label_that_spans_have_is_not_removed_and_the_count_is_told(store: ProjectStore, ana: str) -> None:
    projects.add_document(store, "second", title="Second", text=factories.TEXT + "!")
    mark(store, ana, "judge", "Judge Ada Romero")
    mark(store, ana, "judge", "Judge Ada Romero", "second")
    mark(store, ana, "judge", "Ada Romero")

    assert refusal(store, ana, editing.remove_label(store.schema(), "judge")) == (
        "Judge cannot be removed: 3 spans in 2 documents are marked so; "
        "retire it or merge it into another label."
    )


def test_attribute_its_values_and_its_labels_are_not_taken_from_spans(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "claim", "the company will appeal")
    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="act", value="denies")
    schema = store.schema()
    act = schema.attribute("act")
    assert act is not None
    fewer = replace(act, values=tuple(value for value in act.values if value != "denies"))
    other = replace(act, kind="text", values=())
    elsewhere = replace(act, labels=("holding",))

    assert refusal(store, ana, editing.remove_attribute(schema, "act")) == (
        "Act cannot be removed: 1 span has a value of it; retire it instead."
    )
    assert refusal(store, ana, editing.change_attribute(schema, fewer)) == (
        "The value denies of Act cannot be removed: 1 span has it."
    )
    assert refusal(store, ana, editing.change_attribute(schema, other)) == (
        "Act cannot become another kind of attribute: 1 span has a value of it; add a new one."
    )
    assert refusal(store, ana, editing.change_attribute(schema, elsewhere)) == (
        "Act cannot be taken from Claim: 1 span has a value of it."
    )


def test_relation_type_and_its_ends_are_not_taken_from_links(store: ProjectStore, ana: str) -> None:
    claim = mark(store, ana, "claim", "the company will appeal")
    source = mark(store, ana, "source", "Norvel’s lawyer")
    annotating.link(store, annotator=ana, type="source", source=claim.id, target=source.id)
    schema = store.schema()
    relation = schema.relation("source")
    assert relation is not None

    assert refusal(store, ana, editing.remove_relation(schema, "source")) == (
        "Source cannot be removed: 1 link is of it; retire it instead."
    )
    assert refusal(store, ana, editing.change_relation(schema, replace(relation, targets=("cue",)))) == (
        "Source cannot be changed so: 1 link is from Claim to Source."
    )


def test_retired_label_attribute_and_link_leave_spans_as_they_are(store: ProjectStore, ana: str) -> None:
    claim = mark(store, ana, "claim", "the company will appeal")
    source = mark(store, ana, "source", "Norvel’s lawyer")
    annotating.link(store, annotator=ana, type="source", source=claim.id, target=source.id)
    annotating.set_attribute(store, annotator=ana, annotation=claim.id, attribute="act", value="denies")
    before = store.annotations(DOCUMENT), store.relations(DOCUMENT)
    schema = editing.retire_relation(editing.retire_attribute(store.schema(), "act"), "source")

    save(store, ana, editing.retire_label(schema, "claim"))

    assert (store.annotations(DOCUMENT), store.relations(DOCUMENT)) == before
    with pytest.raises(InvalidEdit, match="Claim is retired"):
        mark(store, ana, "claim", "Norvel cannot claim immunity")


def test_merge_is_previewed_with_spans_documents_and_people(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Ben")
    ben = next(person.id for person in store.annotators() if person.name == "Ben")
    mark(store, ana, "person", "Ada Romero")
    mark(store, ben, "person", "Ada Romero")
    mark(store, ben, "person", "Norvel’s lawyer")
    before = store.schema()

    seen = run(
        schema_editing.preview(store, before=before, after=editing.merge_labels(before, "person", "judge"))
    )

    assert str(seen.differences[0]) == (
        "Person is merged into Judge: 3 spans in 1 document will count as Judge (Ana 1, Ben 2)."
    )
    assert seen.orphans == ()


def test_merge_writes_no_span_and_is_undone_after_a_restart(
    path: Path, store: ProjectStore, ana: str
) -> None:
    mark(store, ana, "person", "Ada Romero")
    spans, before = store.annotations(DOCUMENT), store.schema()

    change = save(store, ana, editing.merge_labels(before, "person", "judge"))

    merged = store.schema().label("person")
    assert change.title == "Merge Person into Judge"
    assert merged is not None
    assert merged.id == "judge"
    assert store.annotations(DOCUMENT) == spans
    store.close()
    with open_project(path, workstation=projects.WORKSTATION) as again:
        annotating.undo(again, annotator=ana, document=None)
        assert again.schema() == before
        annotating.redo(again, annotator=ana, document=None)
        assert again.schema().in_force("person") == "judge"
        assert again.annotations(DOCUMENT) == spans


def test_undo_of_a_schema_that_spans_use_by_now_is_refused_with_the_count(
    store: ProjectStore, ana: str
) -> None:
    save(store, ana, editing.add_label(store.schema(), layer="entity", name="Expert"))
    mark(store, ana, "expert", "Norvel’s lawyer")

    with pytest.raises(InvalidEdit, match="Expert cannot be removed: 1 span in 1 document is marked so"):
        annotating.undo(store, annotator=ana, document=None)

    assert store.schema().label("expert") is not None


def test_annotating_goes_on_being_undone_in_its_document(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "person", "Ada Romero")
    save(store, ana, editing.merge_labels(store.schema(), "person", "judge"))

    annotating.undo(store, annotator=ana, document=DOCUMENT)

    assert store.record(Annotation, span.id) is None
    assert store.schema().in_force("person") == "judge"


def test_merged_spans_have_the_attributes_and_links_of_what_they_became(
    store: ProjectStore, ana: str
) -> None:
    schema = editing.add_label(store.schema(), layer="claim", name="Assertion")
    save(store, ana, schema)
    span = mark(store, ana, "assertion", "the company will appeal")
    save(store, ana, editing.merge_labels(store.schema(), "assertion", "claim"))

    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="act", value="denies")
    annotating.highlight(
        store,
        annotator=ana,
        document=DOCUMENT,
        label="source",
        fragments=[factories.find("Norvel’s lawyer")],
        slot_owner=span.id,
    )

    stored = store.record(Annotation, span.id)
    assert stored is not None
    assert stored.attributes["act"] == "denies"
    assert [link.type for link in store.relations_at(span.id)] == ["source"]


def test_only_a_lead_saves_and_is_named(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Ben")
    ben = next(person.id for person in store.annotators() if person.name == "Ben")

    after = editing.retire_label(store.schema(), "date")

    assert refusal(store, ben, after) == "Only a lead changes the label schema; ask Ana."


def test_schema_changed_meanwhile_is_not_overwritten(store: ProjectStore, ana: str) -> None:
    before = store.schema()
    save(store, ana, editing.retire_label(before, "date"))

    with pytest.raises(InvalidEdit, match="has been changed meanwhile"):
        run(
            schema_editing.save(
                store, annotator=ana, before=before, after=editing.retire_label(before, "law")
            )
        )


def test_unchanged_schema_is_not_saved(store: ProjectStore, ana: str) -> None:
    assert refusal(store, ana, store.schema()) == "Nothing in the label schema is changed."


def test_counts_are_over_all_sets_and_values_of_choices(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "claim", "the company will appeal")
    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="act", value="denies")

    use = run(schema_editing.count(store))

    assert (use.spans_of("claim"), use.documents["claim"], use.spans_with("act")) == (1, 1, 1)
    assert [(row.label, row.set) for row in use.labels] == [("claim", annotator_set_id(ana))]
    assert "denies" in {row.value for row in use.values}


def test_schema_file_is_written_and_read_back_equal(store: ProjectStore, tmp_path: Path) -> None:
    file = tmp_path / "schema.toml"

    schema_editing.write_file(store.schema(), file)

    assert schema_editing.read_file(file) == store.schema()
    assert file.read_text("utf-8") == print_schema(store.schema())
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_file_that_is_no_schema_is_refused_with_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('name = "x"\n[[layer]]\nid = "bare"\n', "utf-8")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidSchema, match=r"The layer bare has no labels\."):
        schema_editing.read_file(file)
    with pytest.raises(InvalidEdit, match=r"binary\.toml is no UTF-8 text"):
        schema_editing.read_file(binary)
    with pytest.raises(InvalidEdit, match=r"nowhere\.toml cannot be read"):
        schema_editing.read_file(tmp_path / "nowhere.toml")


def test_schema_is_not_written_where_there_is_no_folder(store: ProjectStore, tmp_path: Path) -> None:
    with pytest.raises(InvalidEdit, match=r"schema\.toml cannot be written"):
        schema_editing.write_file(store.schema(), tmp_path / "nowhere" / "schema.toml")


def test_value_that_documents_have_stays_with_the_count(store: ProjectStore, ana: str) -> None:
    schema = editing.add_document_attribute(store.schema(), name="Court level")
    added = schema.document_attribute("court_level")
    assert added is not None
    chosen = replace(added, kind="choice", values=("trial", "appeal"))
    save(store, ana, editing.change_attribute(schema, chosen))
    annotating.set_document_label(store, annotator=ana, document=DOCUMENT, name="court_level", value="appeal")

    shorter = editing.change_attribute(store.schema(), replace(chosen, values=("trial",)))
    without = editing.remove_attribute(store.schema(), "court_level")

    assert refusal(store, ana, shorter) == (
        "The value appeal of Court level cannot be removed: 1 document has it."
    )
    assert refusal(store, ana, without) == (
        "Court level cannot be removed: 1 document has a value of it; retire it instead."
    )
    save(store, ana, editing.change_attribute(store.schema(), replace(chosen, values=("appeal",))))
