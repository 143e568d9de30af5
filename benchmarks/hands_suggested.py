"""The way of working with suggestions on, for `benchmarks.hands`.

A hand goes once through what the rules suggest: Enter where it is right, the key of the label where just that
is wrong, else on to the next. The rest it marks by keyboard as without suggestions.
"""

from PySide6.QtCore import Qt

from annotator.geometry import Range
from annotator.suggest.suggestion import Suggestion
from benchmarks.hands import Hands, Wanted, by_keyboard, label_key
from ui import stage
from ui.main_window import MainWindow


def by_suggestions(hands: Hands, wanted: list[Wanted]) -> None:
    """What is suggested is gone through, then the rest is marked by keyboard."""
    suggesting = hands.window.suggesting
    suggesting.toggle()
    _wait(hands.window)
    labels = dict(wanted)
    if any(_place(each) in labels for each in suggesting.found):
        _go_through(hands, labels)
    suggesting.toggle()
    by_keyboard(hands, wanted)


def _wait(window: MainWindow) -> None:
    """Wait for all suggestions, also those that are slow to come."""
    window.suggesting.look()
    stage.wait_until(lambda: not window.suggesting.is_looking)


def _go_through(hands: Hands, labels: dict[Range, str]) -> None:
    suggesting = hands.window.suggesting
    hands.window.view.set_caret(0)
    hands.press(Qt.Key.Key_Period)
    passed: set[tuple[Range, str]] = set()
    while (focused := suggesting.focused) is not None:
        place = _place(focused)
        if (place, focused.label) in passed:
            return
        label = labels.get(place)
        if label == focused.label:
            hands.press(Qt.Key.Key_Return)
        elif label is not None:
            hands.press(label_key(hands.window, label))
        else:
            passed.add((place, focused.label))
            hands.press(Qt.Key.Key_Period)
        _wait(hands.window)


def _place(suggestion: Suggestion) -> Range:
    return Range(suggestion.start, suggestion.end)
