"""Counts what hands do to settle 50 prepared disagreements of three annotators, in the real review window.

`hands_review.json` has the text, written for this, what each annotator marked, and of each disagreement, in
order of the list, its type and what is decided. `benchmarks.hands_page` writes the tables. What all agree on
is decided by rule before; other tools do that when the document is opened.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.adjudication.auto import AutoRules
from annotator.adjudication.filtering import Filter
from annotator.adjudication.links import LinkCandidate
from annotator.adjudication.units import Candidate
from annotator.geometry import Range
from annotator.model import Fragment, gold_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.auto_resolving import auto_resolve
from annotator.services.reviewing import AnyUnit, review
from annotator.text import word_at
from benchmarks.hand_peers import Count
from storage.store import ProjectStore
from tests import projects, reviews
from tests.factories import find
from ui import stage
from ui.panels.attribute_form import AttributeRow
from ui.panels.fields import value_words
from ui.panels.value_keys import value_keys
from ui.review.edit_dialog import EditDialog
from ui.review.window import ReviewWindow

PEOPLE = ("A", "B", "C")
DOCUMENT = "hands"
MOST_MOVES = 20  # words by which an end is moved at most
ASKED = ("act", "disposition")  # the attributes in question; the others are as the schema proposes them
ALL_OF_ONE = 2  # clicks in INCEpTION: the right button on a span, and the entry of the menu
_PLAIN, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_NOWHERE = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided of one disagreement.

    `kind` is "take" or "several" of `people`, "none", or "edit" or "new", after which gold has a span of a
    label with attributes at a `place`.
    """

    type: str
    kind: str
    people: tuple[str, ...] = ()
    place: Range = _NOWHERE
    label: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def rows() -> list[dict[str, Any]]:
    """The paragraphs: text, marks, links, and their disagreements."""
    read: list[dict[str, Any]] = json.loads((Path(__file__).parent / "hands_review.json").read_text("utf-8"))
    return read


def text() -> str:
    """The text of the document."""
    return "\n".join(row["text"] for row in rows())


def outcomes() -> list[Outcome]:
    """What is decided, in order of the list."""
    made, at = [], 0
    for row in rows():
        for kind_of_unit, kind, *said in row["units"]:
            if kind in ("edit", "new"):
                words, label, *attributes = said
                start, end = find(words, row["text"])
                place = Range(at + start, at + end)
                made.append(Outcome(kind_of_unit, kind, (), place, label, *attributes))
            else:
                made.append(Outcome(kind_of_unit, kind, tuple(said)))
        at += len(row["text"]) + 1
    return made


def prepare(path: Path) -> ProjectStore:
    """A project with the document as the three have finished it, and what they agree on decided."""
    store = reviews.team(path, PEOPLE)
    projects.add_document(store, DOCUMENT, text=text())
    at = 0
    for row in rows():
        for name in PEOPLE:
            _mark(store, reviews.person(store, name), row, name, at)
        at += len(row["text"]) + 1
    for name in PEOPLE:
        annotating.set_work_state(
            store, annotator=reviews.person(store, name), document=DOCUMENT, state="done"
        )
    run(auto_resolve(store, reviewer=projects.lead(store).id, rules=AutoRules(spot_check=0)))
    return store


def _mark(store: ProjectStore, who: str, row: dict[str, Any], name: str, at: int) -> None:
    """Mark and link what an annotator (an id, whose marks stand under a name) has in a paragraph."""
    made: dict[str, str] = {}
    for words, label, *attributes in (*row.get("all", ()), *row["marks"].get(name, ())):
        start, end = find(words, row["text"])
        change = annotating.highlight(
            store,
            annotator=who,
            document=DOCUMENT,
            label=label,
            fragments=(Fragment(at + start, at + end),),
            exact=True,
        )
        [made[words]] = [each.id for each in change.after if getattr(each, "label", "") == label]
        for attribute, value in (attributes[0] if attributes else {}).items():
            annotating.set_attribute(
                store, annotator=who, annotation=made[words], attribute=attribute, value=value
            )
    for kind, source, target in row.get("links", {}).get(name, ()):
        annotating.link(store, annotator=who, type=kind, source=made[source], target=made[target])


def disagreements(store: ProjectStore) -> list[AnyUnit]:
    """The units on which not all agree, in order of the list."""
    return [unit for unit in review(store, DOCUMENT).all_units if unit.type != "agree"]


# -- ours


