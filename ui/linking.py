"""Link the selected span to another one, in any document: begin, go there, Enter; and go along links.

Which way a link runs follows from the schema: the relation types that join the two labels decide. The mode
outlasts a change of documents, so that the other end can be looked for anywhere in the project.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.model import Annotation
from annotator.schema import LabelSchema, RelationType
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.panels.links import Link, links_of
from ui.session import Session

LONGEST = 60


@dataclass(frozen=True, slots=True)
class PossibleLink:
    """A link that the schema allows between two spans."""

    relation: RelationType
    source: Annotation
    target: Annotation


def possible_links(schema: LabelSchema, first: Annotation, second: Annotation) -> Iterator[PossibleLink]:
    """The links between two spans, those from the first to the second before those back."""
    for source, target in ((first, second), (second, first)):
        for relation in schema.relations_from(source.label):
            if schema.in_force(target.label) not in relation.targets:
                continue
            if source.document != target.document and not relation.across:
                continue
            if relation.same_label and schema.in_force(source.label) != schema.in_force(target.label):
                continue
            yield PossibleLink(relation, source, target)


class Linking(QObject):
    """The mode in which the next span chosen becomes the other end of a link; and the keys that follow links.

    Signals:
        changed: The mode was begun or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, *, jump_to: Callable[[str], None], parent: QWidget) -> None:
        """`jump_to` goes to a span by its id, in whichever document it stands."""
        super().__init__(parent)
        self._session = session
        self._jump_to = jump_to
        self._window = parent
        self._source: Annotation | None = None
        self._type: str | None = None
        self._followed: list[str] = []
        self.take_passage: Callable[[], bool] = lambda: False
        """Links the selected span to a passage that is proposed; whether there is one."""
        session.annotator_changed.connect(self.cancel)
        session.project_closing.connect(self._forget)
        session.changed.connect(self._check)

    @property
    def is_on(self) -> bool:
        return self._source is not None

    @property
    def source(self) -> Annotation | None:
        """The span that the link begins at."""
        return self._source

    # -- making a link

    def begin(self) -> None:
        """Begin a link at the selected span."""
        self._set(self._session.selected_annotation)

    def begin_of(self, relation_type: str) -> None:
        """Begin a link of one type from the selected span to another."""
        self._set(self._session.selected_annotation, relation_type)

    def cancel(self) -> None:
        """End the mode without a link."""
        self._set(None)

    def finish(self) -> None:
        """Link to the span that is selected now; asks which link where several are possible."""
        source, target = self._source, self._session.selected_annotation
        if source is None:
            return
        if (target is None or target.id == source.id) and self.take_passage():
            return
        if target is None or target.id == source.id:
            self._session.refused.emit(self.tr("Go to the other span first, with Tab or the mouse."))
            return
        links = [
            link for link in possible_links(self._session.schema, source, target) if self._is_meant(link)
        ]
        if not links:
            self._session.refused.emit(self._why_not(source, target))
        elif len(links) == 1:
            self._link(links[0])
        else:
            self._ask(links)

    def _is_meant(self, link: PossibleLink) -> bool:
        return self._type is None or (
            link.relation.id == self._type and self._source is not None and link.source.id == self._source.id
        )

    def _why_not(self, source: Annotation, target: Annotation) -> str:
        relation = self._session.schema.relation(self._type or "")
        if relation is not None:
            sentence = self.tr("{link} does not lead from {one} to {two} here.")
        elif source.document != target.document:
            sentence = self.tr("The label schema has no link between {one} and {two} of two documents.")
        else:
            sentence = self.tr("The label schema has no link between {one} and {two}.")
        name = "" if relation is None else relation.name
        return sentence.format(link=name, one=self._name(source), two=self._name(target))

    def _ask(self, links: list[PossibleLink]) -> None:
        picks = [
            Pick(str(number), link.relation.name, f"{self._name(link.source)} → {self._name(link.target)}")
            for number, link in enumerate(links)
        ]
        picker = Picker(self.tr("Links"), picks, hint=self.tr("Which link?"), parent=self._window)
        picker.picked.connect(lambda number: self._link(links[int(number)]))
        picker.open()

    def _link(self, link: PossibleLink) -> None:
        first = self._source
        if self._session.link(link.relation.id, link.source.id, link.target.id) is not None:
            self.cancel()
            if first is not None:
                self._jump_to(first.id)

    def _set(self, source: Annotation | None, relation_type: str | None = None) -> None:
        if (source, relation_type) != (self._source, self._type):
            self._source, self._type = source, relation_type
            self.changed.emit()

    def _check(self) -> None:
        """End the mode where the span that it began at is gone."""
        store = self._session.store
        if (
            self._source is not None
            and store is not None
            and store.record(Annotation, self._source.id) is None
        ):
            self.cancel()

    def _forget(self) -> None:
        self._followed.clear()
        self.cancel()

    # -- going along links

    def follow(self) -> None:
        """Go to the span at the other end of a link; asks which where there are several."""
        span = self._session.selected_annotation
        links = () if span is None else links_of(self._session, span)
        if span is None:
            return
        if not links:
            self._session.refused.emit(self.tr("This span has no links yet."))
        elif len(links) == 1:
            self._go(span.id, links[0].other.id)
        else:
            picks = [Pick(link.other.id, *_told(link)) for link in links]
            picker = Picker(self.tr("Links"), picks, hint=self.tr("Follow which link?"), parent=self._window)
            picker.picked.connect(lambda other: self._go(span.id, other))
            picker.open()

    def follow_back(self) -> None:
        """Go back to where a link was followed from."""
        while self._followed:
            span, store = self._followed.pop(), self._session.store
            if store is not None and store.record(Annotation, span) is not None:
                self._jump_to(span)
                return
        self._session.refused.emit(self.tr("No link was followed to here."))

    def _go(self, here: str, other: str) -> None:
        self._followed.append(here)
        self._jump_to(other)

    def _name(self, span: Annotation) -> str:
        label = self._session.schema.label(span.label)
        return label.name if label else span.label


def _told(link: Link) -> tuple[str, str]:
    """A link in a list: its name with its direction, and the words at the other end."""
    name = f"{link.name} →" if link.is_outgoing else f"← {link.name}"
    words = link.words if len(link.words) < LONGEST else link.words[: LONGEST - 1] + "…"
    return name, f"{words} ({link.document})" if link.document else words
