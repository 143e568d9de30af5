"""The choices of an export as a form: every option of the command line, read and shown as one Recipe."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from annotator.recipes import ARRANGEMENTS, DISCARD, STATES, UNITS, Recipe
from annotator.roles import sees_others
from annotator.services.exporting import FLAGS
from exporters import all_exporters
from ui.dialogs.frame import beside, form, with_hint
from ui.export.fields import OptionFields, Picks, joined_pairs, split_pairs, split_words
from ui.panels.themed import SMALL, Words
from ui.session import Session

SEVERAL = "several"
_MOST_SEED = 2_000_000_000


class ExportForm(QWidget):
    """Every choice of an export but its place.

    Signals:
        changed: Something was chosen.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_filling = False
        self._make_format()
        self._make_whose()
        self._make_what()
        self._make_split()
        rows = form()
        rows.setContentsMargins(0, 0, 12, 0)
        self._add_format(rows)
        self._add_whose(rows)
        self._add_what(rows)
        self._add_split(rows)
        self.setLayout(rows)
        # Where it is scrolled its fields keep their height.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._connect()
        self.show_recipe(Recipe(annotators=self._me()))

    # -- what is chosen

    def recipe(self) -> Recipe:
        """What is chosen, without a place. Raises InvalidEdit for pairs that are none."""
        whose = self.whose.currentData()
        split = self.split.text().strip()
        return Recipe(
            format=self.format.currentText(),
            options=self.options.given(),
            annotators=self.people.picked() if whose == SEVERAL else self._one(whose),
            gold=whose == "gold",
            arrange=self.arrange.currentData(),
            states=self.states.picked(),
            document_labels=split_pairs(self.document_labels.text()),
            metadata=split_pairs(self.metadata.text()),
            layers=self.layers.picked(),
            labels=self.labels.picked(),
            unit=self.unit.currentData(),
            discard=self.discard.currentData(),
            include=self.include.picked(),
            no_text=self.no_text.isChecked(),
            names=self.names.currentData(),
            split=split,
            seed=self.seed.value() if split else 0,
            split_by=split_words(self.split_by.text()) if split else (),
            split_from=self.split_from.text().strip() if split else "",
            card=self.card.isChecked(),
            strict=self.strict.isChecked(),
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Show a recipe, as far as what it names is still there."""
        self._is_filling = True
        self.format.setCurrentIndex(max(0, self.format.findText(recipe.format)))
        self._show_format(recipe)
        self._show_whose(recipe)
        _choose(self.arrange, recipe.arrange)
        self.states.pick(recipe.states)
        self.document_labels.setText(joined_pairs(recipe.document_labels))
        self.metadata.setText(joined_pairs(recipe.metadata))
        self.layers.pick(recipe.layers)
        self.labels.pick(recipe.labels)
        _choose(self.unit, recipe.unit)
        _choose(self.discard, recipe.discard)
        self.include.pick(recipe.include)
        self.no_text.setChecked(recipe.no_text)
        _choose(self.names, recipe.names)
        self.split.setText(recipe.split)
        self.seed.setValue(recipe.seed)
        self.split_by.setText(", ".join(recipe.split_by))
        self.split_from.setText(recipe.split_from)
        self.card.setChecked(recipe.card)
        self.strict.setChecked(recipe.strict)
        self._is_filling = False
        self._on_changed()

    def _show_whose(self, recipe: Recipe) -> None:
        people = recipe.annotators
        whose = "gold" if recipe.gold else SEVERAL if len(people) > 1 else people[0] if people else "all"
        _choose(self.whose, whose)
        self.people.pick(people)

    def _one(self, whose: str) -> tuple[str, ...]:
        return () if whose in ("all", "gold") else (whose,)

    def _me(self) -> tuple[str, ...]:
        me = self._session.annotator
        return () if me is None else (me.id,)

    # -- the fields

    def _make_format(self) -> None:
        self.format = _narrow(QComboBox())
        for name, exporter in all_exporters().items():
            self.format.addItem(name, exporter.summary)
        self.format_words = Words(tone="muted", size=SMALL)
        self.options = OptionFields()

    def _make_whose(self) -> None:
        store, me = self._session.store, self._session.annotator
        everybody = () if store is None else store.annotators()
        self.whose = _narrow(QComboBox())
        if me is not None:
            self.whose.addItem(self.tr("Mine ({name})").format(name=me.name), me.id)
            if not sees_others(me.role):
                everybody = (me,)
        if me is None or sees_others(me.role):
            self.whose.addItem(self.tr("All annotators and gold"), "all")
            self.whose.addItem(self.tr("Gold only"), "gold")
        for person in everybody:
            if me is None or person.id != me.id:
                self.whose.addItem(self.tr("Only {name}").format(name=person.name), person.id)
        if len(everybody) > 1:
            self.whose.addItem(self.tr("Several…"), SEVERAL)
        self.people = Picks(
            ((person.id, person.name) for person in everybody),
            none=self.tr("All annotators"),
            name=self.tr("Annotators"),
        )
        titles = (self.tr("Side by side"), self.tr("A record for each"), self.tr("As soft labels"))
        self.names = _combo(
            [
                ("", self.tr("As usual for you")),
                ("shown", self.tr("Shown")),
                ("hidden", self.tr("Hidden: Ann1, Ann2…")),
            ]
        )
        self.names.setToolTip(
            self.tr("Usually shown, but not in soft labels, and not to a reviewer: then it is written down")
        )
        self.arrange = _combo([("", self.tr("As the format can")), *zip(ARRANGEMENTS, titles, strict=True)])

    def _make_what(self) -> None:
        store = self._session.store
        schema = None if store is None else store.schema()
        every = self.tr("All")
        states = (
            self.tr("To do"),
            self.tr("In progress"),
            self.tr("Done"),
            self.tr("Skipped"),
            self.tr("Returned"),
        )
        self.states = Picks(zip(STATES, states, strict=True), none=every, name=self.tr("State"))
        self.document_labels, self.metadata = _line("topic=privacy"), _line("publisher=Reuters, language=en")
        layers = () if schema is None else schema.layers
        self.layers = Picks(((one.id, one.name) for one in layers), none=every, name=self.tr("Layers"))
        labels = () if schema is None else tuple(one for one in schema.labels() if not one.merged_into)
        self.labels = Picks(((one.id, one.name) for one in labels), none=every, name=self.tr("Labels"))
        units = (self.tr("Document"), self.tr("Paragraph"), self.tr("Sentence"))
        self.unit = _combo(list(zip(UNITS, units, strict=True)))
        kinds = (self.tr("Keep"), self.tr("Leave out the spans"), self.tr("Cut out the text"))
        self.discard = _combo([("", self.tr("As the format has it")), *zip(DISCARD, kinds, strict=True)])
        flags = (
            self.tr("Sealed"),
            self.tr("Privileged"),
            self.tr("Without licence"),
            self.tr("For training"),
        )
        self.include = Picks(
            zip(FLAGS, flags, strict=True),
            none=self.tr("Nothing held back"),
            name=self.tr("Also take in"),
        )
        self.no_text = QCheckBox(self.tr("Leave out the te&xt"))
        self.no_text.setToolTip(
            self.tr("Offsets, labels and addresses alone; the command rejoin puts the text back")
        )

    def _make_split(self) -> None:
        self.split = _line(self.tr("80/10/10, or nothing for one part"))
        self.seed = QSpinBox()
        self.seed.setRange(0, _MOST_SEED)
        self.seed.setMinimumHeight(self.split.sizeHint().height())
        self.split_by = _line("publisher")
        self.split_from = _line(self.tr("splits.json of an earlier dataset"))
        self.browse_split = QPushButton(self.tr("Browse…"))
        self.browse_split.setAutoDefault(False)
        self.split_words = Words(
            self.tr("Documents of one case or source, and near-duplicates, stay together."),
            tone="muted",
            size=SMALL,
        )
        self.card = QCheckBox(self.tr("Dataset &card"))
        self.card.setToolTip(self.tr("A folder with README.md, a picture of the labels and checksums"))
        self.strict = QCheckBox(self.tr("Write nothing if anything is dropped"))

    def _add_format(self, rows: QFormLayout) -> None:
        rows.addRow(self.tr("&Format"), with_hint(self.format, self.format_words))
        rows.addRow("", self.options)

    def _add_whose(self, rows: QFormLayout) -> None:
        rows.addRow(_head(self.tr("Whose annotations")))
        rows.addRow(self.tr("&Annotations"), self.whose)
        rows.addRow("", self.people)
        rows.addRow(self.tr("Se&veral people"), self.arrange)
        rows.addRow(self.tr("Nam&es"), self.names)

    def _add_what(self, rows: QFormLayout) -> None:
        rows.addRow(_head(self.tr("Which documents and spans")))
        rows.addRow(self.tr("&State"), self.states)
        rows.addRow(self.tr("&Document labels"), self.document_labels)
        rows.addRow(self.tr("&Metadata"), self.metadata)
        rows.addRow(self.tr("Also take &in"), self.include)
        rows.addRow(self.tr("La&yers"), self.layers)
        rows.addRow(self.tr("&Labels"), self.labels)
        rows.addRow(self.tr("A rec&ord is a"), self.unit)
        rows.addRow(self.tr("Mar&ked Discard"), self.discard)
        rows.addRow("", self.no_text)

    def _add_split(self, rows: QFormLayout) -> None:
        rows.addRow(_head(self.tr("Parts of the dataset")))
        rows.addRow(self.tr("S&plit"), with_hint(self.split, self.split_words))
        rows.addRow(self.tr("Seed"), self.seed)
        rows.addRow(self.tr("Also together by"), self.split_by)
        rows.addRow(self.tr("Keep the split of"), beside(self.split_from, self.browse_split))
        rows.addRow("", self.card)
        rows.addRow("", self.strict)

    # -- what happens

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(lambda _row: self._show_format(Recipe()))
        for picks in (self.people, self.states, self.layers, self.labels, self.include):
            picks.changed.connect(self._on_changed)
        for box in (self.format, self.whose, self.arrange, self.names, self.unit, self.discard):
            box.currentIndexChanged.connect(lambda _row: self._on_changed())
        for line in (self.document_labels, self.metadata, self.split, self.split_by, self.split_from):
            line.textChanged.connect(lambda _text: self._on_changed())
        for check in (self.no_text, self.card, self.strict):
            check.toggled.connect(lambda _is_on: self._on_changed())
        self.seed.valueChanged.connect(lambda _value: self._on_changed())
        self.options.changed.connect(self._on_changed)
        self.browse_split.clicked.connect(self._browse_split)

    def _show_format(self, recipe: Recipe) -> None:
        """Explain the format and show its options."""
        self.format_words.setText(self.format.currentData())
        self.options.show_format(all_exporters()[self.format.currentText()], recipe.options)

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        self.people.setVisible(self.whose.currentData() == SEVERAL)
        is_split = bool(self.split.text().strip())
        for field in (self.seed, self.split_by, self.split_from, self.browse_split):
            field.setEnabled(is_split)
        self.card.setEnabled(not is_split)
        self.changed.emit()

    def _browse_split(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("An earlier split"),
            self.split_from.text() or str(Path.home()),
            "splits.json (*.json)",
        )
        if name:
            self.split_from.setText(name)


def _head(title: str) -> Words:
    """The name of a group of rows, with room above it."""
    head = Words(title, bold=True)
    head.setContentsMargins(0, 10, 0, 0)
    return head


def _narrow(box: QComboBox) -> QComboBox:
    """A box that is no wider than its column, however long its rows are."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    return box


def _combo(rows: Sequence[tuple[str, str]]) -> QComboBox:
    box = _narrow(QComboBox())
    for row_id, title in rows:
        box.addItem(title, row_id)
    return box


def _choose(box: QComboBox, row_id: str) -> None:
    box.setCurrentIndex(max(0, box.findData(row_id)))


def _line(placeholder: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(placeholder)
    return line
