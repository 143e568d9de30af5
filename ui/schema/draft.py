"""The label schema while it is edited: each edit by the rules at once, nothing in the project before saving.

An edit that the rules refuse, or that would orphan spans, leaves the draft as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError, InvalidEdit
from annotator.schema import LabelSchema
from annotator.schema_uses import SchemaUse, orphans
from annotator.services.schema_editing import read_file

Edit: TypeAlias = Callable[[LabelSchema], LabelSchema]


class SchemaDraft(QObject):
    """A schema being edited. `before` is the one in the project, `use` what its spans use of it.

    Signals:
        changed: The draft is another schema now, or what spans use has been counted.
    """

    changed = Signal()

    def __init__(
        self, schema: LabelSchema, *, reserved: Mapping[str, str], parent: QObject | None = None
    ) -> None:
        """`reserved` are the titles of the commands that have a letter or digit as their key, by that key."""
        super().__init__(parent)
        self.before = schema
        self.schema = schema
        self.use = SchemaUse()
        self._reserved = reserved
        self._steps: list[LabelSchema] = []

    @property
    def is_changed(self) -> bool:
        return replace(self.schema, version=self.before.version) != self.before

    @property
    def can_step_back(self) -> bool:
        return bool(self._steps)

    def edit(self, make: Edit) -> str:
        """Edit the draft; "" or, where it is refused, the sentence that says why."""
        return self._become(make, is_by_hand=True)

    def import_file(self, path: Path) -> str:
        """Take the schema of a TOML file in place of the draft; "" or the sentence that says why not.

        Keys that are commands' are taken as they are, since they are remapped whenever a schema is opened.
        """
        return self._become(lambda _present: read_file(path), is_by_hand=False)

    def step_back(self) -> None:
        """Take the last edit of the draft back."""
        if self._steps:
            self.schema = self._steps.pop()
            self.changed.emit()

    def count(self, use: SchemaUse) -> None:
        """Take over what spans use, so that what would orphan some is refused at once."""
        self.use = use
        self.changed.emit()

    def _become(self, make: Edit, *, is_by_hand: bool) -> str:
        try:
            after = make(self.schema)
            if is_by_hand:
                self._check_keys(after)
            lost = orphans(self.before, after, self.use)
        except AnnotatorError as error:
            return str(error)
        if lost:
            return " ".join(lost)
        if after != self.schema:
            self._steps.append(self.schema)
            self.schema = after
            self.changed.emit()
        return ""

    def _check_keys(self, after: LabelSchema) -> None:
        """Raises InvalidEdit if a label was given the key of a command."""
        present = {label.id: label.key for label in self.schema.labels()}
        for label in after.labels():
            if label.key in self._reserved and present.get(label.id) != label.key:
                raise InvalidEdit(
                    self.tr("{key} is the key of the command “{command}”; choose another one.").format(
                        key=label.key.upper(), command=self._reserved[label.key]
                    )
                )
