"""Documents for formats that hold no nesting or overlap, or only spans on tokens; each drop is a loss."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from annotator.model import Annotation, Fragment
from annotator.snapshot import DocumentSnapshot, Loss
from exporters.exporter import Holds, Option
from exporters.fitting import fitted
from exporters.flat import Policy, collision, flatten, in_the_way
from exporters.losses import Fitted
from exporters.tokens import Stretch, token_range, tokens_touched

PRIORITY = Option("priority", (), "labels, the first of which wins where overlap is priority")


def flattened(
    of: DocumentSnapshot,
    holds: Holds,
    *,
    policy: Policy = "longest",
    priority: Sequence[str] = (),
    tokens: Sequence[Stretch] | None = None,
    alignment: str = "strict",
    group: Callable[[Annotation], str] = lambda span: "",
) -> Fitted:
    """The document as `fitted` gives it, with its spans on `tokens`, and flat within each group.

    `alignment`: what becomes of a span off the tokens: "strict" leaves it out, "expand" takes in every
    token that it touches, "contract" keeps those that lie in it.
    """
    chosen, losses = fitting_spans(of, holds, tokens=tokens, alignment=alignment)
    by_group: dict[str, list[Annotation]] = {}
    for span in chosen:
        by_group.setdefault(group(span), []).append(span)
    kept: list[Annotation] = []
    for spans in by_group.values():
        stay, dropped = flatten(spans, policy=policy, priority=priority)
        kept.extend(stay)
        losses += [_shadowed(span, stay) for span in dropped]
    return rest(of, holds, kept, losses)


def fitting_spans(
    of: DocumentSnapshot, holds: Holds, *, tokens: Sequence[Stretch] | None, alignment: str = "strict"
) -> tuple[list[Annotation], list[Loss]]:
    """The spans of one piece that read as marked, on tokens if there are any; and why others are not here."""
    held = fitted(replace(of, relations=(), labels=()), SPANS_ONLY if not holds.discontinuous else Holds())
    losses = list(held.losses)
    if tokens is None:
        return list(held.document.annotations), losses
    spans = []
    for span in held.document.annotations:
        extent = _on_tokens(span, tokens, alignment)
        if extent is None:
            losses.append(Loss("misaligned", span.document, span.id, "it is not on token edges and left out"))
        elif extent == span.fragments[0]:
            spans.append(span)
        else:
            words = of.text[extent.start : extent.end]
            losses.append(Loss("misaligned", span.document, span.id, f"it becomes “{words}”"))
            spans.append(replace(span, fragments=(extent,), quote=span.quote._replace(exact=words)))
    return spans, losses


def rest(of: DocumentSnapshot, holds: Holds, kept: Iterable[Annotation], losses: Sequence[Loss]) -> Fitted:
    """What the format holds of the document besides, once it is known which spans stay."""
    spans = tuple(sorted(kept, key=lambda span: (span.start, span.end, span.id)))
    held = fitted(replace(of, annotations=spans, losses=()), holds)
    return Fitted(held.document, (*losses, *held.losses))


SPANS_ONLY = Holds(discontinuous=False)


def _shadowed(span: Annotation, kept: Sequence[Annotation]) -> Loss:
    other = in_the_way(span, kept)
    kind = "overlapping" if other is None else collision(span, other)
    label = "another" if other is None else other.label
    return Loss(kind, span.document, span.id, f"it shares letters with {label} and is left out")


def _on_tokens(span: Annotation, tokens: Sequence[Stretch], alignment: str) -> Fragment | None:
    """The extent of the span on the edges of tokens, None if there is none for it."""
    exact = token_range(span, tokens)
    if exact is not None:
        return span.fragments[0]
    first, last = tokens_touched(span, tokens)
    if alignment == "contract":
        first += first < last and tokens[first].start < span.start
        last -= first < last and tokens[last - 1].end > span.end
    if alignment == "strict" or first >= last:
        return None
    return Fragment(tokens[first].start, tokens[last - 1].end)
