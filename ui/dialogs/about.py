"""What this program is, under which licence, and the versions that a report of a fault should name."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QSplitter, QTabWidget, QWidget

from ui.dialogs.frame import body, button_row, close_button, fit, side_button
from ui.licences import LicenceNotice, notices
from ui.panels.themed import Words

PACKAGES = (
    "PySide6_Essentials",
    "SQLAlchemy",
    "alembic",
    "pypdfium2",
    "pdfplumber",
    "trafilatura",
    "python-docx",
)


class AboutDialog(QDialog):
    """Version, licences with the notices of all libraries, and a list of versions to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._versions = "\n".join(versions())
        layout = body(self, self.tr("About Annotator"))
        layout.addWidget(Words(f"Annotator {_version('annotator')}", size=1.5, bold=True))
        layout.addWidget(
            Words(self.tr("Marks what news and courts say, and writes it out as training data."))
        )
        layout.addWidget(
            Words(
                self.tr(
                    "Annotator is free software under the MIT licence. It runs on Qt and PySide6, which "
                    "The Qt Company and others license under the GNU LGPL, version 3: they are used "
                    "unchanged, as separate libraries, and you may replace them with versions of your own. "
                    "Their sources are at code.qt.io, their licence at gnu.org/licenses/lgpl-3.0. The "
                    "notices of all libraries are listed below."
                ),
                tone="muted",
            )
        )
        layout.addWidget(
            Words(self.tr("Your documents stay on this computer. Nothing is sent anywhere."), tone="muted")
        )
        self.versions = _read_only(self.tr("Versions"), self._versions)
        self.libraries = QListWidget()
        self.libraries.setAccessibleName(self.tr("Libraries"))
        self.licence = _read_only(self.tr("Licence"), "")
        self.tabs = QTabWidget()
        self.tabs.addTab(self.versions, self.tr("Versions"))
        self.tabs.addTab(self._licences(), self.tr("Licences"))
        layout.addWidget(self.tabs, 1)
        box, close = close_button(self)
        self.copy = side_button(self.tr("&Copy versions"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._versions))
        layout.addLayout(button_row(box, self.copy))
        self._notices: tuple[LicenceNotice, ...] = ()
        self.tabs.currentChanged.connect(self._read_notices)
        self.libraries.currentRowChanged.connect(self._show_notice)
        fit(self, 620, 600)
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _licences(self) -> QWidget:
        split = QSplitter()
        split.addWidget(self.libraries)
        split.addWidget(self.licence)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 380])
        return split

    def _read_notices(self) -> None:
        """List the libraries when somebody wants to see them; reading them takes a moment."""
        if self._notices or self.tabs.currentIndex() != 1:
            return
        self._notices = notices()
        self.libraries.addItems([f"{each.name} {each.version}" for each in self._notices])
        self.libraries.setCurrentRow(0)

    def _show_notice(self, row: int) -> None:
        notice = self._notices[row]
        text = notice.text or self.tr("The text of the licence does not come with this library.")
        self.licence.setPlainText(f"{notice.name} {notice.version}\n{notice.licence}\n\n{text}")


def _read_only(name: str, text: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setAccessibleName(name)
    return field


def versions() -> list[str]:
    """The program, the system and the libraries, one a line."""
    return [
        f"Annotator {_version('annotator')}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        *(f"{package.replace('_', '-')} {_version(package)}" for package in PACKAGES),
        platform.platform(),
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
