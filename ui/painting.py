"""Keeps the text view showing what the session has: the text, the spans, the selected one, the place.

A Change repaints the spans that it touched and no other.
"""

from typing import Literal, NamedTuple

from PySide6.QtCore import QObject

from annotator.change import Change
from annotator.flags import is_flagged, without_flag
from annotator.model import Annotation, AttributeValue, Document, Relation, annotator_set_id
from ui.memory import Memory
from ui.panels.later import Later
from ui.session import Session
from ui.views.arcs import Arc
from ui.views.overlay import PaintedSpan
from ui.views.text_view import TextView

ArcChoice = Literal["none", "selected", "all"]


class _Look(NamedTuple):
    """What the spans of a label have in common."""

    name: str
    colour: str


class Painting(QObject):
    """Goes between session and view; what is selected in one is selected in the other."""

    def __init__(self, session: Session, view: TextView, memory: Memory) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._memory = memory
        self._looks: dict[str, _Look] = {}  # by label, as schema and annotator have it
        self._attribute_names: dict[str, str] = {}
        self._shown: tuple[str, Document] | None = None  # the project's id and the document
        self._arcs: ArcChoice = "selected"
        self.hides_across = False
        """Whether links into other documents are drawn by somebody else."""
        self._arcs_later = Later(self._draw_arcs, self)
        session.document_changed.connect(self._on_document_changed)
        session.annotator_changed.connect(self._repaint)
        session.schema_changed.connect(self._repaint)
        session.changed.connect(self._on_changed)
        session.span_selected.connect(self._on_span_selected)
        view.span_clicked.connect(session.select_span)
        view.place_changed.connect(self.keep_place)

    def painted(self, annotation: Annotation) -> PaintedSpan:
        """How an annotation is shown."""
        look = self._looks.get(annotation.label) or self._look(annotation.label)
        name = f"{look.name} !" if is_flagged(annotation) else look.name
        return PaintedSpan(annotation.id, annotation.fragments, name, look.colour, self._tooltip)

    def show_arcs(self, choice: ArcChoice) -> None:
        """Draw the links of the selected span, all links, or none of them."""
        self._arcs = choice
        self._draw_arcs()

    def _draw_arcs(self) -> None:
        session, selected = self._session, self._session.selected
        relations = {} if self._arcs == "none" else dict(session.relations)
        if relations and self._arcs == "selected":
            relations = {
                key: each for key, each in relations.items() if selected in (each.source, each.target)
            }
        if self._arcs != "none" and selected is not None and session.store is not None:
            own = annotator_set_id(session.annotator_id)  # also those that come in from other documents
            into = session.store.relations_at(selected)
            relations.update((each.id, each) for each in into if each.set == own)
        if self.hides_across:
            here = self._session.annotations
            relations = {
                key: each for key, each in relations.items() if {each.source, each.target} <= here.keys()
            }
        arcs = [
            Arc(self._start(each.source), self._start(each.target), selected in (each.source, each.target))
            for each in relations.values()
        ]
        self._view.show_arcs([arc for arc in arcs if arc.ends])

    def _start(self, span: str) -> int | None:
        found = self._session.annotations.get(span)
        return None if found is None else found.start

    def _look(self, label_id: str) -> "_Look":
        label = self._session.schema.label(label_id)
        look = _Look(label.name, label.colour) if label else _Look(label_id, "#777777")
        self._looks[label_id] = look
        return look

    def _tooltip(self, span: str) -> str:
        """Label, attributes, note and who, one a line."""
        annotation, annotator = self._session.annotations[span], self._session.annotator
        lines = [self._look(annotation.label).name]
        if is_flagged(annotation):
            lines.append(self.tr("For discussion"))
        for name, value in without_flag(annotation.attributes).items():
            lines.append(f"{self._attribute_names.get(name, name)}: {_written(value)}")
        if annotation.note:
            lines.append(annotation.note)
        return "\n".join((*lines, annotator.name if annotator else ""))

    def _on_document_changed(self) -> None:
        store, document = self._session.store, self._session.document
        before = self._shown
        self.keep_place()
        self._shown = (store.project_id, document) if store is not None and document is not None else None
        if self._shown is None or document is None:
            self._view.clear()
            return
        if before is not None and before[1].text_version == document.text_version:
            self._repaint()
            return
        place = self._memory.place(self._shown[0], document.id)
        self._view.show_text(self._session.text, place=place, later=self._is_shown_as_pages(document))
        self._repaint()

    def _is_shown_as_pages(self, document: Document) -> bool:
        """Whether the text itself will not be seen."""
        return self._session.page_heads.count > 0 and self._memory.shown_as(document.kind) == "page"

    def keep_place(self) -> None:
        """Remember where the document that is shown is being read."""
        if self._shown is not None:
            self._memory.leave(self._shown[0], self._shown[1].id, self._view.place())

    def _repaint(self) -> None:
        """Show the spans in view at once; the others need not keep the reader waiting."""
        self._looks.clear()
        self._attribute_names = {each.id: each.name for each in self._session.schema.attributes}
        self._view.set_spans_in_view([self.painted(span) for span in self._in_view()], self._all_painted)
        self._view.select_span(self._session.selected)
        self._arcs_later.soon()

    def _in_view(self) -> tuple[Annotation, ...]:
        session = self._session
        if session.store is None or session.document is None or session.annotator is None:
            return ()
        own = annotator_set_id(session.annotator.id)
        return session.store.annotations_between(session.document.id, own, *self._view.seen())

    def _all_painted(self) -> list[PaintedSpan]:
        return [self.painted(span) for span in self._session.annotations.values()]

    def _on_changed(self, change: Change) -> None:
        records = (*change.before, *change.after)
        touched = {r.id for r in records if isinstance(r, Annotation)}
        if touched or any(isinstance(r, Relation) for r in records):
            self._arcs_later.soon()
        if not touched:
            return
        present = self._session.annotations
        self._view.replace_spans(
            touched, [self.painted(present[span]) for span in touched if span in present]
        )

    def _on_span_selected(self) -> None:
        self._view.select_span(self._session.selected)
        self._arcs_later.soon()


def _written(value: AttributeValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
