"""Exports that a project keeps, made again by name."""

from pathlib import Path

import pytest

from tests.unit.exporters.exporting import written
from tests.unit.exporters.rich_project import rich_project
from ui import cli


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with rich_project(tmp_path) as store:
        return store.path


def export(project: Path, *more: str) -> int:
    return cli.run(["export", str(project), *more])


def test_saved_export_is_made_again_by_its_name_alone(project: Path, tmp_path: Path) -> None:
    choice = ("--format", "csv", "--annotator", "Ana", "--layer", "entity")
    first = export(project, *choice, "--out", str(tmp_path / "a.csv"), "--save-recipe", "Entities")
    before = written(tmp_path / "a.csv")
    (tmp_path / "a.csv").unlink()

    assert (first, export(project, "--recipe", "entities")) == (0, 0)
    assert written(tmp_path / "a.csv") == before


def test_what_is_said_beside_a_recipe_holds_instead(project: Path, tmp_path: Path) -> None:
    export(
        project, "--format", "jsonl", "--gold", "--out", str(tmp_path / "gold.jsonl"), "--save-recipe", "G"
    )

    export(project, "--recipe", "G", "--all", "--format", "csv", "--out", str(tmp_path / "all.csv"))
    export(project, "--format", "csv", "--all", "--out", str(tmp_path / "same.csv"))

    assert written(tmp_path / "all.csv") == written(tmp_path / "same.csv")


def test_place_inside_the_folder_of_the_project_moves_with_it(project: Path, tmp_path: Path) -> None:
    export(project, "--format", "jsonl", "--out", str(tmp_path / "out.jsonl"), "--save-recipe", "R")
    (tmp_path / "moved").mkdir()
    moved = project.rename(tmp_path / "moved" / project.name)

    assert export(moved, "--recipe", "R") == 0

    assert (tmp_path / "moved" / "out.jsonl").is_file()


def test_recipes_are_listed_and_removed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "o")
    export(
        project, "--format", "csv", "--annotator", "Ana", "--preflight", "--out", out, "--save-recipe", "A"
    )
    export(project, "--format", "brat", "--split", "80/20", "--preflight", "--out", out, "--save-recipe", "B")
    capsys.readouterr()

    cli.run(["recipes", str(project)])
    assert capsys.readouterr().out == (
        "A\tformat=csv; annotators=Ana; out=o\nB\tformat=brat; split=80/20; out=o\n"
    )

    cli.run(["recipes", str(project), "--remove", "a"])
    assert capsys.readouterr().out == "B\tformat=brat; split=80/20; out=o\n"


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (("--recipe", "Q"), 1, "has no export recipe “Q”; it has none"),
        (("--format", "jsonl"), 2, "give --out"),
        (("--out", "x"), 2, "give --format or --recipe"),
    ],
)
def test_missing_recipe_place_or_format_is_one_sentence(
    project: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], code: int, sentence: str
) -> None:
    assert export(project, *more) == code

    assert sentence in " ".join(capsys.readouterr().err.replace("│", "").split())
