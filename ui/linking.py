"""Link the selected span to another one: begin, go there with Tab or the mouse, Enter.

Which way the link runs follows from the schema: the relation types that join the two labels decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.model import Annotation
from annotator.schema import LabelSchema, RelationType
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.session import Session


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
            if relation.same_label and schema.in_force(source.label) != schema.in_force(target.label):
                continue
            yield PossibleLink(relation, source, target)


class Linking(QObject):
    """The mode in which the next span chosen becomes the other end of a link.

    Signals:
        changed: The mode was begun or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self._source: str | None = None
        session.document_changed.connect(self.cancel)
        session.annotator_changed.connect(self.cancel)

    @property
    def is_on(self) -> bool:
        return self._source is not None

    @property
    def source(self) -> Annotation | None:
        """The span that the link begins at."""
        return self._session.annotations.get(self._source) if self._source else None

    def begin(self) -> None:
        """Begin a link at the selected span."""
        self._set(self._session.selected)

    def cancel(self) -> None:
        """End the mode without a link."""
        self._set(None)

    def finish(self) -> None:
        """Link to the span that is selected now; asks which link where several are possible."""
        source, target = self.source, self._session.selected_annotation
        if source is None:
            self.cancel()
            return
        if target is None or target.id == source.id:
            self._session.refused.emit(self.tr("Go to the other span first, with Tab or the mouse."))
            return
        links = list(possible_links(self._session.schema, source, target))
        if not links:
            self._session.refused.emit(
                self.tr("The label schema has no link between {one} and {two}.").format(
                    one=self._name(source), two=self._name(target)
                )
            )
        elif len(links) == 1:
            self._link(links[0])
        else:
            self._ask(links)

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
            self._session.select_span(first)

    def _set(self, source: str | None) -> None:
        if source != self._source:
            self._source = source
            self.changed.emit()

    def _name(self, span: Annotation) -> str:
        label = self._session.schema.label(span.label)
        return label.name if label else span.label
