"""Units of links: the same ends by unit, other types, other ends, and who has none."""

import pytest

from annotator.adjudication.decisions import link_verdicts
from annotator.adjudication.links import End, LinkUnit, link_units
from annotator.model import Relation, Result
from tests import factories

ENDS = {
    "a1": End("holding", "holding", 0, 9),
    "b1": End("holding", "holding", 0, 9),
    "a2": End("court", "entity", 20, 29),
    "b2": End("court", "entity", 20, 29),
    "a3": End("judge", "entity", 40, 49),
    "b3": End("judge", "entity", 40, 49),
}
PEOPLE = {"holding": ("a", "b"), "entity": ("a", "b")}


def link(id: str, type: str, source: str, target: str) -> tuple[str, Relation]:
    return id[0], factories.relation(id, type=type, source=source, target=target)


def units(*links: tuple[str, Relation]) -> tuple[LinkUnit, ...]:
    return link_units(links, ends=ENDS, people=PEOPLE, text_sha256="t")


def test_links_between_the_same_units_agree_though_their_spans_are_others() -> None:
    [unit] = units(link("a-1", "issued_by", "a1", "a2"), link("b-1", "issued_by", "b1", "b2"))

    assert (unit.type, unit.layer, unit.absent) == ("agree", "holding", ())


@pytest.mark.parametrize(
    ("theirs", "flags"),
    [
        (link("b-1", "restates", "b1", "b2"), ("type",)),
        (link("b-1", "issued_by", "b1", "b3"), ("endpoint",)),
    ],
)
def test_links_differ_in_type_or_in_an_end(theirs: tuple[str, Relation], flags: tuple[str, ...]) -> None:
    [unit] = units(link("a-1", "issued_by", "a1", "a2"), theirs)

    assert (unit.type, unit.flags) == ("relation", flags)


def test_link_that_one_has_is_a_vote_against_by_who_has_finished() -> None:
    [unit] = units(link("a-1", "issued_by", "a1", "a2"))

    assert (unit.type, unit.flags, unit.absent) == ("relation", ("single",), ("b",))


def test_each_link_is_in_one_unit_and_order_says_nothing() -> None:
    links = [
        link("a-1", "issued_by", "a1", "a2"),
        link("a-2", "issued_by", "a1", "a3"),
        link("b-1", "issued_by", "b1", "b3"),
        link("b-2", "restates", "b1", "b3"),
    ]

    made = units(*links)

    assert sorted(each.link.id for unit in made for each in unit.candidates) == ["a-1", "a-2", "b-1", "b-2"]
    assert units(*reversed(links)) == made


def test_verdicts_on_links_tell_type_from_end() -> None:
    [unit] = units(link("a-1", "issued_by", "a1", "a2"), link("b-1", "restates", "b1", "b2"))
    [right] = [each.content for each in unit.candidates if each.annotator == "a"]

    assert dict(link_verdicts(unit, "accept", [right])) == {"a": "correct", "b": "label_wrong"}
    made = Result("", "third", (), {}, "gold-1", "gold-2")
    told = link_verdicts(unit, "new", [], made=made, same_ends=[each.content for each in unit.candidates])
    assert set(told.values()) == {"label_wrong"}
    assert set(link_verdicts(unit, "new", [], made=made).values()) == {"boundary_wrong"}
    assert dict(link_verdicts(unit, "reject_all", [])) == {"a": "spurious", "b": "spurious"}
    assert dict(link_verdicts(unit, "defer", [])) == {}
