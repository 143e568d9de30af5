"""Coverage of a case: decisions reported or not, claims with and without support, repeats once."""

import pytest

from annotator.coverage import Statement, coverage
from annotator.model import Annotation, Attributes, Relation
from annotator.schema_toml import read_schema
from resources import schema_text
from tests import factories

SCHEMA = read_schema(schema_text("legal-news"))


def span(id: str, label: str, document: str = "news", **values: str) -> Annotation:
    number = int("".join(filter(str.isdigit, id)) or 0)
    return factories.annotation(
        id, label=label, document=document, start=number, end=number + 5, attributes=values
    )


def link(source: str, target: str, type: str = "reports", *values: str) -> Relation:
    attributes: Attributes = {"values": values} if values else {}
    return factories.relation(
        f"{source}-{target}-{type}", type=type, source=source, target=target, attributes=attributes
    )


def found(spans: list[Annotation], *links: Relation) -> list[Statement]:
    return list(coverage(SCHEMA, spans, links, articles=["news", "later"]))


def told(spans: list[Annotation], *links: Relation) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.first.id, each.status, each.verdicts) for each in found(spans, *links)]


def test_decisions_are_reported_or_unmentioned_and_come_before_claims() -> None:
    spans = [span("c1", "claim"), span("h1", "holding", "order"), span("h2", "order", "order")]

    assert told(spans, link("c1", "h1", "reports", "accurate")) == [
        ("h1", "reported", ("accurate",)),
        ("h2", "unmentioned", ()),
        ("c1", "supported", ("accurate",)),
    ]


@pytest.mark.parametrize(
    ("record", "status"),
    [
        ({}, "open"),
        ({"record": "not_searched"}, "open"),
        ({"record": "searched_absent"}, "absent"),
        ({"record": "not_in_corpus"}, "not_in_corpus"),
    ],
)
def test_claim_without_a_link_is_what_was_said_of_its_record(record: dict[str, str], status: str) -> None:
    assert told([span("c1", "claim", **record)]) == [("c1", status, ())]


def test_contradiction_counts_before_support_and_verdicts_are_told_once() -> None:
    spans = [span("c1", "claim"), span("h1", "holding", "order"), span("h2", "holding", "order")]
    links = (
        link("c1", "h1", "reports", "overstates"),
        link("c1", "h2", "reports", "contradicts", "overstates"),
    )

    assert told(spans, *links)[-1] == ("c1", "contradicted", ("overstates", "contradicts"))


def test_chain_of_repeats_counts_once_with_the_links_of_all_mentions() -> None:
    spans = [
        *(span(f"c{number}", "claim") for number in (1, 2, 3)),
        span("h1", "holding", "order"),
        span("h2", "holding", "order"),
    ]
    links = (
        link("c2", "c1", "restates"),
        link("c3", "c2", "restates"),
        link("h2", "h1", "restates"),
        link("c3", "h2"),
    )

    decision, claim = found(spans, *links)

    assert [each.id for each in claim.mentions] == ["c1", "c2", "c3"]
    assert (claim.status, decision.status) == ("supported", "reported")
    assert decision.others == ("c3",)


def test_claims_of_parties_in_filings_are_no_decisions_and_other_labels_count_nowhere() -> None:
    spans = [span("c1", "claim", "brief"), span("p1", "person"), span("s1", "source")]

    assert told(spans) == []


def test_link_from_another_filing_reports_nothing() -> None:
    spans = [span("h1", "holding", "order"), span("h2", "holding", "appeal")]

    assert told(spans, link("h2", "h1")) == [("h1", "unmentioned", ()), ("h2", "unmentioned", ())]


def test_link_whose_end_is_elsewhere_is_passed_over() -> None:
    assert told([span("c1", "claim")], link("c1", "gone")) == [("c1", "open", ())]
