"""The rules of links, without a project."""

import pytest

from annotator import linking
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Attributes, Relation
from annotator.schema import LabelSchema
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories
from tests.factories import ANA, DOCUMENT, annotation

SCHEMA: LabelSchema = read_schema(schema_text("legal-news"))
DESK = Desk(SCHEMA, factories.document(), ANA)

HOLDING = annotation("holding", label="holding")
CLAIM = annotation("claim", label="claim", start=6, end=9)
JUDGE = annotation("judge", label="judge", start=10, end=16)
ELSEWHERE = annotation("elsewhere", label="holding", document="document-2")


def link(
    type: str,
    source: Annotation,
    target: Annotation,
    *,
    existing: tuple[Relation, ...] = (),
    attributes: Attributes | None = None,
) -> Relation:
    change = linking.link(
        DESK, type=type, source=source, target=target, existing=existing, attributes=attributes
    )
    (relation,) = change.after
    assert isinstance(relation, Relation)
    return relation


def test_link_stands_in_the_set_and_document_of_its_source() -> None:
    change = linking.link(DESK, type="issued_by", source=HOLDING, target=JUDGE, existing=())

    (relation,) = change.after
    assert isinstance(relation, Relation)
    assert (relation.document, relation.set) == (DOCUMENT, HOLDING.set)
    assert (relation.type, relation.source, relation.target) == ("issued_by", "holding", "judge")
    assert relation.attributes == {}
    assert change.title == "Link Holding to Judge"


@pytest.mark.parametrize(
    ("type", "source", "target", "sentence"),
    [
        ("nonsense", HOLDING, JUDGE, "The label schema has no relation type nonsense."),
        ("restates", HOLDING, HOLDING, "A span cannot be linked to itself."),
        (
            "issued_by",
            JUDGE,
            HOLDING,
            (
                "Issued by leads from Holding, Order, Finding or Reasoning to Court or Judge, "
                "not from Judge to Holding."
            ),
        ),
        ("decides", HOLDING, JUDGE, "Decides leads from Holding to Claim, not from Holding to Judge."),
        ("restates", HOLDING, CLAIM, "Restates joins spans of the same label."),
        ("restates", HOLDING, ELSEWHERE, "Restates joins spans of one document."),
        (
            "source",
            annotation("x", label="odd"),
            JUDGE,
            "Source leads from Claim to Source, not from odd to Judge.",
        ),
    ],
)
def test_link_that_the_schema_does_not_allow_is_refused(
    type: str, source: Annotation, target: Annotation, sentence: str
) -> None:
    with pytest.raises(InvalidEdit) as refused:
        link(type, source, target)

    assert str(refused.value) == sentence


def test_link_into_another_document_is_made_where_the_type_goes_across() -> None:
    assert link("reports", HOLDING, ELSEWHERE).document == DOCUMENT


def test_second_link_of_the_same_type_is_refused_and_of_another_is_not() -> None:
    first = link("reports", HOLDING, ELSEWHERE)

    with pytest.raises(InvalidEdit, match="These two spans are already linked by Reports"):
        link("reports", HOLDING, ELSEWHERE, existing=(first,), attributes={"values": ("accurate",)})
    assert link("issued_by", HOLDING, JUDGE, existing=(first,)).type == "issued_by"


def test_choices_of_a_link_are_kept_in_the_order_of_the_schema() -> None:
    relation = link("reports", HOLDING, ELSEWHERE, attributes={"values": ("overstates", "accurate")})

    assert relation.attributes == {"values": ("accurate", "overstates")}


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"value": "accurate"}, "The link Reports has no value."),
        ({"values": ("invented",)}, "Values cannot be invented: choose some of accurate, "),
        ({"values": ()}, "Values cannot be empty: choose some of accurate, "),
        ({"values": "accurate"}, "Values cannot be accurate: choose some of"),
    ],
)
def test_choices_that_a_link_cannot_have_are_refused(attributes: Attributes, sentence: str) -> None:
    with pytest.raises(InvalidEdit, match=sentence):
        link("reports", HOLDING, ELSEWHERE, attributes=attributes)


def test_link_is_qualified_requalified_and_cleared() -> None:
    relation = link("decides", HOLDING, CLAIM)

    change = linking.set_relation_attribute(DESK, relation=relation, attribute="value", value="rejects")
    (qualified,) = change.after
    assert isinstance(qualified, Relation)
    assert qualified.attributes == {"value": "rejects"}
    assert (change.title, change.before) == ("Qualify Decides", (relation,))
    (cleared,) = linking.set_relation_attribute(DESK, relation=qualified, attribute="value", value=None).after
    assert isinstance(cleared, Relation)
    assert cleared.attributes == {}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "The link Decides has no value to take away."),
        ("denies", "Value cannot be denies: choose one of accepts, rejects, in_part."),
    ],
)
def test_qualifying_that_changes_nothing_is_refused(value: str | None, sentence: str) -> None:
    relation = link("decides", HOLDING, CLAIM)

    with pytest.raises(InvalidEdit, match=sentence):
        linking.set_relation_attribute(DESK, relation=relation, attribute="value", value=value)


def test_qualifying_with_the_same_value_is_refused() -> None:
    relation = link("decides", HOLDING, CLAIM, attributes={"value": "rejects"})

    with pytest.raises(InvalidEdit, match="The link Decides has this value already"):
        linking.set_relation_attribute(DESK, relation=relation, attribute="value", value="rejects")


def test_unlinking_names_both_ends() -> None:
    relation = link("issued_by", HOLDING, JUDGE)

    change = linking.unlink(DESK, relation=relation, source=HOLDING, target=JUDGE)

    assert (change.title, change.before, change.after) == ("Unlink Holding from Judge", (relation,), ())


def test_slot_needs_an_owner_of_its_label() -> None:
    source = SCHEMA.label("source")
    court = SCHEMA.label("court")
    assert source is not None
    assert court is not None

    assert linking.slot_relation(SCHEMA, slot=source, owner=CLAIM).id == "source"
    with pytest.raises(InvalidEdit, match="Source cannot be marked for a span of Holding"):
        linking.slot_relation(SCHEMA, slot=source, owner=HOLDING)
    with pytest.raises(InvalidEdit, match="Court cannot be marked for a span of Claim"):
        linking.slot_relation(SCHEMA, slot=court, owner=CLAIM)


def test_note_and_certainty_of_a_link_are_set_and_said_once() -> None:
    relation = factories.relation()
    noted = linking.set_relation_note(DESK, relation=relation, note=" See p. 3 ").after[0]
    unsure = linking.set_relation_certainty(DESK, relation=relation, certainty="unsure").after[0]

    assert isinstance(noted, Relation)
    assert isinstance(unsure, Relation)
    assert (noted.note, unsure.certainty) == ("See p. 3", "unsure")
    with pytest.raises(InvalidEdit, match="as it was"):
        linking.set_relation_note(DESK, relation=relation, note="")
    with pytest.raises(InvalidEdit, match="sure already"):
        linking.set_relation_certainty(DESK, relation=relation, certainty="sure")
