"""The verbs of annotating on a real project file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    AttributeValue,
    DocumentLabel,
    Fragment,
    Relation,
    annotator_set_id,
    gold_set_id,
)
from annotator.services import annotating
from storage.store import ProjectStore, open_project
from tests import factories, projects

TEXT = factories.TEXT
DOCUMENT = factories.DOCUMENT


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def marking(store: ProjectStore, who: str, label: str, words: str, **options: object) -> Change:
    """The Change of marking words of the document."""
    return annotating.highlight(
        store,
        annotator=who,
        document=DOCUMENT,
        label=label,
        fragments=[factories.find(words)],
        **options,  # type: ignore[arg-type]
    )


def mark(store: ProjectStore, who: str, label: str, words: str, **options: object) -> Annotation:
    return span_of(store, marking(store, who, label, words, **options))


def span_of(store: ProjectStore, change: Change) -> Annotation:
    """The span that a change made, as it is stored."""
    span = next(record for record in change.after if isinstance(record, Annotation))
    stored = store.record(Annotation, span.id)
    assert stored == span
    return span


def relation_of(change: Change) -> Relation:
    return next(record for record in change.after if isinstance(record, Relation))


def spans(store: ProjectStore, who: str, document: str = DOCUMENT) -> list[Annotation]:
    return list(store.annotations(document, annotator_set_id(who)))


def test_highlight_is_stored_with_its_quote_and_proposed_values(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "holding", "that Norvel cannot claim immunity.")

    assert spans(store, ana) == [span]
    assert span.quote.exact == "that Norvel cannot claim immunity"
    assert span.fragments == (factories.find("that Norvel cannot claim immunity"),)
    assert span.attributes == {
        "quote": "indirect",
        "voice": "reported",
        "opinion": "court",
        "record": "not_searched",
    }
    assert span.text_version == f"{DOCUMENT}-text"


def test_highlight_survives_reopening(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        who = projects.lead(store).id
        span = mark(store, who, "court", "District Court")
        path = store.path

    with open_project(path, workstation="workstation-1") as again:
        assert spans(again, who) == [span]


def test_exact_highlight_keeps_the_period(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "holding", "that Norvel cannot claim immunity.", exact=True)

    assert span.quote.exact == "that Norvel cannot claim immunity."


def test_title_names_the_label(store: ProjectStore, ana: str) -> None:
    change = marking(store, ana, "court", "District Court")

    assert (change.title, change.document, change.annotator) == ("Mark Court", DOCUMENT, ana)


def test_refused_highlight_writes_nothing(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "court", "District Court")
    before = list(store.history())

    with pytest.raises(InvalidEdit, match=r"^This text is already marked Court\.$"):
        mark(store, ana, "court", "District Court")

    assert list(store.history()) == before


def test_same_words_may_have_two_labels_and_two_annotators(store: ProjectStore, ana: str) -> None:
    ben = annotating.add_annotator(store, annotator=ana, name="Ben").after[0].id
    mark(store, ana, "court", "District Court")
    mark(store, ana, "organization", "District Court")
    mark(store, ben, "court", "District Court")

    assert {span.label for span in spans(store, ana)} == {"court", "organization"}
    assert [span.label for span in spans(store, ben)] == ["court"]


@pytest.mark.parametrize(
    ("annotator", "document", "sentence"),
    [
        ("nobody", DOCUMENT, "This annotator is not in the project."),
        (None, "nowhere", "This document is not in the project any more."),
    ],
)
def test_highlight_needs_an_annotator_and_a_document(
    store: ProjectStore, ana: str, annotator: str | None, document: str, sentence: str
) -> None:
    with pytest.raises(InvalidEdit, match=sentence):
        annotating.highlight(
            store, annotator=annotator or ana, document=document, label="court", fragments=[(0, 5)]
        )


def test_first_edit_of_an_annotator_without_a_set_brings_it_along(store: ProjectStore, ana: str) -> None:
    store.apply(factories.annotator_change("ben", by=ana))

    mark(store, "ben", "court", "District Court")

    assert store.record(AnnotationSet, annotator_set_id("ben")) is not None
    annotating.undo(store, annotator="ben", document=DOCUMENT)
    assert spans(store, "ben") == []
    annotating.redo(store, annotator="ben", document=DOCUMENT)
    assert len(spans(store, "ben")) == 1


def test_role_given_to_a_name_is_proposed_for_its_next_mention(store: ProjectStore, ana: str) -> None:
    first = mark(store, ana, "organization", "Norvel")
    annotating.set_attribute(store, annotator=ana, annotation=first.id, attribute="role", value="defendant")

    start = TEXT.index("Norvel", first.end)
    change = annotating.highlight(
        store, annotator=ana, document=DOCUMENT, label="organization", fragments=[(start, start + 6)]
    )

    assert span_of(store, change).attributes == {"role": "defendant"}
    assert mark(store, ana, "organization", "company").attributes == {"role": "none"}


# Slots


def test_slot_is_marked_and_linked_in_one_change(store: ProjectStore, ana: str) -> None:
    claim = mark(store, ana, "claim", "the company will appeal")

    change = marking(store, ana, "source", "Norvel’s lawyer", slot_owner=claim.id)

    relation = relation_of(change)
    assert (relation.type, relation.source, relation.target) == (
        "source",
        claim.id,
        span_of(store, change).id,
    )
    annotating.undo(store, annotator=ana, document=DOCUMENT)
    assert spans(store, ana) == [claim]
    assert store.relations(DOCUMENT) == ()


def test_slot_that_is_marked_already_is_only_linked(store: ProjectStore, ana: str) -> None:
    claim = mark(store, ana, "claim", "the company will appeal")
    source = mark(store, ana, "source", "Norvel’s lawyer")
    annotating.set_attribute(
        store, annotator=ana, annotation=source.id, attribute="source_kind", value="counsel"
    )

    change = marking(store, ana, "source", "Norvel’s lawyer", slot_owner=claim.id)

    assert relation_of(change).target == source.id
    assert len(spans(store, ana)) == 2
    with pytest.raises(InvalidEdit, match="already linked by Source"):
        marking(store, ana, "source", "Norvel’s lawyer", slot_owner=claim.id)


def test_slot_of_another_label_is_refused(store: ProjectStore, ana: str) -> None:
    court = mark(store, ana, "court", "District Court")

    with pytest.raises(InvalidEdit, match="Source cannot be marked for a span of Court"):
        mark(store, ana, "source", "Norvel’s lawyer", slot_owner=court.id)


# Relabel, resize, remove


def test_relabel_keeps_what_fits_and_undo_restores_the_rest(store: ProjectStore, ana: str) -> None:
    holding = mark(store, ana, "holding", "that Norvel cannot claim immunity")
    judge = mark(store, ana, "judge", "Judge Ada Romero")
    claim = mark(store, ana, "claim", "the company will appeal")
    for name, value in (("issue", "immunity"), ("status", "stayed")):
        annotating.set_attribute(store, annotator=ana, annotation=holding.id, attribute=name, value=value)
    annotating.link(store, annotator=ana, type="issued_by", source=holding.id, target=judge.id)
    annotating.link(store, annotator=ana, type="decides", source=holding.id, target=claim.id)
    before = store.record(Annotation, holding.id)

    change = annotating.relabel(store, annotator=ana, annotation=holding.id, label="finding")

    relabelled = span_of(store, change)
    assert relabelled.label == "finding"
    assert relabelled.attributes["issue"] == "immunity"
    assert "status" not in relabelled.attributes
    assert [relation.type for relation in store.relations(DOCUMENT)] == ["issued_by"]
    annotating.undo(store, annotator=ana, document=DOCUMENT)
    restored = store.record(Annotation, holding.id)
    assert restored is not None
    assert before is not None
    assert (restored.label, restored.attributes) == ("holding", before.attributes)
    assert {relation.type for relation in store.relations(DOCUMENT)} == {"issued_by", "decides"}


def test_resize_keeps_links_and_quotes_the_new_words(store: ProjectStore, ana: str) -> None:
    holding = mark(store, ana, "holding", "Norvel cannot claim immunity")
    court = mark(store, ana, "court", "District Court")
    annotating.link(store, annotator=ana, type="issued_by", source=holding.id, target=court.id)

    change = annotating.resize(
        store,
        annotator=ana,
        annotation=holding.id,
        fragments=[factories.find("that Norvel cannot"), factories.find("immunity.")],
    )

    resized = span_of(store, change)
    assert resized.quote.exact == "that Norvel cannot immunity."
    assert len(store.relations_at(holding.id)) == 1


def test_remove_takes_links_at_either_end_and_undo_brings_all_back(store: ProjectStore, ana: str) -> None:
    holding = mark(store, ana, "holding", "Norvel cannot claim immunity")
    court = mark(store, ana, "court", "District Court")
    claim = mark(store, ana, "claim", "the company will appeal")
    annotating.link(store, annotator=ana, type="issued_by", source=holding.id, target=court.id)
    annotating.link(store, annotator=ana, type="decides", source=holding.id, target=claim.id)

    change = annotating.remove(store, annotator=ana, annotations=[court.id, claim.id, court.id])

    assert change.title == "Remove 2 spans"
    assert store.relations(DOCUMENT) == ()
    assert spans(store, ana) == [holding]
    annotating.undo(store, annotator=ana, document=DOCUMENT)
    assert len(spans(store, ana)) == 3
    assert len(store.relations(DOCUMENT)) == 2


def test_removing_over_two_documents_is_undone_from_the_project(store: ProjectStore, ana: str) -> None:
    other = projects.add_document(store, "document-2", text="Another District Court sat.\n", title="Other")
    here = mark(store, ana, "court", "District Court")
    there = span_of(
        store,
        annotating.highlight(store, annotator=ana, document=other, label="court", fragments=[(8, 22)]),
    )

    change = annotating.remove(store, annotator=ana, annotations=[here.id, there.id])

    assert change.document is None
    annotating.undo(store, annotator=ana, document=None)
    assert [len(spans(store, ana, document)) for document in (DOCUMENT, other)] == [1, 1]


def test_removing_a_removed_span_is_refused(store: ProjectStore, ana: str) -> None:
    court = mark(store, ana, "court", "District Court")
    annotating.remove(store, annotator=ana, annotations=[court.id])

    with pytest.raises(InvalidEdit, match="This span is not there any more"):
        annotating.remove(store, annotator=ana, annotations=[court.id])


# Whose span it is


@pytest.mark.parametrize(
    "edit",
    [
        lambda store, who, span: annotating.relabel(store, annotator=who, annotation=span, label="judge"),
        lambda store, who, span: annotating.resize(store, annotator=who, annotation=span, fragments=[(0, 5)]),
        lambda store, who, span: annotating.remove(store, annotator=who, annotations=[span]),
        lambda store, who, span: annotating.set_note(store, annotator=who, annotation=span, note="x"),
        lambda store, who, span: annotating.set_certainty(
            store, annotator=who, annotation=span, certainty="unsure"
        ),
        lambda store, who, span: annotating.set_attribute(
            store, annotator=who, annotation=span, attribute="role", value="none"
        ),
        lambda store, who, span: annotating.link(
            store, annotator=who, type="issued_by", source=span, target=span
        ),
    ],
)
def test_span_of_another_annotator_is_not_edited(store: ProjectStore, ana: str, edit: object) -> None:
    ben = annotating.add_annotator(store, annotator=ana, name="Ben").after[0].id
    span = mark(store, ana, "court", "District Court")

    with pytest.raises(InvalidEdit, match=r"This span is Ana’s; only Ana changes it\."):
        edit(store, ben, span.id)  # type: ignore[operator]


def test_gold_span_is_not_edited_by_hand(store: ProjectStore, ana: str) -> None:
    gold = gold_set_id(store.project_id)
    span = factories.annotation(text_version=f"{DOCUMENT}-text", set=gold)
    store.apply(make_change("Gold", annotator=ana, document=DOCUMENT, after=(span,)))

    with pytest.raises(InvalidEdit, match="This span is gold, which only decisions change"):
        annotating.set_note(store, annotator=ana, annotation=span.id, note="x")


# Attributes, notes, links, documents


def test_attribute_note_and_certainty_are_set_and_taken_away(store: ProjectStore, ana: str) -> None:
    span = mark(store, ana, "holding", "Norvel cannot claim immunity")

    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="issue", value="immunity")
    annotating.set_note(store, annotator=ana, annotation=span.id, note=" see R4 \n")
    annotating.set_certainty(store, annotator=ana, annotation=span.id, certainty="likely")
    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="opinion", value=None)

    stored = store.record(Annotation, span.id)
    assert stored is not None
    assert stored.attributes["issue"] == "immunity"
    assert "opinion" not in stored.attributes
    assert (stored.note, stored.certainty) == ("see R4", "likely")
    assert stored.changed >= span.changed


def test_link_across_documents_stands_with_its_source(store: ProjectStore, ana: str) -> None:
    opinion = projects.add_document(
        store, "document-2", text="Norvel has no immunity.\n", kind="opinion", title="Opinion"
    )
    report = mark(store, ana, "holding", "Norvel cannot claim immunity")
    decided = span_of(
        store,
        annotating.highlight(store, annotator=ana, document=opinion, label="holding", fragments=[(0, 22)]),
    )

    change = annotating.link(
        store,
        annotator=ana,
        type="reports",
        source=report.id,
        target=decided.id,
        attributes={"values": ("overstates", "accurate")},
    )

    relation = relation_of(change)
    assert store.relations(DOCUMENT) == (relation,)
    assert relation.attributes == {"values": ("accurate", "overstates")}
    assert store.relations(opinion) == ()
    with pytest.raises(InvalidEdit, match="Restates joins spans of one document"):
        annotating.link(store, annotator=ana, type="restates", source=report.id, target=decided.id)


def test_link_is_qualified_and_taken_away(store: ProjectStore, ana: str) -> None:
    holding = mark(store, ana, "holding", "Norvel cannot claim immunity")
    claim = mark(store, ana, "claim", "the company will appeal")
    relation = relation_of(
        annotating.link(store, annotator=ana, type="decides", source=holding.id, target=claim.id)
    )

    annotating.set_relation_attribute(
        store, annotator=ana, relation=relation.id, attribute="value", value="rejects"
    )
    stored = store.record(Relation, relation.id)
    assert stored is not None
    assert stored.attributes == {"value": "rejects"}
    change = annotating.unlink(store, annotator=ana, relation=relation.id)

    assert change.title == "Unlink Holding from Claim"
    assert store.relations(DOCUMENT) == ()
    with pytest.raises(InvalidEdit, match="This link is not there any more"):
        annotating.unlink(store, annotator=ana, relation=relation.id)


def test_document_label_is_set_changed_and_cleared(store: ProjectStore, ana: str) -> None:
    def given() -> list[tuple[str, AttributeValue]]:
        return [(label.name, label.value) for label in store.document_labels(DOCUMENT)]

    change = annotating.set_document_label(
        store, annotator=ana, document=DOCUMENT, name=" theme ", value="privacy"
    )
    assert isinstance(change.after[0], DocumentLabel)
    assert given() == [("theme", "privacy")]
    annotating.set_document_label(store, annotator=ana, document=DOCUMENT, name="theme", value="trade")
    assert given() == [("theme", "trade")]
    annotating.set_document_label(store, annotator=ana, document=DOCUMENT, name="theme", value=None)
    assert given() == []


def test_work_state_is_one_assignment_for_each_annotator(store: ProjectStore, ana: str) -> None:
    annotating.set_work_state(store, annotator=ana, document=DOCUMENT, state="in_progress")
    annotating.set_work_state(
        store, annotator=ana, document=DOCUMENT, state="skipped", message="scanned upside down"
    )

    (assignment,) = store.assignments(DOCUMENT)
    assert isinstance(assignment, Assignment)
    assert (assignment.state, assignment.message) == ("skipped", "scanned upside down")
    assert store.document_rows(ana)[0].state == "skipped"
    annotating.undo(store, annotator=ana, document=DOCUMENT)
    assert store.document_rows(ana)[0].state == "in_progress"


def test_added_annotator_has_a_set_and_a_colour_of_their_own(store: ProjectStore, ana: str) -> None:
    change = annotating.add_annotator(store, annotator=ana, name="  Ben  Okri ")

    ben = next(record for record in change.after if isinstance(record, Annotator))
    assert (ben.name, ben.role) == ("Ben Okri", "annotator")
    assert ben.colour != projects.lead(store).colour
    assert store.record(AnnotationSet, annotator_set_id(ben.id)) is not None


@pytest.mark.parametrize(
    ("name", "sentence"), [("  ", "An annotator needs a name"), ("ANA", "There is an annotator ANA already")]
)
def test_annotator_needs_a_name_of_their_own(store: ProjectStore, ana: str, name: str, sentence: str) -> None:
    with pytest.raises(InvalidEdit, match=sentence):
        annotating.add_annotator(store, annotator=ana, name=name)


def test_fragments_that_touch_are_stored_as_one(store: ProjectStore, ana: str) -> None:
    change = annotating.highlight(
        store,
        annotator=ana,
        document=DOCUMENT,
        label="court",
        fragments=[(12, 16), (0, 5), (5, 12), (30, 38)],
    )

    assert span_of(store, change).fragments == (Fragment(0, 16), Fragment(30, 38))
