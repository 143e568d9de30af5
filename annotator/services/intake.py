"""Brings documents that were read into a project: new documents, or more annotations on those it has.

One document is one Change, with everything that it needs: new annotators, sets and labels. Ids of the
source are kept where they are free, so that a project that went out and comes back is the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from annotator.change import make_change
from annotator.errors import StaleChange
from annotator.model import Annotation, Document, Relation, TextVersion, new_id, now
from annotator.readers.document import ReadDocument
from annotator.services.adoption import adopted
from annotator.services.draft import Draft, Link, is_id
from annotator.services.other_texts import earlier_texts, import_sentence
from annotator.services.people import People
from annotator.store import Store
from annotator.text import text_sha256


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document: the document in the project, and how many spans it gained."""

    document: str
    title: str
    is_changed: bool
    spans: int
    warnings: tuple[str, ...]


class Intake:
    """Takes the documents of one source, one after the other; `finish` joins what leads out of it."""

    def __init__(self, store: Store, *, annotator: str, owner: str) -> None:
        """`annotator` is the id of who imports, `owner` the name for annotations that carry none."""
        self._store = store
        self._annotator = annotator
        self._owner = owner
        self._documents: dict[str, str] = {}  # key in the source -> document id
        self._claimed: dict[str, str] = {}  # document id -> key in the source
        self._renamed: dict[tuple[str, str], str] = {}  # (document key, span key) -> id, where it differs
        self._waiting: dict[str, list[Link]] = defaultdict(list)  # by key of the target's document
        self._is_first = True  # as long as the project has no documents

    def take(self, read: ReadDocument) -> Taken:
        """Add the document, or what it has more than the project. Raises StaleChange, ProjectError."""
        try:
            return self._take(read, keeps_ids=True)
        except StaleChange:
            # An id is in use elsewhere in the project, as after an import under another document.
            return self._take(read, keeps_ids=False)

    def finish(self) -> tuple[tuple[str, str], ...]:
        """Add the links to spans that the project had before; those to none as (document, warning)."""
        lost: list[tuple[str, str]] = []
        for link in chain.from_iterable(self._waiting.values()):
            target = link.relation.target
            if self._store.record(Annotation, target) is None:
                sentence = f"Link {link.relation.type} left out: the span that it leads to is not here."
                lost.append((link.document, sentence))
            elif not self._is_joined(link, target):
                key = link.relation.key
                is_free = is_id(key) and self._store.record(Relation, key) is None
                record = link.record(target, key if is_free else new_id(), time=now())
                change = make_change(
                    "Import a link", annotator=self._annotator, document=link.document, after=(record,)
                )
                self._store.apply(change)
        self._waiting.clear()
        return tuple(lost)

    def _take(self, read: ReadDocument, *, keeps_ids: bool) -> Taken:
        self._is_first = self._is_first and not self._store.has_documents()
        adoption = adopted(self._store, read, is_first=self._is_first)
        draft = Draft(
            self._store,
            read,
            present=self._present(read),
            people=People(self._store, owner=self._owner),
            adoption=adoption,
            keeps_ids=keeps_ids,
        )
        twins = self._store.documents_with_text(text_sha256(read.text)) if draft.is_new else ()
        if twins and not read.sets:
            draft.warnings.append(f"It has the same text as “{twins[0].title}”, which is in the project too.")
        left = self._join(draft)
        has_arrived = self._join_arrived(draft, read.key)
        records = draft.records()
        warnings = [*read.warnings, *draft.warnings]
        if records:
            is_of_one = draft.is_new or not (has_arrived or draft.is_beyond_document)
            title = draft.document.title
            change = make_change(
                f"Import {title}" if draft.is_new else f"Import annotations of {title}",
                annotator=self._annotator,
                # Annotations alone belong to their document, where the import can be undone.
                document=draft.document.id if is_of_one else None,
                before=draft.before,
                after=records,
            )
            self._store.apply(change, draft.contents())
            warnings += adoption.warnings
        if draft.is_new and not read.sets:
            warnings += map(import_sentence, earlier_texts(self._store, draft.document))
        self._settle(draft, read.key, left)
        return Taken(draft.document.id, draft.document.title, bool(records), draft.gained, tuple(warnings))

    def _present(self, read: ReadDocument) -> Document | None:
        """The document of the project that this is: annotated ones by their text, others by their bytes."""
        if not read.key and not read.sets:
            return self._store.document_with_source(sha256(read.source).hexdigest())
        digest = text_sha256(read.text)
        named = self._store.record(Document, read.key) if read.key else None
        for document in (*([named] if named else []), *self._store.documents_with_text(digest)):
            # Two documents of one source stay two, even with the same text.
            is_free = self._claimed.get(document.id, read.key) == read.key
            version = self._store.record(TextVersion, document.text_version)
            if is_free and version is not None and version.text_sha256 == digest:
                return document
        return None

    def _join(self, draft: Draft) -> list[Link]:
        """Join the links to earlier documents of the source; those to documents still to come are left."""
        left = []
        for link in draft.links:
            target = self._target(link)
            if target is None:
                left.append(link)
            elif draft.is_new or not self._is_joined(link, target):
                draft.add_link(link, target)
        return left

    def _target(self, link: Link) -> str | None:
        key, span = link.relation.target_document, link.relation.target
        document = self._documents.get(key)
        if document is None:
            return None
        target = self._renamed.get((key, span), span)
        found = self._store.record(Annotation, target)
        return target if found is not None and found.document == document else None

    def _join_arrived(self, draft: Draft, key: str) -> bool:
        """Join the links of earlier documents that lead to this one, and say whether there were any."""
        has_any = False
        for link in self._waiting.get(key, ()):
            target = draft.spans.get(link.relation.target)
            if target is not None and not self._is_joined(link, target):
                draft.add_link(link, target)
                has_any = True
        return has_any

    def _is_joined(self, link: Link, target: str) -> bool:
        return any(
            (present.type, present.target) == (link.relation.type, target) and present.set == link.set_id
            for present in self._store.relations_at(link.source)
        )

    def _settle(self, draft: Draft, key: str, left: list[Link]) -> None:
        """Remember, now that it is on disk, what later documents of the source may refer to."""
        unmet = [link for link in self._waiting.pop(key, ()) if link.relation.target not in draft.spans]
        for link in (*unmet, *left):
            self._waiting[link.relation.target_document].append(link)
        self._claimed[draft.document.id] = key
        if key:
            self._documents[key] = draft.document.id
            self._renamed.update(((key, name), span) for name, span in draft.spans.items() if name != span)
