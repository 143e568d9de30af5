"""Which links the schema allows between two spans, and which way they run."""

import resources
from annotator.schema_toml import read_schema
from tests.factories import annotation
from ui.linking import possible_links

SCHEMA = read_schema(resources.schema_text("legal-news"))


def test_link_runs_from_the_first_span_or_back_as_the_schema_has_it() -> None:
    holding, court = annotation("h", label="holding"), annotation("c", label="court")

    forward = [(link.relation.id, link.source.id) for link in possible_links(SCHEMA, holding, court)]
    back = [(link.relation.id, link.source.id) for link in possible_links(SCHEMA, court, holding)]

    assert forward == back == [("issued_by", "h")]


def test_links_of_the_same_label_need_the_same_label() -> None:
    claim, other, holding = (
        annotation("c", label="claim"),
        annotation("d", label="claim"),
        annotation("h", label="holding"),
    )

    same = {link.relation.id for link in possible_links(SCHEMA, claim, other)}
    different = {link.relation.id for link in possible_links(SCHEMA, claim, holding)}

    assert "restates" in same
    assert "restates" not in different
    assert "decides" in different


def test_spans_without_a_relation_between_them_have_no_link() -> None:
    assert list(possible_links(SCHEMA, annotation("a", label="date"), annotation("b", label="money"))) == []
