"""The sums of all documents of a layer as arrays: a row a document, and what a measure makes of them.

Every measure becomes an `Additive`, so that the pooled value, that of a week and those of the resamples
are the same computation over other rows.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from annotator.agreement.coefficients import alpha_sums
from annotator.agreement.document_sums import DocumentSums, Pair
from annotator.agreement.label_sets import LabelSets
from annotator.agreement.masi import masi_distances
from annotator.agreement.met_values import met_alpha
from annotator.agreement.tokens import kappa
from annotator.agreement.unitizing import u_alpha
from annotator.agreement.values import Additive, Numbers, mean_f1, mean_of_defined, ratio

F1S = ("exact", "trimmed", "overlap", "iou50", "iou")


class Columns:
    """The measures of a layer over these documents."""

    def __init__(self, documents: Sequence[DocumentSums], sets: LabelSets) -> None:
        self.documents = documents
        self.pairs: tuple[Pair, ...] = tuple(sorted({pair for each in documents for pair in each.pairs}))
        self.labels = tuple(
            sorted({label for each in documents for of in each.pairs.values() for label in of.by_label})
        )
        self._sets = sets
        self._of_pair = {pair: at for at, pair in enumerate(self.pairs)}
        self._of_label = {label: at for at, label in enumerate(self.labels)}
        self._counts = self._counted()

    def _counted(self) -> Mapping[str, Numbers]:
        """By statistic: documents x pairs x labels."""
        shape = len(self.documents), len(self.pairs), len(self.labels)
        counts = {name: np.zeros(shape) for name in ("first", "second", *F1S)}
        for row, document in enumerate(self.documents):
            for pair, of in document.pairs.items():
                for label, found in of.by_label.items():
                    place = row, self._of_pair[pair], self._of_label[label]
                    for name, values in counts.items():
                        values[place] = getattr(found, name)
        return counts

    def common(self, pair: Pair) -> int:
        """How many documents both of a pair have finished."""
        return sum(pair in each.pairs for each in self.documents)

    def spans(self, pair: Pair | None = None, label: str | None = None) -> int:
        """How many spans are compared, each annotator's once; of one pair, or of one label."""
        if pair is None:
            return sum(
                label is None or span.label == label
                for each in self.documents
                for own in each.work.spans.values()
                for span in own
            )
        at = self._of_pair[pair]
        places = slice(None) if label is None else self._of_label[label]
        return int(sum(self._counts[name][:, at, places].sum() for name in ("first", "second")))

    # -- span F1

    def f1(self, name: str, *, pair: Pair | None = None, label: str | None = None) -> Additive:
        """A span F1: of one pair, or the mean over pairs; of one label, or of all spans together."""
        places = slice(None) if pair is None else slice(self._of_pair[pair], self._of_pair[pair] + 1)
        labels = slice(None) if label is None else slice(self._of_label[label], self._of_label[label] + 1)
        alike = self._counts[name][:, places, labels].sum(axis=2)
        return mean_f1(alike, self._both()[:, places, labels].sum(axis=2))

    def unlabelled(self, pair: Pair | None = None) -> Additive:
        """The exact F1 whatever the label."""
        alike = np.zeros((len(self.documents), len(self.pairs)))
        for row, document in enumerate(self.documents):
            for each, of in document.pairs.items():
                alike[row, self._of_pair[each]] = of.unlabelled
        places = slice(None) if pair is None else slice(self._of_pair[pair], self._of_pair[pair] + 1)
        return mean_f1(alike[:, places], self._both()[:, places].sum(axis=2))

    def macro(self, name: str) -> Additive:
        """The mean over labels that anybody used of the mean over pairs."""
        alike, both = self._counts[name], self._both()
        shape = alike.shape[1:]

        def score(sums: Numbers) -> Numbers:
            half = sums.shape[-1] // 2
            upper = sums[..., :half].reshape(*sums.shape[:-1], *shape)
            lower = sums[..., half:].reshape(*sums.shape[:-1], *shape)
            return mean_of_defined(mean_of_defined(np.swapaxes(2 * ratio(upper, lower), -1, -2)))

        flat = len(self.documents), shape[0] * shape[1]
        return Additive(np.hstack([alike.reshape(flat), both.reshape(flat)]), score)

    def _both(self) -> Numbers:
        return self._counts["first"] + self._counts["second"]

    # -- alphas and kappas

    def label_alpha(self) -> Additive:
        """Alpha of the labels of spans that overlap."""
        return met_alpha(
            [
                [
                    (pair, count)
                    for of in each.pairs.values()
                    for pair, count in of.labels.items()
                    if all(pair)
                ]
                for each in self.documents
            ]
        )

    def attribute_alpha(self, name: str) -> tuple[Additive, int]:
        """Alpha of an attribute's values, and how many pairs of spans it is of."""
        met = [list(each.attributes.get(name, {}).items()) for each in self.documents]
        return met_alpha(met), sum(count for own in met for _pair, count in own)

    def token_alpha(self, *, by_masi: bool = False) -> Additive:
        """Alpha of the label sets of tokens, over all annotators: nominal, or with the distance MASI."""
        table = masi_distances([self._sets.labels(at) for at in range(len(self._sets))]) if by_masi else None
        columns = np.zeros((len(self.documents), len(self._sets) + 1))
        for row, document in enumerate(self.documents):
            for number, count in document.tokens.counts.items():
                columns[row, number] = count
            columns[row, -1] = sum(
                count * (1.0 if table is None else table[sets]) for sets, count in document.tokens.met.items()
            )
        return Additive(columns, lambda sums: alpha_sums(sums[..., :-1], sums[..., -1], table))

    def token_kappa(self, pair: Pair | None = None) -> Additive:
        """Cohen's kappa of the label sets of tokens: of one pair, or the mean over pairs."""
        chosen = self.pairs if pair is None else (pair,)
        width = 2 + 2 * len(self._sets)
        columns = np.zeros((len(self.documents), len(chosen), width))
        for row, document in enumerate(self.documents):
            for at, each in enumerate(chosen):
                if each not in document.tokens.pairs:
                    continue
                tokens, alike, first, second = document.tokens.pairs[each]
                columns[row, at, :2] = tokens, alike
                columns[row, at, [2 + number for number in first]] = list(first.values())
                columns[row, at, [2 + len(self._sets) + number for number in second]] = list(second.values())
        many, sets = len(chosen), len(self._sets)

        def score(sums: Numbers) -> Numbers:
            each = sums.reshape(*sums.shape[:-1], many, width)
            marginals = each[..., 2 : 2 + sets], each[..., 2 + sets :]
            return mean_of_defined(kappa(each[..., 0], each[..., 1], *marginals))

        return Additive(columns.reshape(len(self.documents), many * width), score)

    def u_alpha(self, *, binary: bool = False) -> Additive:
        """u-alpha 2016 of all labels, or of span and no span."""
        width = 2 if binary else len(self._sets)
        columns = np.zeros((len(self.documents), width + 2))
        for row, document in enumerate(self.documents):
            for number, length in document.units.lengths.items():
                columns[row, min(number, 1) if binary else number] += length
            unlike = document.units.unlike_binary if binary else document.units.unlike
            columns[row, width:] = unlike, document.units.squares
        return Additive(columns, _score_units(width))

    def label_u_alpha(self, label: str) -> Additive:
        """u-alpha 2016 of one label against all else."""
        columns = np.zeros((len(self.documents), 4))
        for row, document in enumerate(self.documents):
            people = len(document.work.spans)
            whole = float(people * document.work.length)
            nothing = (0.0, 0.0, whole, whole)
            covered, unlike, length, squares = document.units.labels.get(label, nothing)
            columns[row] = length - covered, covered, unlike, squares
        return Additive(columns, _score_units(2))


def _score_units(width: int) -> Callable[[Numbers], Numbers]:
    return lambda sums: u_alpha(sums[..., :width], sums[..., width], sums[..., width + 1])
