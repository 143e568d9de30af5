"""A project file as the domain sees it: what was applied is there, now and after opening it again."""

import gc
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import ProjectError, StaleChange
from annotator.geometry import Page, Range, Word
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Document,
    Metadata,
    Relation,
    SchemaVersion,
    TextVersion,
    annotator_set_id,
    gold_set_id,
)
from annotator.store import DocumentRow, Store
from storage.store import ProjectStore, create_project, open_project
from tests import edits, factories, projects

OWN = annotator_set_id(factories.ANA)


def reopened(store: ProjectStore) -> ProjectStore:
    store.close()
    return open_project(store.path, workstation=projects.WORKSTATION)


def test_project_store_is_what_the_domain_asks_for(store: ProjectStore) -> None:
    domain_store: Store = store

    assert (domain_store.name, domain_store.workstation) == ("Rulings", projects.WORKSTATION)


def test_new_project_has_its_lead_schema_guidelines_and_sets(tmp_path: Path) -> None:
    with projects.new_project(tmp_path, guidelines="Mark what is said.") as store:
        assert [person.name for person in store.annotators()] == ["Ana"]
        assert {each.id for each in store.sets()} == {OWN, gold_set_id(store.project_id)}
        assert store.schema().label("court") is not None
        assert (store.schema_number(), store.guideline_number()) == (1, 1)
        assert store.guidelines() == "Mark what is said."
        assert store.documents() == ()
        assert store.verify() == ()


def test_project_keeps_its_id_and_name(store: ProjectStore) -> None:
    project_id = store.project_id

    with reopened(store) as again:
        assert (again.project_id, again.name) == (project_id, "Rulings")


def test_document_comes_with_text_source_and_pages(store: ProjectStore) -> None:
    pages = tuple(Page(n, 612.0, 792.0, (Range(0, 5),), (Word(0, 5, 72, 72, 99, 84),)) for n in (1, 2, 3))
    change, contents = factories.document_change(id="order", text="Order", source=b"%PDF", pages=pages)

    store.apply(change, contents)

    with reopened(store) as again:
        document = again.record(Document, "order")
        assert document is not None
        assert again.text(document.text_version) == "Order"
        assert again.source(document.source_sha256) == b"%PDF"
        assert again.pages(document.text_version) == pages
        assert again.page(document.text_version, 2) == pages[1]
        assert again.page(document.text_version, 4) is None
        assert again.page_count(document.text_version) == 3
        assert again.page_heads(document.text_version) == tuple(replace(page, words=()) for page in pages)


def test_text_keeps_every_code_point(store: ProjectStore) -> None:
    text = "a\x00b \u2028 é e\u0301 😀 \ufffe \U0010ffff\n\n\ttab  "

    projects.add_document(store, "odd", text=text)

    with reopened(store) as again:
        assert again.text("odd-text") == text


def test_an_original_is_given_at_once_only_if_it_is_short(store: ProjectStore) -> None:
    change, contents = factories.document_change(id="order", text="Order", source=b"%PDF")
    store.apply(change, contents)
    document = store.record(Document, "order")
    assert document is not None

    assert store.source_within(document.source_sha256, 4) == b"%PDF"
    assert store.source_within(document.source_sha256, 3) is None
    assert store.source_within(factories.sha256("other"), 4) is None


@pytest.mark.parametrize(
    "ask", [lambda s: s.text("none"), lambda s: s.source("0"), lambda s: s.change("none")]
)
def test_what_is_not_in_the_project_is_a_key_error(store: ProjectStore, ask: object) -> None:
    with pytest.raises(KeyError):
        ask(store)  # type: ignore[operator]


def test_document_without_pages_has_none(store: ProjectStore) -> None:
    assert store.pages(edits.TEXT_VERSION) == ()


def test_one_record_of_every_type_is_there_after_opening_again(store: ProjectStore) -> None:
    change = edits.change(
        after=(
            factories.annotator("kim", name="Kim"),
            factories.annotation_set(owner="kim"),
            factories.schema_version("schema-2", number=2, toml="name = 'x'"),
            factories.guideline_version("guideline-2", number=2),
            factories.document("two", text_version="two-text", source=factories.TEXT.encode()),
            factories.text_version("two-text", document="two", text=factories.TEXT),
            edits.span(
                "a", attributes={"role": "plaintiff", "issues": ("immunity", "damages"), "sure": True}
            ),
            edits.span("b", pieces=[(6, 9), (14, 20)], note="two pieces"),
            factories.relation(source="a", target="b", attributes={"how": "accepts"}),
            factories.document_label(value=("privacy", "security")),
            factories.assignment(layers=("claim",), message="later"),
            factories.decision(annotation="a", proposers=("ana", "kim")),
        )
    )
    change_contents = factories.document_change(id="two")[1]

    store.apply(change, change_contents)

    with reopened(store) as again:
        for record in change.after:
            assert again.record(type(record), record.id) == record
        assert again.verify() == ()


