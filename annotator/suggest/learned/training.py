"""Trains a model, measures it on texts that are held out, and keeps the old one until the new one is better.

Old and new are compared on the held-out texts that neither has learned from; so a text that has changed
sides since the old one was made helps neither. Where texts are few, how labels do is measured on all of them,
a fifth held out at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from annotator.model import now
from annotator.progress import Progress
from annotator.suggest.learned.crf import MOST_ITERATIONS
from annotator.suggest.learned.examples import Example, Group, digest, groups, split
from annotator.suggest.learned.learning import learned
from annotator.suggest.learned.measuring import Counts, Figure, measured, unassisted
from annotator.suggest.learned.model import MOST_CROSSED, About, Model, Point, short_hash
from annotator.suggest.learned.parts import Part

CURVE = (1 / 8, 1 / 4, 1 / 2)  # how much of the texts the points of the learning curve learn from
_FEWEST_TEXTS = 2  # of a point of the curve
_FOLDS = 5

Fold: TypeAlias = tuple[Sequence[Example], Sequence[Example]]  # learned from, and held out
Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A model and whether it is the new one; `f1` is that of the new, `old_f1` of the old where there is one.

    Both are on the texts that the two can be compared on.
    """

    model: Model
    is_new: bool
    f1: float
    old_f1: float | None = None


def train(examples: Sequence[Example], old: Model | None, tell: Tell, *, has_curve: bool = True) -> Outcome:
    """Learn from examples, of at least two texts, and say which model is to be kept; takes minutes."""
    learning, held_out = split(examples)
    kinds = groups(learning)
    portions = _portions(learning) if has_curve else []
    folds = _folds(examples)
    steps = _Steps(tell, (len(portions) + len(folds) + 1) * len(kinds))
    curve = []
    on = unassisted(held_out)
    for portion in portions:
        point = measured(_parts(portion, kinds, steps), on)
        curve.append(_point(portion, point))
    parts = _parts(learning, kinds, steps)
    counts = measured(parts, on)
    by_label = _crossed(folds, kinds, steps) if folds else counts
    new = Model(
        About(
            learned_from=digest(learning),
            texts=tuple(sorted({short_hash(each.text_sha256) for each in learning})),
            held_out=len({each.text_sha256 for each in held_out}),
            f1=counts.f1,
            figures=_figures(by_label, learning),
            curve=(*curve, _point(learning, counts)),
            tried=digest(examples),
            readings=len(examples),
            left_out=sum(each.left_out for each in examples),
            is_assisted=any(each.is_assisted for each in on),
            made=now(),
        ),
        parts,
    )
    return _better(new, old, on)


def _better(new: Model, old: Model | None, held_out: Sequence[Example]) -> Outcome:
    """The new model if it is better than the old one; else the old with what it is worth now."""
    if old is None:
        return Outcome(new, True, new.about.f1)
    known = set(old.about.texts)
    common = [each for each in held_out if short_hash(each.text_sha256) not in known]
    if not common:
        return Outcome(new, True, new.about.f1)
    f1, old_f1 = measured(new.parts, common).f1, measured(old.parts, common).f1
    if f1 > old_f1:
        return Outcome(new, True, f1, old_f1)
    counts = measured(old.parts, held_out)
    figures = old.about.figures
    if not old.about.is_crossed:
        figures = {
            label: replace(_figure(label, counts), learned=figure.learned)
            for label, figure in figures.items()
        }
    about = replace(
        old.about,
        f1=counts.f1,
        figures=figures,
        held_out=new.about.held_out,
        curve=new.about.curve,
        tried=new.about.tried,
        readings=new.about.readings,
        is_assisted=new.about.is_assisted,
    )
    return Outcome(Model(about, old.parts), False, f1, old_f1)


def _folds(examples: Sequence[Example]) -> list[Fold]:
    """Where there are few texts, parts that are held out in turn, with the others; else none.

    Two texts of ten say next to nothing of a label; each of the ten, read by a model that has not seen it,
    says what can be said.
    """
    texts = sorted({each.text_sha256 for each in examples})
    if len(texts) > MOST_CROSSED:
        return []
    parts = [set(texts[number::_FOLDS]) for number in range(min(_FOLDS, len(texts)))]
    return [
        (
            [each for each in examples if each.text_sha256 not in part],
            [each for each in examples if each.text_sha256 in part],
        )
        for part in parts
    ]


def _crossed(folds: Sequence[Fold], kinds: Sequence[Group], steps: "_Steps") -> Counts:
    """What is right on all folds, each read by what was learned from the others."""
    total = Counts(Counter(), Counter(), Counter())
    for learning, held_out in folds:
        counts = measured(_parts(learning, kinds, steps), unassisted(held_out))
        for whole, part in zip(total, counts, strict=True):
            whole.update(part)
    return total


def _portions(learning: Sequence[Example]) -> list[list[Example]]:
    """Ever more of the texts, each portion with all of the one before."""
    texts = sorted({each.text_sha256 for each in learning}, key=lambda name: name[8:])
    made = []
    for share in CURVE:
        count = round(share * len(texts))
        if count >= _FEWEST_TEXTS:
            chosen = set(texts[:count])
            made.append([each for each in learning if each.text_sha256 in chosen])
    return made


def _point(examples: Sequence[Example], counts: Counts) -> Point:
    texts = {each.text_sha256 for each in examples}
    return Point(len(texts), sum(each.count for each in examples), counts.f1)


def _figures(counts: Counts, learning: Iterable[Example]) -> dict[str, Figure]:
    seen = Counter(span.label for each in learning for spans in each.spans.values() for span in spans)
    return {label: replace(_figure(label, counts), learned=seen[label]) for label in sorted(seen)}


def _figure(label: str, counts: Counts) -> Figure:
    return Figure(0, counts.there[label], counts.proposed[label], counts.right[label])


class _Steps:
    """Tells of the steps of all trainings as one count, each as long as the longest it can be."""

    def __init__(self, tell: Tell, trainings: int) -> None:
        self._tell, self._total = tell, trainings * MOST_ITERATIONS
        self._begun = 0

    def begin(self, layer: str) -> Callable[[int], None]:
        """The next training begins; gives whom to tell its steps."""
        base, self._begun = self._begun * MOST_ITERATIONS, self._begun + 1
        self._tell(Progress(base, self._total, layer))
        return lambda step: self._tell(Progress(min(base + step, self._total), self._total, layer))


def _parts(examples: Sequence[Example], kinds: Sequence[Group], steps: _Steps) -> tuple[Part, ...]:
    made = [learned(group, examples, steps.begin(group.layer)) for group in kinds]
    return tuple(part for part in made if part is not None)
