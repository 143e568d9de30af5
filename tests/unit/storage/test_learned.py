"""What was learned, as the project file keeps it: apart from history, backups and packages."""

from pathlib import Path

from annotator.progress import run
from annotator.services.checking import check
from annotator.suggest.learned.stored import StoredModel
from storage import restoring, rolling
from storage.salvage import salvage
from storage.store import ProjectStore, open_project
from tests import projects

# The hash is that of the bytes b"numbers".
HEADER = '{"content_sha256":"f3c7807d475073ba009bf4801b2d934e9f0126cb96dd19a27dbffcae23a7f5a3"}'
MODEL = StoredModel(HEADER, b"numbers")


def test_a_model_is_kept_and_replaced_without_a_change(store: ProjectStore) -> None:
    before = store.next_number()
    assert store.learned_model() is None
    assert store.learned_header() is None

    store.keep_learned_model(StoredModel("{}", b"older"))
    store.keep_learned_model(MODEL)

    assert store.learned_model() == MODEL
    assert store.learned_header() == HEADER
    assert store.next_number() == before


def test_a_check_tells_of_damaged_bytes_and_not_of_missing_ones(store: ProjectStore) -> None:
    store.keep_learned_model(MODEL)
    assert run(check(store)) == ()

    store.keep_learned_model(StoredModel(HEADER, None))
    assert run(check(store)) == ()

    store.keep_learned_model(StoredModel(HEADER, b"other numbers"))
    [fault] = run(check(store))
    assert "learned again" in fault


def test_a_header_that_is_none_is_told_too(store: ProjectStore) -> None:
    for header in ("", "[]", "{}"):
        store.keep_learned_model(StoredModel(header, b"numbers"))

        assert len(run(check(store))) == 1


def test_backups_and_salvaged_projects_do_without_it(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        store.keep_learned_model(MODEL)
        path, project_id = store.path, store.project_id
        made = rolling.make(path, tmp_path / "backups", project_id=project_id)
    salvaged = salvage(path, tmp_path / "salvaged.annotator").path
    restoring.restore(made, path)

    for project in (path, salvaged):
        with open_project(project, workstation="w") as again:
            assert again.learned_model() is None
            assert run(check(again)) == ()
