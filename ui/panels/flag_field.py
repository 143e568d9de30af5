"""The field that flags something for discussion: one value, on or off."""

from PySide6.QtCore import QCoreApplication

from annotator.flags import FLAG
from annotator.model import AttributeValue
from annotator.schema import AttributeType
from ui.panels.fields import ChoiceField

_ON = "discuss"


def flag_field() -> ChoiceField:
    """The field; its `chosen` has None where the flag is to be taken away."""
    attribute = AttributeType(FLAG, _tr("Flag"), (), "choices", (_ON,))
    return ChoiceField(attribute, (_ON,), words=lambda _: _tr("for discussion"))


def flag_value(*, is_set: bool) -> AttributeValue | None:
    """What the field shows."""
    return (_ON,) if is_set else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("fields", text)
