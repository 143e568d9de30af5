"""`annotator training`: rounds begun, listed and ended."""

import json
from pathlib import Path

import pytest

from annotator.services import annotating
from tests import projects
from tests.factories import TEXT, find
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ana leads and has marked a document; Bo is done with it and has marked nothing."""
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "doc-0", title="Paper")
        ana = projects.lead(store).id
        annotating.highlight(
            store, annotator=ana, document="doc-0", label="court", fragments=(find(TEXT.split()[0]),)
        )
        annotating.add_annotator(store, annotator=ana, name="Bo")
        bo = next(person.id for person in store.annotators() if person.name == "Bo")
        annotating.set_work_state(store, annotator=bo, document="doc-0", state="done")
        return store.path


def test_a_round_is_begun_listed_and_ended(shell: Shell, project: Path) -> None:
    begun = ("--new", "First", "--document", "paper", "--key", "ana", "--pass", "entity=80")
    assert shell.done("training", project, *begun) == "Training round First: done.\n"

    assert shell.done("training", project) == (
        "First: 1 document, to pass: entity 80% exact\n    Bo: 1 of 1 done, entity 0.000: not passed\n"
    )
    [told] = json.loads(shell.done("training", project, "--json"))
    assert told["annotators"][0]["scores"] == [{"layer": "entity", "value": 0.0, "spans": 1, "passed": False}]

    assert shell.done("training", project, "--end", "First") == "End training round First: done.\n"
    assert shell.done("training", project) == "There is no training round.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--new", "A", "--end", "B"), "Give one of --new and --end."),
        (("--new", "A", "--document", "Paper", "--key", "Zed"), "The key is one of gold, Ana, and not Zed."),
        (("--new", "A", "--pass", "entity=most"), "--pass takes LAYER=PERCENT"),
        (("--new", "A", "--pass", "entity=50:best"), "--pass takes LAYER=PERCENT"),
        (("--new", "A", "--document", "Paper"), "Give a pass mark for one layer at least."),
        (("--new", "A", "--document", "Paper", "--pass", "x=5"), "There is no layer x;"),
        (("--new", "A", "--document", "Paper", "--pass", "entity=500"), "between 0 and 100 percent"),
        (("--end", "B"), "There is no training round “B”."),
    ],
)
def test_what_makes_no_round_is_refused(
    shell: Shell, project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in shell.refused("training", project, *arguments)
