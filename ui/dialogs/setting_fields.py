"""The fields of the preferences, made from what each setting accepts."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from annotator.model import JsonValue
from ui.settings import Between, OneOf, Setting, YesNo


class SettingField:
    """The widget of one setting, with its value as the settings keep it."""

    def __init__(
        self,
        widget: QWidget,
        *,
        read: Callable[[], JsonValue],
        show: Callable[[JsonValue], None],
        on_change: Callable[[Callable[[], None]], object],
    ) -> None:
        self.widget = widget
        self.value = read
        self.show = show
        self.call_on_change = on_change


def setting_field(setting: Setting) -> SettingField:
    """The field for a setting: a list, a number, a switch or a line."""
    match setting.check:
        case OneOf(choices):
            field = _choice(choices)
        case Between() as between:
            field = _number(between)
        case YesNo():
            field = _switch(setting)
        case _:
            field = _line()
    field.widget.setToolTip(QCoreApplication.translate("settings", setting.summary))
    field.widget.setAccessibleName(QCoreApplication.translate("settings", setting.title))
    field.widget.setAccessibleDescription(QCoreApplication.translate("settings", setting.summary))
    return field


def _choice(choices: tuple[str, ...]) -> SettingField:
    box = QComboBox()
    for choice in choices:
        words = QCoreApplication.translate("settings", choice)
        box.addItem(words[:1].upper() + words[1:], choice)
    return SettingField(
        box,
        read=lambda: str(box.currentData()),
        show=lambda value: box.setCurrentIndex(max(0, box.findData(value))),
        on_change=lambda do: box.currentIndexChanged.connect(lambda _index: do()),
    )


def _number(between: Between) -> SettingField:
    spin = QSpinBox()
    spin.setRange(between.low, between.high)
    spin.setSuffix(f" {QCoreApplication.translate('settings', between.unit)}" if between.unit else "")
    spin.setSingleStep(5 if between.high - between.low > 40 else 1)
    return SettingField(
        spin,
        read=spin.value,
        show=lambda value: spin.setValue(value if isinstance(value, int) else between.low),
        on_change=lambda do: spin.valueChanged.connect(lambda _value: do()),
    )


def _switch(setting: Setting) -> SettingField:
    box = QCheckBox(QCoreApplication.translate("settings", setting.title))
    return SettingField(
        box,
        read=box.isChecked,
        show=lambda value: box.setChecked(value is True),
        on_change=lambda do: box.toggled.connect(lambda _is_on: do()),
    )


def _line() -> SettingField:
    line = QLineEdit()
    return SettingField(
        line,
        read=lambda: line.text().strip(),
        show=lambda value: line.setText(str(value)),
        on_change=lambda do: line.textChanged.connect(lambda _text: do()),
    )
