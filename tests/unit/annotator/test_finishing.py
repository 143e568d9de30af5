"""What a document lacks before it is done."""

from annotator.finishing import Missing, missing
from annotator.geometry import Range
from annotator.model import Annotation, Relation
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories

SCHEMA = read_schema(schema_text("legal-news"))
TEXT = (
    "Norvel Group sued. Norvel lost. The court said Norvel was late; NORVEL appealed.\nNorvel Group wept.\n"
)


def span(id: str, label: str, words: str, nth: int = 0, **values: object) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return factories.annotation(id, label=label, start=start, end=start + len(words), text=TEXT, **values)  # type: ignore[arg-type]


def lacks(*spans: Annotation, relations: tuple[Relation, ...] = (), kind: str = "article") -> list[Missing]:
    return missing(SCHEMA, kind=kind, text=TEXT, spans=spans, relations=relations)


def test_required_values_are_missed() -> None:
    holding = span("h", "holding", "court said")
    order = span("o", "order", "was late", attributes={"disposition": "denied", "issue": "other"})

    assert lacks(holding, order) == [
        Missing("value", Range(holding.start, holding.end), "holding", ("Issue",), "h")
    ]


def test_claim_without_source_or_cue_is_missed_until_both_are_linked() -> None:
    claim = span("c", "claim", "Norvel was late", attributes={"act": "asserts"})
    source = factories.relation("r1", type="source", source="c", target="s")
    cue = factories.relation("r2", type="cue", source="c", target="x")

    assert [item.names for item in lacks(claim)] == [("Source", "Cue")]
    assert [item.names for item in lacks(claim, relations=(source,))] == [("Cue",)]
    assert lacks(claim, relations=(source, cue)) == []


def test_claim_in_an_opinion_is_only_the_end_of_a_link() -> None:
    claim = span("c", "claim", "Norvel was late", attributes={"act": "asserts"})

    assert lacks(claim, kind="opinion") == []


def test_repeats_of_a_name_that_are_not_marked_are_missed() -> None:
    whole = span("w", "organization", "Norvel Group")
    name = span("n", "organization", "Norvel", 1)

    found = lacks(whole, name)

    assert [(item.lack, TEXT[slice(*item.place)], item.label) for item in found] == [
        ("repeat", "Norvel", "organization"),
        ("repeat", "Norvel Group", "organization"),
    ]
    assert found[0].place.start == TEXT.index("Norvel was")


def test_repeats_of_claims_and_holdings_are_not_missed() -> None:
    reasoning = span("r", "reasoning", "Norvel")

    assert lacks(reasoning) == []


def test_name_marked_with_another_label_of_the_layer_is_not_missed() -> None:
    names = [span("a", "organization", "Norvel Group"), span("b", "person", "Norvel Group", 1)]

    assert lacks(*names) == []
