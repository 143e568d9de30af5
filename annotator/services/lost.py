"""What the losses of an export are about, in the words that a person finds them by."""

from collections.abc import Mapping, Sequence

from annotator.model import Annotation, Relation
from annotator.snapshot import About, Loss
from annotator.store import Store

_AT_ONCE = 1_000  # records that are held in memory
_WORDS = 80  # characters of a span in a line


def about_losses(store: Store, losses: Sequence[Loss], *, with_words: bool = True) -> list[About]:
    """For each loss the title of its document, and the words of its span or the type of its link.

    The words are "" without `with_words`, for what has none, and for spans that only the export made.
    """
    if not losses:
        return []
    titles = {row.id: row.title for row in store.documents()}
    found: list[About] = []
    for first in range(0, len(losses), _AT_ONCE):
        some = losses[first : first + _AT_ONCE]
        words = _words(store, [loss.annotation for loss in some if loss.annotation]) if with_words else {}
        # A record that is a part of a document has the document's id before a hyphen.
        found += [
            About(titles.get(loss.document.partition("-")[0], ""), words.get(loss.annotation, ""))
            for loss in some
        ]
    return found


def _words(store: Store, ids: Sequence[str]) -> Mapping[str, str]:
    spans = store.records(Annotation, ids).values()
    links = store.records(Relation, ids).values()
    return {one.id: one.quote.exact for one in spans} | {one.id: one.type for one in links}


def loss_line(loss: Loss, about: About) -> str:
    """A loss in one line: its kind, the words, what becomes of it, and the title of the document."""
    words = " ".join(about.words.split())
    words = words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()}…"
    if loss.kind.startswith("relation"):
        words = words.replace("_", " ")
    elif words:
        words = f"“{words}”"
    parts = [words, f"– {loss.detail}", f"({about.title or loss.document})"]
    return f"{loss.kind.replace('_', ' ')}: {' '.join(part for part in parts if part)}"
