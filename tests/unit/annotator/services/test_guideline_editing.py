"""Saving guidelines as versions, taking one back, and the spans that a changed rule concerns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from annotator.change import make_change
from annotator.errors import InvalidEdit
from annotator.model import Annotation, GuidelineVersion
from annotator.progress import run
from annotator.services import annotating, guideline_editing
from annotator.services.guideline_editing import Again
from storage.store import ProjectStore, open_project
from tests import factories, projects

DOCUMENT = factories.DOCUMENT
GUIDELINES = resources.guideline_text("legal-news")
OTHER_R2 = GUIDELINES.replace("Begin right after the cue.", "Begin behind the cue.")
OTHER_COURT = GUIDELINES.replace("A named court, without", "The name of a court, without")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Rulings.annotator"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(path, guidelines=GUIDELINES) as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def mark(store: ProjectStore, who: str, label: str, words: str) -> Annotation:
    change = annotating.highlight(
        store, annotator=who, document=DOCUMENT, label=label, fragments=[factories.find(words)]
    )
    return next(record for record in change.after if isinstance(record, Annotation))


def concerned(store: ProjectStore, after: str) -> list[tuple[str, tuple[str, ...]]]:
    found: tuple[Again, ...] = run(guideline_editing.look_again(store, before=GUIDELINES, after=after))
    return [(again.annotation.quote.exact, again.reasons) for again in found]


def test_saved_guidelines_are_the_next_version(store: ProjectStore, ana: str) -> None:
    change = guideline_editing.save(store, annotator=ana, before=GUIDELINES, after=OTHER_R2)

    assert change.title == "Change R2 of the guidelines"
    assert store.guidelines() == OTHER_R2
    assert [row.number for row in store.versions(GuidelineVersion)] == [2, 1]


def test_guidelines_are_taken_back_and_made_again_after_a_restart(
    path: Path, store: ProjectStore, ana: str
) -> None:
    guideline_editing.save(store, annotator=ana, before=GUIDELINES, after=OTHER_R2)
    store.close()

    with open_project(path, workstation=projects.WORKSTATION) as again:
        annotating.undo(again, annotator=ana, document=None)
        assert again.guidelines() == GUIDELINES
        annotating.redo(again, annotator=ana, document=None)
        assert again.guidelines() == OTHER_R2


@pytest.mark.parametrize(
    ("after", "fault"),
    [
        (GUIDELINES, "Nothing in the guidelines is changed."),
        ("  ", "Guidelines without a word cannot be saved; write at least one rule."),
        (GUIDELINES + "\n### R1 Once more\n", "R1 is the number of both"),
    ],
)
def test_refused_guidelines_say_why(store: ProjectStore, ana: str, after: str, fault: str) -> None:
    with pytest.raises(InvalidEdit, match=fault):
        guideline_editing.save(store, annotator=ana, before=GUIDELINES, after=after)

    assert store.guideline_number() == 1


def test_only_a_lead_saves_guidelines(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Ben")
    ben = next(person.id for person in store.annotators() if person.name == "Ben")

    with pytest.raises(InvalidEdit, match="Only a lead changes the guidelines; ask Ana"):
        guideline_editing.save(store, annotator=ben, before=GUIDELINES, after=OTHER_R2)


def test_guidelines_changed_meanwhile_are_not_overwritten(store: ProjectStore, ana: str) -> None:
    guideline_editing.save(store, annotator=ana, before=GUIDELINES, after=OTHER_R2)

    with pytest.raises(InvalidEdit, match="changed meanwhile"):
        guideline_editing.save(store, annotator=ana, before=GUIDELINES, after=OTHER_COURT)


def test_changed_rule_concerns_spans_by_note_decision_and_page(store: ProjectStore, ana: str) -> None:
    judge = mark(store, ana, "judge", "Judge Ada Romero")
    annotating.set_note(store, annotator=ana, annotation=judge.id, note="Title inside? See R2.")
    company = mark(store, ana, "organization", "Norvel")
    decided = factories.decision(annotation=company.id, rule_id="R2")
    store.apply(make_change("Decide", annotator=ana, document=DOCUMENT, after=(decided,)))
    mark(store, ana, "claim", "the company will appeal")
    mark(store, ana, "court", "District Court")

    # the page of Claim cites R2, that of Court does not
    assert concerned(store, OTHER_R2) == [
        ("Judge Ada Romero", ("R2",)),
        ("Norvel", ("R2",)),
        ("the company will appeal", ("R2",)),
    ]


def test_changed_page_concerns_all_spans_of_its_label_whosever(store: ProjectStore, ana: str) -> None:
    annotating.add_annotator(store, annotator=ana, name="Ben")
    ben = next(person.id for person in store.annotators() if person.name == "Ben")
    mark(store, ana, "court", "District Court")
    mark(store, ben, "court", "District Court")
    mark(store, ben, "judge", "Judge Ada Romero")

    found = run(guideline_editing.look_again(store, before=GUIDELINES, after=OTHER_COURT))

    assert sorted((again.owner, again.reasons) for again in found) == [
        ("Ana", ("Court",)),
        ("Ben", ("Court",)),
    ]
    assert {again.title for again in found} == {"Court rules on immunity"}


def test_unchanged_guidelines_concern_nothing(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "court", "District Court")

    assert concerned(store, GUIDELINES) == []
