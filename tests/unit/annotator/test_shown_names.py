"""Names as they leave the project: as they are, or as numbers that tell nothing of whose they are."""

from annotator.model import Annotator
from annotator.shown_names import is_blind, shown_people

PEOPLE = [Annotator(f"id{at:02}", f"Person {at}", colour=f"#0000{at:02}") for at in range(12)]


def test_names_stay_as_they_are_where_they_are_shown() -> None:
    assert list(shown_people(PEOPLE, "p", with_names=True).values()) == PEOPLE


def test_hidden_names_are_numbers_in_no_order_of_joining_and_without_colours() -> None:
    shown = shown_people(PEOPLE, "p", with_names=False)

    names = [shown[person.id].name for person in PEOPLE]
    assert sorted(names) == sorted(f"Ann{at}" for at in range(1, 13))
    assert names != [f"Ann{at}" for at in range(1, 13)]
    assert len({person.colour for person in shown.values()}) == 1
    assert shown_people(PEOPLE[::-1], "p", with_names=False) == shown


def test_reviewers_work_blind_and_leads_do_not() -> None:
    assert [is_blind(role) for role in ("annotator", "reviewer", "lead")] == [False, True, False]  # type: ignore[arg-type]
