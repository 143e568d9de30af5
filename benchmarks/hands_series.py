"""Counts what hands do to annotate ten documents one after the other, through the real window.

With suggestions and without, in one run each: the tenth opinion is to take half the actions of the first.
With them, what is not outlined is marked first, as without; what is outlined is accepted at once at the end.
Every document is marked until it has just the spans that it is to have, then it is done, and what the
program learns of it is waited for, as for one who comes back the next morning.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt

from annotator.geometry import Range
from benchmarks.hand_peers import Count
from benchmarks.hand_tables import write
from benchmarks.hands import Hands, Place, Wanted, by_both_armed, places_of
from benchmarks.series import LENGTH, Series, from_corpus
from tests.annotated import AnnotatedDocument
from tests.projects import add_document, new_project
from ui import stage
from ui.dialogs.accept_above import AcceptAboveDialog
from ui.main_window import MainWindow

HEAD = ("document", *map(str, range(1, LENGTH + 1)), "together")
ON_BOX = 14  # pixels from the left edge of a row


@dataclass(frozen=True, slots=True)
class Played:
    """A document, its spans, and what hands did to mark them."""

    name: str
    spans: int
    count: Count

    @property
    def each(self) -> float:
        """Actions a span."""
        return self.count.together / self.spans


def played(series: Series, *, is_suggested: bool) -> Iterator[Played]:
    """What each document takes, in order; raises RuntimeError where it has other spans than it should."""
    with tempfile.TemporaryDirectory() as folder:
        stage.leave_the_user_alone(Path(folder))
        path = Path(folder) / "series.annotator"
        with new_project(path, schema_toml=series.schema_toml) as store:
            for document in series.documents:
                add_document(
                    store, document.name, text=document.text, kind=document.kind, title=document.name
                )
        window = stage.open_window(path)
        to_front(window)
        window.settings["learning"] = is_suggested
        if is_suggested:
            window.suggesting.toggle()
        for document in series.documents:
            yield _played(window, document, is_suggested=is_suggested)
        window.close()


def _played(window: MainWindow, document: AnnotatedDocument, *, is_suggested: bool) -> Played:
    window.session.open_document(document.name)
    to_front(window)
    hands = Hands(window)
    wanted = [(Range(start, end), label) for start, end, label in document.spans]
    if is_suggested:
        by_both_armed(hands, wanted, marked_or_suggested)
        window.session.arm(None)
        accept_sure(hands, wanted)
    by_both_armed(hands, wanted)
    window.session.arm(None)  # the next label's key does it, too
    differing = places_of(window) ^ set(document.spans)
    if differing:
        raise RuntimeError(f"{document.name} has other spans than it should: {sorted(differing)}")
    _finish(window)
    return Played(document.name, len(wanted), Count(**hands.counts))


def to_front(window: MainWindow) -> None:
    """Let the document have the keyboard, as a window manager does where a dialog is closed."""
    window.activateWindow()
    stage.wait_until(window.isActiveWindow)
    window.view.setFocus()


def _finish(window: MainWindow) -> None:
    """Say that the document is done, which is not counted as it takes the same, and let it be learned."""
    if window.session.set_work_state("done") is None:
        raise RuntimeError("A document could not be finished.")
    loop = QEventLoop()  # which waits for as long as it takes
    window.learning.ended.connect(loop.quit)
    window.learning.look()
    if window.learning.is_learning:
        loop.exec()


def suggested(window: MainWindow) -> set[Place]:
    """What is outlined, once all that is to be suggested is there."""
    suggesting = window.suggesting
    suggesting.look()
    stage.wait_until(lambda: not suggesting.is_looking)
    return {(each.start, each.end, each.label) for each in suggesting.found}


def marked_or_suggested(window: MainWindow) -> set[Place]:
    """The spans that are there, and those that are outlined."""
    return places_of(window) | suggested(window)


def accept_sure(hands: Hands, wanted: list[Wanted]) -> None:
    """Accept what is right, if any is: open the preview, click each row that is wrong there, Enter."""
    places = {(*place, label) for place, label in wanted}
    if not suggested(hands.window) & places:
        return
    hands.press(Qt.Key.Key_Period, Qt.KeyboardModifier.AltModifier)
    dialog = hands.window.findChild(AcceptAboveDialog)
    stage.wait_until(dialog.isActiveWindow)
    rows = dialog.list.rows
    for number in range(rows.rowCount()):
        index = rows.index(number)
        row = rows.row_at(index)
        if row is None:
            continue
        is_right = all((each.start, each.end, each.label) in places for each in dialog.groups[row.key])
        if row.is_checked != is_right:
            dialog.list.scrollTo(index)
            box = dialog.list.visualRect(index)
            hands.click(dialog.list.viewport(), QPoint(box.left() + ON_BOX, box.center().y()))
    hands.press(Qt.Key.Key_Return if dialog.chosen else Qt.Key.Key_Escape)
    stage.wait_until(lambda: not dialog.isVisible())
    to_front(hands.window)


def table(series: Series) -> str:
    """The actions of each document in order, without suggestions and with them, in all and a span."""
    without, suggested = (list(played(series, is_suggested=each)) for each in (False, True))
    rows = [HEAD, ("---", *("---:" for _ in HEAD[1:]))]
    rows.append(("spans", *_sums([each.spans for each in without])))
    for name, found in (("without suggestions", without), ("with suggestions", suggested)):
        rows.append((name, *_sums([each.count.together for each in found])))
    for name, found in (("a span, without", without), ("a span, with", suggested)):
        all_in_all = sum(each.count.together for each in found) / sum(each.spans for each in found)
        rows.append((name, *(f"{each.each:.2f}" for each in found), f"{all_in_all:.2f}"))
    for name, found in (("seconds, without", without), ("seconds, with", suggested)):
        rows.append((name, *_sums([round(each.count.seconds) for each in found])))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _sums(numbers: list[int]) -> list[str]:
    return [*map(str, numbers), str(sum(numbers))]


def main() -> None:
    """Write the tables of the series of the corpus, which take some minutes, into docs/hands.md."""
    write({name: table(series) for name, series in from_corpus()})


if __name__ == "__main__":
    main()
