"""What the documentation of other tools says the same spans take there: counted from it, not run.

Each count is the least that the pages cited in docs/hands.md allow, by the rules that hold for us: a press
of a key, a click or double click, and a drag are one action each; scrolling and setting up are none.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.geometry import Range
from annotator.text import word_at, words

Wanted = tuple[Range, str]
LEAST_REPEATS = 3  # from so many on it pays to search for a name
ACCEPT_ALL = 2  # clicks in INCEpTION: the sidebar of the recommenders, and its button that accepts all

# The keystroke-level model of Card, Moran and Newell (1980): seconds for a press of a key by an average
# typist, for pointing with a mouse, and for a press or a release of its button.
KEY, POINT, BUTTON = 0.28, 1.1, 0.1


@dataclass(frozen=True, slots=True)
class Count:
    """Actions by their kinds."""

    keys: int = 0
    clicks: int = 0
    drags: int = 0

    @property
    def together(self) -> int:
        return self.keys + self.clicks + self.drags

    @property
    def seconds(self) -> float:
        """How long the hands move, by the keystroke-level model; thinking is left out."""
        return self.keys * KEY + self.clicks * (POINT + 2 * BUTTON) + self.drags * (2 * POINT + 2 * BUTTON)


def _selected(spans: Sequence[Wanted], text: str) -> Count:
    """Each span selected by the mouse: a word by a double click, several by a drag."""
    single = sum(word_at(text, place.start) == place for place, _ in spans)
    return Count(clicks=single, drags=len(spans) - single)


def first_of_each(spans: Sequence[Wanted], text: str) -> list[Wanted]:
    """The first span of those with the same words and label."""
    first: dict[tuple[str, str], Wanted] = {}
    for place, label in spans:
        first.setdefault((text[place.start : place.end], label), (place, label))
    return list(first.values())


def doccano(spans: Sequence[Wanted], text: str) -> Count:
    """Select, then the label's key or entry, for every span."""
    selected = _selected(spans, text)
    return Count(len(spans), selected.clicks, selected.drags)


def label_studio(spans: Sequence[Wanted], text: str) -> Count:
    """The label's key and highlight for every span, then submit by its key."""
    selected = _selected(spans, text)
    return Count(len(spans) + 1, selected.clicks, selected.drags)


def label_studio_kept(spans: Sequence[Wanted], text: str) -> Count:
    """As above with the setting that keeps a label selected, label after label."""
    selected = _selected(spans, text)
    return Count(len({label for _, label in spans}) + 1, selected.clicks, selected.drags)


def label_studio_mouse(spans: Sequence[Wanted], text: str) -> Count:
    """The same by mouse alone: labels and submit are clicked."""
    selected = _selected(spans, text)
    return Count(0, selected.clicks + len({label for _, label in spans}) + 1, selected.drags)


def label_studio_plugin(spans: Sequence[Wanted], text: str) -> Count:
    """The mouse alone, with the plugin of the paid editions: Shift held marks all that reads the same."""
    return label_studio_mouse(first_of_each(spans, text), text)


def label_studio_plugin_keys(spans: Sequence[Wanted], text: str) -> Count:
    """The same, labels and submit by their keys."""
    return label_studio_kept(first_of_each(spans, text), text)


def inception(spans: Sequence[Wanted], text: str) -> Count:
    """Drag (or double-click) and choose the tag by its key for every span, on one layer."""
    return doccano(spans, text)


def inception_suggested(spans: Sequence[Wanted], text: str) -> Count:
    """Label after label, whose tag is remembered; then what the string matcher suggests, accepted at once."""
    selected = _selected(first_of_each(spans, text), text)
    return Count(len({label for _, label in spans}), selected.clicks + ACCEPT_ALL, selected.drags)


def inception_search(spans: Sequence[Wanted], text: str) -> Count:
    """As above, but repeated names are searched for (letters, Search, create); the sidebar opens once."""
    names = Counter((text[place.start : place.end], label) for place, label in spans)
    searched = {name: count for name, count in names.items() if count >= LEAST_REPEATS}
    seen: set[tuple[str, str]] = set()
    left: list[Wanted] = []
    for place, label in spans:
        name = text[place.start : place.end], label
        if name not in searched or name not in seen:
            left.append((place, label))
        seen.add(name)
    selected = _selected(left, text)
    letters = sum(len(name) for name, _ in searched)
    return Count(len(left) + letters, selected.clicks + 2 * len(searched) + 1, selected.drags)


def inception_keyboard(spans: Sequence[Wanted], text: str, presses: Callable[[int, range], int]) -> Count:
    """By the keyboard cursor: arrows to the first token, Shift+Right into the last, Enter, the tag's key.

    `presses` tells how many arrow keys lead from a caret into a range of places. Spans snap to tokens, so a
    selection need only reach into the first and the last.
    """
    keys, caret = 0, 0
    for place, _ in spans:
        inside = words(text[place.start : place.end])
        first_end, last_start = place.start + inside[0].end, place.start + inside[-1].start
        keys += presses(caret, range(place.start, first_end))
        keys += max(1, last_start + 1 - place.start)
        keys += 2
        caret = place.end
    return Count(keys)


PEERS: dict[str, Callable[[Sequence[Wanted], str], Count]] = {
    "doccano": doccano,
    "Label Studio, in text order": label_studio,
    "Label Studio, label after label": label_studio_kept,
    "Label Studio, label after label, mouse alone": label_studio_mouse,
    "Label Studio, paid edition with a plugin": label_studio_plugin_keys,
    "Label Studio, paid edition with a plugin, mouse alone": label_studio_plugin,
    "INCEpTION": inception,
    "INCEpTION, names by search": inception_search,
    "INCEpTION, label after label, names by suggestions": inception_suggested,
}


def row(name: str, count: Count) -> str:
    """A line of the tables in docs/hands.md."""
    return (
        f"| {name} | {count.keys} | {count.clicks} | {count.drags} | **{count.together}** "
        f"| {count.seconds:.0f} |"
    )
