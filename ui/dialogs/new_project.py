"""What a new project is called, where it is kept, which label schema it begins with, and who leads it.

The schema is read and checked here, so that its faults are told before anything is made.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

import resources
from annotator.errors import InvalidSchema
from annotator.schema import LabelSchema
from annotator.schema_toml import read_schema
from ui import platform
from ui.dialogs.frame import Fault, answer_buttons, beside, body, choose_folder, fit, form, with_hint
from ui.panels.themed import SMALL, Words

MOST_FAULTS = 6
_FROM_FILE = ""
# What file systems refuse in names, and what would leave the folder.
_UNUSABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `services.projects.initial_change` and `storage.create_project` are to be given."""

    path: Path
    name: str
    schema_toml: str
    guidelines: str
    lead_name: str


@dataclass(frozen=True, slots=True)
class _ChosenSchema:
    """A schema's text and guidelines; `schema` is None and `faults` tells why, if it cannot be used."""

    toml: str = ""
    guidelines: str = ""
    schema: LabelSchema | None = None
    faults: tuple[str, ...] = ()


class NewProjectDialog(QDialog):
    """Asks for a NewProject; `who` is how the user is called, `folder` where projects are kept."""

    def __init__(self, *, who: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_project")
        self._schema = _ChosenSchema()
        layout = body(self, self.tr("New project"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("WhatsApp v. NSO"))
        self.folder = QLineEdit(str(folder))
        self.browse_folder = self._browse_button(self.tr("&Browse…"))
        self.path_words = Words(tone="muted", size=SMALL)
        self.schema = QComboBox()
        for name in resources.schema_names():
            self.schema.addItem(name, name)
        self.schema.addItem(self.tr("From a file…"), _FROM_FILE)
        self.file = QLineEdit()
        self.file.setPlaceholderText(self.tr("A label schema, a file that ends in .toml"))
        self.browse_file = self._browse_button(self.tr("B&rowse…"))
        self.schema_words = Words(tone="muted", size=SMALL)
        self.who = QLineEdit(who)
        self._rows = form()
        self._file_row = beside(self.file, self.browse_file)
        self._rows.addRow(self.tr("&Name"), self.name)
        folder_row = beside(self.folder, self.browse_folder)
        self._rows.addRow(self.tr("&Folder"), with_hint(folder_row, self.path_words))
        self._rows.addRow(self.tr("Label &schema"), with_hint(self.schema, self.schema_words))
        self._rows.addRow(self.tr("Schema fi&le"), self._file_row)
        self._rows.addRow(self.tr("&Your name"), self.who)
        layout.addLayout(self._rows)
        self.fault = Fault()
        layout.addWidget(self.fault)
        layout.addStretch(1)
        box, self.create_button = answer_buttons(self, self.tr("Create project"))
        layout.addWidget(box)
        self._connect()
        self._on_schema_changed()
        self._show_path()
        fit(self, 600, 330)
        self.name.setFocus()

    def _browse_button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self.name.textChanged.connect(self._show_path)
        self.folder.textChanged.connect(self._show_path)
        self.browse_folder.clicked.connect(
            lambda: choose_folder(self, self.folder, self.tr("Where to keep the project"))
        )
        self.schema.currentIndexChanged.connect(self._on_schema_changed)
        self.file.editingFinished.connect(self._read_schema)
        self.browse_file.clicked.connect(self._browse_file)

    def new_project(self) -> NewProject:
        """What was asked for."""
        return NewProject(
            self._path(),
            self.name.text().strip(),
            self._schema.toml,
            self._schema.guidelines,
            self.who.text().strip(),
        )

    def accept(self) -> None:
        """Go ahead if a project can be made of this; else say what is missing, at its field."""
        self._read_schema()
        for field, fault in self._faults():
            if fault:
                self.fault.tell(fault)
                field.setFocus()
                return
        super().accept()

    def _faults(self) -> list[tuple[QWidget, str]]:
        """Each field with what is wrong in it, "" where nothing is."""
        path, folder = self._path(), Path(self.folder.text().strip())
        name_fault = "" if self._file_name() else self.tr("Give the project a name.")
        if not name_fault and path.exists():
            name_fault = self.tr("{file} exists already. Choose another name or folder.").format(
                file=path.name
            )
        folder_fault = ""
        if not folder.is_absolute() or not folder.is_dir():
            folder_fault = self.tr("There is no folder {folder}. Make it, or choose another.").format(
                folder=folder
            )
        who_fault = (
            "" if self.who.text().strip() else self.tr("Say your name; annotations are kept under it.")
        )
        is_file = self.schema.currentData() == _FROM_FILE
        return [
            (self.folder, folder_fault),
            (self.name, name_fault),
            (self.file if is_file else self.schema, _told(self._schema.faults)),
            (self.who, who_fault),
        ]

    def _path(self) -> Path:
        return Path(self.folder.text().strip()) / (self._file_name() + platform.PROJECT_SUFFIX)

    def _file_name(self) -> str:
        """The name as every file system takes it, without suffix; "" if nothing of it is left."""
        return _UNUSABLE.sub("-", self.name.text()).strip(" .")

    def _show_path(self) -> None:
        self.fault.tell("")
        has_name = bool(self._file_name())
        self.path_words.setText(
            self.tr("One file: {file}").format(file=self._path().name)
            if has_name
            else self.tr("A project is one file, which holds documents, annotations and their history.")
        )

    def _on_schema_changed(self) -> None:
        is_file = self.schema.currentData() == _FROM_FILE
        self._rows.setRowVisible(self._file_row, is_file)
        self._read_schema()
        if is_file and not self.file.text():
            self.file.setFocus()

    def _read_schema(self) -> None:
        """Read the chosen schema and say what is in it, or what is wrong with it."""
        name = self.schema.currentData()
        self._schema = _shipped(name) if name != _FROM_FILE else _from_file(self.file.text().strip())
        is_begun = name != _FROM_FILE or bool(self.file.text().strip())
        self.fault.tell(_told(self._schema.faults) if is_begun else "")
        schema = self._schema.schema
        self.schema_words.setText("" if schema is None else self._contents(schema))
        self.schema_words.setVisible(schema is not None)

    def _contents(self, schema: LabelSchema) -> str:
        return self.tr("{layers}: {labels} labels, {attributes} attributes, {links} kinds of link").format(
            layers=", ".join(layer.name for layer in schema.layers),
            labels=sum(1 for _ in schema.labels()),
            attributes=len(schema.attributes),
            links=len(schema.relations),
        )

    def _browse_file(self) -> None:
        begin = self.file.text() or str(platform.documents_folder())
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Label schema"), begin, self.tr("Label schemas (*.toml)")
        )
        if name:
            self.file.setText(name)
            self._read_schema()


def _shipped(name: str) -> _ChosenSchema:
    return _checked(resources.schema_text(name), resources.guideline_text(name))


def _from_file(name: str) -> _ChosenSchema:
    """The schema in a file; guidelines of the same name beside it come along."""
    path = Path(name)
    try:
        toml = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return _ChosenSchema(
            faults=(_tr("{file} is no text in UTF-8, so it is no label schema.").format(file=path.name),)
        )
    except OSError as error:
        if not name:
            return _ChosenSchema(faults=(_tr("Choose the file of a label schema."),))
        fault = _tr("{file} cannot be read: {reason}.").format(file=name, reason=error.strerror)
        return _ChosenSchema(faults=(fault,))
    guidelines = path.with_suffix(".md")
    return _checked(toml, guidelines.read_text("utf-8", "replace") if guidelines.is_file() else "")


def _checked(toml: str, guidelines: str) -> _ChosenSchema:
    try:
        return _ChosenSchema(toml, guidelines, read_schema(toml))
    except InvalidSchema as error:
        return _ChosenSchema(faults=(_tr("This label schema cannot be used."), *error.problems))


def _told(faults: tuple[str, ...]) -> str:
    """The faults of a schema, the first ones where they are many."""
    told = list(faults[:MOST_FAULTS])
    if len(faults) > MOST_FAULTS:
        told.append(_tr("And {n} more.").format(n=len(faults) - MOST_FAULTS))
    return "\n".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("new_project", text)
