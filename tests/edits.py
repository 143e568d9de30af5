"""Short ways to change a project in tests of the store, without the rules of the services above it."""

from annotator.change import Change, HistoryEntry, make_change
from annotator.model import Annotation, Record
from storage.store import ProjectStore
from tests import factories

TEXT_VERSION = f"{factories.DOCUMENT}-text"


def change(
    title: str = "Mark Court",
    *,
    before: tuple[Record, ...] = (),
    after: tuple[Record, ...] = (),
    document: str | None = factories.DOCUMENT,
) -> Change:
    return make_change(title, annotator=factories.ANA, document=document, before=before, after=after)


def span(id: str = "annotation-1", *, start: int = 0, end: int = 5, **values: object) -> Annotation:
    """An annotation on the document that `projects.add_document` brings in."""
    values = {"text_version": TEXT_VERSION} | values
    return factories.annotation(id, start=start, end=end, **values)  # type: ignore[arg-type]


def mark(store: ProjectStore, *spans: Annotation, title: str = "Mark Court") -> Change:
    """Add annotations, by default one of the first word."""
    made = change(title, after=spans or (span(),))
    store.apply(made)
    return made


def take_back(store: ProjectStore, entry: HistoryEntry | None) -> HistoryEntry:
    """Apply the inverse of a change, whose records must be as it left them."""
    assert entry is not None
    done = store.change(entry.change_id)
    present = tuple(found for found in (store.record(type(r), r.id) for r in done.after) if found is not None)
    return store.apply(
        make_change(
            done.title,
            annotator=factories.ANA,
            document=done.document,
            before=present,
            after=done.before,
            undoes=done.id,
        )
    )
