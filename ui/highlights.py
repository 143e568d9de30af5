"""Highlights that came with a PDF, offered one after the other as a selection that a label's key marks.

Nothing of them is an annotation until then, since a highlight does not say what it means.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.highlighted import Highlighted, highlighted
from ui.session import Session
from ui.views.text_view import TextView


class Highlights(QObject):
    """The handler of “Next highlight of the PDF”."""

    def __init__(self, session: Session, view: TextView, *, tell: Callable[[str], None]) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._tell = tell
        self._found: tuple[str, tuple[Highlighted, ...]] = "", ()  # by text version
        self._offered = -1
        session.document_changed.connect(self._forget)

    def select_next(self) -> None:
        """Select the words of the next highlight that is not marked yet; after the last comes the first."""
        found = self._highlights()
        if not found:
            self._tell(self.tr("This PDF came without highlights."))
            return
        marked = {span.fragments for span in self._session.annotations.values()}
        order = [(self._offered + 1 + step) % len(found) for step in range(len(found))]
        number = next((each for each in order if found[each].fragments not in marked), None)
        if number is None:
            self._tell(self.tr("All {n} highlights of this PDF are marked.").format(n=len(found)))
            return
        self._offered = number
        place = found[number].fragments[0]
        self._session.select_span(None)
        self._view.select(*place)
        self._view.reveal(*place)
        self._view.setFocus()
        self._tell(self._words(found[number], number, len(found)))

    def _highlights(self) -> tuple[Highlighted, ...]:
        """Those of the open document; the words of a page are read only where it has any."""
        store, document = self._session.store, self._session.document
        if store is None or document is None:
            return ()
        version = document.text_version
        if self._found[0] != version:
            heads = self._session.page_heads.heads or store.page_heads(version)
            numbers = [
                head.number for head in heads if any(item.kind == "highlight" for item in head.attachments)
            ]
            pages = [page for number in numbers if (page := store.page(version, number)) is not None]
            self._found = version, tuple(highlighted(pages, self._session.schema))
        return self._found[1]

    def _words(self, item: Highlighted, number: int, count: int) -> str:
        parts = [self.tr("Highlight {number} of {count}").format(number=number + 1, count=count)]
        if item.author:
            parts.append(self.tr("by {name}").format(name=item.author))
        label = self._session.schema.label(item.label)
        if label is not None:
            parts.append(self.tr("names the label {label}").format(label=label.name))
        elif item.remark:
            parts.append(f"“{' '.join(item.remark.split())}”")
        return ", ".join(parts)

    def _forget(self) -> None:
        self._offered = -1
