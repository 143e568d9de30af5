"""How far the work of a real project stands."""

from datetime import datetime, timedelta
from pathlib import Path

from annotator.model import WorkInterval
from annotator.progress import run
from annotator.services import annotating, assigning, working
from annotator.services.standing import distribution, standing
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT, find

BEGUN = "2026-03-25T09:00:00.000Z"
MOMENT = datetime.fromisoformat("2026-03-27T12:00:00+00:00")


def team(folder: Path) -> tuple[ProjectStore, str, str]:
    """Ana has done a document in half an hour; Bo has two to do, of which one is begun; one is nobody's."""
    store = projects.new_project(folder)
    ana = projects.lead(store).id
    annotating.add_annotator(store, annotator=ana, name="Bo")
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    for number in range(3):
        projects.add_document(store, f"document-{number}", title=f"Ruling {number}")
    rows = store.document_rows("")
    plan = assigning.plan_by_hand(store, documents=rows[:2], annotators=(bo,))
    assigning.assign(store, annotator=ana, plan=plan)
    for who, label in ((ana, "court"), (bo, "person")):
        annotating.highlight(
            store, annotator=who, document="document-0", label=label, fragments=(find(TEXT.split()[0]),)
        )
    annotating.set_work_state(store, annotator=ana, document="document-0", state="done")
    working.keep(store, WorkInterval("sitting", "document-0", ana, BEGUN, 1800, spans=1, finished=1))
    return store, ana, bo


def test_states_times_and_pace_are_counted(tmp_path: Path) -> None:
    store, ana, bo = team(tmp_path)
    with store:
        found = run(standing(store, moment=MOMENT))

    assert {key: many for key, many in found.statuses.items() if many} == {
        "in_progress": 1,
        "todo": 1,
        "unassigned": 1,
    }
    people = {person.id: person for person in found.people}
    assert (people[ana].states["done"], people[ana].documents_an_hour, people[ana].time.lately) == (1, 2.0, 1)
    assert (people[bo].states["in_progress"], people[bo].states["todo"]) == (1, 1)
    assert people[bo].characters_left == 2 * len(TEXT)


def test_the_pace_forgets_what_is_long_ago(tmp_path: Path) -> None:
    store, ana, _bo = team(tmp_path)
    with store:
        found = run(standing(store, moment=MOMENT + timedelta(days=60)))

    assert next(person.time.lately for person in found.people if person.id == ana) == 0


def test_what_was_taken_back_and_not_begun_is_nobodys(tmp_path: Path) -> None:
    store, ana, bo = team(tmp_path)
    with store:
        assigning.withdraw(store, annotator=ana, documents=("document-0", "document-1"))
        found = run(standing(store))

    assert [document.status for document in found.documents] == ["in_progress", "unassigned", "unassigned"]
    assert next(person.left for person in found.people if person.id == bo) == 1


def test_labels_and_weeks_are_told_by_annotator(tmp_path: Path) -> None:
    store, ana, bo = team(tmp_path)
    with store:
        found = run(distribution(store))

    assert found.labels == {"court": {ana: 1}, "person": {bo: 1}}
    assert found.weeks == (("2026-W13", ana, 1800, 1),)
