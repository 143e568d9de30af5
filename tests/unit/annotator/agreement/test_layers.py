"""The report of a layer: pooling, intervals, what is undefined, and what others published."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.coefficients import alpha, nominal
from annotator.agreement.figures import Settings
from annotator.agreement.layers import layer_report
from annotator.agreement.masi import masi
from annotator.agreement.report import LayerReport
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.work import DocumentWork, layer_work
from annotator.model import Annotation, Assignment, annotator_set_id
from annotator.progress import run
from annotator.readers.brat import read as read_brat
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.label_studio import read as read_label_studio
from annotator.schema import AttributeType
from annotator.text import words
from tests import factories
from tests.unit.annotator.agreement.spans import Span, work

QUICK = Settings(resamples=100)
ONE: list[Span] = [(0, 5, "P"), (10, 15, "Q")]
OTHER: list[Span] = [(0, 5, "P"), (11, 15, "Q")]


def report(*works: DocumentWork, attributes: Sequence[AttributeType] = (), quick: bool = True) -> LayerReport:
    chosen = Settings(resamples=0) if quick else QUICK
    return run(layer_report("layer", works, attributes=attributes, settings=chosen))


def value(of: LayerReport, name: str) -> Value:
    return of.measure(name).figure.value


def test_documents_are_added_up_before_dividing() -> None:
    found = report(work({"a": ONE, "b": OTHER}, document="d1"), work({"a": [], "b": ONE}, document="d2"))

    assert value(found, "exact") == pytest.approx(2 * 1 / 6)
    assert value(found, "overlap") == pytest.approx(2 * 2 / 6)
    assert [row.unlike for row in found.documents] == [2, 2]
    assert (found.documents[0].first, found.documents[0].owner) == ((10, 15), "a")


def test_an_agreed_empty_document_leaves_f1_and_is_counted() -> None:
    full = work({"a": ONE, "b": OTHER}, document="d1")
    with_empty = report(full, work({"a": [], "b": []}, document="d2"))

    assert value(with_empty, "exact") == value(report(full), "exact")
    assert (with_empty.counts.documents, with_empty.counts.empty) == (2, 1)
    assert with_empty.documents[1].exact == Undefined("no_spans")


def test_what_cannot_be_computed_says_why() -> None:
    nobody = report(work({"a": ONE}))
    nothing = report(work({"a": [], "b": []}))
    flat = report(work({"a": [(0, 60, "P")], "b": [(0, 60, "P")]}))

    assert {value(nobody, each.name) for each in nobody.measures} == {Undefined("no_common_documents")}
    assert value(nothing, "exact") == Undefined("no_spans")
    assert value(flat, "u_alpha") == Undefined("no_variation")
    assert value(flat, "exact") == 1
    assert nobody.counts.alone == 1


def test_pairs_without_a_common_document_are_left_out_and_counted() -> None:
    found = report(work({"a": ONE, "b": ONE}, document="d1"), work({"b": ONE, "c": OTHER}, document="d2"))

    assert [(row.first, row.second) for row in found.pairs] == [("a", "b"), ("b", "c")]
    assert found.counts.pairs_apart == 1
    assert value(found, "exact") == pytest.approx((1 + 0.5) / 2)
    assert (found.measure("exact").low, found.measure("exact").high) == (0.5, 1)


def test_intervals_need_five_documents_and_are_the_same_each_time() -> None:
    works = [work({"a": ONE, "b": OTHER if at % 2 else ONE}, document=f"d{at}") for at in range(6)]

    found = report(*works, quick=False)

    between = found.measure("exact").figure.interval
    assert between is not None
    assert between.low < 0.75 < between.high
    assert found == report(*works, quick=False)
    assert report(*works[:4], quick=False).measure("exact").figure.interval is None


def test_gamma_of_all_at_once_is_of_each_group_of_three_and_says_when_there_is_none() -> None:
    def gammas(*works: DocumentWork) -> LayerReport:
        chosen = Settings(resamples=0, has_gamma=True)
        return run(layer_report("layer", works, attributes=(), settings=chosen))

    three = {"a": ONE, "b": ONE, "c": [(0, 5, "P"), (11, 15, "Q")]}
    found = gammas(
        work(three, document="d1"),
        work({"a": ONE, "b": ONE, "d": ONE}, document="d2"),
        work({"a": ONE, "b": OTHER}, document="d3"),
    )
    of_two = gammas(work({"a": ONE, "b": OTHER}))
    stacked = [(0, 50 + at, "P") for at in range(100)]
    too_many = gammas(work(dict.fromkeys("abc", stacked), length=150, tokens=False))

    joint = found.measure("gamma_joint")
    assert isinstance(joint.figure.value, float)
    assert joint.high == 1
    assert joint.low == pytest.approx(2 * joint.figure.value - 1)
    assert (joint.figure.documents, joint.figure.pairs, joint.figure.spans) == (2, 5, 12)
    assert "gamma_joint" not in {each.name for each in of_two.measures}
    assert value(too_many, "gamma_joint") == Undefined("too_many_units")
    assert value(too_many, "gamma") == 1


def test_labels_meet_in_the_confusion_both_ways() -> None:
    found = report(work({"a": [(0, 5, "P")], "b": [(0, 5, "Q"), (9, 12, "Q")]}))

    assert found.confusion.labels == ("P", "Q", "")
    assert found.confusion.counts == ((0, 1, 0), (1, 0, 1), (0, 1, 0))


def test_weeks_have_the_documents_that_were_finished_in_them() -> None:
    found = report(
        work({"a": ONE, "b": OTHER}, document="d1", week="2026-W10"),
        work({"a": ONE, "b": ONE}, document="d2", week="2026-W09"),
        work({"a": ONE, "b": ONE}, document="d3"),
    )

    assert [(row.name, row.figures["exact"].value) for row in found.weeks] == [
        ("2026-W09", 1),
        ("2026-W10", 0.5),
    ]


def test_attributes_are_compared_on_spans_that_two_marked() -> None:
    acts = AttributeType("act", "Act", ("claim",), values=("asserts", "alleges"))
    note = AttributeType("note", "Note", ("claim",), kind="text")

    def claims(*given: str) -> tuple[Annotation, ...]:
        return tuple(
            factories.annotation(
                f"c{at}",
                start=at * 10,
                end=at * 10 + 5,
                text="x" * 60,
                label="claim",
                attributes={"act": act, "note": str(at)} if act else {},
            )
            for at, act in enumerate(given)
        )

    one, other = claims("asserts", "alleges", "asserts", ""), claims("asserts", "alleges", "alleges", "")
    document = DocumentWork("d", 60, (), {"a": one, "b": other})

    [row] = report(document, attributes=(acts, note)[:1]).attributes

    assert row.name == "act"
    assert row.figures["alpha"].spans == 6
    assert row.figures["alpha"].value == pytest.approx(1 - 5 * 2 / (36 - 9 - 9))


def test_only_finished_documents_of_this_text_count() -> None:
    ben = "annotator-ben"
    document = factories.document(kind="opinion")
    mine = factories.annotation("a1", start=0, end=5)
    made = (
        mine,
        factories.annotation("a2", start=0, end=5, set=annotator_set_id(ben)),
        factories.annotation("a3", start=6, end=9, text_version="older"),
        factories.annotation("a4", start=0, end=9, label="claim"),
    )
    done = [
        Assignment("1", document.id, factories.ANA, "done"),
        Assignment("2", document.id, ben, "in_progress"),
    ]
    owners = {annotator_set_id(who): who for who in (factories.ANA, ben)}

    def of(layer: str) -> DocumentWork:
        return layer_work(
            document,
            layer=layer,
            schema=factories.schema(),
            assignments=done,
            owners=owners,
            annotations=made,
            length=60,
        )

    assert of("entity").spans == {factories.ANA: (mine,)}
    assert of("entity").left_out == {"other_text": 1}
    assert of("claim").left_out == {"on_demand": 1}


def _work(read: ReadDocument | RefusedSource, others: Sequence[ReadDocument] = ()) -> DocumentWork:
    """A document that was read, as finished by everybody whose set came with it."""
    assert isinstance(read, ReadDocument)
    made: dict[str, tuple[Annotation, ...]] = {}
    for part in (part for each in (read, *others) for part in each.sets):
        own = [
            factories.annotation(
                f"{part.annotator}-{at}",
                pieces=[(piece.start, piece.end) for piece in span.fragments],
                label=span.label,
                text=read.text,
            )
            for at, span in enumerate(part.annotations)
        ]
        made[part.annotator or str(len(made))] = tuple(sorted(own, key=lambda span: (span.start, span.end)))
    return DocumentWork(read.title, len(read.text), tuple(words(read.text)), made)


documents = st.lists(
    st.tuples(
        *[
            st.lists(
                st.sampled_from(((0, 5, "P"), (3, 9, "P"), (3, 9, "Q"), (20, 30, "Q"))),
                max_size=4,
                unique=True,
            )
            for _annotator in range(3)
        ]
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15)
@given(documents)
def test_names_of_annotators_and_order_of_documents_change_no_value(
    made: list[tuple[list[Span], ...]],
) -> None:
    there = report(
        *(work(dict(zip("abc", own, strict=True)), document=str(at)) for at, own in enumerate(made))
    )
    turned = report(
        *(
            work(dict(zip("cab", own, strict=True)), document=str(at))
            for at, own in reversed([*enumerate(made)])
        )
    )

    for measure in there.measures:
        other = value(turned, measure.name)
        if isinstance(measure.figure.value, Undefined):
            assert other == measure.figure.value
        else:
            assert other == pytest.approx(measure.figure.value)


@settings(max_examples=15)
@given(documents)
def test_alpha_of_tokens_is_that_of_the_tokens_one_by_one(made: list[tuple[list[Span], ...]]) -> None:
    found = report(
        *(work(dict(zip("abc", own, strict=True)), document=str(at)) for at, own in enumerate(made))
    )

    def labels(own: list[Span], at: int) -> frozenset[str]:
        return frozenset(of for start, end, of in own if start <= at < end)

    units = [[labels(own, at) for own in each] for each in made for at in range(60)]
    for name, distance in (("token_alpha", nominal), ("token_alpha_masi", masi)):
        ours, theirs = value(found, name), alpha(units, distance)
        assert isinstance(ours, Undefined) == isinstance(theirs, Undefined)
        assert isinstance(theirs, Undefined) or ours == pytest.approx(theirs)


@settings(max_examples=15)
@given(documents)
def test_kappa_of_tokens_is_that_of_scikit_learn(made: list[tuple[list[Span], ...]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    found = report(*(work({"a": own[0], "b": own[1]}, document=str(at)) for at, own in enumerate(made)))

    def sets(own: list[Span]) -> list[str]:
        return ["".join(sorted({of for start, end, of in own if start <= at < end})) for at in range(60)]

    first = [each for own in made for each in sets(own[0])]
    second = [each for own in made for each in sets(own[1])]
    ours = value(found, "token_kappa")
    if isinstance(ours, float):
        assert ours == pytest.approx(cohen_kappa_score(first, second))
    else:
        assert len({*first, *second}) == 1


def test_published_agreement_of_four_annotators(corpus: Path) -> None:
    """The values that bratiaa prints for its example project, by label and over all, are ours to a digit."""
    works = [_work(document) for document in read_brat(corpus / "annotated/brat-multi-annotator")]

    found = report(*works)

    assert value(found, "exact") == pytest.approx(0.890, abs=5e-4)
    assert {row.name: row.figures["exact"].value for row in found.labels} == {
        "LOC": pytest.approx(0.819, abs=5e-4),
        "MISC": pytest.approx(0.840, abs=5e-4),
        "ORG": pytest.approx(0.906, abs=5e-4),
        "PER": pytest.approx(0.938, abs=5e-4),
    }
    # bratiaa's table has the same seven values, but in another order than the names beside them.
    assert sorted(row.exact for row in found.documents if isinstance(row.exact, float)) == [
        pytest.approx(each, abs=5e-4) for each in (0.798, 0.873, 0.894, 0.906, 0.906, 0.907, 0.936)
    ]


def test_published_agreement_on_judgments(corpus: Path) -> None:
    """Four annotators on judgments; the study prints pi .937, kappa .937, alpha .936, without its items.

    Items here are the places that anybody marked, and who did not mark one gives it no label. Half of the
    documents of the study are in the files, so the values are near, not the same.
    """
    folder = corpus / "annotated/legalner_bc/src/data/annotations"
    units = []
    for whose in ("badr", "oksana"):
        by_text: dict[str, list[ReadDocument]] = {}
        for who in ("badr", "oksana", "sneha", "utkarsh"):
            name = who if who == whose else f"{whose}_{who}"
            for read in read_label_studio(folder / who / f"{name}.json"):
                if isinstance(read, ReadDocument):
                    by_text.setdefault(read.text, []).append(read)
        for documents in by_text.values():
            made = _work(documents[0], documents[1:]).spans.values()
            labels = [{span.fragments: span.label for span in own} for own in made]
            units += [[own.get(place, "") for own in labels] for place in set[object]().union(*labels)]

    assert len(units) == 2816
    assert alpha(units) == pytest.approx(0.936, abs=0.015)
