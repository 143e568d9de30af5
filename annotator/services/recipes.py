"""The verbs of export recipes: a project keeps exports with all their choices, by name."""

from annotator.change import Change, make_change
from annotator.errors import ExportError, InvalidEdit
from annotator.model import ExportRecipe, derived_id, now
from annotator.recipes import Recipe, read_recipe, recipe_values
from annotator.store import Store


def save_recipe(store: Store, name: str, recipe: Recipe, *, annotator: str) -> Change:
    """Keep a recipe under a name, in place of one that has it. Raises InvalidEdit without a name."""
    said = " ".join(name.split())
    if not said:
        raise InvalidEdit("Give the recipe a name.")
    record_id = recipe_id(store, said)
    before = store.record(ExportRecipe, record_id)
    change = make_change(
        f"Save the export recipe “{said}”",
        annotator=annotator,
        before=() if before is None else (before,),
        after=(ExportRecipe(record_id, said, recipe_values(recipe), now()),),
    )
    store.apply(change)
    return change


def remove_recipe(store: Store, name: str, *, annotator: str) -> Change:
    """Take a recipe out of the project. Raises ExportError if there is none of that name."""
    record = _record(store, name)
    change = make_change(f"Remove the export recipe “{record.name}”", annotator=annotator, before=(record,))
    store.apply(change)
    return change


def recipe_called(store: Store, name: str) -> Recipe:
    """The recipe of that name, in any case. Raises ExportError if there is none, or it cannot be read."""
    record = _record(store, name)
    return read_recipe(record.options, record.name)


def recipe_id(store: Store, name: str) -> str:
    """The id of the recipe of a name: the same on every workstation, so that saving again replaces it."""
    return derived_id(store.project_id, "export recipe", " ".join(name.split()).casefold())


def _record(store: Store, name: str) -> ExportRecipe:
    record = store.record(ExportRecipe, recipe_id(store, name))
    if record is None:
        names = ", ".join(row.name for row in store.export_recipes())
        there = f"there are {names}" if names else "it has none"
        raise ExportError(f"The project {store.name} has no export recipe “{name}”; {there}.")
    return record
