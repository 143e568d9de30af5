"""What the learning curve says in words."""

import pytest

from annotator.learning_plots import gain
from annotator.suggest.learned.model import About, Point


def about(*points: tuple[int, float]) -> About:
    return About("", (), 3, 0.0, {}, tuple(Point(texts, 10 * texts, f1) for texts, f1 in points))


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (
            ((12, 0.5), (24, 0.72), (48, 0.79)),
            "From 24 to 48 documents F1 went from 0.72 to 0.79: more still help.",
        ),
        (
            ((24, 0.79), (48, 0.8)),
            "From 24 to 48 documents F1 went from 0.79 to 0.80: more of the same add little.",
        ),
        (
            ((24, 0.8), (48, 0.7)),
            "From 24 to 48 documents F1 went from 0.80 to 0.70: more of the same add little.",
        ),
        (((24, 0.8),), ""),
        ((), ""),
    ],
)
def test_the_end_of_the_curve_tells_whether_more_documents_help(
    points: tuple[tuple[int, float], ...], said: str
) -> None:
    assert gain(about(*points)) == said
