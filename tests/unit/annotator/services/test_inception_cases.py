"""Cases of INCEpTION's merge that it has in code only, set up anew: same result, or a line why ours differs.

Its CasMerge tests for spans, relations, links and merging anew. A slot with a filler is a link
here, its role the link's type. Holdings are the hosts, claims the fillers.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from annotator.adjudication.auto import AutoRules
from annotator.adjudication.decisions import OutcomeKind, result_of
from annotator.adjudication.links import LinkUnit
from annotator.errors import InvalidEdit
from annotator.model import Result, annotator_set_id, gold_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.auto_resolving import auto_resolve
from annotator.services.deciding import Ruling, decide
from annotator.services.link_ends import link_in_gold
from annotator.services.reviewing import AnyUnit, review
from storage.store import ProjectStore
from tests import projects, reviews

HOST, OTHER_HOST = "cannot claim immunity", "the company will appeal"
FILLER, OTHER_FILLER = "We respect the court", "Norvel’s lawyer said"
HOSTS = [(HOST, "holding"), (OTHER_HOST, "holding")]
FILLERS = [(FILLER, "claim"), (OTHER_FILLER, "claim")]
ONE_LINK = ("decides", HOST, FILLER)

Link = tuple[str, str, str]  # its type, and the words that it joins


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with reviews.team(tmp_path) as store:
        yield store


def done(store: ProjectStore, work: Mapping[str, Sequence[reviews.Mark]], **links: Sequence[Link]) -> None:
    """A document in which annotators (by name) have marked and linked words."""
    reviews.marked(store, work, document="one", done=False)
    for name in work:
        who = reviews.person(store, name)
        own = {span.quote.exact: span.id for span in store.annotations("one", annotator_set_id(who))}
        for kind, source, target in links.get(name, ()):
            annotating.link(store, annotator=who, type=kind, source=own[source], target=own[target])
        annotating.set_work_state(store, annotator=who, document="one", state="done")


def gold(store: ProjectStore) -> tuple[list[tuple[str, str]], list[Link]]:
    """The spans and links in gold, by what they say."""
    spans = store.annotations("one", gold_set_id(store.project_id))
    words = {span.id: span.quote.exact for span in spans}
    links = store.relations("one", gold_set_id(store.project_id))
    return (
        sorted((span.quote.exact, span.label) for span in spans),
        sorted((link.type, words[link.source], words[link.target]) for link in links),
    )


def merged(store: ProjectStore, *rules: str) -> tuple[list[tuple[str, str]], list[Link]]:
    """What is in gold once rules have decided: unanimity, and those that the layers opt into."""
    opted = {layer.id: frozenset(rules) for layer in store.schema().layers}
    run(auto_resolve(store, reviewer=projects.lead(store).id, rules=AutoRules(opted)))  # type: ignore[arg-type]
    return gold(store)


def unit_at(store: ProjectStore, words: str) -> AnyUnit:
    """The unit of spans that begins where the words do."""
    of = review(store, "one")
    return next(unit for unit in of.units if of.text.startswith(words, unit.start))


def the_link(store: ProjectStore) -> LinkUnit:
    [unit] = review(store, "one").links
    return unit


def taken(store: ProjectStore, unit: AnyUnit, *labels: str) -> None:
    """Decide for the candidates of these labels or types, or for the first of all."""
    of = review(store, "one")
    if isinstance(unit, LinkUnit):
        links = {
            each.content: each for each in unit.candidates if each.link.type in (labels or each.link.type)
        }
        results = tuple(link_in_gold(store, of, each) for each in links.values())
        _decided(store, unit, results, tuple(links))
        return
    spans = [each.span for each in unit.candidates if each.span.label in (labels or (each.span.label,))]
    results = tuple(map(result_of, spans)) if labels else (result_of(spans[0]),)
    _decided(store, unit, results)


def _decided(
    store: ProjectStore, unit: AnyUnit, results: tuple[Result, ...], links: tuple[str, ...] = ()
) -> None:
    outcome: OutcomeKind = "accept" if len(results) == 1 else "keep_several"
    ruling = Ruling(outcome, results, links)
    decide(store, reviewer=projects.lead(store).id, document="one", unit=unit.key, ruling=ruling)


# -- CasMergeRemergeTest: what annotators agree on


def test_incomplete_annotation_is_not_merged(store: ProjectStore) -> None:
    done(store, {"Bo": [("Norvel", "organization")], "Cy": []})

    assert merged(store) == ([], [])


def test_incomplete_annotation_is_merged_by_nobody_but_a_person(store: ProjectStore) -> None:
    """INCEpTION merges it where that is asked for; no rule of ours decides what only one has."""
    done(store, {"Bo": [("Norvel", "organization")], "Cy": []})

    assert merged(store, "majority", "trim", "boundary") == ([], [])


def test_links_without_difference_are_merged_with_their_hosts(store: ProjectStore) -> None:
    links = [ONE_LINK, ("decides", OTHER_HOST, OTHER_FILLER)]
    done(store, dict.fromkeys(("Bo", "Cy"), HOSTS + FILLERS), Bo=links, Cy=links)

    assert merged(store) == (sorted(HOSTS + FILLERS), sorted(links))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("reports", HOST, FILLER), id="multiLinkWithRoleLabelDifferenceTest"),
        pytest.param(("decides", HOST, OTHER_FILLER), id="multiLinkWithRoleTargetDifferenceTest"),
    ],
)
def test_host_is_merged_without_links_that_differ(store: ProjectStore, other: Link) -> None:
    done(store, dict.fromkeys(("Bo", "Cy"), HOSTS[:1] + FILLERS), Bo=[ONE_LINK], Cy=[other])

    assert merged(store) == (sorted(HOSTS[:1] + FILLERS), [])


def test_links_of_one_host_to_two_fillers_are_merged_where_both_have_both(store: ProjectStore) -> None:
    links = [ONE_LINK, ("decides", HOST, OTHER_FILLER)]
    done(store, dict.fromkeys(("Bo", "Cy"), HOSTS[:1] + FILLERS), Bo=links, Cy=links[::-1])

    assert merged(store)[1] == sorted(links)


def test_the_same_host_is_not_marked_twice(store: ProjectStore) -> None:
    """multiLinkMultiHostTest leaves two hosts over the same words; here one of them is refused."""
    done(store, {"Bo": []})
    bo = reviews.person(store, "Bo")
    annotating.set_work_state(store, annotator=bo, document="one", state="in_progress")
    place = review(store, "one").text.index(HOST)

    for is_second in (False, True):
        mark = {"label": "holding", "fragments": ((place, place + len(HOST)),), "exact": True}
        if is_second:
            with pytest.raises(InvalidEdit, match="already"):
                annotating.highlight(store, annotator=bo, document="one", **mark)  # type: ignore[arg-type]
        else:
            annotating.highlight(store, annotator=bo, document="one", **mark)  # type: ignore[arg-type]


def test_links_that_differ_in_role_are_one_disagreement(store: ProjectStore) -> None:
    """copyLinkToExistingButDiffLinkTest finds two incomplete ones; here they are one, to choose from."""
    done(
        store,
        dict.fromkeys(("Bo", "Cy"), HOSTS[:1] + FILLERS[:1]),
        Bo=[ONE_LINK],
        Cy=[("reports", HOST, FILLER)],
    )

    assert (the_link(store).type, the_link(store).flags) == ("relation", ("type",))


# -- CasMergeSpanTest: a span is taken by hand


def test_span_is_taken_into_empty_gold_and_again_stays_one(store: ProjectStore) -> None:
    """INCEpTION refuses the second time ("already exists"); here it is a decision that changes nothing."""
    done(store, {"Bo": [("Norvel", "organization")], "Cy": []})

    for _ in range(2):
        taken(store, unit_at(store, "Norvel"))
        assert gold(store) == ([("Norvel", "organization")], [])


def test_span_that_is_taken_later_stands_in_place_of_the_other_with_its_link(store: ProjectStore) -> None:
    """copySpanWithSlotNoStackingTest, and that of spans alone: the value is overwritten, one span is left."""
    done(
        store,
        {"Bo": [(HOST, "holding"), FILLERS[0]], "Cy": [(HOST, "finding"), FILLERS[0]]},
        Bo=[("reports", HOST, FILLER)],
        Cy=[("reports", HOST, FILLER)],
    )
    taken(store, unit_at(store, FILLER))
    taken(store, unit_at(store, HOST), "finding")
    taken(store, the_link(store))

    taken(store, unit_at(store, HOST), "holding")

    assert gold(store) == (sorted([(HOST, "holding"), FILLERS[0]]), [("reports", HOST, FILLER)])


def test_both_stacked_spans_are_taken_without_their_links(store: ProjectStore) -> None:
    """copySpanWithSlotWithStackingTest."""
    done(
        store,
        {"Bo": [(HOST, "holding"), FILLERS[0]], "Cy": [(HOST, "finding"), FILLERS[0]]},
        Bo=[("reports", HOST, FILLER)],
    )

    taken(store, unit_at(store, HOST), "holding", "finding")

    assert gold(store) == ([(HOST, "finding"), (HOST, "holding")], [])


# -- CasMergeRelationTest, CasMergeLinkTest: a link is taken by hand


def with_ends_in_gold(store: ProjectStore, bo: Sequence[Link], cy: Sequence[Link] = ()) -> None:
    done(store, dict.fromkeys(("Bo", "Cy"), HOSTS + FILLERS), Bo=bo, Cy=cy)
    for unit in review(store, "one").units:
        taken(store, unit)


def test_link_is_taken_and_again_stays_one(store: ProjectStore) -> None:
    """INCEpTION refuses the second time; here it is a decision that changes nothing."""
    with_ends_in_gold(store, [ONE_LINK])

    for _ in range(2):
        taken(store, the_link(store))
        assert gold(store)[1] == [ONE_LINK]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(("decides", OTHER_HOST, FILLER), id="thatSecondRelationCanBeMergedWithSameTarget"),
        pytest.param(("decides", HOST, OTHER_FILLER), id="thatSecondRelationCanBeMergedWithSameSource"),
    ],
)
def test_second_link_is_taken_beside_the_first(store: ProjectStore, second: Link) -> None:
    with_ends_in_gold(store, [ONE_LINK, second])

    for unit in review(store, "one").links:
        taken(store, unit)

    assert gold(store)[1] == sorted([ONE_LINK, second])


def test_links_of_two_roles_to_the_same_target_are_both_taken(store: ProjectStore) -> None:
    with_ends_in_gold(store, [ONE_LINK], [("reports", HOST, FILLER)])

    taken(store, the_link(store), "decides", "reports")

    assert gold(store)[1] == [ONE_LINK, ("reports", HOST, FILLER)]


def test_link_whose_value_cannot_be_leaves_nothing_behind(store: ProjectStore) -> None:
    with_ends_in_gold(store, [("reports", HOST, FILLER)])
    unit, before = the_link(store), store.decisions("one")
    made = link_in_gold(store, review(store, "one"), unit.candidates[0])
    wrong = Result("", made.label, (), {"values": ("no such value",)}, made.source, made.target)

    with pytest.raises(InvalidEdit):
        decide(
            store,
            reviewer=projects.lead(store).id,
            document="one",
            unit=unit.key,
            ruling=Ruling("accept_modified", (wrong,)),
        )

    assert (gold(store)[1], store.decisions("one")) == ([], before)


def test_link_to_one_of_two_stacked_gold_spans_is_refused_until_it_is_said_which(store: ProjectStore) -> None:
    """simpleCopyRelationToStackedTargetsTest."""
    done(
        store,
        {"Bo": [(HOST, "holding"), FILLERS[0]], "Cy": [(HOST, "finding"), FILLERS[0]]},
        Bo=[("reports", HOST, FILLER)],
    )
    taken(store, unit_at(store, HOST), "holding", "finding")
    taken(store, unit_at(store, FILLER))

    with pytest.raises(InvalidEdit, match="gold spans only"):
        taken(store, the_link(store))

    assert gold(store)[1] == []
