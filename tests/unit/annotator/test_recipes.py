"""Recipes as JSON: everything comes back, and what is not known is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ExportError
from annotator.recipes import Recipe, read_recipe, recipe_values

words = st.text(max_size=6)
several = st.lists(words, max_size=3).map(tuple)
pairs = st.dictionaries(words, words, max_size=2)
recipes = st.builds(
    Recipe,
    format=words,
    options=pairs,
    annotators=several,
    gold=st.booleans(),
    states=several,
    document_labels=pairs,
    labels=several,
    unit=words,
    no_text=st.booleans(),
    split=words,
    seed=st.integers(),
    split_by=several,
    out=words,
)


@given(recipes)
def test_recipe_comes_back_from_its_values(recipe: Recipe) -> None:
    assert read_recipe(recipe_values(recipe)) == recipe


def test_values_are_what_differs_from_the_usual() -> None:
    assert recipe_values(Recipe()) == {}
    assert recipe_values(Recipe(format="brat", layers=("claim",))) == {"format": "brat", "layers": ["claim"]}


@pytest.mark.parametrize(
    "values", [{"colour": "red"}, {"seed": "7"}, {"layers": "claim"}, {"gold": 1}, {"options": {"a": 1}}]
)
def test_value_that_is_not_known_is_refused_by_name(values: dict) -> None:
    with pytest.raises(ExportError, match=f"“Mine” has a choice {next(iter(values))} that this version"):
        read_recipe(values, "Mine")
