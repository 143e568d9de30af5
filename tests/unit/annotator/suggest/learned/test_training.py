"""Learning, measuring, and keeping the better model; the bytes of a model, and what is refused of them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy
import orjson
import pytest

from annotator.progress import Progress, run
from annotator.suggest.learned.crf import MOST_ITERATIONS
from annotator.suggest.learned.examples import Example, Span
from annotator.suggest.learned.measuring import Figure, measured, unassisted
from annotator.suggest.learned.model import MOST_CROSSED, Model, UnusableModel, about, packed, unpacked
from annotator.suggest.learned.parts import Looked, WordPart, read
from annotator.suggest.learned.process import LearningFailed, train_apart
from annotator.suggest.learned.stored import StoredModel
from annotator.suggest.learned.training import Outcome, train
from tests.learned_texts import example, examples

TEXTS = 10


@pytest.fixture(scope="module")
def told() -> list[Progress]:
    return []


@pytest.fixture(scope="module")
def outcome(told: list[Progress]) -> Outcome:
    """What a dozen texts teach."""
    return train(examples(TEXTS), None, told.append)


@pytest.fixture(scope="module")
def model(outcome: Outcome) -> Model:
    return outcome.model


def test_a_text_that_was_not_learned_from_is_read_right(model: Model) -> None:
    fresh = example(1000)
    looked = Looked(fresh.text, fresh.kind)

    for part in model.parts:
        found = read(part, looked)

        assert {(each.start, each.end, each.label) for each in found.proposals} == {
            (span.start, span.end, span.label)
            for span in fresh.spans[part.layer]
            if span.label in part.labels
        }
        assert all(0.5 <= each.confidence <= 1 for each in found.proposals)
        assert 0 <= found.doubt < 0.1


def test_figures_tell_what_was_learned_and_how_it_does_on_texts_held_out(outcome: Outcome) -> None:
    about = outcome.model.about

    assert outcome.is_new
    assert set(about.figures) == {"judge", "court", "claim", "source"}
    assert about.figures["court"].learned == 5 * len(about.texts)
    assert about.figures["court"].there == 5 * TEXTS  # few texts are each held out once
    assert about.figures["court"].precision == 1.0
    assert about.f1 == 1.0
    assert len(about.texts) + about.held_out == TEXTS


def test_many_texts_are_measured_on_those_held_out_alone() -> None:
    many = train(examples(MOST_CROSSED + 1), None, lambda _: None, has_curve=False).model.about

    assert not many.is_crossed
    assert many.figures["court"].there == 5 * many.held_out


def test_the_curve_goes_up_to_all_that_was_learned_from(outcome: Outcome) -> None:
    curve = outcome.model.about.curve

    assert [point.texts for point in curve] == sorted({point.texts for point in curve})
    assert curve[-1].texts == len(outcome.model.about.texts)
    assert curve[-1].f1 == outcome.model.about.f1


def test_progress_goes_up_to_the_layers_of_all_trainings(outcome: Outcome, told: list[Progress]) -> None:
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert {each.subject for each in told} == {"entity", "claim"}
    assert any(each.done % MOST_ITERATIONS for each in told)
    assert all(each.done <= each.total for each in told)


def test_the_old_model_is_kept_unless_the_new_one_is_better(model: Model) -> None:
    again = train(examples(TEXTS), model, lambda _: None, has_curve=False)

    assert not again.is_new
    assert again.model.parts is model.parts
    assert again.model.about.readings == TEXTS


def test_a_better_model_takes_the_place_of_a_worse_one(model: Model) -> None:
    poor = train(
        [replace(each, spans={"claim": each.spans["claim"]}) for each in examples(TEXTS)],
        None,
        lambda _: None,
    )

    better = train(examples(TEXTS), poor.model, lambda _: None, has_curve=False)

    assert better.is_new
    assert better.old_f1 is not None
    assert better.f1 > better.old_f1


def test_old_and_new_are_compared_where_neither_has_learned(model: Model) -> None:
    everything = replace(
        model, about=replace(model.about, texts=tuple(e.text_sha256[:16] for e in examples(TEXTS)))
    )

    again = train(examples(TEXTS), everything, lambda _: None, has_curve=False)

    assert again.is_new
    assert again.old_f1 is None


# -- measuring


def test_a_name_must_be_exact_and_a_sentence_only_mostly(model: Model) -> None:
    fresh = example(1001)
    cut = replace(
        fresh,
        spans={
            layer: tuple(span._replace(start=span.start + 4) for span in spans)
            for layer, spans in fresh.spans.items()
        },
    )

    counts = measured(model.parts, [cut])

    assert counts.right["court"] == 0
    assert counts.right["claim"] == counts.proposed["claim"] == 5


def test_spans_of_a_layer_that_was_not_learned_count_as_missed(model: Model) -> None:
    fresh = replace(example(1002), spans={"odd": (Span(0, 5, "odd"),)})

    counts = measured(model.parts, [fresh])

    assert (counts.there.total(), counts.proposed.total(), counts.f1) == (1, 0, 0.0)


def test_texts_with_accepted_suggestions_are_measured_on_only_for_want_of_others() -> None:
    plain = examples(3)
    assisted = [example(seed, is_assisted=True) for seed in (7, 8)]

    assert unassisted([*plain, *assisted]) == tuple(plain)
    assert unassisted([*plain[:2], *assisted]) == (*plain[:2], *assisted)


def test_precision_and_recall_of_nothing_are_not_told() -> None:
    assert (Figure().precision, Figure().recall) == (None, None)


# -- as bytes


def test_a_model_comes_back_from_its_bytes_and_gives_the_same_again(model: Model) -> None:
    stored = packed(model)

    found = unpacked(stored)

    assert found.about == model.about == about(stored.header)
    assert packed(found) == stored
    fresh = example(1003)
    looked = Looked(fresh.text, fresh.kind)
    assert [read(part, looked) for part in found.parts] == [read(part, looked) for part in model.parts]


def _damaged(stored: StoredModel) -> Iterator[StoredModel]:
    content = stored.content or b""
    header = orjson.loads(stored.header)
    yield replace(stored, content=content[:-10])
    yield replace(stored, content=content[:100] + b"\0" + content[101:])
    yield replace(stored, content=None)
    yield replace(stored, header=stored.header[:-5])
    yield replace(stored, header="[]")
    yield replace(stored, header=orjson.dumps(header | {"format": 99}).decode())
    yield replace(stored, header=orjson.dumps({k: v for k, v in header.items() if k != "figures"}).decode())
    yield replace(stored, header=orjson.dumps(header | {"parts": [{"kind": "words"}]}).decode())
    short = [part | {"tags": part["tags"][:-1]} for part in header["parts"]]
    yield replace(stored, header=orjson.dumps(header | {"parts": short}).decode())


def test_damaged_or_made_up_models_are_refused_with_a_sentence(model: Model) -> None:
    for stored in _damaged(packed(model)):
        with pytest.raises(UnusableModel, match=r"Learn it again\.$"):
            unpacked(stored)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), 1e6])
def test_weights_that_are_no_numbers_are_refused(model: Model, weight: float) -> None:
    part = next(part for part in model.parts if isinstance(part, WordPart))
    spoilt = part.field.transitions.copy()
    spoilt[0, 0] = weight
    made_up = packed(replace(model, parts=(replace(part, field=replace(part.field, transitions=spoilt)),)))

    with pytest.raises(UnusableModel):
        unpacked(made_up)


def test_pickled_objects_are_never_loaded(model: Model) -> None:
    part = next(part for part in model.parts if isinstance(part, WordPart))
    objects = numpy.array([[object()]], dtype=object)
    made_up = replace(model, parts=(replace(part, field=replace(part.field, transitions=objects)),))

    with pytest.raises(ValueError, match=r"[Oo]bject arrays"):
        packed(made_up)


# -- in a process of its own


def test_another_process_learns_the_same() -> None:
    some = examples(4)
    progress: list[Progress] = []

    learned = run(train_apart(some, None, has_curve=False), progress.append)

    here = train(some, None, lambda _: None, has_curve=False).model
    found = unpacked(learned.stored)
    assert replace(found.about, made=here.about.made) == here.about
    assert any(each.total for each in progress)


def test_a_process_that_fails_is_told_in_a_sentence() -> None:
    broken = [replace(each, spans={"entity": ("no span",)}) for each in examples(2)]  # type: ignore[arg-type]

    with pytest.raises(LearningFailed, match=r"failed \(AttributeError\)\. What was learned before is kept"):
        run(train_apart(broken, None))


def test_closing_the_job_ends_the_process() -> None:
    job = train_apart([*examples(4)], None)
    next(job)
    next(job)

    job.close()

    with pytest.raises(StopIteration):
        next(job)


def test_an_example_without_spans_teaches_that_there_are_none() -> None:
    empty = Example(example(3).text_sha256, example(3).text, "article", {"entity": ()})

    outcome = train([example(1), example(2), empty], None, lambda _: None, has_curve=False)

    assert outcome.model.about.readings == 3
