"""What text and page view have in common under the mouse: the cursor's shape, and the tooltip."""

import html
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

P = TypeVar("P", contravariant=True)


class Target(Protocol[P]):
    """A view that is asked what is at a point."""

    def chip_at(self, point: P, /) -> str | None: ...
    def handle_at(self, point: P, /) -> object: ...


def cursor_at(view: Target[P], point: P | None) -> Qt.CursorShape:
    """The shape of the cursor at a point of the view; None is outside of it."""
    if point is None:
        return Qt.CursorShape.IBeamCursor
    if view.handle_at(point) is not None:
        return Qt.CursorShape.SizeHorCursor
    is_chip = view.chip_at(point) is not None
    return Qt.CursorShape.PointingHandCursor if is_chip else Qt.CursorShape.IBeamCursor


def show_tooltip(event: QHelpEvent, words: str, port: QWidget) -> None:
    """Show words as they are, wrapped; none hide what is shown."""
    # As rich text it wraps; unescaped, words with "<" would be taken for mark-up.
    text = f'<p style="white-space: pre-wrap">{html.escape(words)}</p>' if words else ""
    QToolTip.showText(event.globalPos(), text, port)
