"""An export with all its choices as one value: what the command line is told, a dialog asks, a project keeps.

Everything is in the words of the command line, but annotators, who stand by their ids. Two recipes are the
same export if they are equal. Values of another version of the program are refused, never guessed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, cast

from annotator.errors import ExportError
from annotator.model import JsonValue, Metadata

ARRANGEMENTS = ("side-by-side", "per-annotator", "soft")
UNITS = ("document", "paragraph", "sentence")
DISCARD = ("keep", "spans", "text")
STATES = ("todo", "in_progress", "done", "skipped", "returned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is exported, in which format, where to; "" and empty mean that nothing was said.

    `annotators` are ids; `names` are "shown" or "hidden", "" is what is usual for who exports; `arrange` and
    `discard` "" are the default of the format. `split` are shares as "80/10/10", `split_from` the splits.json
    of an earlier dataset. `out` is a file or a folder.
    """

    format: str = "jsonl"
    options: Mapping[str, str] = field(default_factory=dict)
    annotators: tuple[str, ...] = ()
    gold: bool = False
    arrange: str = ""
    states: tuple[str, ...] = ()
    document_labels: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    unit: str = "document"
    discard: str = ""
    include: tuple[str, ...] = ()
    no_text: bool = False
    names: str = ""
    split: str = ""
    seed: int = 0
    split_by: tuple[str, ...] = ()
    split_from: str = ""
    card: bool = False
    strict: bool = False
    out: str = ""


def recipe_values(recipe: Recipe) -> Metadata:
    """The recipe as JSON values: what differs from the default, by name."""
    values = asdict(recipe)
    usual = asdict(Recipe())
    return {name: _plain(value) for name, value in values.items() if value != usual[name]}


def read_recipe(values: Metadata, name: str = "") -> Recipe:
    """The recipe that `recipe_values` wrote. Raises ExportError for what this version does not know."""
    known = {one.name: getattr(_DEFAULT, one.name) for one in fields(Recipe)}
    read = {}
    for key, value in values.items():
        if key not in known:
            raise _unknown(name, key)
        read[key] = _read(value, known[key])
        if read[key] is None:
            raise _unknown(name, key)
    return Recipe(**cast(Any, read))


def _plain(value: Any) -> JsonValue:
    return list(value) if isinstance(value, tuple) else cast(JsonValue, value)


def _read(value: JsonValue, default: object) -> object:
    """The value of the default's type; None if it is of another."""
    if isinstance(default, tuple):
        is_words = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(cast(list[str], value)) if is_words else None
    if isinstance(default, dict):
        is_pairs = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
        return value if is_pairs else None
    return value if type(value) is type(default) else None


def _unknown(name: str, key: str) -> ExportError:
    return ExportError(
        f"The recipe “{name}” has a choice {key} that this version of Annotator does not know. "
        "Make the choices again and save them under the same name."
    )


_DEFAULT = Recipe()
