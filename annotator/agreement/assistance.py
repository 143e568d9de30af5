"""Where suggestions helped somebody, told apart from where all annotators marked by themselves.

To leave out the suggested spans alone would turn what others marked there by hand into disagreement. So whole
places are told apart: spans of any annotators that overlap, directly or by others, are one place, and it is
assisted if one of them was accepted from a suggestion. What is not compared is cut out of the text as well:
else its length would count as agreement on nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Literal, TypeAlias

from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from annotator.stretches import crosses

# Which places are compared: all, those without a suggestion that was accepted, or only those with one.
Places: TypeAlias = Literal["all", "unassisted", "assisted"]


def only(work: DocumentWork, places: Places) -> DocumentWork:
    """The work at these places; the spans elsewhere are counted in `left_out`, and their text is cut out."""
    if places == "all":
        return work
    wants_assisted = places == "assisted"
    gone = _Gone([place for place, is_assisted in _places(work) if is_assisted != wants_assisted])
    spans = {
        who: tuple(_closed_up(span, gone) for span in own if not gone.has(_extent(span)))
        for who, own in work.spans.items()
    }
    left_out = work.total - sum(map(len, spans.values()))
    return replace(
        work,
        length=gone.moved(work.length),
        tokens=tuple(
            Range(gone.moved(token.start), gone.moved(token.end))
            for token in work.tokens
            if not gone.has(token)
        ),
        spans=spans,
        left_out={**work.left_out, "unassisted" if wants_assisted else "assisted": left_out},
        suggested=work.suggested if wants_assisted else 0,
        untouched=work.untouched if wants_assisted else 0,
        cut=tuple(gone.stretches),
    )


def in_whole_text(of: Range, cut: Sequence[Range]) -> Range:
    """The range in the whole text of one in a text that `only` has cut."""
    start, end = of
    for stretch in cut:
        width = stretch.end - stretch.start
        start += width if stretch.start <= start else 0
        end += width if stretch.start < end else 0
    return Range(start, end)


class _Gone:
    """Stretches in order that are cut out of a text."""

    def __init__(self, stretches: Sequence[Range]) -> None:
        self.stretches = stretches
        self._widths = [0, *accumulate(end - start for start, end in stretches)]

    def has(self, place: Range) -> bool:
        """Whether a character of the place is cut out."""
        return crosses(self.stretches, place)

    def moved(self, at: int) -> int:
        """Where an offset that is not inside a stretch is afterwards."""
        return at - self._widths[bisect_right(self.stretches, at, key=lambda stretch: stretch.end)]


def _places(work: DocumentWork) -> list[tuple[Range, bool]]:
    """The places that hold spans, in order, and whether each is assisted."""
    found: list[tuple[Range, bool]] = []
    everybody = (span for own in work.spans.values() for span in own)
    for span in sorted(everybody, key=lambda span: (span.start, span.end)):
        is_assisted = span.origin == "suggestion"
        if found and span.start < found[-1][0].end:
            place, was_assisted = found[-1]
            found[-1] = Range(place.start, max(place.end, span.end)), was_assisted or is_assisted
        else:
            found.append((_extent(span), is_assisted))
    return found


def _extent(span: Annotation) -> Range:
    return Range(span.start, span.end)


def _closed_up(span: Annotation, gone: _Gone) -> Annotation:
    return replace(
        span, fragments=tuple(Fragment(gone.moved(start), gone.moved(end)) for start, end in span.fragments)
    )
