"""The preferences, made from the table of settings, with a preview of how documents will read.

Nothing is changed before the dialog is accepted; then the settings are saved and the window applies them.
"""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from annotator.model import Fragment, JsonValue
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, form, side_button, with_hint
from ui.dialogs.keys_page import KeysPage
from ui.dialogs.setting_fields import SettingField, setting_field
from ui.panels.themed import SMALL, Words, theme_of
from ui.settings import SETTINGS, KeyTable, Settings, YesNo
from ui.theme import DARK, LIGHT, Theme
from ui.views.overlay import PaintedSpan
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView


class PreferencesDialog(QDialog):
    """A page of settings and a page of keys."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self._settings = settings
        self.fields: dict[str, SettingField] = {}
        layout = body(self, self.tr("Preferences"))
        self.tabs = QTabWidget()
        self.keys = KeysPage(settings.keys)
        self.preview = Preview()
        self.tabs.addTab(self._make_page(), self.tr("General and reading"))
        self.tabs.addTab(self.keys, self.tr("Keys"))
        layout.addWidget(self.tabs, 1)
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, _ = answer_buttons(self, self.tr("Save"))
        self.defaults = side_button(self.tr("De&faults"))
        self.defaults.clicked.connect(self._show_defaults)
        layout.addLayout(button_row(box, self.defaults))
        self._show_preview()
        fit(self, 940, 560)

    def accept(self) -> None:
        """Save; stays open and says why if that cannot be done."""
        before = {name: self._settings[name] for name in (*self.fields, "keys")}
        for name, field in self.fields.items():
            self._settings[name] = field.value()
        self._settings["keys"] = {name: list(keys) for name, keys in self.keys.overrides().items()}
        try:
            self._settings.save()
        except OSError as error:
            for name, value in before.items():
                self._settings[name] = value
            self.fault.tell(
                self.tr("The settings cannot be written to {file}: {reason}.").format(
                    file=self._settings.path, reason=error.strerror
                )
            )
            return
        super().accept()

    def _make_page(self) -> QWidget:
        page = QWidget()
        rows = form()
        for setting in SETTINGS:
            if isinstance(setting.check, KeyTable):
                continue
            field = setting_field(setting)
            field.show(self._settings[setting.name])
            field.call_on_change(self._show_preview)
            self.fields[setting.name] = field
            title = "" if isinstance(setting.check, YesNo) else _tr(setting.title)
            hint = Words(_tr(setting.summary), tone="muted", size=SMALL)
            rows.addRow(title, with_hint(field.widget, hint))
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, 12, 0)
        left.addLayout(rows)
        left.addStretch(1)
        scrolled = QScrollArea()  # there are more settings than a small screen is high
        scrolled.setWidget(fields)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setMinimumWidth(
            fields.minimumSizeHint().width() + scrolled.verticalScrollBar().sizeHint().width()
        )
        right = QVBoxLayout()
        right.addWidget(Words(self.tr("So documents will read"), tone="muted", size=SMALL))
        right.addWidget(self.preview, 1)
        layout = QHBoxLayout(page)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(20)
        layout.addWidget(scrolled, 2)
        layout.addLayout(right, 3)
        return page

    def _show_defaults(self) -> None:
        """Show the defaults of the page in front; they are kept when the dialog is accepted."""
        if self.tabs.currentWidget() is self.keys:
            self.keys.show_defaults()
            return
        for setting in SETTINGS:
            if setting.name in self.fields:
                self.fields[setting.name].show(setting.default)

    def _show_preview(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        self.preview.show_reading(_reading_style(values), _theme(str(values["theme"]), theme_of(self)))


class Preview(TextView):
    """A few lines with spans, read as the settings have it."""

    def __init__(self) -> None:
        super().__init__()
        text = self.tr(
            "The court ruled that the company cannot claim immunity.\n"
            "Judge Ada Romero of the District Court wrote that selling a tool to governments does not make "
            "its seller one. The company’s lawyer said it will appeal. “We respect the court, and we "
            "disagree,” she said."
        )
        self.show_text(text)
        self.set_spans(
            [
                PaintedSpan(f"span-{number}", (Fragment(start, start + len(words)),), chip, colour)
                for number, (words, chip, colour) in enumerate(self._marks())
                if (start := text.find(words)) >= 0
            ]
        )
        self.setMinimumWidth(320)

    def show_reading(self, style: ReadingStyle, theme: Theme) -> None:
        """Read in another style or theme."""
        self.set_theme(theme)
        self.set_reading(style)

    def _marks(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (self.tr("that the company cannot claim immunity"), self.tr("Holding"), "#0072B2"),
            (self.tr("Judge Ada Romero"), self.tr("Judge"), "#CC79A7"),
            (self.tr("it will appeal"), self.tr("Claim"), "#E69F00"),
        )


def _reading_style(values: dict[str, JsonValue]) -> ReadingStyle:
    numbers = {
        name: value
        for name, value in values.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    return ReadingStyle(
        family=str(values["reading_font"]),
        size=numbers["reading_size"],
        line_height=numbers["line_height"],
        column_width=numbers["column_width"],
    )


def _theme(choice: str, present: Theme) -> Theme:
    return {"light": LIGHT, "dark": DARK}.get(choice, present)


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
