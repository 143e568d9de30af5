"""What a document says of its training round: written and read back, and nothing where it says nothing."""

from annotator.training import KEY, Mark, Training, training_of, with_training
from tests.factories import document

ROUND = Training("First", "gold", (Mark("claim", 0.5, "overlap"), Mark("entity", 0.8)))


def test_a_round_is_read_back_and_leaves_the_rest_alone() -> None:
    plain = document(metadata={"date": "2026-03-27"})

    marked = with_training(plain, ROUND)

    assert training_of(marked) == ROUND
    assert marked.metadata["date"] == "2026-03-27"
    assert with_training(marked, None) == plain


def test_metadata_that_is_no_round_makes_none() -> None:
    for said in (None, "yes", {"round": "First"}, {"round": 1, "key": "gold", "marks": {}}):
        assert training_of(document(metadata={KEY: said})) is None


def test_a_mark_that_cannot_be_read_asks_for_everything() -> None:
    said = {"round": "First", "key": "gold", "marks": {"entity": {"least": "much", "measure": "best"}}}

    assert training_of(document(metadata={KEY: said})) == Training("First", "gold", (Mark("entity", 1.0),))
