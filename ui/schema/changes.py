"""The last page of the schema editor: what changes, how many spans are touched, what is in its way."""

from PySide6.QtWidgets import QLabel, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from annotator.services.schema_editing import Preview
from ui.dialogs.frame import Fault
from ui.panels.themed import Words


class ChangesPage(QWidget):
    """A line for each change, worked out in a worker; `preview` is what is shown, None until it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setAccessibleName(self.tr("Changes"))
        self.told = Words(tone="muted")
        self.told.setMargin(12)
        self.held = Fault()
        self.summary = QLabel()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.told)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.summary)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.held)
        self.show_nothing()

    def wait(self) -> None:
        """Say that the changes are being worked out."""
        self._tell(self.tr("Counting…"))

    def show_nothing(self) -> None:
        """Say that there is nothing to save."""
        self._tell(
            self.tr("Nothing is changed yet. What you change on the other pages is listed here first.")
        )

    def show_preview(self, preview: Preview) -> None:
        """List the changes, and what stands against saving them."""
        self.preview = preview
        self.list.clear()
        self.list.addItems([str(each) for each in preview.differences])
        spans = sum(each.touched for each in preview.differences if each.what == "span")
        count = len(preview.differences)
        changes = self.tr("1 change") if count == 1 else self.tr("{n} changes").format(n=count)
        touched = self.tr("no span looks different") if not spans else self.tr("{n} spans are touched")
        self.summary.setText(f"{changes}; {touched.format(n=spans)}.")
        self.held.tell(" ".join(preview.orphans))
        self._stack.setCurrentWidget(self.list)

    def _tell(self, sentence: str) -> None:
        self.preview = None
        self.summary.clear()
        self.held.tell("")
        self.told.setText(sentence)
        self._stack.setCurrentWidget(self.told)
