"""Draws the application's icon as a PNG, which PyInstaller makes the icons of Windows and macOS from."""

import sys
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZE = 512


def draw(target: Path) -> None:
    """Write the icon to a PNG; needs a QGuiApplication."""
    drawing = (files("resources") / "app" / "annotator.svg").read_bytes()
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    if not image.save(str(target)):
        sys.exit(f"{target} could not be written.")


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    draw(Path(sys.argv[1]))
