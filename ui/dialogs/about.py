"""What this program is, under which licence, and the versions that a report of a fault should name."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.dialogs.frame import body, button_row, close_button, fit, side_button
from ui.panels.themed import SMALL, Words

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
    """Version, licences, and a list of versions to copy."""

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
                    "Their sources are at code.qt.io. The other libraries have permissive licences, "
                    "which come with each of them."
                ),
                tone="muted",
            )
        )
        layout.addWidget(
            Words(self.tr("Your documents stay on this computer. Nothing is sent anywhere."), tone="muted")
        )
        layout.addWidget(Words(self.tr("Versions"), size=SMALL, bold=True))
        self.versions = QPlainTextEdit(self._versions)
        self.versions.setReadOnly(True)
        self.versions.setTabChangesFocus(True)
        self.versions.setAccessibleName(self.tr("Versions"))
        layout.addWidget(self.versions, 1)
        box, close = close_button(self)
        self.copy = side_button(self.tr("&Copy versions"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._versions))
        layout.addLayout(button_row(box, self.copy))
        fit(self, 480, 470)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


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
