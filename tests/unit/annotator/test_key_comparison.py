"""Work beside the key: spans side by side, scores, and the rules that decide."""

import pytest

from annotator.agreement.undefined import Undefined
from annotator.key_comparison import Answer, Score, answers, deciding_rules, in_layer, score
from annotator.training import Mark
from tests.factories import annotation, schema
from tests.unit.annotator.agreement.spans import Span, spans

GUIDELINES = (
    "# All\n\n### R1 Cue\n\n### R2 Boundary\n\n## Labels of the layer Entity\n\n### Court\n\nSee R2.\n"
)


@pytest.mark.parametrize(
    ("own", "key", "kinds"),
    [
        ([(0, 5, "court")], [(0, 5, "court")], ["same"]),
        ([(0, 5, "court")], [(0, 5, "judge")], ["label"]),
        ([(0, 5, "court")], [(0, 8, "court")], ["extent"]),
        ([(0, 5, "court")], [(1, 8, "judge")], ["label_extent"]),
        ([(9, 12, "court")], [(0, 5, "court")], ["missing", "extra"]),
        ([], [], []),
    ],
)
def test_spans_stand_side_by_side(own: list[Span], key: list[Span], kinds: list[str]) -> None:
    assert [each.kind for each in answers(spans(*own), spans(*key))] == kinds


def test_score_counts_as_the_mark_says() -> None:
    own, key = spans((0, 5, "court"), (10, 20, "court")), spans((0, 5, "court"), (10, 16, "court"))

    exact = score(own, key, Mark("entity", 0.6))
    overlap = score(own, key, Mark("entity", 0.6, "overlap"))

    assert (exact.value, exact.is_passed) == (0.5, False)
    assert (overlap.value, overlap.is_passed) == (1.0, True)
    assert exact.plus(exact) == Score(exact.mark, 2, 8)


def test_to_mark_nothing_where_there_is_nothing_is_right() -> None:
    nothing = score((), (), Mark("entity", 1.0))

    assert nothing.is_passed
    assert nothing.value == Undefined("no_spans")


def test_only_spans_of_the_layer_are_compared() -> None:
    both = (annotation("a", label="court"), annotation("b", label="claim", start=6, end=9))

    assert [span.id for span in in_layer(both, schema(), "entity")] == ["a"]


def test_the_decision_names_the_rule_before_the_note_and_the_page() -> None:
    plain, noted = annotation("a"), annotation("b", note="As in R1.")

    def rules(span: Answer, decided: dict[str, str]) -> tuple[str, ...]:
        return deciding_rules(span, decided=decided, guidelines=GUIDELINES, schema=schema())

    assert rules(Answer("missing", None, noted), {"b": "R4"}) == ("R4",)
    assert rules(Answer("missing", None, noted), {}) == ("R1",)
    assert rules(Answer("missing", None, plain), {}) == ("R2",)
    assert rules(Answer("extra", plain, None), {}) == ("R2",)
