"""The passages of the document beside that most likely say the selected claim, one of them in focus.

The sentences are taken apart in a worker, once for each text; ranking a claim is quick and done at once.
What a suggester proposes there as a holding or a claim counts for more, as marked ones do, once it is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.model import Annotation, Fragment
from annotator.passages import Passages
from annotator.progress import Job, at_once
from annotator.schema import RelationType
from annotator.services import suggesting
from annotator.services.pairing import candidate_span, relations_across, target_label
from annotator.services.suggesting import Learned
from annotator.store import Store
from ui.jobs import JobRunner, on_sibling
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a link may lead to; `span` is one that is marked there, "" where it would be made."""

    start: int
    end: int
    kind: RelationType
    label: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text taken apart, and what a suggester proposes in it."""

    passages: Passages
    proposed: tuple[tuple[str, int, int], ...]


class Candidates(QObject):
    """What is ranked for the selected claim.

    Signals:
        changed: Other passages are ranked, or another one is in focus.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        beside: Session,
        *,
        wants_suggestions: Callable[[], bool],
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = beside
        self._wants_suggestions = wants_suggestions
        self._failed = failed
        self._jobs = JobRunner(self)
        self._read: tuple[str, _Read] | None = None  # by text version
        self._refused: set[tuple[str, int]] = set()  # the claim and where the passage begins
        self.found: tuple[Candidate, ...] = ()
        self.at = 0
        session.span_selected.connect(self.rank)
        session.changed.connect(self.rank)
        session.project_closing.connect(self._forget)
        beside.document_changed.connect(self._read_text)

    @property
    def focused(self) -> Candidate | None:
        """The one that a link would lead to."""
        return self.found[self.at] if self.found else None

    @property
    def is_ready(self) -> bool:
        """Whether the text beside is taken apart."""
        document = self._beside.document
        return document is not None and self._read is not None and self._read[0] == document.text_version

    def step(self, step: int) -> None:
        """Go to the next one, or to the one before; goes round."""
        if self.found:
            self.at = (self.at + step) % len(self.found)
            self.changed.emit()

    def refuse(self) -> None:
        """Take the one in focus off the list, until the window is closed."""
        source, focused = self._session.selected, self.focused
        if source is not None and focused is not None:
            self._refused.add((source, focused.start))
            self.rank()

    def rank(self) -> None:
        """Rank anew for the span that is selected now."""
        before, self.found = self.found, self._ranked()
        if self.found != before:
            self.at = 0
            self.changed.emit()

    def _ranked(self) -> tuple[Candidate, ...]:
        session, document = self._session, self._beside.document
        source = session.selected_annotation
        if source is None or document is None or self._read is None or not self.is_ready:
            return ()
        if document.kind == "article" and session.document is not None and session.document.kind != "article":
            return ()  # a filing does not report what an article says
        kinds = relations_across(session.schema, source.label)
        if not kinds:
            return ()
        kind, read = kinds[0], self._read[1]
        label = target_label(session.schema, kind, source=source.label, document_kind=document.kind)
        own = [
            span
            for span in self._beside.annotations.values()
            if session.schema.in_force(span.label) in kind.targets
        ]
        favoured = [(span.start, span.end) for span in own]
        favoured += [(start, end) for name, start, end in read.proposed if name in kind.targets]
        ranked = read.passages.rank(source.quote.exact, favoured=favoured)
        linked = {link.target for link in session.relations.values() if link.source == source.id}
        return tuple(
            candidate
            for one in ranked
            if (source.id, one.start) not in self._refused
            and (candidate := self._candidate(source, kind, label, own, Fragment(one.start, one.end)))
            and candidate.span not in linked
        )

    def _candidate(
        self,
        source: Annotation,
        kind: RelationType,
        label: str | None,
        own: list[Annotation],
        place: Fragment,
    ) -> Candidate | None:
        span = candidate_span(self._session.schema, kind, source=source, spans=iter(own), place=place)
        if span is not None:
            return Candidate(span.start, span.end, kind, span.label, span.id)
        return None if label is None else Candidate(place.start, place.end, kind, label)

    def _read_text(self) -> None:
        document, store = self._beside.document, self._beside.store
        self._read = None
        self.rank()
        if document is None or store is None:
            return
        version, text, annotator = document.text_version, self._beside.text, self._session.annotator_id
        handle = self._jobs.job(self.tr("Passages"), lambda: at_once(partial(Passages, text)))
        handle.finished.connect(lambda passages: self._take(version, _Read(passages, ())))
        handle.failed.connect(self._failed)
        handle.start()
        if self._wants_suggestions():
            more = self._jobs.job(
                self.tr("Suggestions"), on_sibling(store, lambda own: _propose(own, annotator, document.id))
            )
            more.finished.connect(lambda proposed: self._add(version, proposed))
            more.failed.connect(self._failed)
            more.start()

    def _take(self, version: str, read: _Read) -> None:
        document = self._beside.document
        if document is not None and document.text_version == version:
            self._read = version, read
            self.rank()

    def _add(self, version: str, proposed: tuple[tuple[str, int, int], ...]) -> None:
        if self._read is not None and self._read[0] == version and proposed:
            self._take(version, _Read(self._read[1].passages, proposed))

    def _forget(self) -> None:
        self._jobs.cancel_all()
        self._read = None
        self._refused.clear()
        self.found, self.at = (), 0


def _propose(store: Store, annotator: str, document: str) -> Job[tuple[tuple[str, int, int], ...]]:
    """Label, start and end of what a suggester proposes in a document."""
    found = yield from suggesting.suggest(store, Learned(annotator), document=document)
    return tuple((one.label, one.start, one.end) for one in found)
