"""What to export, in which format, to which file; the window makes a job of the answer."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from annotator.model import annotator_set_id, gold_set_id
from annotator.services.exporting import Selection
from exporters import all_exporters
from ui import platform
from ui.dialogs.frame import Fault, answer_buttons, beside, body, fit, form, with_hint
from ui.panels.themed import SMALL, Words
from ui.session import Session


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A format by its name, whose annotations, and the file to write."""

    exporter: str
    selection: Selection
    target: Path


class ExportDialog(QDialog):
    """Asks for an ExportChoice; `last` is what was chosen the time before."""

    def __init__(
        self, session: Session, last: ExportChoice | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self._session = session
        self._counts: dict[str, int] = {}  # by kind of selection, or annotator
        layout = body(self, self.tr("Export"))
        self.format = QComboBox()
        for name, exporter in all_exporters().items():
            self.format.addItem(name, exporter.summary)
        self.format_words = Words(tone="muted", size=SMALL)
        self.whose = QComboBox()
        for title, selection in self._selections():
            self.whose.addItem(title, selection)
        self.target = QLineEdit()
        self.browse = QPushButton(self.tr("&Browse…"))
        self.browse.setAutoDefault(False)
        rows = form()
        rows.addRow(self.tr("&Format"), with_hint(self.format, self.format_words))
        rows.addRow(self.tr("&Annotations"), self.whose)
        rows.addRow(self.tr("F&ile"), beside(self.target, self.browse))
        layout.addLayout(rows)
        self.summary = Words()
        self.caution = Words(tone="caution")
        self.fault = Fault()
        for widget in (self.summary, self.caution, self.fault):
            layout.addWidget(widget)
        layout.addStretch(1)
        box, self.export = answer_buttons(self, self.tr("Export"))
        layout.addWidget(box)
        self._show_last(last)
        self.format.currentIndexChanged.connect(self._on_format_changed)
        self.whose.currentIndexChanged.connect(self._show_summary)
        self.target.textChanged.connect(self._show_summary)
        self.browse.clicked.connect(self._browse)
        self._on_format_changed()
        fit(self, 600, 300)

    def choice(self) -> ExportChoice:
        """What was asked for."""
        return ExportChoice(self.format.currentText(), self.whose.currentData(), self._target())

    def accept(self) -> None:
        """Go ahead if the file can be written; else say why not."""
        fault = self._target_fault()
        self.fault.tell(fault)
        if fault:
            self.target.setFocus()
        else:
            super().accept()

    def _selections(self) -> list[tuple[str, Selection]]:
        """Whose annotations can be chosen, one's own first."""
        store, me = self._session.store, self._session.annotator
        if store is None or me is None:
            return []
        others = [person for person in store.annotators() if person.id != me.id]
        return [
            (self.tr("Mine ({name})").format(name=me.name), Selection("annotator", me.id)),
            (self.tr("All annotators and gold"), Selection("all")),
            (self.tr("Gold only"), Selection("gold")),
            *(
                (self.tr("Only {name}").format(name=who.name), Selection("annotator", who.id))
                for who in others
            ),
        ]

    def _show_last(self, last: ExportChoice | None) -> None:
        """Begin with what was chosen the time before, as far as it can still be chosen."""
        store = self._session.store
        name = "export" if store is None else store.path.stem
        folder = platform.documents_folder()
        if last is not None:
            folder = last.target.parent if last.target.parent.is_dir() else folder
            self.format.setCurrentIndex(max(0, self.format.findText(last.exporter)))
            chosen = (row for row in range(self.whose.count()) if self.whose.itemData(row) == last.selection)
            self.whose.setCurrentIndex(next(chosen, 0))
        self.target.setText(str(folder / name) + all_exporters()[self.format.currentText()].suffix)

    def _target(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def _on_format_changed(self) -> None:
        """Explain the format, and give the file its suffix in place of another format's."""
        self.format_words.setText(self.format.currentData())
        suffix = all_exporters()[self.format.currentText()].suffix
        known = {exporter.suffix for exporter in all_exporters().values()}
        target = self._target()
        if target.suffix in known and target.suffix != suffix:
            self.target.setText(str(target.with_suffix(suffix)))
        self._show_summary()

    def _show_summary(self) -> None:
        """Say what will be written, and what a person should know before."""
        self.fault.tell("")
        documents, spans = len(self._session.rows()), self._span_count(self.whose.currentData())
        self.summary.setText(
            self.tr("{documents} and {spans} will be written.").format(
                documents=self.tr("1 document")
                if documents == 1
                else self.tr("{n} documents").format(n=documents),
                spans=self.tr("1 span") if spans == 1 else self.tr("{n} spans").format(n=spans),
            )
        )
        cautions = []
        if not spans:
            cautions.append(self.tr("Nobody chosen here has marked anything yet."))
        if self._target().is_file():
            cautions.append(self.tr("{file} exists and will be replaced.").format(file=self._target().name))
        self.caution.setText(" ".join(cautions))
        self.caution.setVisible(bool(cautions))

    def _span_count(self, selection: Selection) -> int:
        """How many spans a selection has; counted once."""
        store = self._session.store
        if store is None:
            return 0
        whose = selection.annotator or selection.kind
        if whose not in self._counts:
            sets = [row.id for row in store.sets() if row.kind != "review"]
            if selection.annotator is not None:
                sets = [annotator_set_id(selection.annotator)]
            elif selection.kind == "gold":
                sets = [gold_set_id(store.project_id)]
            self._counts[whose] = sum(sum(store.label_counts(one).values()) for one in sets)
        return self._counts[whose]

    def _target_fault(self) -> str:
        """Why the file cannot be written, as far as can be told before; "" if it can."""
        target, store = self._target(), self._session.store
        if not self.target.text().strip():
            return self.tr("Say which file to write.")
        if not target.is_absolute():
            return self.tr("Give the whole path of the file, or choose it with Browse.")
        if target.is_dir():
            return self.tr("{file} is a folder. Add a file name to it.").format(file=target)
        if not target.parent.is_dir():
            return self.tr("There is no folder {folder}. Make it, or choose another.").format(
                folder=target.parent
            )
        if store is not None and target.exists() and target.samefile(store.path):
            return self.tr("{file} is the project itself. Choose another file.").format(file=target.name)
        return ""

    def _browse(self) -> None:
        suffix = all_exporters()[self.format.currentText()].suffix
        # That a file is replaced is said in this dialog, once.
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            self.target.text(),
            self.tr("{format} files (*{suffix})").format(format=self.format.currentText(), suffix=suffix),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = Path(name)
            self.target.setText(str(path if path.suffix else path.with_suffix(suffix)))
