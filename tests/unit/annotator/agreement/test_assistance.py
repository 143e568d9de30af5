"""Places where a suggestion was accepted, told apart from the others."""

from annotator.agreement.assistance import Places, in_whole_text, only
from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.model import Annotation, Origin
from tests.factories import annotation

TEXT = "abcdefghij" * 10


def span(start: int, end: int, origin: Origin = "manual") -> Annotation:
    return annotation(f"{start}-{end}-{origin}", start=start, end=end, text=TEXT, origin=origin)


def work(**spans: tuple[Annotation, ...]) -> DocumentWork:
    tokens = tuple(Range(at, at + 9) for at in range(0, 100, 10))
    suggested = sum(each.origin == "suggestion" for own in spans.values() for each in own)
    return DocumentWork("document", 100, tokens, spans, suggested=suggested, untouched=suggested)


def places(of: DocumentWork, which: Places) -> dict[str, list[tuple[int, int]]]:
    found = only(of, which)
    return {
        who: [tuple(in_whole_text(Range(each.start, each.end), found.cut)) for each in spans]
        for who, spans in found.spans.items()
    }


def test_place_of_an_accepted_suggestion_goes_with_what_others_marked_there_by_hand() -> None:
    both = work(ana=(span(10, 20, "suggestion"), span(40, 50), span(70, 80)), bo=(span(15, 25), span(40, 50)))

    assert places(both, "unassisted") == {"ana": [(40, 50), (70, 80)], "bo": [(40, 50)]}
    assert places(both, "assisted") == {"ana": [(10, 20)], "bo": [(15, 25)]}
    assert places(both, "all") == {"ana": [(10, 20), (40, 50), (70, 80)], "bo": [(15, 25), (40, 50)]}


def test_spans_that_only_touch_are_places_of_their_own() -> None:
    assert places(work(ana=(span(10, 20, "suggestion"),), bo=(span(20, 30),)), "unassisted") == {
        "ana": [],
        "bo": [(20, 30)],
    }


def test_what_is_not_compared_is_cut_out_of_the_text_and_counted() -> None:
    found = only(work(ana=(span(10, 20, "suggestion"), span(40, 50)), bo=(span(15, 25),)), "unassisted")

    assert (found.length, len(found.tokens)) == (85, 8)
    assert [(each.start, each.end) for each in found.spans["ana"]] == [(25, 35)]
    assert found.left_out == {"assisted": 2}
    assert (found.suggested, found.cut) == (0, (Range(10, 25),))


def test_pieces_of_a_span_move_together() -> None:
    apart = annotation("apart", pieces=[(40, 45), (60, 65)], text=TEXT)
    found = only(work(ana=(span(0, 10, "suggestion"), apart)), "unassisted")

    assert found.spans["ana"][0].fragments == ((30, 35), (50, 55))


def test_work_without_suggestions_is_all_unassisted() -> None:
    plain = work(ana=(span(0, 10),), bo=(span(0, 10),))

    assert only(plain, "unassisted").spans == plain.spans
    assert only(plain, "assisted").total == 0
