"""A recipe is run: what is chosen, what is written, and a disk that is full."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.progress import run
from annotator.recipes import Recipe
from exporters import EXPORTERS
from exporters.running import run_export, understood
from storage.store import ProjectStore
from tests.factories import ANA
from tests.unit.exporters.exporting import written
from tests.unit.exporters.news_project import news_project
from tests.unit.exporters.rich_project import rich_project

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from annotator.errors import ExportError
from annotator.progress import run
from annotator.recipes import Recipe
from exporters.running import run_export, understood
from storage.store import open_project

project, out, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_project(project, workstation="w", read_only=True) as store:
    for name, split in ((name, split) for name in sys.argv[4:] for split in ("", "60/20/20")):
        export = understood(store, Recipe(format=name, split=split))
        run(run_export(store, export, out / "room"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        try:
            run(run_export(store, export, out / "full"))
        except ExportError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        for path in sorted(out.glob("room*")):
            path.rename(out / f"done-{name}{split[:2]}{path.name}")
"""


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_format_is_split_and_has_a_card(tmp_path: Path, name: str) -> None:
    with news_project(tmp_path, count=6) as store:
        export = understood(store, Recipe(format=name, split="50/50", seed=1))
        exported = run(run_export(store, export, tmp_path / "out"))

    files = written(tmp_path / "out")
    end = EXPORTERS[name].suffix or "/"
    assert {"README.md", "labels.svg", "splits.json", "MANIFEST.json", "preflight.json"} <= files.keys()
    parts = {part for part in ("train", "test") for path in files if path.startswith(part + end)}
    # Only documents that were PDFs have something to highlight.
    assert parts == (set() if name == "pdf" else {"train", "test"})
    assert exported.split is not None
    assert exported.report.documents == (0 if name == "pdf" else 6)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with news_project(tmp_path_factory.mktemp("news"), count=2) as store:
        yield store


@pytest.mark.parametrize("split", ["", pytest.param("50/50", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_export_that_is_cancelled_at_any_step_leaves_nothing(
    news: ProjectStore, tmp_path: Path, name: str, split: str
) -> None:
    export = understood(news, Recipe(format=name, split=split))
    steps, is_over = 0, False
    while not is_over:
        job = run_export(news, export, tmp_path / "out")
        steps += 1
        is_over = len(list(islice(job, steps))) < steps
        job.close()
        if not is_over:
            assert list(tmp_path.iterdir()) == []
    assert steps >= 3
    assert (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited there")
def test_disk_that_is_really_full_leaves_nothing_half_written(tmp_path: Path) -> None:
    names = ("jsonl", "csv", "xlsx", "brat", "refi-qda")
    with news_project(tmp_path) as store:
        project = store.path
    out = tmp_path / "out"
    out.mkdir()

    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(project), str(out), "600", *names],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("cannot be written: File too large. Nothing was changed there.") == 10
    assert [path.name for path in out.iterdir() if not path.name.startswith("done-")] == []


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (Recipe(format="word"), "There is no format word"),
        (Recipe(gold=True, annotators=(ANA,)), "one of --annotator, --gold and --all"),
        (Recipe(annotators=("gone",)), "not in the project any more"),
        (Recipe(seed=3), "--seed, --split-by and --split-from are about --split"),
        (Recipe(split="9/9"), "is no split"),
        (Recipe(split="80/20", split_from="nowhere.json"), "cannot be read"),
        (Recipe(layers=("mood",)), "--layer has no mood"),
    ],
)
def test_recipe_that_cannot_be_run_is_refused_in_a_sentence(
    tmp_path: Path, recipe: Recipe, sentence: str
) -> None:
    with rich_project(tmp_path) as store, pytest.raises(AnnotatorError, match=sentence):
        understood(store, recipe)