def test_annotations_come_by_start_end_and_id(store: ProjectStore) -> None:
    spans = [
        edits.span(id, start=s, end=e) for id, s, e in [("d", 9, 12), ("c", 0, 9), ("b", 0, 5), ("a", 0, 5)]
    ]

    edits.mark(store, *spans)

    assert [span.id for span in store.annotations(factories.DOCUMENT)] == ["a", "b", "c", "d"]
    assert [span.id for span in store.annotations(factories.DOCUMENT, OWN)] == ["a", "b", "c", "d"]


def test_reading_annotations_leaves_the_garbage_collector_running(store: ProjectStore) -> None:
    edits.mark(store)

    store.annotations(factories.DOCUMENT)

    assert gc.isenabled()


def test_annotations_of_one_set_leave_out_the_others(store: ProjectStore) -> None:
    gold = gold_set_id(store.project_id)

    edits.mark(store, edits.span("own"), edits.span("gold", set=gold))

    assert [span.id for span in store.annotations(factories.DOCUMENT, gold)] == ["gold"]
    assert [span.id for span in store.annotations(factories.DOCUMENT)] == ["gold", "own"]
    assert store.annotations("another") == ()


def test_annotations_that_reach_into_a_stretch_are_found(store: ProjectStore) -> None:
    places = [("left", 0, 4), ("over", 0, 20), ("into", 3, 5), ("in", 5, 6), ("on", 8, 12), ("right", 9, 12)]
    edits.mark(store, *(edits.span(id, start=start, end=end) for id, start, end in places))

    found = store.annotations_between(factories.DOCUMENT, OWN, 4, 9)

    assert [span.id for span in found] == ["over", "into", "in", "on"]


def test_annotations_are_found_by_place_and_by_words(store: ProjectStore) -> None:
    edits.mark(store, edits.span("a"), edits.span("b", end=9), edits.span("c", label="judge"))

    def ids(found: tuple[Annotation, ...]) -> list[str]:
        return [span.id for span in found]

    assert ids(store.annotations_at(factories.DOCUMENT, OWN, 0, 5)) == ["a", "c"]
    assert ids(store.annotations_reading(factories.DOCUMENT, OWN, "court", "Judge")) == ["a"]
    assert ids(store.annotations_reading(factories.DOCUMENT, OWN, "court", "Judges")) == []


def test_relations_are_found_from_both_ends_and_by_document(store: ProjectStore) -> None:
    projects.add_document(store, "two")
    other = edits.span("c", document="two", text_version="two-text")
    edits.mark(store, edits.span("a"), edits.span("b", start=6, end=9), other)
    inside = factories.relation("inside", source="a", target="b")
    across = factories.relation("across", source="a", target="c")

    store.apply(edits.change("Link", after=(inside, across)))

    def ids(found: tuple[Relation, ...]) -> set[str]:
        return {relation.id for relation in found}

    assert ids(store.relations(factories.DOCUMENT)) == {"inside", "across"}
    assert ids(store.relations(factories.DOCUMENT, gold_set_id(store.project_id))) == set()
    assert ids(store.relations("two")) == set()
    assert ids(store.relations_at("c")) == {"across"}
    assert ids(store.relations_at("a")) == {"inside", "across"}


def test_labels_assignments_and_decisions_come_by_document(store: ProjectStore) -> None:
    store.apply(
        edits.change(
            after=(factories.document_label(), factories.assignment(), factories.decision(annotation=None))
        )
    )

    assert [label.name for label in store.document_labels(factories.DOCUMENT)] == ["topic"]
    assert store.document_labels(factories.DOCUMENT, gold_set_id(store.project_id)) == ()
    assert [each.state for each in store.assignments(factories.DOCUMENT)] == ["todo"]
    assert [each.outcome for each in store.decisions(factories.DOCUMENT)] == ["taken"]


