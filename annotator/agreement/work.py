"""What is compared: the spans of one layer that annotators who have finished a document made in it.

Who has not finished a document is missing in it, and never somebody who found nothing. Spans on another
version of the text, of labels that are offered on demand only, and without length are left out and counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.agreement.span_f1 import finished
from annotator.geometry import Range
from annotator.model import Annotation, Assignment, Document
from annotator.schema import LabelSchema


@dataclass(frozen=True, slots=True)
class DocumentWork:
    """One layer of a document: its length, its tokens, and by annotator the spans in order of start.

    `left_out` counts spans that are not compared, by reason. `suggested` counts the compared spans that a
    model proposed, `untouched` those of them that nobody changed. `week` is that of ISO 8601 in which the
    last annotator finished, "" if nobody knows. `cut` are stretches of the whole text that are not compared:
    length, tokens and spans are those of the text without them.
    """

    document: str
    length: int
    tokens: tuple[Range, ...]
    spans: Mapping[str, tuple[Annotation, ...]]
    left_out: Mapping[str, int] = field(default_factory=dict)
    suggested: int = 0
    untouched: int = 0
    week: str = ""
    cut: tuple[Range, ...] = ()

    @property
    def total(self) -> int:
        """How many spans all annotators made."""
        return sum(map(len, self.spans.values()))


def layer_work(
    document: Document,
    *,
    layer: str,
    schema: LabelSchema,
    assignments: Iterable[Assignment],
    owners: Mapping[str, str],
    annotations: Sequence[Annotation],
    length: int,
    tokens: tuple[Range, ...] = (),
    week: str = "",
    with_on_demand: bool = False,
) -> DocumentWork:
    """One layer of a document; `owners` names the annotator of each set of an annotator.

    `with_on_demand` keeps the spans of labels that are offered on demand only: they are not compared, but
    decided.
    """
    done = finished(assignments, layer)
    own: dict[str, list[Annotation]] = {annotator: [] for annotator in done}
    left_out: Counter[str] = Counter()
    older: set[str] = set()
    for span in annotations:
        annotator = owners.get(span.set, "")
        label = schema.label(span.label)
        if annotator not in own or label is None or label.layer != layer:
            continue
        if span.text_version != document.text_version:
            older.add(annotator)
            left_out["other_text"] += 1
        elif span.end <= span.start:
            left_out["zero_width"] += 1
        elif not with_on_demand and schema.offer(label.id, document.kind) == "on_demand":
            left_out["on_demand"] += 1
        else:
            own[annotator].append(span if span.label == label.id else replace(span, label=label.id))
    # Whose spans are all on another text has not marked this one.
    for annotator in older:
        if not own[annotator]:
            del own[annotator]
    compared = [span for spans in own.values() for span in spans]
    suggested = [span for span in compared if span.origin == "suggestion"]
    return DocumentWork(
        document.id,
        length,
        tokens,
        {who: tuple(sorted(spans, key=_place)) for who, spans in own.items()},
        left_out,
        len(suggested),
        sum(span.changed == span.created for span in suggested),
        week,
    )


def _place(span: Annotation) -> tuple[int, int, str]:
    return span.start, span.end, span.id
