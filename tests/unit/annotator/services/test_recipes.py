"""Recipes kept in a project by name."""

from pathlib import Path

import pytest

from annotator.errors import ExportError, InvalidEdit
from annotator.recipes import Recipe
from annotator.services.recipes import recipe_called, remove_recipe, save_recipe
from storage.store import open_project
from tests import projects
from tests.factories import ANA

RECIPE = Recipe(format="brat", layers=("entity",), split="80/20", out="data/out")


def test_recipe_is_there_after_the_project_is_opened_again(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        save_recipe(store, " For  training ", RECIPE, annotator=ANA)
        path = store.path

    with open_project(path, workstation="w", read_only=True) as store:
        assert [row.name for row in store.export_recipes()] == ["For training"]
        assert recipe_called(store, "for training") == RECIPE
        assert list(store.verify()) == []


def test_saving_again_replaces_and_undo_passes_it_by(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        undoable = store.undoable(None)
        save_recipe(store, "Mine", RECIPE, annotator=ANA)
        save_recipe(store, "mine", Recipe(), annotator=ANA)
        replaced = recipe_called(store, "Mine")
        remove_recipe(store, "Mine", annotator=ANA)

        assert replaced == Recipe()
        assert store.undoable(None) == undoable


def test_recipe_is_removed_and_a_missing_one_is_named_with_those_there_are(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        save_recipe(store, "Gold", RECIPE, annotator=ANA)
        save_recipe(store, "All", RECIPE, annotator=ANA)

        remove_recipe(store, "gold", annotator=ANA)

        with pytest.raises(ExportError, match="has no export recipe “Gold”; there are All"):
            recipe_called(store, "Gold")
        with pytest.raises(InvalidEdit, match="name"):
            save_recipe(store, "  ", RECIPE, annotator=ANA)
