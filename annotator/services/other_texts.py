"""Documents whose file came in again with other words: each text is a document of its own, beside the other.

They are told by the name of their file, and by their title or most of their text. A name that many documents
have, as that of a file which holds them all, tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.model import Document
from annotator.store import Store
from annotator.wording import counted

_MOST_OF_A_NAME = 8


@dataclass(frozen=True, slots=True)
class OtherText:
    """Another text of the file of a document: a document that was imported earlier or later.

    `spans` counts what annotators have marked in it, gold apart.
    """

    document: str
    title: str
    spans: int
    came: Literal["earlier", "later"]


def other_texts(store: Store, documents: Sequence[Document]) -> Mapping[str, tuple[OtherText, ...]]:
    """By document (id) the other texts of its file among `documents`, which are in order of import."""
    by_name: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_name[document.source_name].append(document)
    found: dict[str, list[OtherText]] = defaultdict(list)
    for of_name in by_name.values():
        if len(of_name) > _MOST_OF_A_NAME:
            continue
        for at, later in enumerate(of_name):
            for earlier in _of_one_file(store, later, of_name[:at]):
                found[later.id].append(_other_text(store, earlier, "earlier"))
                found[earlier.id].append(_other_text(store, later, "later"))
    return {document: tuple(others) for document, others in found.items()}


def earlier_texts(store: Store, document: Document) -> tuple[OtherText, ...]:
    """The earlier texts of the file that a document was just imported from."""
    of_name = store.documents_named(document.source_name, limit=_MOST_OF_A_NAME + 1)
    return other_texts(store, of_name).get(document.id, ())


def import_sentence(other: OtherText) -> str:
    """What is said of an earlier text when its file comes in again."""
    return (
        f"An earlier text of this file is in the project too: “{other.title}”, with "
        f"{counted(other.spans, 'span')}. Both are documents now; no span moves from one to the other."
    )


def _of_one_file(store: Store, document: Document, others: Iterable[Document]) -> list[Document]:
    return [
        other
        for other in others
        if other.source_sha256 != document.source_sha256 and _is_another_text(store, document, other)
    ]


def _is_another_text(store: Store, one: Document, other: Document) -> bool:
    # numpy takes a while to load, and there are seldom two files of one name.
    from annotator.near_duplicates import NEAR_DUPLICATE, signature, similarity

    texts = [store.text(each.text_version) for each in (one, other)]
    if texts[0] == texts[1] or one.title == other.title:
        return texts[0] != texts[1]
    first, second = map(signature, texts)
    return first is not None and second is not None and similarity(first, second) >= NEAR_DUPLICATE


def _other_text(store: Store, other: Document, came: Literal["earlier", "later"]) -> OtherText:
    annotators = {row.id for row in store.sets() if row.kind == "annotator"}
    spans = store.holdings([other.id]).spans
    return OtherText(
        other.id, other.title, sum(count for set_id, count in spans.items() if set_id in annotators), came
    )
