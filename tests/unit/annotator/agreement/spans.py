"""Spans and documents for tests of agreement, written as (start, end, label)."""

from collections.abc import Mapping, Sequence

from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.model import Annotation
from tests import factories

Span = tuple[int, int, str]


def spans(*of: Span, text: str = "") -> tuple[Annotation, ...]:
    """Spans in order of start, in a text of that kind or in one without words."""
    longest = max((end for _start, end, _label in of), default=0)
    body = text or "x" * longest
    return tuple(
        factories.annotation(f"s{at}", start=start, end=end, label=label, text=body)
        for at, (start, end, label) in enumerate(sorted(of))
    )


def work(
    marked: Mapping[str, Sequence[Span]],
    *,
    document: str = "document-1",
    length: int = 60,
    week: str = "",
    tokens: bool = True,
) -> DocumentWork:
    """A document finished by those annotators, in which every character is a token."""
    places = tuple(Range(at, at + 1) for at in range(length)) if tokens else ()
    made = {who: spans(*own) for who, own in marked.items()}
    return DocumentWork(document, length, places, made, week=week)
