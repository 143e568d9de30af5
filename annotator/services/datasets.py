"""A selection of a project as a dataset: its parts, and the whole of what was annotated in its documents."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotator.services.exporting import FLAGS, Selection, choose, snapshot
from annotator.snapshot import Snapshot
from annotator.splitting import Split
from annotator.store import Store

WHOLE = "data"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is written, by the name of its part, and what is told about it.

    `whole` has the documents of all parts uncut, with what every annotator marked in them.
    """

    parts: Mapping[str, Snapshot]
    whole: Snapshot
    split: Split | None = None


def dataset(store: Store, selection: Selection, split: Split | None = None, *, name: str = WHOLE) -> Dataset:
    """The selection in one part of that name, or in those of the split that have a document."""
    chosen, left_out = choose(store, selection)
    ids = {row.id for row in chosen}
    # Agreement is about all who marked the documents, whoever's spans are exported.
    everybody = Selection(
        layers=selection.layers,
        labels=selection.labels,
        flags=FLAGS,
        with_text=selection.with_text,
        with_names=selection.with_names,
    )
    whole = replace(snapshot(store, everybody, documents=ids), left_out=left_out)
    if split is None:
        return Dataset({name: snapshot(store, selection)}, whole)
    places = {part: ids.intersection(split.documents(part)) for part in split.shares}
    parts = {part: snapshot(store, selection, documents=some) for part, some in places.items() if some}
    return Dataset(parts, whole, split)
