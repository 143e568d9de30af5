"""Asks what to export, shows what that will be, and keeps it as a recipe; the window makes a job of it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.recipes import Recipe, read_recipe, recipe_values
from annotator.services.recipes import remove_recipe, save_recipe
from exporters import all_exporters
from exporters.running import place_of, place_words, understood, writes_folder
from ui import platform
from ui.dialogs.frame import Fault, answer_buttons, beside, body, fit, form
from ui.export.form import ExportForm
from ui.export.outlook import Outlook
from ui.jobs import JobRunner
from ui.panels.themed import Words
from ui.session import Session
from ui.status import JobProgress


class ExportDialog(QDialog):
    """Asks for a Recipe; `last` is the one that was run the time before."""

    def __init__(
        self, session: Session, jobs: JobRunner, last: Recipe | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self._session = session
        layout = body(self, self.tr("Export"))
        layout.addLayout(self._recipe_row())
        self.form = ExportForm(session)
        self.outlook = Outlook(session, jobs)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(_scrolled(self.form))
        sides.addWidget(self.outlook)
        sides.setSizes([440, 460])
        layout.addWidget(sides, 1)
        self.target = QLineEdit()
        self.browse = QPushButton(self.tr("&Browse…"))
        self.browse.setAutoDefault(False)
        rows = form()
        rows.addRow(self.tr("Wri&te to"), beside(self.target, self.browse))
        layout.addLayout(rows)
        self.caution = Words(tone="caution")
        self.fault = Fault()
        layout.addWidget(self.caution)
        layout.addWidget(self.fault)
        box, self.export = answer_buttons(self, self.tr("Export"))
        progress = JobProgress(jobs)
        progress.cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(progress, 1)
        foot.addStretch(1)
        foot.addWidget(box)
        layout.addLayout(foot)
        self.export.setDefault(True)  # again, since a button that joined a dialog takes Enter away
        self.form.changed.connect(self._on_changed)
        self.target.textChanged.connect(self._show_caution)
        self.browse.clicked.connect(self._browse)
        self.finished.connect(self.outlook.stop)
        self._show(last or self.form.recipe())
        self.form.format.setFocus()
        fit(self, 960, 680)

    # -- the answer

    def recipe(self) -> Recipe:
        """What was asked for. Raises InvalidEdit for what is no choice."""
        return replace(self.form.recipe(), out=place_words(self._target(), self._project()))

    def accept(self) -> None:
        """Go ahead if it can be written; else say why not."""
        fault, store = self._target_fault(), self._session.store
        try:
            if store is not None:
                understood(store, self.form.recipe(), who=self._session.annotator)
        except AnnotatorError as error:
            fault = str(error)
        self.fault.tell(fault)
        if fault:
            self.target.setFocus()
        else:
            super().accept()

    # -- recipes

    def _recipe_row(self) -> QHBoxLayout:
        self.recipes = QComboBox(editable=True)
        self.recipes.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.recipes.setAccessibleName(self.tr("Recipe"))
        name = QLineEdit(placeholderText=self.tr("A recipe of the project, or a new name"))
        self.recipes.setLineEdit(name)
        self.save = QPushButton(self.tr("Save as &recipe"))
        self.remove = QPushButton(self.tr("Remove"))
        store = self._session.store
        can_write = store is not None and not store.read_only
        for button in (self.save, self.remove):
            button.setAutoDefault(False)
        self.save.setEnabled(can_write)
        self._can_remove = can_write
        row = QHBoxLayout()
        row.addWidget(Words(self.tr("Recipe"), is_wrapping=False))
        row.addWidget(self.recipes, 1)
        row.addWidget(self.save)
        row.addWidget(self.remove)
        self._list_recipes("")
        self.recipes.activated.connect(self._on_recipe_chosen)
        self.recipes.editTextChanged.connect(self._offer_removal)
        self.save.clicked.connect(self._save_recipe)
        self.remove.clicked.connect(self._remove_recipe)
        return row

    def _list_recipes(self, name: str) -> None:
        store = self._session.store
        self.recipes.clear()
        if store is not None:
            self.recipes.addItems([row.name for row in store.export_recipes()])
        self.recipes.setCurrentIndex(self.recipes.findText(name, Qt.MatchFlag.MatchFixedString))
        if self.recipes.currentIndex() < 0:
            self.recipes.setEditText(name)
        self._offer_removal()

    def _row_named(self) -> int:
        """The row of the recipe whose name stands in the field, in any case; -1 if there is none."""
        return self.recipes.findText(self.recipes.currentText().strip(), Qt.MatchFlag.MatchFixedString)

    def _offer_removal(self) -> None:
        self.remove.setEnabled(self._can_remove and self._row_named() >= 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the name of a recipe takes it, or keeps the choices by a new name; it does not export."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (is_enter and self.recipes.hasFocus()):
            super().keyPressEvent(event)
        elif (row := self._row_named()) >= 0:
            self.recipes.setCurrentIndex(row)
            self._on_recipe_chosen()
        elif self.save.isEnabled():
            self._save_recipe()

    def _on_recipe_chosen(self) -> None:
        store, name = self._session.store, self.recipes.currentText()
        if store is None:
            return
        try:
            found = next(row for row in store.export_recipes() if row.name == name)
            self._show(read_recipe(found.options, name))
        except AnnotatorError as error:
            self.fault.tell(str(error))

    def _save_recipe(self) -> None:
        name, me = self.recipes.currentText().strip(), self._session.annotator
        try:
            recipe = self.recipe()
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self.fault.tell("" if name else self.tr("Give the recipe a name."))
        if not name or me is None:
            return
        if self._session.edit(lambda store: save_recipe(store, name, recipe, annotator=me.id)):
            self._list_recipes(name)

    def _remove_recipe(self) -> None:
        name = self.recipes.currentText().strip()
        me = self._session.annotator
        if me is not None and self._session.edit(lambda store: remove_recipe(store, name, annotator=me.id)):
            self._list_recipes("")

    # -- the place

    def _show(self, recipe: Recipe) -> None:
        """Show a recipe, and its place or one that is likely."""
        self.form.show_recipe(recipe)
        project = self._project()
        place = place_of(recipe, project) if recipe.out else platform.documents_folder() / project.stem
        if not place.parent.is_dir():
            place = platform.documents_folder() / place.name
        self.target.setText(str(place))
        self._fit_suffix()
        if _choices(self.form.recipe()) != _choices(recipe):
            # Else an export of one label would quietly be one of all, once the label is gone.
            self.fault.tell(
                self.tr(
                    "Some of what was chosen is not in the project any more. Look through the choices again."
                )
            )

    def _project(self) -> Path:
        store = self._session.store
        return Path("export") if store is None else store.path

    def _target(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def _on_changed(self) -> None:
        """Give the place the suffix of the format, and find out what it will be."""
        self._fit_suffix()
        self._show_caution()
        try:
            self.outlook.show_recipe(self.form.recipe())
        except AnnotatorError as error:
            self.outlook.refuse(str(error))

    def _suffix(self) -> str:
        """The suffix of the file, "" for a folder."""
        try:
            recipe = self.form.recipe()
        except AnnotatorError:
            return self._target().suffix
        return "" if writes_folder(recipe) else all_exporters()[recipe.format].suffix

    def _fit_suffix(self) -> None:
        suffix, target = self._suffix(), self._target()
        known = {"", *(exporter.suffix for exporter in all_exporters().values())}
        if self.target.text().strip() and target.suffix != suffix and target.suffix in known:
            self.target.setText(str(target.with_suffix(suffix)))

    def _show_caution(self) -> None:
        self.fault.tell("")
        target = self._target()
        is_replaced = target.is_file() or (not self._suffix() and target.is_dir() and any(target.iterdir()))
        words = self.tr("{file} exists and will be replaced.").format(file=target.name)
        self.caution.setText(words if is_replaced else "")
        self.caution.setVisible(is_replaced)

    def _target_fault(self) -> str:
        """Why it cannot be written there, as far as can be told before; "" if it can."""
        target, project = self._target(), self._project()
        if not self.target.text().strip():
            return self.tr("Say which file to write.")
        if not target.is_absolute():
            return self.tr("Give the whole path of the file, or choose it with Browse.")
        if self._suffix() and target.is_dir():
            return self.tr("{file} is a folder. Add a file name to it.").format(file=target)
        if not target.parent.is_dir():
            return self.tr("There is no folder {folder}. Make it, or choose another.").format(
                folder=target.parent
            )
        if target.exists() and project.exists() and target.samefile(project):
            return self.tr("{file} is the project itself. Choose another file.").format(file=target.name)
        if not self._suffix() and target.is_file():
            return self.tr("{file} is a file; a folder will be written. Choose another name.").format(
                file=target.name
            )
        return ""

    def _browse(self) -> None:
        suffix, name = self._suffix(), self.form.format.currentText()
        kinds = self.tr("{format} files (*{suffix})").format(format=name, suffix=suffix)
        # That a file is replaced is said in this dialog, once.
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            self.target.text(),
            kinds if suffix else self.tr("All files (*)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            path = Path(chosen)
            self.target.setText(str(path if path.suffix or not suffix else path.with_suffix(suffix)))


def _choices(recipe: Recipe) -> dict[str, object]:
    """What a recipe chooses, without its place and the order in which things were named."""
    values = recipe_values(replace(recipe, out=""))
    return {name: sorted(map(str, of)) if isinstance(of, list) else of for name, of in values.items()}


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    area.setMinimumWidth(widget.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    for part in (area.viewport(), widget):
        part.setAutoFillBackground(False)
    return area
