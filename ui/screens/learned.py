"""What was learned for suggestions, as a project shows it whose work is well under way."""

from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.screens.screen import Screen, article, dialog_of

# Label, spans learned from, spans tested on, proposals, right ones.
_FIGURES = (
    ("citation", 412, 96, 91, 88),
    ("claim", 118, 27, 22, 15),
    ("court", 236, 58, 55, 50),
    ("date", 301, 70, 69, 66),
    ("holding", 64, 15, 9, 5),
    ("judge", 158, 37, 34, 31),
    ("money", 9, 3, 2, 2),
    ("organization", 540, 131, 122, 101),
    ("person", 377, 88, 80, 66),
)
_CURVE = ((6, 270, 0.41), (12, 560, 0.6), (24, 1090, 0.72), (48, 2215, 0.79))


def _learned(window: MainWindow) -> QWidget:
    from annotator.suggest.learned.measuring import Figure
    from annotator.suggest.learned.model import About, Model, Point, packed

    article(window)
    store = window.session.store
    if store is not None:
        figures = {label: Figure(*counts) for label, *counts in _FIGURES}
        curve = tuple(Point(*point) for point in _CURVE)
        texts = tuple(f"text-{number}" for number in range(48))
        about = About("", texts, held_out=12, f1=0.79, figures=figures, curve=curve, readings=60)
        store.keep_learned_model(packed(Model(about)))
    return dialog_of("suggest.learned")(window)


SCREENS = (Screen("learned", _learned),)
