"""Which type of disagreement a slot is: one type that counts, and flags that say the rest.

"single" is one annotator's span that nobody else has; whether it is spurious or missed by the others nobody
knows before it is decided, so it is never called so.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from annotator.agreement.matching import shared, size
from annotator.agreement.pairs import trimmed
from annotator.model import Annotation, Fragment

UnitType: TypeAlias = Literal[
    "agree",
    "missing",
    "single",
    "label",
    "boundary",
    "label_boundary",
    "attribute",
    "split_merge",
    "duplicate",
    "relation",
]
TYPES: tuple[UnitType, ...] = get_args(UnitType)

COVERED = 0.8  # of one span, by several of another annotator, for it to be split by them
_INSIDE = 0.5  # of each of these, that must lie in the one

Slot: TypeAlias = Sequence[tuple[str, Annotation]]
Kind: TypeAlias = tuple[UnitType, tuple[str, ...]]


def classify(
    spans: Sequence[Annotation], *, people: int, is_same: bool, is_split: bool, is_doubled: bool
) -> Kind:
    """The type of a slot of `spans`, one an annotator, out of `people` who have finished.

    `is_same` says that all spans have the same extent, label and attributes; `is_doubled` that the annotator
    of the only one marked the same extent once more.
    """
    having = len(spans)
    if is_same and having == people and having > 1:
        return "agree", ()
    extents = {span.fragments for span in spans}
    differs_label, differs_extent = len({span.label for span in spans}) > 1, len(extents) > 1
    flags = [name for name, is_so in (("label", differs_label), ("boundary", differs_extent)) if is_so]
    if differs_extent:
        flags += _boundary(spans, extents)
    elif not is_same and not differs_label:
        flags.append("attribute")
    if 1 < having < people:
        flags.append("missing")
    if is_split:
        return "split_merge", tuple(flags)
    if is_doubled:
        return "duplicate", tuple(flags)
    kind: UnitType
    if differs_label:
        kind = "label_boundary" if differs_extent else "label"
    elif differs_extent:
        kind = "boundary"
    elif not is_same:
        kind = "attribute"
    else:
        kind = "missing" if having > 1 else "single"
    return kind, tuple(flag for flag in flags if flag != kind)


def _boundary(spans: Sequence[Annotation], extents: set[tuple[Fragment, ...]]) -> list[str]:
    """How extents differ: at which side, only by what hangs at the ends, one within the other."""
    same_start = len({extent[0].start for extent in extents}) == 1
    same_end = len({extent[-1].end for extent in extents}) == 1
    flags = []
    if same_start != same_end:
        flags.append("right" if same_start else "left")
    elif not same_start:
        flags.append("both")
    if len({trimmed(span.fragments, span.quote.exact) for span in spans}) == 1:
        flags.append("trim")
    by_size = sorted(extents, key=size)
    if all(shared(small, large) == size(small) for small, large in pairwise(by_size)):
        flags.append("contained")
    return flags


def shares_extent(slots: Sequence[Slot], number: int) -> bool:
    """Whether the annotator of a slot's only span has the same extent in another slot of the cluster."""
    [(who, span)] = slots[number]
    return any(
        owner == who and other.fragments == span.fragments
        for at, slot in enumerate(slots)
        if at != number
        for owner, other in slot
    )


def split_slots(slots: Sequence[Slot]) -> frozenset[int]:
    """The slots of a cluster in which one span of an annotator stands for several of another one.

    Several are two or more that cover 80 % of the one; not where the other annotator has the one as well,
    for then theirs are nested in it.
    """
    spans = [(at, who, span) for at, slot in enumerate(slots) for who, span in slot]
    if len(spans) < 3:
        return frozenset()
    by_annotator: dict[str, list[tuple[int, Annotation]]] = {}
    for at, who, span in spans:
        by_annotator.setdefault(who, []).append((at, span))
    found: set[int] = set()
    for at, who, span in spans:
        for other, theirs in by_annotator.items():
            if other == who or len(theirs) < 2 or any(each.fragments == span.fragments for _, each in theirs):
                continue
            parts = [(there, each) for there, each in theirs if _is_inside(each, span)]
            if len(parts) > 1 and _covered(span, [each for _, each in parts]) >= COVERED:
                found |= {at, *(there for there, _ in parts)}
    return frozenset(found)


def _is_inside(part: Annotation, whole: Annotation) -> bool:
    return shared(part.fragments, whole.fragments) >= _INSIDE * size(part.fragments)


def _covered(whole: Annotation, parts: Sequence[Annotation]) -> float:
    """How much of a span the others cover together, from 0 to 1."""
    joined: list[Fragment] = []
    for start, end in sorted(piece for part in parts for piece in part.fragments):
        if joined and start <= joined[-1].end:
            joined[-1] = Fragment(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Fragment(start, end))
    return shared(whole.fragments, joined) / size(whole.fragments)
