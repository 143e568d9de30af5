"""Learning from the finished documents of a project: when, from what, and what comes of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import InvalidEdit
from annotator.progress import run
from annotator.schema import LabelSchema
from annotator.services import learning
from annotator.suggest.learned.examples import Example, Span
from annotator.suggest.learned.measuring import Figure
from annotator.suggest.learned.model import Model, UnusableModel, packed
from annotator.suggest.learned.stored import StoredModel
from storage.store import ProjectStore
from tests import edits, factories, learned_projects, projects, reviews
from tests.learned_texts import example, examples


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as opened:
        yield opened


def read(store: ProjectStore) -> tuple[Example, ...]:
    return run(learning.examples(store))


# -- from what


def test_every_finished_reading_is_an_example_and_unfinished_ones_are_none(tmp_path: Path) -> None:
    one, other, third = examples(3)
    with reviews.team(tmp_path, ("Bo",)) as store:
        bo = reviews.person(store, "Bo")
        learned_projects.finish(store, one)
        learned_projects.finish(store, one, annotator=bo)
        learned_projects.finish(store, other, annotator=bo)
        learned_projects.add(store, third)

        found = read(store)

    assert sorted(each.text_sha256 for each in found) == sorted([one.text_sha256] * 2 + [other.text_sha256])
    assert {each.spans["entity"] for each in found} == {one.spans["entity"], other.spans["entity"]}
    assert all(each.spans["text"] == () for each in found)


def test_layers_that_nobody_was_to_look_at_are_not_taken_for_empty(store: ProjectStore) -> None:
    learned_projects.finish(store, example(1, layers=("entity",)), layers=("entity",))

    [found] = read(store)

    assert set(found.spans) == {"entity"}


def test_gold_takes_the_place_of_the_annotators_where_the_review_is_finished(tmp_path: Path) -> None:
    text = factories.TEXT
    with reviews.team(tmp_path) as store:
        document = reviews.marked(
            store, {"Bo": [("Ada Romero", "judge")], "Cy": [("Norvel", "organization")]}
        )
        gold = next(row.id for row in store.sets() if row.kind == "gold")
        place = factories.find("District Court", text)
        span = factories.annotation(
            "gold-1", start=place.start, end=place.end, set=gold, text_version=edits.TEXT_VERSION
        )
        edits.mark(store, span)

        unfinished = read(store)
        for name in ("Bo", "Cy"):
            row = next(
                each for each in store.assignments(document) if each.annotator == reviews.person(store, name)
            )
            store.apply(edits.change("Reopen", before=(row,), after=(replace(row, state="todo"),)))
        finished = read(store)

    assert len(unfinished) == 2
    assert [each.spans["entity"] for each in finished] == [(Span(place.start, place.end, "court"),)]


def test_spans_in_several_pieces_are_counted_and_left_out(store: ProjectStore) -> None:
    projects.add_document(store)
    edits.mark(store, edits.span("whole"), edits.span("split", pieces=((10, 15), (20, 24))))
    store.apply(edits.change("Done", after=(factories.assignment(state="done"),)))

    [found] = read(store)

    assert (found.left_out, found.count) == (1, 1)


def test_accepted_suggestions_are_told_from_what_was_marked_unaided(store: ProjectStore) -> None:
    learned_projects.finish(store, example(1, is_assisted=True))
    learned_projects.finish(store, example(2))

    assert sorted(each.is_assisted for each in read(store)) == [False, True]


# -- when


def test_it_is_due_with_five_documents_and_then_with_three_readings_and_a_tenth_more(
    store: ProjectStore, model: Model
) -> None:
    some = examples(9)
    learned_projects.finish_all(store, some[:4])
    assert not learning.is_due(store)

    learned_projects.finish_all(store, some[4:5])
    assert learning.is_due(store)

    keep(store, model, readings=5)
    assert not learning.is_due(store)
    learned_projects.finish_all(store, some[5:7])
    assert not learning.is_due(store)
    learned_projects.finish_all(store, some[7:8])
    assert learning.is_due(store)


def test_what_cannot_be_used_is_due_at_once_and_told(store: ProjectStore) -> None:
    learned_projects.finish_all(store, examples(5))
    store.keep_learned_model(StoredModel("no header", b""))

    assert learning.is_due(store)
    with pytest.raises(UnusableModel):
        learning.known_about(store)


# -- learning


def keep(store: ProjectStore, model: Model, *, readings: int) -> None:
    about = replace(model.about, readings=readings)
    store.keep_learned_model(packed(replace(model, about=about)))


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    """A project that has learned from ten documents."""
    with projects.new_project(tmp_path_factory.mktemp("taught")) as store:
        learned_projects.finish_all(store, examples(10))
        run(learning.learn(store))
        yield store


@pytest.fixture(scope="module")
def model(taught: ProjectStore) -> Model:
    found = learning.known_model(taught)
    assert found is not None
    return found


def test_too_little_to_learn_from_is_refused_with_how_much_is_needed(store: ProjectStore) -> None:
    learned_projects.finish_all(store, examples(2))

    with pytest.raises(InvalidEdit, match="2 of at least 5 documents are done"):
        run(learning.learn(store))


def test_what_is_learned_is_kept_in_the_project(taught: ProjectStore) -> None:
    about = learning.known_about(taught)

    assert about is not None
    assert about.readings == 10
    assert set(about.figures) == {"judge", "court", "source", "claim"}
    assert not learning.is_due(taught)


def test_a_damaged_model_is_learned_again(taught: ProjectStore) -> None:
    good = taught.learned_model()
    assert good is not None
    taught.keep_learned_model(StoredModel(good.header, b"damaged"))

    run(learning.learn(taught))

    assert learning.known_model(taught) is not None


# -- suggesting


def proposed(
    model: Model, store: ProjectStore, fresh: Example, least: float = 0.7
) -> set[tuple[int, int, str]]:
    found = learning.proposals(
        model,
        text=fresh.text,
        text_sha256=fresh.text_sha256,
        kind=fresh.kind,
        schema=store.schema(),
        least_precision=least,
    )
    return {(each.start, each.end, each.label) for each in found}


def test_a_new_document_gets_what_was_learned(model: Model, taught: ProjectStore) -> None:
    fresh = example(500)
    wanted = {(span.start, span.end, span.label) for spans in fresh.spans.values() for span in spans}

    assert len(proposed(model, taught, fresh) & wanted) > 0.9 * len(wanted)
    assert learning.reason(model.about, "court").endswith("times on documents held out")


def test_in_a_document_that_it_has_learned_from_it_is_silent(model: Model, taught: ProjectStore) -> None:
    known = next(each for each in examples(10) if each.text_sha256[:16] in model.about.texts)

    assert proposed(model, taught, known) == set()


def test_a_label_below_the_precision_asked_for_is_silent(model: Model, taught: ProjectStore) -> None:
    poor = {"court": Figure(50, 20, 10, 6), "judge": Figure(50, 20, 10, 8), "claim": Figure(50, 20, 2, 2)}
    doubtful = replace(model, about=replace(model.about, figures=poor))
    fresh = example(501)

    def labels(least: float) -> set[str]:
        return {label for *_, label in proposed(doubtful, taught, fresh, least)}

    assert labels(0.7) == {"judge"}
    assert labels(0.6) == {"judge", "court"}
    assert labels(0.9) == set()


def test_labels_that_are_gone_from_the_schema_are_not_proposed(model: Model) -> None:
    fresh = example(502)

    found = learning.proposals(
        model,
        text=fresh.text,
        text_sha256=fresh.text_sha256,
        kind=fresh.kind,
        schema=LabelSchema("None left", 1, ()),
        least_precision=0,
    )

    assert found == ()


# -- the next best document


def test_documents_that_read_strange_are_doubted_more_than_familiar_ones(
    model: Model, tmp_path: Path
) -> None:
    strange = "Whereupon Grumbold, of Sixways, did swear: Counsellor Pym took Harrow Court by ruse.\n" * 5
    learned_from = next(each for each in examples(10) if each.text_sha256[:16] in model.about.texts)
    with projects.new_project(tmp_path) as store:
        familiar = learned_projects.add(store, example(503))
        projects.add_document(store, "strange", text=strange)
        learned_projects.add(store, learned_from)

        found = run(learning.doubts(store, model))

    assert set(found) == {familiar, "strange"}
    assert found["strange"] > found[familiar] >= 0
