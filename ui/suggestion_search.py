"""Suggestions for the open document, looked for in the background while the hands rest.

What was learned of the annotator's work is kept while the project is open, so that each look costs what has
changed; one job at a time has it in hand.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.model import Document
from annotator.services import suggesting
from annotator.services.suggesting import Learned, ModelServer
from annotator.suggest.isolated import SuggesterProcess
from annotator.suggest.suggester import InvalidSuggestions
from annotator.suggest.suggestion import Suggestion
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.memory import Memory
from ui.panels.later import Later
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from storage.store import ProjectStore

REST = 350  # milliseconds without an edit before suggestions are looked for


class SuggestionSearch(QObject):
    """Looks with the suggesters of the settings, where suggestions are on.

    Signals:
        found: The suggestions for the open document, as they are allowed, in text order.
        switched_off: One more suggester was; a sentence for each that is says why.
    """

    found = Signal(tuple)
    switched_off = Signal(str)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        memory: Memory,
        *,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._memory = memory
        self._tell = tell
        self._failed = failed
        self._jobs = JobRunner(self)
        self._running: JobHandle | None = None
        # Each suggester has a queue of its own: a slow one keeps nobody waiting.
        self._askers: dict[str, JobRunner] = {}
        self._asking: set[tuple[str, str]] = set()  # suggester and text
        self._compared: set[str] = set()  # suggesters that were asked about documents done
        self._learned: Learned | None = None
        self._processes: dict[str, SuggesterProcess] = {}
        self._told: set[str] = set()  # the sentences about these processes
        self._touched: set[str] | None = None  # documents edited since the last look, None: all may be
        self._later = Later(self._look, self, after=REST)

    # -- when

    @property
    def is_on(self) -> bool:
        """Whether suggestions are made."""
        return bool(self._settings["suggestions"])

    @property
    def is_looking(self) -> bool:
        """Whether a look is due, or on its way, or a suggester is being asked about the open document."""
        document = self._session.document
        is_asking = document is not None and any(text == document.text_version for _, text in self._asking)
        return self._running is not None or self._later.is_due or is_asking

    def soon(self) -> None:
        """Look when the hands rest, where suggestions are on."""
        if self.is_on:
            self._later.soon()

    def now(self) -> None:
        """Look at once for what would be looked for when the hands rest."""
        self._later.now()

    def touch(self, documents: set[str]) -> None:
        """Look soon again at documents that were edited."""
        self._touched = None if self._touched is None else self._touched | documents
        self.soon()

    def forget(self) -> None:
        """Look anew at everything: what was learned was another's work, or labels mean something else."""
        self._touched = None
        self.soon()

    def begin_anew(self) -> None:
        """Look again with other suggesters."""
        self._end()
        self.forget()

    def close(self) -> None:
        """Let no job and no process of a suggester run on: the project is left, or suggestions are off."""
        self._end()
        self._touched = None

    def _end(self) -> None:
        self._running, self._learned = None, None
        self._jobs.cancel_all()
        self._close_processes()

    def _close_processes(self) -> None:
        for asker in self._askers.values():
            asker.cancel_all()
        for process in self._processes.values():
            process.close()
        self._askers, self._processes = {}, {}
        self._asking, self._compared, self._told = set(), set(), set()

    # -- looking

    def _new(self, annotator: str) -> Learned:
        """Nothing learned yet, with the suggesters of the settings, or all where these name none there is."""
        names = [name.strip() for name in self._settings.word("suggesters").split(",")]
        settings = self._settings
        server = ModelServer(
            settings.word("model_address").strip(), settings.word("model_name"), self._memory.model_consent
        )
        try:
            return suggesting.learned_by(annotator, [name for name in names if name], server)
        except InvalidSuggestions as error:
            self._tell(str(error))
            return suggesting.learned_by(annotator)

    def _look(self) -> None:
        session = self._session
        store, document, annotator = session.store, session.document, session.annotator
        if not self.is_on or store is None or document is None or annotator is None:
            self.found.emit(())
            return
        if self._running is not None:
            self._later.soon()
            return
        if self._learned is None or self._learned.annotator != annotator.id:
            self._close_processes()
            self._learned = self._new(annotator.id)
            self._processes = dict(self._learned.processes)
        self._learned.least_precision = self._settings.number("least_precision") / 100
        stale, touched = self._learned.stale, self._touched
        self._learned.stale = None if stale is None or touched is None else stale | touched
        self._touched = set()
        self._begin(store, document, is_quick=True)
        for name in self._processes:
            self._ask(store, document, name)

    def _begin(self, store: "ProjectStore", document: Document, *, is_quick: bool) -> None:
        """Start a look: first at what is at hand, then with what was learned, which takes time to read."""
        learned = self._learned
        if learned is None:
            return
        job = partial(
            suggesting.suggest, learned=learned, document=document.id, asks=False, is_quick=is_quick
        )
        handle = self._jobs.job(self.tr("Look for suggestions"), on_sibling(store, job))
        handle.finished.connect(lambda found: self._on_found(handle, document, found, is_quick=is_quick))
        handle.failed.connect(lambda error: self._on_job_failed(handle, error))
        self._running = handle
        handle.start()

    def _on_found(
        self, handle: JobHandle, looked_at: Document, found: tuple[Suggestion, ...], *, is_quick: bool
    ) -> None:
        if handle is not self._running:
            return
        self._running = None
        store, document, learned = self._session.store, self._session.document, self._learned
        if document is None or document.text_version != looked_at.text_version or not self.is_on:
            return
        if not self._touched:
            self.found.emit(found)
        is_known = learned is None or learned.knows_of_model(document)
        if is_quick and not is_known and store is not None:
            self._begin(store, document, is_quick=False)

    def _ask(self, store: "ProjectStore", document: Document, name: str) -> None:
        """Ask a suggester about a text, unless it was or is being asked, and then look again."""
        learned, asked = self._learned, (name, document.text_version)
        if learned is None or asked in learned.given or asked in self._asking:
            return
        job = partial(suggesting.ask, learned=learned, name=name, document=document.id)
        handle = self._asker(name).job(self.tr("Look for suggestions"), on_sibling(store, job))
        handle.finished.connect(lambda _: self._on_asked(learned, asked))
        handle.failed.connect(lambda error: self._on_ask_failed(learned, asked, error))
        self._asking.add(asked)
        handle.start()

    def _asker(self, name: str) -> JobRunner:
        """The queue of a suggester."""
        if name not in self._askers:
            self._askers[name] = JobRunner(self)
        return self._askers[name]

    def _on_asked(self, learned: Learned, asked: tuple[str, str]) -> None:
        if learned is self._learned:
            self._asking.discard(asked)
            self._tell_troubles()
            self._look()
            self._ask_about_done(learned, asked[0])

    def _ask_about_done(self, learned: Learned, name: str) -> None:
        """Ask a suggester once about documents done before, and then look again with what came of that."""
        store = self._session.store
        if store is None or name in self._compared:
            return
        self._compared.add(name)
        job = partial(suggesting.ask_about_done, learned=learned, name=name)
        handle = self._asker(name).job(self.tr("Look for suggestions"), on_sibling(store, job))
        handle.finished.connect(lambda _: self._look() if learned is self._learned else None)
        handle.failed.connect(self._failed)
        handle.start()

    def _on_ask_failed(self, learned: Learned, asked: tuple[str, str], error: BaseException) -> None:
        if learned is self._learned:
            learned.given[asked] = ()
            self._on_asked(learned, asked)
            self._failed(error)

    def _tell_troubles(self) -> None:
        """Tell once of each suggester that was switched off, and of what one had to leave out."""
        troubles = {process.trouble for process in self._processes.values()} - {""}
        if troubles - self._told:
            self.switched_off.emit("\n".join(sorted(troubles)))
        said = self.tr("Quotes of {name} that are not in the text were left out: {n}.")
        left_out = {
            said.format(name=name, n=process.dropped)
            for name, process in self._processes.items()
            if process.dropped
        }
        for sentence in sorted(left_out - self._told):
            self._tell(sentence)
        self._told |= troubles | left_out

    def _on_job_failed(self, handle: JobHandle, error: BaseException) -> None:
        if handle is self._running:
            self._running, self._learned = None, None
            self.found.emit(())
            self._failed(error)
