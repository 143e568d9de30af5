"""Which sentences are of a label."""

import numpy

from annotator.geometry import Range
from annotator.suggest.learned.examples import Span
from annotator.suggest.learned.sentences import chances, parts, trained
from annotator.suggest.learned.vocabulary import Vocabulary


def test_a_span_counts_in_a_sentence_unless_it_only_touches_it() -> None:
    sentence = Range(100, 200)

    assert parts(sentence, [Span(110, 120, "whole"), Span(90, 150, "half"), Span(0, 105, "fringe")]) == [
        Span(110, 120, "whole"),
        Span(100, 150, "half"),
    ]
    assert parts(sentence, [Span(0, 100, "before"), Span(200, 210, "behind")]) == []


def test_labels_are_learned_apart_from_each_other() -> None:
    vocabulary = Vocabulary()
    sentences = [["alleged", "-"], ["held", "-"], ["rain", "-"]] * 5
    labels = [frozenset({"claim"}), frozenset({"holding"}), frozenset[str]()] * 5
    rows = [vocabulary.encode(each) for each in sentences]

    model = trained(rows, labels, vocabulary.kept()[0])
    told = chances(model, [["alleged", "-"], ["held", "-"], ["rain", "new word"]])

    assert model.labels == ("claim", "holding")
    assert (told > 0.5).tolist() == [[True, False], [False, True], [False, False]]
    assert numpy.isfinite(told).all()
