"""The rules of annotation, without a project: extents, marking, relabelling, and inverse as a law."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing
from annotator.change import Change
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    AnnotationSet,
    Assignment,
    Attributes,
    DocumentLabel,
    Fragment,
    Record,
    Relation,
    WorkState,
    annotator_set_id,
    quote,
)
from annotator.schema import LabelSchema
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories
from tests.factories import ANA, DOCUMENT, TEXT, fragments

SCHEMA = factories.schema()
DESK = Desk(SCHEMA, factories.document(), ANA)


def highlight(
    *,
    label: str = "court",
    start: int = 0,
    end: int = 5,
    same_extent: Sequence[Annotation] = (),
    desk: Desk = DESK,
    slot_owner: Annotation | None = None,
) -> Change:
    return editing.highlight(
        desk,
        text=TEXT,
        label=label,
        fragments=fragments((start, end)),
        same_extent=same_extent,
        slot_owner=slot_owner,
    )


def span_of(change: Change) -> Annotation:
    return next(record for record in change.after if isinstance(record, Annotation))


# Extents


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ([(0, 5)], [(0, 5)]),
        ([(5, 10)], [(6, 9)]),
        ([(30, 34), (0, 5)], [(0, 5), (30, 34)]),
        ([(0, 5), (5, 9)], [(0, 9)]),
        ([(0, 7), (4, 9)], [(0, 9)]),
        ([(0, 9), (2, 4)], [(0, 9)]),
        ([(0, 5), (5, 6), (6, 9)], [(0, 9)]),
        ([(0, 5), (6, 9)], [(0, 5), (6, 9)]),
        ([(0, 5), (5, 6)], [(0, 5)]),
        ([(0, 5), (9, 10)], [(0, 5)]),
    ],
)
def test_extent_is_in_order_joined_and_without_white_space(
    drawn: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    assert editing.extent(TEXT, drawn) == fragments(*kept)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("immunity.", "immunity"),
        ("immunity.\n", "immunity"),
        ("“We respect the court,” she said 😀.", "“We respect the court,” she said 😀"),
        ("“We respect the court,”", "“We respect the court,”"),
    ],
)
def test_end_is_trimmed_as_the_layer_says(words: str, kept: str) -> None:
    assert editing.extent(TEXT, [factories.find(words)], trim_end=" .,;:") == (factories.find(kept),)


def test_piece_that_is_trimmed_away_leaves_the_one_before_trimmed() -> None:
    text = "It fell, he said , ."

    assert editing.extent(text, [(0, 8), (17, 20)], trim_end=" .,") == fragments((0, 7))


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        ([(-1, 5)], "The selection reaches outside the text."),
        ([(0, len(TEXT) + 1)], "The selection reaches outside the text."),
        ([(5, 0)], "The selection reaches outside the text."),
        ([], "Only white space or punctuation is selected; select the words to mark."),
        ([(5, 5)], "Only white space or punctuation is selected; select the words to mark."),
        ([(5, 6)], "Only white space or punctuation is selected; select the words to mark."),
        ([(78, 80)], "Only white space or punctuation is selected; select the words to mark."),
    ],
)
def test_extent_without_words_is_refused(drawn: list[tuple[int, int]], sentence: str) -> None:
    with pytest.raises(InvalidEdit, match=sentence):
        editing.extent(TEXT, drawn, trim_end=".")


@given(
    st.text(st.sampled_from("ab .,\n😀"), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5),
    st.sampled_from(["", " .,"]),
)
def test_extent_keeps_its_rules_and_stays_as_it_is(
    text: str, drawn: list[tuple[int, int]], trim_end: str
) -> None:
    inside = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in drawn]
    try:
        kept = editing.extent(text, inside, trim_end=trim_end)
    except InvalidEdit:
        covered = "".join(text[start:end] for start, end in inside)
        assert covered.strip(" \n" + trim_end) == ""
        return

    assert editing.extent(text, kept, trim_end=trim_end) == kept
    place = -1
    for start, end in kept:
        assert place < start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        place = end
    assert text[kept[-1].end - 1] not in trim_end or not trim_end
    drawn_places = {place for start, end in inside for place in range(start, end)}
    kept_places = {place for start, end in kept for place in range(start, end)}
    assert kept_places <= drawn_places


# Marking


def test_highlight_makes_a_span_in_the_own_set() -> None:
    change = highlight(start=28, end=42)

    span = span_of(change)
    assert (change.title, change.document, change.annotator) == ("Mark Court", DOCUMENT, ANA)
    assert change.before == ()
    assert (span.document, span.text_version, span.set) == (DOCUMENT, "text-1", annotator_set_id(ANA))
    assert span.quote == quote(TEXT, span.fragments)
    assert (span.origin, span.certainty, span.note, span.revision) == ("manual", "sure", "", change.id)
    assert span.created == span.changed


def test_highlight_brings_a_missing_set_along() -> None:
    change = highlight(desk=replace(DESK, has_set=False))

    assert change.after[0] == AnnotationSet(annotator_set_id(ANA), "annotator", ANA, change.id)
    assert len(change.after) == 2


@pytest.mark.parametrize(
    ("kind", "label", "sentence"),
    [
        ("article", "nonsense", "The label schema has no label nonsense."),
        ("article", "old", "Old is retired; choose another label."),
        ("brief", "claim", "Claim is not a label for documents of the kind brief."),
        ("proposed_order", "claim", "Claim is not a label for documents of the kind proposed order."),
    ],
)
def test_label_that_is_not_offered_is_refused(kind: str, label: str, sentence: str) -> None:
    desk = Desk(with_old_labels(), factories.document(kind=kind), ANA)

    with pytest.raises(InvalidEdit, match=sentence):
        highlight(desk=desk, label=label)


def test_label_on_demand_is_marked_when_asked_for() -> None:
    desk = replace(DESK, document=factories.document(kind="opinion"))

    assert span_of(highlight(desk=desk, label="claim")).label == "claim"


def test_merged_label_marks_what_it_was_merged_into() -> None:
    desk = replace(DESK, schema=with_old_labels())

    change = highlight(desk=desk, label="tribunal")

    assert span_of(change).label == "court"
    assert change.title == "Mark Court"


def test_same_extent_label_and_attributes_are_refused() -> None:
    with pytest.raises(InvalidEdit, match=r"^This text is already marked Court\.$"):
        highlight(same_extent=[factories.annotation()])


@pytest.mark.parametrize(
    "other",
    [
        factories.annotation(label="judge"),
        factories.annotation(attributes={"role": "none"}),
        factories.annotation(pieces=[(0, 2), (4, 5)]),
    ],
)
def test_spans_that_differ_may_share_a_place(other: Annotation) -> None:
    assert span_of(highlight(same_extent=[other])).fragments == (Fragment(0, 5),)


def test_slot_comes_with_its_link() -> None:
    claim = factories.annotation(label="claim", start=20, end=30)

    change = highlight(label="source", slot_owner=claim)

    span, relation = change.after
    assert isinstance(relation, Relation)
    assert (relation.type, relation.source, relation.target) == ("source", claim.id, span.id)
    assert relation.set == span_of(change).set


# Relabelling


def relabel(span: Annotation, label: str, *relations: Relation, **labels: str) -> Change:
    return editing.relabel(
        DESK, text=TEXT, span=span, label=label, same_extent=[span], relations=relations, labels=labels
    )


def test_relabel_keeps_attributes_that_apply() -> None:
    span = factories.annotation(
        label="claim", attributes={"act": "asserts", "issue": "immunity", "stray": "kept in before"}
    )

    change = relabel(span, "holding")

    assert change.before == (span,)
    assert span_of(change).attributes == {"issue": "immunity"}
    assert (span_of(change).id, change.title) == (span.id, "Relabel as Holding")


def test_relabel_lets_go_of_links_that_no_longer_fit() -> None:
    span = factories.annotation("h", label="holding")
    issued = factories.relation("r1", source="h", target="j")
    restated = factories.relation("r2", type="restates", source="h", target="h2")
    imported = factories.relation("r3", type="unknown", source="h", target="h2")

    change = relabel(span, "claim", issued, restated, imported, j="judge", h2="holding")

    assert change.before == (span, issued, restated)


def test_relabel_to_the_same_label_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="This span is marked Court already"):
        relabel(factories.annotation(), "court")


def test_relabel_onto_a_twin_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="This text is already marked Judge"):
        editing.relabel(
            DESK,
            text=TEXT,
            span=factories.annotation("a"),
            label="judge",
            same_extent=[factories.annotation("b", label="judge")],
        )


# Resizing


def test_resize_keeps_all_but_extent_and_quote() -> None:
    span = factories.annotation(note="n", certainty="unsure", attributes={"stray": "x"})

    change = editing.resize(DESK, text=TEXT, span=span, fragments=fragments((0, 9)), same_extent=())

    resized = span_of(change)
    assert replace(resized, changed=span.changed, revision="") == replace(
        span, fragments=fragments((0, 9)), quote=quote(TEXT, fragments((0, 9)))
    )
    assert change.title == "Resize Court"


def test_resize_to_the_same_extent_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="The span has this extent already"):
        editing.resize(
            DESK, text=TEXT, span=factories.annotation(), fragments=fragments((0, 5)), same_extent=()
        )


def test_resize_onto_a_twin_is_refused() -> None:
    twin = factories.annotation("twin", end=9)

    with pytest.raises(InvalidEdit, match="This text is already marked Court"):
        editing.resize(
            DESK, text=TEXT, span=factories.annotation(), fragments=twin.fragments, same_extent=[twin]
        )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"quote": "direct", "voice": "own"}, {"quote": "mixed", "voice": "own"}),
        ({"quote": "indirect"}, {"quote": "indirect"}),
        ({}, {}),
    ],
)
def test_value_that_is_still_as_proposed_follows_the_words(given: Attributes, expected: Attributes) -> None:
    desk = replace(DESK, schema=read_schema(schema_text("legal-news")))
    quoted = factories.find("“We respect the court,”")
    span = factories.annotation(label="holding", start=quoted.start, end=quoted.end, attributes=given)
    longer = factories.fragments((quoted.start, quoted.end + len(" she said")))

    change = editing.resize(desk, text=TEXT, span=span, fragments=longer, same_extent=())

    assert span_of(change).attributes == expected


# Removing


def test_remove_names_what_it_removes() -> None:
    one, two = factories.annotation("one"), factories.annotation("two", label="nonsense")
    relation = factories.relation(source="one", target="two")

    change = editing.remove(SCHEMA, annotator=ANA, spans=[one], relations=[relation])

    assert (change.title, change.document) == ("Remove Court", DOCUMENT)
    assert change.before == (relation, one)
    assert change.after == ()
    assert editing.remove(SCHEMA, annotator=ANA, spans=[two], relations=()).title == "Remove nonsense"
    assert editing.remove(SCHEMA, annotator=ANA, spans=[one, two], relations=()).title == "Remove 2 spans"


def test_removing_nothing_is_refused() -> None:
    with pytest.raises(InvalidEdit, match="There is no span to remove"):
        editing.remove(SCHEMA, annotator=ANA, spans=[], relations=())


# Attributes, notes, certainty


def set_attribute(span: Annotation, attribute: str, value: object) -> Change:
    return editing.set_attribute(
        DESK,
        span=span,
        attribute=attribute,
        value=value,  # type: ignore[arg-type]
        same_extent=[span],
    )


def test_attribute_is_set_and_cleared() -> None:
    span = factories.annotation(label="claim")

    change = set_attribute(span, "act", "alleges")

    assert change.title == "Set Act of Claim"
    assert span_of(change).attributes == {"act": "alleges"}
    cleared = set_attribute(span_of(change), "act", None)
    assert cleared.title == "Clear Act of Claim"
    assert span_of(cleared).attributes == {}


def test_attribute_that_the_schema_lacks_can_only_be_cleared() -> None:
    span = factories.annotation(attributes={"stray": "x"})

    assert span_of(set_attribute(span, "stray", None)).attributes == {}
    with pytest.raises(InvalidEdit, match="Court has no attribute stray in this document"):
        set_attribute(span, "stray", "y")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("shouts", "Act cannot be shouts: choose one of asserts, alleges."),
        ("asserts", "Act has this value already."),
        (None, "Issue of this span is not set."),
    ],
)
def test_value_that_changes_nothing_or_does_not_fit_is_refused(value: str | None, sentence: str) -> None:
    span = factories.annotation(label="claim", attributes={"act": "asserts"})

    with pytest.raises(InvalidEdit, match=sentence):
        set_attribute(span, "issue" if value is None else "act", value)


def test_value_that_makes_a_twin_is_refused() -> None:
    span = factories.annotation("a", label="claim")
    twin = factories.annotation("b", label="claim", attributes={"act": "asserts"})

    with pytest.raises(InvalidEdit, match="This text is already marked Claim"):
        editing.set_attribute(DESK, span=span, attribute="act", value="asserts", same_extent=[span, twin])


def test_note_is_written_and_removed() -> None:
    change = editing.set_note(DESK, span=factories.annotation(), note="  why\r\nthis?\n")

    assert (change.title, span_of(change).note) == ("Write note on Court", "why\nthis?")
    removed = editing.set_note(DESK, span=span_of(change), note=" ")
    assert (removed.title, span_of(removed).note) == ("Remove note on Court", "")
    with pytest.raises(InvalidEdit, match="The note is as it was"):
        editing.set_note(DESK, span=factories.annotation(), note=" ")


def test_certainty_is_set_to_another_one() -> None:
    change = editing.set_certainty(DESK, span=factories.annotation(), certainty="unsure")

    assert (change.title, span_of(change).certainty) == ("Mark Court as unsure", "unsure")
    with pytest.raises(InvalidEdit, match="This span is sure already"):
        editing.set_certainty(DESK, span=factories.annotation(), certainty="sure")
    with pytest.raises(InvalidEdit, match="A span is sure, likely, unsure, not maybe"):
        editing.set_certainty(DESK, span=factories.annotation(), certainty="maybe")  # type: ignore[arg-type]


# The document


def test_document_label_is_cleared() -> None:
    present = factories.document_label()

    change = editing.set_document_label(DESK, name="topic", value=None, present=present)

    assert (change.title, change.before, change.after) == ("Clear topic of the document", (present,), ())


def test_document_label_has_the_same_id_on_every_workstation() -> None:
    first = editing.set_document_label(DESK, name="topic", value="privacy", present=None).after[0]
    second = editing.set_document_label(DESK, name=" topic", value="trade", present=None).after[0]

    assert isinstance(first, DocumentLabel)
    assert first.id == second.id


@pytest.mark.parametrize(
    ("name", "value", "present", "sentence"),
    [
        (" ", "x", None, "A label of a document needs a name."),
        ("topic", None, None, "The document has no topic."),
        ("topic", "privacy", factories.document_label(), "The document has this topic already."),
    ],
)
def test_document_label_that_changes_nothing_is_refused(
    name: str, value: str | None, present: DocumentLabel | None, sentence: str
) -> None:
    with pytest.raises(InvalidEdit, match=sentence):
        editing.set_document_label(DESK, name=name, value=value, present=present)


@pytest.mark.parametrize(
    ("state", "title"), [("done", "Finish the document"), ("returned", "Return the document")]
)
def test_work_state_names_what_is_done(state: WorkState, title: str) -> None:
    change = editing.set_work_state(DESK, state=state, message=" see p. 3 ", present=None)

    (assignment,) = change.after
    assert isinstance(assignment, Assignment)
    assert (change.title, assignment.state, assignment.message) == (title, state, "see p. 3")
    with pytest.raises(InvalidEdit, match="The document has this state already"):
        editing.set_work_state(DESK, state=state, message="see p. 3", present=assignment)


def test_unknown_work_state_is_refused() -> None:
    with pytest.raises(
        InvalidEdit, match="A document is todo, in_progress, done, skipped, returned, not lost"
    ):
        editing.set_work_state(DESK, state="lost", present=None)  # type: ignore[arg-type]


# A law: a Change applied and its inverse applied is as if nothing was done.

Records = dict[str, Record]


def applied(records: Records, change: Change) -> Records:
    """The records after a Change, which must find them as its `before` says."""
    after = dict(records)
    for record in change.before:
        assert after.pop(record.id) == record
    for record in change.after:
        assert record.id not in after
        after[record.id] = record
    return after


def without_revision(records: Records) -> Records:
    return {record_id: replace(record, revision="") for record_id, record in records.items()}


@st.composite
def edits(draw: st.DrawFn) -> tuple[Records, Change]:
    """Some records of a set, and an edit of them."""
    claim = factories.annotation("claim", label="claim", start=10, end=25, attributes={"act": "asserts"})
    judge = factories.annotation("judge", label="judge", start=0, end=16)
    holding = factories.annotation(
        "holding", label="holding", start=50, end=78, attributes={"issue": "damages"}
    )
    issued = factories.relation("issued", source="holding", target="judge")
    records: Records = {record.id: record for record in (claim, judge, holding, issued)}
    span = draw(st.sampled_from([claim, judge, holding]))
    start = draw(st.integers(0, len(TEXT) - 1))
    pieces = editing.extent(TEXT, [(start, start), (span.start, span.start + 3)])
    labels = [label.id for label in SCHEMA.labels() if label.id != span.label]
    relations = [issued] if span.id in (issued.source, issued.target) else []
    desk = replace(DESK, has_set=draw(st.booleans()))
    match draw(st.integers(0, 6)):
        case 0:
            change = highlight(desk=desk, label=draw(st.sampled_from(labels)), start=80, end=86)
        case 1:
            change = editing.relabel(
                desk,
                text=TEXT,
                span=span,
                label=draw(st.sampled_from(labels)),
                same_extent=[],
                relations=relations,
                labels={"judge": "judge", "holding": "holding"},
            )
        case 2:
            change = editing.resize(desk, text=TEXT, span=span, fragments=pieces, same_extent=[])
        case 3:
            change = editing.remove(SCHEMA, annotator=ANA, spans=[span], relations=relations)
        case 4:
            change = editing.set_note(desk, span=span, note=draw(st.text(min_size=1).filter(str.strip)) + "x")
        case 5:
            change = editing.set_certainty(desk, span=span, certainty="unsure")
        case _:
            change = highlight(desk=desk, label="source", start=80, end=86, slot_owner=claim)
    return records, change


@given(edits())
def test_inverse_restores_everything(edit: tuple[Records, Change]) -> None:
    records, change = edit

    after = applied(records, change)
    restored = applied(after, change.inverse(annotator="ben"))

    assert after != records
    assert without_revision(restored) == without_revision(records)


@given(edits())
def test_every_record_after_an_edit_carries_its_revision(edit: tuple[Records, Change]) -> None:
    _, change = edit

    assert {record.revision for record in change.after} <= {change.id}


def with_old_labels() -> LabelSchema:
    """The small schema with a retired label, and one that was merged into Court."""
    entity = SCHEMA.layers[0]
    court = entity.labels[0]
    old = replace(court, id="old", name="Old", key="", retired=True)
    merged = replace(court, id="tribunal", name="Tribunal", key="", merged_into="court")
    layers = (replace(entity, labels=(*entity.labels, old, merged)), *SCHEMA.layers[1:])
    return replace(SCHEMA, layers=layers)
