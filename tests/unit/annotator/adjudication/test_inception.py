"""INCEpTION's own cases of merging what annotators agree on: the same result, or a reason why ours differs.

The reasons are told in docs/adjudication.md.
"""

from collections import Counter
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from annotator.adjudication.auto import AutoRules, settle
from annotator.adjudication.keys import content_key
from annotator.adjudication.links import End, link_units
from annotator.adjudication.units import Unit, units
from annotator.agreement.work import DocumentWork
from annotator.model import Annotation, Relation
from annotator.readers.document import ReadDocument
from annotator.readers.webanno_tsv import read
from tests import factories

PEOPLE = ("user1", "user2")
OURS_DIFFERS = {
    "multipleStackedAnnotationsAreNotMergedTest": "identical stacked spans are merged, one by one",
    "relStackedTest": "the same, and links between them",
    "simpleRelGovStackedTest": "the same, and links between them",
    "simpleSpanDiffWithLabelStackingTest": "identical stacked spans are merged, one by one",
    "simpleSpanDiffWithLabelStacking2Test": "of stacked spans the one that both have is merged",
}


def folder(corpus: Path) -> Path:
    return corpus / "peers" / "inception" / "inception-curation" / "testsuite"


def names() -> list[str]:
    return [
        "multipleStackedAnnotationsAreNotMergedTest",
        "relStackedTest",
        "relationLabelTest",
        "simpleRelGovDiffTest",
        "simpleRelGovStackedTest",
        "simpleRelNoDiffTest",
        "simpleRelTypeDiffTest",
        "simpleSpanDiffMultiFeatureTest",
        "simpleSpanDiffNoLabelTest",
        "simpleSpanDiffWithLabelStacking2Test",
        "simpleSpanDiffWithLabelStackingTest",
        "simpleSpanNoDiffMultiFeatureTest",
        "simpleSpanNoDiffNoLabelTest",
    ]


def document(path: Path) -> ReadDocument:
    (found,) = read(path)
    return found


def spans_of(who: str, of: ReadDocument) -> dict[str, Annotation]:
    """The spans of a file by their keys, but for lemmas, which INCEpTION's cases leave out."""
    return {
        each.key: factories.annotation(
            f"{who}/{each.key}",
            pieces=each.fragments,
            label=each.label,
            text=of.text,
            attributes=each.attributes,
        )
        for part in of.sets
        for each in part.annotations
        if ".Lemma " not in each.key
    }


def merged(case: Path) -> tuple[Counter[str], Counter[str]]:
    """What ours merges of a case, and what INCEpTION's curator has: spans and links by what they say."""
    read_by = {who: document(case / f"{who}.tsv") for who in (*PEOPLE, "curator")}
    spans = {who: spans_of(who, read_by[who]) for who in PEOPLE}
    text = read_by["user1"].text
    made = units(
        DocumentWork("d", len(text), (), {who: tuple(own.values()) for who, own in spans.items()}),
        layer="all",
        text_sha256="t",
    )
    taken = {unit.key: unit for unit in made if settle(unit, AutoRules()) is not None}
    found = Counter(unit.candidates[0].content for unit in taken.values())
    return found + _links(read_by, spans, made, taken), _curated(read_by["curator"])


def _links(
    read_by: dict[str, ReadDocument],
    spans: dict[str, dict[str, Annotation]],
    made: tuple[Unit, ...],
    taken: dict[str, Unit],
) -> Counter[str]:
    ends = {
        each.span.id: End(unit.key, "all", unit.start, unit.end) for unit in made for each in unit.candidates
    }
    links = [
        (
            who,
            factories.relation(
                f"{who}/{link.key}/{link.type}/{link.source}",
                type=link.type,
                source=spans[who][link.source].id,
                target=spans[who][link.target].id,
                attributes=link.attributes,
            ),
        )
        for who in PEOPLE
        for part in read_by[who].sets
        for link in part.relations
    ]
    agreed = [
        unit
        for unit in link_units(links, ends=ends, people={"all": PEOPLE}, text_sha256="t")
        if unit.type == "agree" and unit.candidates[0].source in taken and unit.candidates[0].target in taken
    ]
    by_key = {unit.key: unit.candidates[0].content for unit in made}
    return Counter(
        _says(unit.candidates[0].link, by_key[unit.candidates[0].source], by_key[unit.candidates[0].target])
        for unit in agreed
    )


def _curated(of: ReadDocument) -> Counter[str]:
    spans = {
        key: content_key(span.label, span.fragments, span.attributes)
        for key, span in spans_of("curator", of).items()
    }
    links = [
        _says(
            factories.relation(type=link.type, attributes=link.attributes),
            spans[link.source],
            spans[link.target],
        )
        for part in of.sets
        for link in part.relations
    ]
    return Counter([*spans.values(), *links])


def _says(link: Relation, source: str, target: str) -> str:
    return f"{link.type} {source} {target} {sorted(link.attributes.items())}"


@pytest.mark.parametrize("name", names())
def test_merges_as_inception_does_or_differs_on_purpose(corpus: Path, name: str) -> None:
    ours, theirs = merged(folder(corpus) / name)

    if name in OURS_DIFFERS:
        assert theirs < ours
    else:
        assert ours == theirs


def test_every_case_is_run(corpus: Path) -> None:
    assert sorted(names()) == sorted(each.name for each in folder(corpus).iterdir())


def votes(*labels: str) -> Unit:
    """A place at which annotators give a label, a letter each; A to C have finished, or A to E."""
    spans = {
        who: (factories.annotation(who, label=f"label-{number}"),)
        for number, those in enumerate(labels)
        for who in those
    }
    people = {who: spans.get(who, ()) for who in ("ABC" if max(spans) < "D" else "ABCDE")}
    [unit] = units(DocumentWork("d", 100, (), people), layer="all", text_sha256="t")
    return unit


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(("AB", "C"), id="INCEpTION takes it; not two votes ahead"),
        pytest.param(("A", "B"), id="a tie, which INCEpTION leaves too"),
        pytest.param(("A",), id="INCEpTION takes it; who has nothing votes for no span"),
        pytest.param(("ABC", "DE"), id="INCEpTION takes it; less than two thirds"),
    ],
)
def test_majority_takes_no_label_that_few_are_ahead_with(given: tuple[str, ...]) -> None:
    assert settle(votes(*given), AutoRules({"all": frozenset(("majority",))})) is None


def test_four_of_five_are_taken_as_inception_takes_them() -> None:
    found = settle(votes("ABCD", "E"), AutoRules({"all": frozenset(("majority",))}))

    assert found is not None
    assert [each.label for each in found.results] == ["label-0"]


def opinion(path: Path) -> Annotation:
    """The one span of a file in a layout older than the reader knows: a word's line, with its features."""
    [line] = [line for line in path.read_text("utf-8").splitlines() if line.startswith("1-2\t")]
    values = dict(zip(("aspect", "opinion"), line.split("\t")[2:4], strict=True))
    set_ = {name: value for name, value in values.items() if not value.endswith("_")}
    return factories.annotation(path.name, start=9, end=17, attributes=set_)


def test_spans_with_other_features_are_merged_only_with_the_same(corpus: Path) -> None:
    files = sorted((folder(corpus).parent / "mergecas" / "spanmultifeature").iterdir())
    assert len(files) == 4

    for one, other in combinations_with_replacement(files, 2):
        work = {"1": (opinion(one),), "2": (opinion(other),)}
        [unit] = units(DocumentWork("d", 100, (), work), layer="all", text_sha256="t")
        assert (settle(unit, AutoRules()) is not None) == (one == other)