class ReviewHands:
    """Key presses in the review window and its dialogs, each counted."""

    def __init__(self, window: ReviewWindow) -> None:
        self.window = window
        self.names = {reviews.person(_store(window), name): name for name in PEOPLE}
        self.keys = 0

    def press(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        self.keys += 1
        QTest.keyClick(widget, key, modifiers)
        QApplication.processEvents()

    def settle(self, outcome: Outcome) -> None:
        """Decide the disagreement in focus; the next one comes into focus by itself."""
        if outcome.kind in ("edit", "new"):
            self.press(self.window, Qt.Key.Key_E if outcome.kind == "edit" else Qt.Key.Key_W)
            self._edit(outcome)
        elif outcome.kind == "take":
            columns = [self.names[who] for who in self.window.desk.order]
            self.press(self.window, Qt.Key(Qt.Key.Key_1 + columns.index(outcome.people[0])))
        else:
            self.press(self.window, Qt.Key.Key_0 if outcome.kind == "none" else Qt.Key.Key_K)

    def _edit(self, outcome: Outcome) -> None:
        stage.wait_until(lambda: isinstance(QApplication.activeModalWidget(), EditDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EditDialog)
        stage.wait_until(dialog.isActiveWindow)
        self._move_ends(dialog, outcome.place)
        if dialog.label.currentData() != outcome.label:
            label = self.window.session.schema.label(outcome.label)
            assert label is not None
            self.press(dialog.view, Qt.Key(ord(label.key.upper())))
        for attribute, value in outcome.attributes.items():
            self.press(dialog.view, Qt.Key.Key_A)
            while not _is_at(dialog, attribute):
                self.press(_focused(dialog), Qt.Key.Key_Tab)
            place = value_keys([value_words(each) for each in self._values(attribute)])[value_words(value)]
            self.press(_focused(dialog), Qt.Key(ord(value_words(value)[place].upper())))
        self.press(_focused(dialog), Qt.Key.Key_Return)
        stage.wait_until(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()  # a desktop does it when the dialog is closed
        stage.wait_until(self.window.isActiveWindow)

    def _move_ends(self, dialog: EditDialog, place: Range) -> None:
        """Move the ends by words, never past the place: the end first where the extent grows to the right."""
        for _ in range(MOST_MOVES):
            start, end = dialog.fragments[0].start, dialog.fragments[-1].end
            if end != place.end:
                self.press(dialog.view, Qt.Key.Key_Right if end < place.end else Qt.Key.Key_Left, _ALT)
            elif start != place.start:
                self.press(dialog.view, Qt.Key.Key_Down if start < place.start else Qt.Key.Key_Up, _ALT)

    def _values(self, attribute: str) -> Sequence[str]:
        attributes = self.window.session.schema.attributes
        return next(each.values for each in attributes if each.id == attribute)


def _store(window: ReviewWindow) -> ProjectStore:
    store = window.session.store
    assert isinstance(store, ProjectStore)
    return store


def _focused(dialog: QDialog) -> QWidget:
    return dialog.focusWidget() or dialog


def _is_at(dialog: EditDialog, attribute: str) -> bool:
    """Whether the keyboard is in the field of an attribute."""
    row = dialog.focusWidget()
    while row is not None and not isinstance(row, AttributeRow):
        row = row.parentWidget()
    return row is not None and row.attribute.id == attribute


@contextmanager
def review_window() -> Iterator[ReviewWindow]:
    """The review window on the prepared document, with names hidden."""
    with tempfile.TemporaryDirectory() as folder:
        with prepare(Path(folder)) as store:
            path = store.path
        window = stage.open_window(path)
        window.leading.review()
        screen = window.findChild(ReviewWindow)
        assert isinstance(screen, ReviewWindow)
        stage.wait_until(lambda: screen.desk.review is not None)
        screen.activateWindow()
        stage.wait_until(screen.isActiveWindow)
        yield screen
        screen.close()
        window.close()


Said = tuple[str, ...]


def _span(label: str, place: tuple[int, int], attributes: Mapping[str, Any]) -> Said:
    return label, *map(str, place), *(f"{name}={attributes[name]}" for name in ASKED if name in attributes)


def wanted_gold(units: Iterable[AnyUnit], decided: Sequence[Outcome], names: Mapping[str, str]) -> set[Said]:
    """What gold has to have in the end: what all agree on and what is decided. `names` are by annotator."""
    left = iter(decided)
    found: set[Said] = set()
    for unit in units:
        of = Outcome("agree", "take", PEOPLE[:1]) if unit.type == "agree" else next(left)
        if of.kind in ("edit", "new"):
            found.add(_span(of.label, of.place, of.attributes))
        for each in unit.candidates:
            if of.kind in ("take", "several") and names[each.annotator] in of.people:
                found.add(_said(each))
    return found


def _said(candidate: Candidate | LinkCandidate) -> Said:
    if isinstance(candidate, LinkCandidate):
        return candidate.link.type, candidate.source, candidate.target
    span = candidate.span
    return _span(span.label, (span.start, span.end), span.attributes)


def gold(store: ProjectStore) -> set[Said]:
    """What gold has."""
    of = gold_set_id(store.project_id)
    spans = {span.id: span for span in store.annotations(DOCUMENT, of)}
    units = {
        result.annotation: decision.unit
        for decision in store.decisions(DOCUMENT)
        for result in decision.results
    }
    found = {_span(span.label, (span.start, span.end), span.attributes) for span in spans.values()}
    links = store.relations(DOCUMENT, of)
    return found | {(link.type, units[link.source], units[link.target]) for link in links}


def by_keyboard() -> Count:
    """Settle all in order of the list; raises RuntimeError where gold is not what was fixed then."""
    with review_window() as screen:
        hands = ReviewHands(screen)
        store = _store(screen)
        wanted = wanted_gold(review(store, DOCUMENT).all_units, outcomes(), hands.names)
        screen.desk.apply(Filter(state="to_do"))
        for outcome in outcomes():
            hands.settle(outcome)
        left = sum(map(screen.desk.asks, screen.desk.listed))
        differing = wanted ^ gold(store)
    if left or differing:
        raise RuntimeError(f"{left} are left, and gold differs in {sorted(differing)}.")
    return Count(hands.keys)


# -- INCEpTION, from its user guide


def inception() -> Count:
    """A click takes an annotation of the lower panes; else it is changed, or made anew, in the upper one."""
    return _sum(_inception(of) for of in outcomes())


def inception_all_of_one() -> Count:
    """First all of a layer from the annotator who is right most often, then what is otherwise; the least."""
    with tempfile.TemporaryDirectory() as folder, prepare(Path(folder)) as store:
        units = disagreements(store)
        names = {reviews.person(store, name): name for name in PEOPLE}
    by_layer: dict[str, list[tuple[AnyUnit, Outcome]]] = {}
    for unit, outcome in zip(units, outcomes(), strict=True):
        first = unit.candidates[0]
        layer = first.link.type if isinstance(first, LinkCandidate) else unit.layer
        by_layer.setdefault(layer, []).append((unit, outcome))
    found = []
    for pairs in by_layer.values():
        one_by_one = _sum(_inception(of) for _, of in pairs)
        merged = [
            _sum((Count(clicks=ALL_OF_ONE), *(_after_merging(unit, of, who, names) for unit, of in pairs)))
            for who in names
        ]
        found.append(min((one_by_one, *merged), key=lambda count: count.together))
    return _sum(found)


def _inception(of: Outcome) -> Count:
    """One disagreement; that nothing is right cannot be said, which takes no action."""
    if of.kind in ("take", "several", "none"):
        return Count(clicks=len(of.people))
    if of.kind == "new" or of.type in ("boundary", "label_boundary"):
        is_word = word_at(text(), of.place.start) == of.place
        return Count(keys=1, clicks=int(is_word), drags=int(not is_word))  # select it, choose the tag
    return Count(keys=1, clicks=1)  # take one, choose another tag or value


def _after_merging(unit: AnyUnit, of: Outcome, who: str, names: Mapping[str, str]) -> Count:
    """What is left to do of a disagreement when all of one annotator's are merged."""
    contents = {names[each.annotator]: each.content for each in unit.candidates}
    merged = contents.get(names[who])
    if of.kind == "none":
        return Count() if merged is None else Count(keys=1, clicks=1)  # choose it, Shift+Delete
    if of.kind in ("edit", "new"):
        return _inception(of)
    return Count(clicks=sum(contents[name] != merged for name in of.people))


def _sum(counts: Iterable[Count]) -> Count:
    found = list(counts)
    return Count(*(sum(getattr(each, kind) for each in found) for kind in ("keys", "clicks", "drags")))


OURS: dict[str, Callable[[], Count]] = {"Annotator, keyboard alone": by_keyboard}
THEIRS: dict[str, Callable[[], Count]] = {
    "INCEpTION, one by one": inception,
    "INCEpTION, all of one annotator first": inception_all_of_one,
}
