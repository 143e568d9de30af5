"""Exports of a reviewer, who works blind: no format tells names unasked; telling them is written down."""

from pathlib import Path

import pytest

from annotator.progress import run
from annotator.recipes import Recipe
from annotator.services import annotating
from annotator.services.review_log import REVEALED
from exporters import all_exporters
from exporters.running import run_export, understood, write_down_names
from storage.store import ProjectStore
from tests import reviews

NAMES = ("Bosworth", "Cymbeline")


@pytest.fixture
def store(tmp_path: Path) -> ProjectStore:
    store = reviews.team(tmp_path, NAMES)
    annotating.add_annotator(store, annotator="ana", name="Reva", role="reviewer")
    work = [("Ada Romero", "judge"), ("Norvel", "organization")]
    reviews.marked(store, dict.fromkeys(NAMES, work))
    return store


def written(place: Path) -> bytes:
    files = [place] if place.is_file() else [each for each in place.rglob("*") if each.is_file()]
    assert files
    return b"\n".join(each.read_bytes() + each.name.encode() for each in files)


@pytest.mark.parametrize("name", sorted(set(all_exporters()) - {"pdf"}))
def test_no_format_names_annotators_to_a_reviewer(store: ProjectStore, tmp_path: Path, name: str) -> None:
    with store:
        reviewer = next(each for each in store.annotators() if each.role == "reviewer")
        export = understood(store, Recipe(format=name), who=reviewer)
        run(run_export(store, export, tmp_path / "out"))

    found = written(tmp_path / "out")
    assert not export.reveals
    assert not [each for each in NAMES if each.encode() in found]


def test_card_names_nobody_either(store: ProjectStore, tmp_path: Path) -> None:
    with store:
        reviewer = next(each for each in store.annotators() if each.role == "reviewer")
        run(run_export(store, understood(store, Recipe(card=True), who=reviewer), tmp_path / "out"))

    assert not [each for each in NAMES if each.encode() in written(tmp_path / "out")]


def test_names_are_hidden_in_soft_labels_and_shown_to_a_lead(store: ProjectStore, tmp_path: Path) -> None:
    with store:
        [lead] = [each for each in store.annotators() if each.role == "lead"]
        for at, recipe in enumerate((Recipe(), Recipe(arrange="soft"), Recipe(names="hidden"))):
            run(run_export(store, understood(store, recipe, who=lead), tmp_path / str(at)))

    named = [b"Bosworth" in written(tmp_path / str(at)) for at in range(3)]
    assert named == [True, False, False]


def test_names_asked_for_by_a_reviewer_are_written_down_once(store: ProjectStore, tmp_path: Path) -> None:
    with store:
        reviewer = next(each for each in store.annotators() if each.role == "reviewer")
        export = understood(store, Recipe(names="shown"), who=reviewer)
        assert export.reveals
        assert write_down_names(store, export, reviewer=reviewer.id) is not None
        run(run_export(store, export, tmp_path / "out"))

        assert b"Bosworth" in written(tmp_path / "out")
        assert [(each.outcome, each.decided_by) for each in store.decisions("document-1")] == [
            (REVEALED, reviewer.id)
        ]
        assert write_down_names(store, export, reviewer=reviewer.id) is None
        own = Recipe(annotators=(reviewer.id,))
        assert not understood(store, own, who=reviewer).reveals