def test_document_rows_show_an_annotators_own_state_and_spans(store: ProjectStore) -> None:
    edits.mark(store, edits.span("a"), edits.span("b"), edits.span("g", set=gold_set_id(store.project_id)))
    store.apply(edits.change(after=(factories.assignment(state="in_progress"),)))

    row = DocumentRow(
        id=factories.DOCUMENT,
        title="Court rules on immunity",
        kind="article",
        case="",
        date="",
        length=len(factories.TEXT),
        page_count=0,
        state="in_progress",
        spans=2,
    )
    assert store.document_rows(factories.ANA) == (row,)
    assert store.document_rows("kim") == (replace(row, state="todo", spans=0),)


@pytest.mark.parametrize(
    ("metadata", "date"),
    [
        ({"date": "2025-10-17"}, "2025-10-17"),
        ({"date_filed": "October 17, 2025"}, "October 17, 2025"),
        ({"date": 2025}, "2025"),
        ({"date": None, "author": "Ada"}, ""),
    ],
)
def test_document_rows_show_date_case_and_number_of_pages(
    store: ProjectStore, metadata: Metadata, date: str
) -> None:
    change, contents = factories.document_change(
        id="two", pages=(Page(1, 612.0, 792.0), Page(2, 612.0, 792.0))
    )
    document, version = change.after
    assert isinstance(document, Document)
    document = replace(document, metadata=metadata, case="4:19-cv-07123")

    store.apply(replace(change, after=(document, version)), contents)

    row = store.document_rows(factories.ANA)[1]
    assert (row.date, row.case, row.page_count) == (date, "4:19-cv-07123", 2)


def test_documents_come_in_order_of_import(store: ProjectStore) -> None:
    for id in ("zulu", "alpha", "mike"):
        projects.add_document(store, id, title=id)

    assert [document.id for document in store.documents()] == [factories.DOCUMENT, "zulu", "alpha", "mike"]
    assert [row.id for row in store.document_rows("x")] == [factories.DOCUMENT, "zulu", "alpha", "mike"]


def test_document_is_found_by_its_bytes_and_by_its_text(store: ProjectStore) -> None:
    change, contents = factories.document_change(id="two", text="Words", source=b"<p>Words</p>")
    store.apply(change, contents)
    found = store.document_with_source(next(iter(contents.sources)))

    assert found is not None
    assert found.id == "two"
    assert store.document_with_source(factories.sha256("other")) is None
    assert [each.id for each in store.documents_with_text(factories.sha256("Words"))] == ["two"]
    assert store.documents_with_text(factories.sha256("other")) == ()


def test_first_documents_of_a_file_name_are_found(store: ProjectStore) -> None:
    for id in ("two", "three"):
        projects.add_document(store, id)
    [name] = {document.source_name for document in store.documents()}

    assert [each.id for each in store.documents_named(name, limit=2)] == [factories.DOCUMENT, "two"]
    assert store.documents_named("other.txt", limit=2) == ()


def test_label_counts_are_those_of_one_set(store: ProjectStore) -> None:
    gold = gold_set_id(store.project_id)
    spans = [edits.span("a"), edits.span("b", label="judge"), edits.span("c"), edits.span("d", set=gold)]

    edits.mark(store, *spans)

    assert store.label_counts(OWN) == {"court": 2, "judge": 1}
    assert store.label_counts(gold) == {"court": 1}
    assert store.label_counts("none") == {}


def test_newest_schema_is_in_force_at_once_also_for_a_sibling(store: ProjectStore) -> None:
    newer = store.schema_toml().replace('name = "legal-news"', 'name = "second"')
    with store.sibling() as sibling:
        assert sibling.schema().name == "legal-news"

        store.apply(edits.change("Edit the schema", after=(SchemaVersion("s2", 2, newer, factories.TIME),)))

        assert (store.schema().name, store.schema_number()) == ("second", 2)
        assert (sibling.schema().name, sibling.schema_number()) == ("second", 2)


def test_schema_is_read_once_while_it_stays_the_same(store: ProjectStore) -> None:
    assert store.schema() is store.schema()


def test_removed_document_is_gone_and_its_contents_wait_for_undo(store: ProjectStore) -> None:
    document = store.record(Document, factories.DOCUMENT)
    version = store.record(TextVersion, edits.TEXT_VERSION)
    assert document is not None
    assert version is not None
    removal = edits.change("Remove the document", before=(document, version))

    store.apply(removal)

    assert store.documents() == ()
    assert store.document_with_source(document.source_sha256) is None
    assert store.verify() == ()
    store.apply(removal.inverse(annotator=factories.ANA))
    assert store.text(edits.TEXT_VERSION) == factories.TEXT
    assert store.verify() == ()


