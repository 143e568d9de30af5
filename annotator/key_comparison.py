"""Work on a training document beside its key: the spans of both side by side, and the score of each layer.

Spans are paired as agreement pairs them, whatever their labels, and only in the layers that have a pass mark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from annotator.agreement.matching import crossings, matched
from annotator.agreement.pairs import compare
from annotator.agreement.undefined import Undefined, Value
from annotator.guidelines import page_of, rules_cited
from annotator.model import Annotation
from annotator.schema import LabelSchema
from annotator.training import Mark

AnswerKind: TypeAlias = Literal["same", "label", "extent", "label_extent", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A span of one's own beside that of the key, one of them perhaps missing, and the rules that decide.

    The rules are those that the decision about the key names, else its note, else the page of the label.
    """

    kind: AnswerKind
    own: Annotation | None
    key: Annotation | None
    rules: tuple[str, ...] = ()

    @property
    def span(self) -> Annotation:
        """One of the two, the key first."""
        found = self.key or self.own
        if found is None:
            raise ValueError("an answer has a span")
        return found


@dataclass(frozen=True, slots=True)
class Score:
    """What an annotator reached in a layer; `alike` of `spans` spans, both sides counted."""

    mark: Mark
    alike: int
    spans: int

    @property
    def value(self) -> Value:
        """The F1; undefined where neither has marked anything."""
        return 2 * self.alike / self.spans if self.spans else Undefined("no_spans")

    @property
    def is_passed(self) -> bool:
        """Whether the mark is reached; to mark nothing where there is nothing is right."""
        return not self.spans or 2 * self.alike / self.spans >= self.mark.least

    def plus(self, other: "Score") -> "Score":
        """Both together, which add up before anything is divided."""
        return Score(self.mark, self.alike + other.alike, self.spans + other.spans)


def in_layer(spans: Iterable[Annotation], schema: LabelSchema, layer: str) -> tuple[Annotation, ...]:
    """The spans of a layer in order of start, those of merged labels under the label in force."""
    found = []
    for span in spans:
        label = schema.label(span.label)
        if label is not None and label.layer == layer:
            found.append(span if span.label == label.id else replace(span, label=label.id))
    return tuple(sorted(found, key=lambda span: (span.start, span.end, span.id)))


def score(own: Sequence[Annotation], key: Sequence[Annotation], mark: Mark) -> Score:
    """What was reached in one layer of a document; both are as `in_layer` gives them."""
    counts = compare(own, key).by_label.values()
    alike = sum(getattr(of, mark.measure) for of in counts)
    return Score(mark, alike, len(own) + len(key))


def answers(own: Sequence[Annotation], key: Sequence[Annotation]) -> tuple[Answer, ...]:
    """The spans of a layer side by side, in order of the text."""
    pairs = [(own[edge.first], key[edge.second]) for edge in matched(crossings(own, key))]
    met = {span.id for pair in pairs for span in pair}
    found = [Answer(_kind(mine, right), mine, right) for mine, right in pairs]
    found += [Answer("extra", span, None) for span in own if span.id not in met]
    found += [Answer("missing", None, span) for span in key if span.id not in met]
    return tuple(sorted(found, key=lambda each: (each.span.start, each.span.end, each.span.id)))


def _kind(own: Annotation, key: Annotation) -> AnswerKind:
    if own.fragments == key.fragments:
        return "same" if own.label == key.label else "label"
    return "extent" if own.label == key.label else "label_extent"


def deciding_rules(
    answer: Answer, *, decided: Mapping[str, str], guidelines: str, schema: LabelSchema
) -> tuple[str, ...]:
    """The numbers of the rules that decide; `decided` has what the decision on a span names, by span."""
    key = answer.key
    if key is not None:
        for words in (decided.get(key.id, ""), key.note):
            if cited := rules_cited(words):
                return _in_order(cited)
    page = page_of(guidelines, schema, answer.span.label)
    return () if page is None else _in_order(rules_cited(page.text))


def _in_order(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(rules, key=lambda rule: int(rule[1:])))
