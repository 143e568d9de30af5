"""Krippendorff's u-alpha of 2016: agreement on where units lie in a text and of which label they are.

Each annotator's text is a row of segments: units, and the gaps between them (here label set 0). The lengths
that segments of two annotators share give what is observed; the lengths alone, what chance gives
(Krippendorff, Mathet, Bouvry and Widlöcher 2016). A division of one unit into two of the same label is
invisible to it, so it never stands without the exact F1. The form of 2004, which rises when a wrong boundary
is made worse, is another measure and not this one.

Where units of several labels lie over each other, the set of labels is the label; units of one label that
cross or touch in part are joined, those that only meet are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.label_sets import LabelSets
from annotator.agreement.values import Numbers, ratio
from annotator.model import Annotation


@dataclass(frozen=True, slots=True)
class UnitSums:
    """What one document adds to u-alpha of all labels, of all as one, and of each label by itself.

    `lengths` are the sums l of AGREEMENT by label set (key 0 the gaps), `unlike` those of unlike label sets,
    `unlike_binary` those of a unit and a gap, `squares` the sum of all R; `labels` has for each label
    (unit length, unlike, length, squares).
    """

    lengths: Mapping[int, float]
    unlike: float
    unlike_binary: float
    squares: float
    labels: Mapping[str, tuple[float, float, float, float]]
    joined: int


def unit_sums(length: int, work: Sequence[Sequence[Annotation]], sets: LabelSets) -> UnitSums:
    """The sums of a document of that many code points, of two or more annotators."""
    parts = [_by_label(spans) for spans in work]
    units = [[unit for own in by_label.values() for unit in own] for by_label, _joined in parts]
    units_by_label = [by_label for by_label, _joined in parts]
    edges = np.unique(np.array([0, length, *(at for own in units for unit in own for at in unit)]))
    widths = np.diff(edges).astype(np.float64)
    many = len(work)
    codes = np.zeros((many, len(widths)), dtype=np.int64)
    for row, by_label in enumerate(units_by_label):
        for label, own in by_label.items():
            for start, end in own:
                low, high = np.searchsorted(edges, (start, end))
                sets.add(codes[row, low:high], label)
    lengths: dict[int, float] = {}
    squares = 0.0
    for row in range(many):
        for code, width in zip(codes[row].tolist(), widths.tolist(), strict=True):
            lengths[code] = lengths.get(code, 0.0) + width
        squares += _squares(edges, codes[row], units[row])
    unlike, unlike_binary = 0.0, 0.0
    for row in range(many):
        for other in range(row + 1, many):
            differs = codes[row] != codes[other]
            gap_or_unit = (codes[row] == 0) != (codes[other] == 0)
            unlike += 2 * float(widths[differs].sum()) / (many - 1)
            unlike_binary += 2 * float(widths[gap_or_unit].sum()) / (many - 1)
    labels = {
        label: _label_sums(label, length, units_by_label)
        for label in sorted({label for by_label in units_by_label for label in by_label})
    }
    joined = sum(count for _by, count in parts)
    return UnitSums(lengths, unlike, unlike_binary, squares, labels, joined)


def _by_label(spans: Sequence[Annotation]) -> tuple[dict[str, list[tuple[int, int]]], int]:
    """The units of each label in order, crossing ones joined, and how often that was done."""
    pieces: dict[str, list[tuple[int, int]]] = {}
    for span in spans:
        pieces.setdefault(span.label, []).extend((piece.start, piece.end) for piece in span.fragments)
    joined = 0
    for label, own in pieces.items():
        units: list[tuple[int, int]] = []
        for start, end in sorted(own):
            if units and start < units[-1][1]:
                units[-1] = units[-1][0], max(end, units[-1][1])
                joined += 1
            else:
                units.append((start, end))
        pieces[label] = units
    return pieces, joined


def _squares(
    edges: np.typing.NDArray[np.int64],
    codes: np.typing.NDArray[np.int64],
    units: Sequence[tuple[int, int]],
) -> float:
    """The sum of R of one annotator: squared lengths of segments, and plain lengths of gaps."""
    own_edges = np.unique(np.array([edges[0], edges[-1], *(at for unit in units for at in unit)]))
    starts = np.searchsorted(edges, own_edges[:-1])
    widths = np.diff(own_edges).astype(np.float64)
    return float(np.where(codes[starts] == 0, widths, widths**2).sum()) if len(widths) else 0.0


def _label_sums(
    label: str, length: int, work: Sequence[Mapping[str, list[tuple[int, int]]]]
) -> tuple[float, float, float, float]:
    """(unit length, unlike, length, squares) of one label against all else, which is gap."""
    many = len(work)
    steps: dict[int, int] = {}
    covered, squares = 0.0, 0.0
    for by_label in work:
        own = 0.0
        for start, end in by_label.get(label, ()):
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
            own += end - start
            squares += float(end - start) ** 2
        covered += own
        squares += length - own
    unlike, having, before = 0.0, 0, 0
    for at in sorted(steps):
        unlike += (at - before) * having * (many - having)
        having, before = having + steps[at], at
    return covered, 2 * unlike / (many - 1), float(many * length), squares


def u_alpha(lengths: Numbers, unlike: Numbers, squares: Numbers) -> Numbers:
    """u-alpha from sums: of lengths by label set (last axis), of unlike lengths, and of all R."""
    total = lengths.sum(axis=-1)
    by_chance = ratio(total * (total**2 - (lengths**2).sum(axis=-1)), total**2 - squares)
    return 1 - ratio(unlike, by_chance)