def test_store_for_reading_only_refuses_to_write_in_a_sentence(path: Path) -> None:
    before = path.read_bytes()

    with open_project(path, workstation="w", read_only=True) as store:
        assert store.read_only
        assert len(store.documents()) == 1
        with pytest.raises(ProjectError, match=r"Rulings\.annotator is open for reading only"):
            edits.mark(store)
        assert store.verify() == ()

    assert path.read_bytes() == before


def test_sibling_of_a_reading_store_reads_only(path: Path) -> None:
    with open_project(path, workstation="w", read_only=True) as store, store.sibling() as sibling:
        assert sibling.read_only


def test_store_reads_what_another_writes_meanwhile(store: ProjectStore) -> None:
    with open_project(store.path, workstation="w", read_only=True) as reader:
        assert reader.annotations(factories.DOCUMENT) == ()

        edits.mark(store)

        assert len(reader.annotations(factories.DOCUMENT)) == 1


def test_everything_is_in_the_file_itself_after_closing_beside_a_reader(store: ProjectStore) -> None:
    with open_project(store.path, workstation="w", read_only=True) as reader:
        assert reader.name == "Rulings"
        edits.mark(store)
        store.close()
        copy = store.path.with_name("copied by hand.annotator")
        copy.write_bytes(store.path.read_bytes())

    with open_project(copy, workstation="w") as copied:
        assert len(copied.annotations(factories.DOCUMENT)) == 1


def test_closing_twice_is_closing_once(store: ProjectStore) -> None:
    sibling = store.sibling()
    sibling.close()
    sibling.close()

    with pytest.raises(ProjectError, match="open for writing in another window"):
        open_project(store.path, workstation="w")


def test_new_project_does_not_replace_a_file(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(ProjectError, match=r"There is a file Rulings\.annotator"):
        projects.new_project(path)

    assert path.read_bytes() == before


def test_new_project_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there is no folder"):
        projects.new_project(tmp_path / "none" / "Rulings.annotator")


def test_new_project_is_not_begun_beside_the_log_of_another(tmp_path: Path) -> None:
    log = tmp_path / "Rulings.annotator-wal"
    log.write_bytes(b"unfinished")

    with pytest.raises(ProjectError, match=r"unfinished work .* in Rulings\.annotator-wal"):
        projects.new_project(tmp_path / "Rulings.annotator")

    assert log.read_bytes() == b"unfinished"


def test_project_that_cannot_be_begun_leaves_nothing_behind(tmp_path: Path) -> None:
    orphan = AnnotationSet("set", "annotator", "nobody")

    with pytest.raises(Exception, match="FOREIGN KEY"):
        create_project(
            tmp_path / "Rulings.annotator",
            name="Rulings",
            initial=lambda _: edits.change(after=(Annotator("ana", "Ana"), orphan)),
            workstation="w",
        )

    assert list(tmp_path.iterdir()) == []


def test_changes_made_together_are_there_together(store: ProjectStore) -> None:
    with store.together():
        projects.add_document(store, "d" * 32)
        projects.add_document(store, "e" * 32, text="Another ruling.")
        seen = len(store.documents())
        with store.sibling() as other:
            seen_elsewhere = len(other.documents())

    with reopened(store) as again:
        assert (seen, seen_elsewhere, len(again.documents())) == (3, 1, 3)


def test_nothing_is_left_of_changes_made_together_that_end_in_an_error(store: ProjectStore) -> None:
    def fail() -> None:
        with store.together():
            projects.add_document(store, "d" * 32)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert len(store.documents()) == 1
    projects.add_document(store, "d" * 32)
    assert len(store.documents()) == 2


def test_a_change_refused_among_others_leaves_them(store: ProjectStore) -> None:
    with store.together():
        projects.add_document(store, "d" * 32)
        with pytest.raises(StaleChange, match="is in the project already"):
            projects.add_document(store, "d" * 32)
        projects.add_document(store, "e" * 32, text="Another ruling.")

    assert [document.id for document in store.documents()][1:] == ["d" * 32, "e" * 32]


def test_another_store_refuses_to_write_amid_changes_made_together(store: ProjectStore) -> None:
    with store.sibling() as other:
        with store.together():
            projects.add_document(store, "d" * 32)
            with pytest.raises(ProjectError, match="an import is being written"):
                projects.add_document(other, "e" * 32)
        projects.add_document(other, "e" * 32, text="Another ruling.")

        assert len(other.documents()) == 3
