"""Two documents beside each other: opened and closed, sides changed, claims linked to passages by key.

The document of the session is the active side. Whatever opens the other one in the session, a key, a link
that is followed or the document list, changes sides, so that no document is seen twice.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.change import Change
from annotator.model import Annotation, Fragment
from annotator.services import pairing
from annotator.services.cases import views
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.pairing.gap import Across, Side
from ui.pairing.verdicts import Verdicts
from ui.panels.later import Later
from ui.panels.span_words import kind_words
from ui.views.overlay import PaintedSpan

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pairing.beside import Beside
    from ui.pairing.candidates import Candidates
    from ui.pairing.gap import Gap

_ABSENT: tuple[str, ...] = ("searched_absent", "not_in_corpus")
_NARROW = 1000  # pixels for two documents; below that the document list makes room


class Pairing(QObject):
    """The handlers of the commands of the pair view."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.beside: Beside | None = None
        self._gap: Gap | None = None
        self.candidates: Candidates | None = None
        self.verdicts = Verdicts(window.session, window.pane)
        self.is_main_left = True
        self._main = ""  # the document of the active side
        self._is_due = False  # whether a project was opened whose pair is to be shown again
        self._has_hidden_list = False
        self._drawing = Later(self._draw, self)
        self._halving = Later(self._halve, self)
        session = self._session
        session.project_changed.connect(self._on_project_changed)
        session.document_changed.connect(self._on_document_changed)
        window.looks.dressed.connect(self._dress)
        window.linking.take_passage = self.link

    # -- open and closed

    @property
    def is_open(self) -> bool:
        """Whether two documents are in view."""
        return self.beside is not None and self.beside.companion.document is not None

    def choose(self) -> None:
        """Ask which document is shown beside; those of the same case come first."""
        session = self._session
        store, document = session.store, session.document
        if store is None or document is None:
            return
        kin = [
            each.id
            for view in views(store)
            if any(each.id == document.id for each in view.documents)
            for each in view.documents
        ]
        rows = sorted(
            (row for row in session.rows() if row.id != document.id), key=lambda row: row.id not in kin
        )
        picks = [Pick(row.id, row.title, kind_words(row.kind)) for row in rows]
        picker = Picker(
            self.tr("Documents"), picks, hint=self.tr("Which document beside?"), parent=self._window
        )
        picker.picked.connect(self.open)
        picker.open()

    def open(self, document: str) -> None:
        """Show a document beside the open one; an article stands at the left of a filing."""
        beside = self._made()
        beside.companion.show_document(document)
        there, here = beside.companion.document, self._session.document
        if there is None or here is None:
            return
        self._set_left(not (there.kind == "article" and here.kind != "article"))
        self._make_room()
        self._show(is_open=True)
        self._remember()
        self._window.view.setFocus()

    def close(self) -> None:
        """Show one document only."""
        if self.beside is None or not self.is_open:
            return
        self.beside.painting.keep_place()
        self.beside.companion.show_document(None)
        self._show(is_open=False)
        if self._has_hidden_list:
            self._window.docks["documents"].show()
            self._has_hidden_list = False
        self._remember()

    def switch(self, offset: int = -1) -> None:
        """Make the other side the one that the keys work on, with the caret at an offset of it."""
        beside = self.beside
        other = None if beside is None else beside.companion.document
        if beside is None or other is None:
            self._window.status.tell(self.tr("No document is open beside; Ctrl+B opens one."))
            return
        beside.painting.keep_place()
        self._session.open_document(other.id)
        view = self._window.view
        if offset >= 0:
            place = view.place()
            view.set_caret(offset)
            view.restore_place(place)
        view.setFocus()

    def _made(self) -> "Beside":
        if self.beside is not None:
            return self.beside
        from ui.pairing.beside import Beside
        from ui.pairing.candidates import Candidates
        from ui.pairing.companion import Companion
        from ui.pairing.gap import Gap

        window, session = self._window, self._session
        companion = Companion(session)
        beside = Beside(companion, window.memory, window.passwords)
        beside.hide()
        beside.activated.connect(self.switch)
        gap = Gap()
        gap.hide()
        window.pane.sides.addWidget(gap)
        window.pane.sides.addWidget(beside)
        candidates = Candidates(
            session,
            companion,
            wants_suggestions=lambda: window.suggesting.is_on,
            failed=window.failures.take,
            parent=self,
        )
        candidates.changed.connect(self._show_candidates)
        self.beside, self._gap, self.candidates = beside, gap, candidates
        for one in (session, companion):
            for signal in (one.changed, one.document_changed, one.span_selected):
                signal.connect(self._drawing.soon)
        for view in (window.view, window.paging.view, beside.view, beside.paging.view):
            view.verticalScrollBar().valueChanged.connect(gap.update)
            view.verticalScrollBar().rangeChanged.connect(gap.update)
        self._dress()
        return beside

    def _dress(self) -> None:
        """Give the other side the look of this one."""
        if self.beside is not None:
            self.beside.view.set_theme(self._window.looks.theme)
            self.beside.paging.set_theme(self._window.looks.theme)
            self.beside.view.set_reading(self._window.view.reading)

    def _show(self, *, is_open: bool) -> None:
        pane = self._window.pane
        if self.beside is None or self._gap is None:
            return
        self._window.painting.hides_across = is_open
        self.beside.setVisible(is_open)
        self._gap.setVisible(is_open)
        pane.mark_active(is_active=True if is_open else None)
        self.beside.pane.mark_active(is_active=False)
        if is_open:
            self._halving.soon()
            self._drawing.soon()

    def _halve(self) -> None:
        """Give both sides as much room, once the window has settled."""
        if self._gap is not None and self.is_open:
            half = max(1, (self._window.pane.sides.width() - self._gap.width()) // 2)
            self._window.pane.sides.setSizes([half, self._gap.width(), half])

    def _make_room(self) -> None:
        documents = self._window.docks["documents"]
        is_narrow = self._window.pane.width() < _NARROW
        if not self.is_open or not is_narrow or documents.isHidden() or documents.isFloating():
            return
        documents.hide()
        self._has_hidden_list = True

    def _set_left(self, is_main_left: bool) -> None:
        """Put the active side to the left or to the right."""
        sides, beside, gap = self._window.pane.sides, self.beside, self._gap
        self.is_main_left = is_main_left
        if beside is None or gap is None:
            return
        sizes = sides.sizes()
        is_now = sides.indexOf(beside) == 2
        if is_now != is_main_left:
            order = [self._window.pane.document_side, gap, beside]
            for index, widget in enumerate(order if is_main_left else reversed(order)):
                sides.insertWidget(index, widget)
            sides.setSizes(sizes[::-1])

    # -- what is open in the session

    def _on_project_changed(self) -> None:
        self._is_due, self._main = self._session.store is not None, ""
        self._show(is_open=False)

    def _on_document_changed(self) -> None:
        document, before = self._session.document, self._main
        self._main = "" if document is None else document.id
        if document is None:
            return
        if self._is_due:
            self._is_due = False
            self._restore()
        elif self.beside is not None and self.beside.companion.document is not None:
            if self.beside.companion.document.id == document.id:
                self.beside.companion.show_document(before or None)
                self._set_left(not self.is_main_left)
                if not before:
                    self._show(is_open=False)
            self._remember()

    def _restore(self) -> None:
        store = self._session.store
        kept = None if store is None else self._window.memory.pair(store.project_id)
        if kept is None or kept[0] == self._main or kept[0] not in {row.id for row in self._session.rows()}:
            return
        self.open(kept[0])
        self._set_left(kept[1])
        self._remember()

    def _remember(self) -> None:
        store = self._session.store
        if store is None:
            return
        document = None if self.beside is None else self.beside.companion.document
        self._window.memory.remember_pair(
            store.project_id, None if document is None else document.id, is_main_left=self.is_main_left
        )

    # -- links across

    def link(self) -> bool:
        """Link the selected claim to the passage in focus; whether there was one to link to."""
        source, beside = self._session.selected_annotation, self.beside
        candidate = None if self.candidates is None or not self.is_open else self.candidates.focused
        if source is None or beside is None or candidate is None or beside.companion.document is None:
            return False
        me, kind, there = self._session.annotator_id, candidate.kind.id, beside.companion.document.id
        if candidate.span:
            verb = partial(
                pairing.link_span, annotator=me, source=source.id, type=kind, target=candidate.span
            )
        else:
            verb = partial(
                pairing.link_passage,
                annotator=me,
                source=source.id,
                type=kind,
                document=there,
                place=(candidate.start, candidate.end),
            )
        change = self._session.edit(verb)
        if change is not None:
            self._on_linked(source, change)
        return True

    def _on_linked(self, source: Annotation, change: Change) -> None:
        self._window.linking.cancel()
        self._session.select_span(source.id)
        self.verdicts.show_new(change)

    def next(self) -> None:
        """Go to the next passage for the selected claim, or else to the next suggestion."""
        self._step(1)

    def previous(self) -> None:
        """Go to the passage before, or else to the suggestion before."""
        self._step(-1)

    def refuse(self) -> None:
        """Take the passage in focus off the list, or else reject the suggestion in focus."""
        if self.candidates is not None and self.is_open and self.candidates.focused is not None:
            self.candidates.refuse()
        else:
            self._window.suggesting.reject()

    def _step(self, step: int) -> None:
        if self.candidates is not None and self.is_open and self.candidates.found:
            self.candidates.step(step)
        elif step > 0:
            self._window.suggesting.next()
        else:
            self._window.suggesting.previous()

    def judge(self) -> None:
        """Go to the verdict on the link of the selected span."""
        self.verdicts.focus()

    def say_absent(self) -> None:
        """Say that the claim is absent from the record; again: the record is not here; again: neither."""
        span, document = self._session.selected_annotation, self._session.document
        if span is None or document is None:
            return
        asked = self._session.schema.attributes_of(span.label, document.kind)
        attribute = next((each for each in asked if each.id == pairing.RECORD), None)
        values = () if attribute is None else attribute.values
        ring = [value for value in _ABSENT if value in values]
        if attribute is None or not ring:
            self._session.refused.emit(self.tr("The label schema does not ask about the record here."))
            return
        said = str(span.attributes.get(pairing.RECORD, ""))
        at = ring.index(said) + 1 if said in ring else 0
        value = ring[at] if at < len(ring) else attribute.default or None
        self._session.set_attribute(span.id, pairing.RECORD, value)
        shown = str(value or "").replace("_", " ")
        self._window.status.tell(self.tr("On the record: {value}.").format(value=shown))

    # -- what is drawn

    def _show_candidates(self) -> None:
        beside, candidates = self.beside, self.candidates
        if beside is None or candidates is None:
            return
        spans = []
        for number, one in enumerate(candidates.found, 1):
            label = self._session.schema.label(one.label)
            name, colour = (one.label, "#777777") if label is None else (label.name, label.colour)
            chip = f"{number} {name}"
            pieces = (Fragment(one.start, one.end),)
            spans.append(PaintedSpan(f"passage {number}", pieces, chip, colour, is_suggestion=True))
        beside.view.show_suggestions(spans, f"passage {candidates.at + 1}" if spans else None)
        if candidates.focused is not None:
            beside.view.reveal(candidates.focused.start, candidates.focused.end)
        self._drawing.soon()

    def _draw(self) -> None:
        if self._gap is not None and self.is_open:
            self._gap.show_links(list(self._links()), self._sides)

    def _links(self) -> list[Across]:
        session, beside = self._session, self.beside
        if beside is None:
            return []
        companion, selected = beside.companion, session.selected
        places = {True: session.annotations, False: companion.annotations}
        found = []
        for link in (*session.relations.values(), *companion.relations.values()):
            for is_from_main in (True, False):
                source, target = (
                    places[is_from_main].get(link.source),
                    places[not is_from_main].get(link.target),
                )
                if source is None or target is None:
                    continue
                is_rightward = is_from_main == self.is_main_left
                left, right = (source, target) if is_rightward else (target, source)
                is_strong = selected in (source.id, target.id)
                found.append(Across(left.start, right.start, not is_rightward, is_strong))
        source, focused = session.selected_annotation, self.candidates and self.candidates.focused
        if source is not None and focused:
            ends = (source.start, focused.start)
            left_end, right_end = ends if self.is_main_left else ends[::-1]
            found.append(Across(left_end, right_end, not self.is_main_left, is_open=True))
        return found

    def drawn(self) -> tuple[Across, ...]:
        """The links that are drawn across the gap."""
        return () if self._gap is None else self._gap.links

    def _sides(self) -> tuple[Side, Side]:
        window, beside = self._window, self.beside
        main = Side(window.view, window.paging.view)
        if beside is None:
            return main, main
        other = Side(beside.view, beside.paging.view)
        return (main, other) if self.is_main_left else (other, main)
