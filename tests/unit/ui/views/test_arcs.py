"""Links are drawn in the gaps between lines and along the margin, to the edge where an end is elsewhere."""

from PySide6.QtCore import QPointF

from ui.views.arcs import Arc, ArcEnd, PlacedArc, corners


def end(x: float, y: float) -> ArcEnd:
    return ArcEnd(QPointF(x, y), 10)


def xy(arc: PlacedArc) -> list[tuple[float, float]]:
    return [(point.x(), point.y()) for point in corners(arc, 20)]


def test_link_on_one_line_stays_in_the_gap_above_it() -> None:
    assert xy(PlacedArc(end(100, 50), end(300, 50), is_strong=False)) == [
        (100, 50),
        (100, 40),
        (300, 40),
        (300, 50),
    ]


def test_link_between_lines_runs_along_the_margin() -> None:
    assert xy(PlacedArc(end(100, 50), end(300, 150), is_strong=False)) == [
        (100, 50),
        (100, 40),
        (20, 40),
        (20, 140),
        (300, 140),
        (300, 150),
    ]


def test_link_to_elsewhere_leaves_the_view_in_the_margin() -> None:
    assert xy(PlacedArc(end(100, 50), 400.0, is_strong=True))[-2:] == [(20, 40), (20, 400)]


def test_ends_are_those_in_this_document() -> None:
    assert Arc(3, None).ends == (3,)
    assert Arc(3, 9).ends == (3, 9)
