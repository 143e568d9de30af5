"""Laws of a project, for any sequence of edits: history makes it again, spans quote what they stand on."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.adjudication.decisions import result_of
from annotator.errors import AnnotatorError
from annotator.model import Annotation, AnnotationSet, Annotator, Record, WorkState, annotator_set_id, quote
from annotator.progress import run
from annotator.services import annotating, trash
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from annotator.store import Contents
from storage.store import ProjectStore, create_project
from tests import factories, projects, reviews

TEXT = "Judge 😀 Ada Roméro ruled.\nThe cou\u0301rt — in 𝒏ew 𝒚ork — denied it, and “stayed” the order.\n" * 2
LABELS = ("judge", "court", "holding", "holding")

steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("mark", "mark", "mark", "mark", "split", "relabel", "resize", "note", "sure", "link"),
                *("link", "remove", "undo", "undo", "redo", "done", "decide", "decide", "reopen", "trash"),
            )
        ),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
    ),
    min_size=10,
    max_size=30,
)


@contextmanager
def edited(made: list[tuple[str, int, int]]) -> Iterator[ProjectStore]:
    """A project after the edits; those that the rules refuse are left out."""
    with tempfile.TemporaryDirectory() as folder, projects.new_project(Path(folder)) as store:
        projects.add_document(store, text=TEXT)
        annotating.add_annotator(store, annotator=factories.ANA, name="Bo")
        for kind, place, length in made:
            try:
                _edit(store, kind, place, length)
            except AnnotatorError:
                continue
        yield store


def _edit(store: ProjectStore, kind: str, place: int, length: int) -> None:
    who = reviews.person(store, "Bo") if place % 3 == 0 else factories.ANA
    end, label = min(place + length, len(TEXT)), LABELS[length % len(LABELS)]
    spans = store.annotations(factories.DOCUMENT, annotator_set_id(who))
    verbs: dict[str, Callable[[], object]] = {
        "mark": lambda: annotating.highlight(
            store, annotator=who, document=factories.DOCUMENT, label=label, fragments=[(place, end)]
        ),
        "split": lambda: annotating.highlight(
            store,
            annotator=who,
            document=factories.DOCUMENT,
            label=label,
            fragments=[(place, place + 1), (place + 3, min(place + 3 + length, len(TEXT)))],
        ),
        "undo": lambda: annotating.undo(store, annotator=who, document=factories.DOCUMENT),
        "redo": lambda: annotating.redo(store, annotator=who, document=factories.DOCUMENT),
        "done": lambda: _say(store, "done"),
        "reopen": lambda: _say(store, "in_progress"),
        "decide": lambda: _decide(store, place),
        "trash": lambda: _throw_away(store, is_back=length > 3),
    }
    if kind in verbs:
        verbs[kind]()
        return
    if not spans:
        return
    chosen = spans[place % len(spans)].id
    on_span: dict[str, Callable[[], object]] = {
        "relabel": lambda: annotating.relabel(store, annotator=who, annotation=chosen, label=label),
        "resize": lambda: annotating.resize(
            store, annotator=who, annotation=chosen, fragments=[(place, end)]
        ),
        "note": lambda: annotating.set_note(store, annotator=who, annotation=chosen, note=f"note {length}"),
        "sure": lambda: annotating.set_certainty(store, annotator=who, annotation=chosen, certainty="unsure"),
        "link": lambda: _link(store, who),
        "remove": lambda: annotating.remove(store, annotator=who, annotations=(chosen,)),
    }
    on_span[kind]()


def _throw_away(store: ProjectStore, *, is_back: bool) -> None:
    run(trash.remove(store, annotator=factories.ANA, documents=[factories.DOCUMENT]))
    if is_back:
        run(trash.restore(store, annotator=factories.ANA, documents=[factories.DOCUMENT]))


def _say(store: ProjectStore, state: WorkState) -> None:
    for person in store.annotators():
        annotating.set_work_state(store, annotator=person.id, document=factories.DOCUMENT, state=state)


def _decide(store: ProjectStore, place: int) -> None:
    """Let both finish, settle a unit, and let both go on."""
    _say(store, "done")
    units = review(store, factories.DOCUMENT).units
    if units:
        unit = units[place % len(units)]
        ruling = Ruling("accept", (result_of(unit.candidates[0].span),))
        decide(store, reviewer=factories.ANA, document=factories.DOCUMENT, unit=unit.key, ruling=ruling)
    _say(store, "in_progress")


def _link(store: ProjectStore, who: str) -> None:
    """Let the last holding of somebody restate the first."""
    spans = store.annotations(factories.DOCUMENT, annotator_set_id(who))
    own = [span.id for span in spans if span.label == "holding"]
    if len(own) > 1:
        annotating.link(store, annotator=who, type="restates", source=own[-1], target=own[0])


@settings(max_examples=15, derandomize=True)
@given(steps)
def test_every_span_quotes_its_text_after_any_edits(made: list[tuple[str, int, int]]) -> None:
    with edited(made) as store:
        for span in store.annotations(factories.DOCUMENT):
            assert span.quote == quote(TEXT, span.fragments)


@settings(max_examples=15, derandomize=True)
@given(steps)
def test_history_replayed_from_empty_gives_the_same_project(made: list[tuple[str, int, int]]) -> None:
    with edited(made) as store, tempfile.TemporaryDirectory() as folder:
        first, *rest = reversed([entry.change_id for entry in store.history()])
        path = Path(folder) / "again.annotator"
        with create_project(
            path, name=store.name, initial=lambda _: store.change(first), workstation="another"
        ) as again:
            for number, change_id in enumerate(rest):
                again.apply(store.change(change_id), _contents() if number == 0 else None)

            assert everything(again) == everything(store)
            assert [entry.change_id for entry in again.history()] == [
                entry.change_id for entry in store.history()
            ]
            assert again.verify() == ()


def _contents() -> Contents:
    _, contents = factories.document_change(text=TEXT)
    return contents


def everything(store: ProjectStore) -> dict[str, Record]:
    people: tuple[Annotator | AnnotationSet, ...] = (*store.annotators(), *store.sets())
    spans: tuple[Annotation, ...] = store.annotations(factories.DOCUMENT)
    records: tuple[Record, ...] = (*people, *spans, *store.records_of(factories.DOCUMENT))
    return {record.id: record for record in records}
