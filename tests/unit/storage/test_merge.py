"""The law of merging: whatever three workstations do, and however it travels, all come to the same."""

import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, StaleChange
from annotator.model import Annotation
from annotator.progress import run
from annotator.services import annotating, settling, trash
from storage.store import ProjectStore
from tests import exchange, projects

STATIONS = 3
TEXT = "Judge Ada Romero of the District Court ruled that Norvel cannot claim immunity."
DOCUMENTS = ("one", "two")
LABELS = ("judge", "court", "claim")
STEPS = st.one_of(
    st.tuples(st.just("mark"), st.integers(0, 2), st.integers(0, 1), st.integers(0, 5), st.integers(0, 2)),
    st.tuples(st.just("relabel"), st.integers(0, 2), st.integers(0, 9), st.integers(0, 2)),
    st.tuples(st.just("note"), st.integers(0, 2), st.integers(0, 9), st.integers(0, 2)),
    st.tuples(st.just("remove"), st.integers(0, 2), st.integers(0, 9)),
    st.tuples(st.just("link"), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("label"), st.integers(0, 2), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("state"), st.integers(0, 2), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("undo"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("redo"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("trash"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("restore"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("pack"), st.integers(0, 2)),
    st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 9)),
)


class Team:
    """Three files of one project on three workstations, and the packages that were made."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        first = stack.enter_context(projects.new_project(folder / "0.annotator"))
        for id in DOCUMENTS:
            projects.add_document(first, id, text=f"{id}: {TEXT}", title=id)
        self.ana = projects.lead(first).id
        self.packages = [exchange.packed(first, folder / "first.annopack")]
        self.stores = [first]
        for number in range(1, STATIONS):
            path = folder / f"{number}.annotator"
            store = exchange.adopted(self.packages[0], path, f"workstation-{number + 1}")
            self.stores.append(stack.enter_context(store))

    def do(self, step: tuple[object, ...]) -> None:
        """One step; what the rules refuse is not done."""
        name, *numbers = step
        with suppress(AnnotatorError):
            getattr(self, f"_{name}")(*numbers)

    def exchange_all(self) -> None:
        for _ in range(2):
            for number in range(STATIONS):
                self._pack(number)
            for store in self.stores:
                for package in self.packages[-STATIONS:]:
                    exchange.merged(store, package)

    def _span(self, station: int, number: int) -> Annotation:
        found = [span for id in DOCUMENTS for span in self.stores[station].annotations(id)]
        if not found:
            raise StaleChange("There is no span.")
        return found[number % len(found)]

    def _mark(self, station: int, document: int, word: int, label: int) -> None:
        id = DOCUMENTS[document]
        start = f"{id}: {TEXT}".index(TEXT.split()[word])
        annotating.highlight(
            self.stores[station],
            annotator=self.ana,
            document=id,
            label=LABELS[label],
            fragments=[(start, start + len(TEXT.split()[word]))],
        )

    def _relabel(self, station: int, span: int, label: int) -> None:
        annotating.relabel(
            self.stores[station],
            annotator=self.ana,
            annotation=self._span(station, span).id,
            label=LABELS[label],
        )

    def _note(self, station: int, span: int, note: int) -> None:
        annotating.set_note(
            self.stores[station],
            annotator=self.ana,
            annotation=self._span(station, span).id,
            note=f"note {note}",
        )

    def _remove(self, station: int, span: int) -> None:
        annotating.remove(
            self.stores[station], annotator=self.ana, annotations=[self._span(station, span).id]
        )

    def _link(self, station: int, source: int, target: int) -> None:
        store = self.stores[station]
        for relation in store.schema().relations:
            try:
                annotating.link(
                    store,
                    annotator=self.ana,
                    type=relation.id,
                    source=self._span(station, source).id,
                    target=self._span(station, target).id,
                )
            except AnnotatorError:
                continue
            return

    def _label(self, station: int, document: int, value: int) -> None:
        values = (None, ("privacy",), ("immunity",))
        annotating.set_document_label(
            self.stores[station],
            annotator=self.ana,
            document=DOCUMENTS[document],
            name="subject",
            value=values[value],
        )

    def _state(self, station: int, document: int, state: int) -> None:
        states = ("in_progress", "done", "skipped")
        annotating.set_work_state(
            self.stores[station],
            annotator=self.ana,
            document=DOCUMENTS[document],
            state=states[state],  # type: ignore[arg-type]
        )

    def _undo(self, station: int, document: int) -> None:
        annotating.undo(self.stores[station], annotator=self.ana, document=DOCUMENTS[document])

    def _redo(self, station: int, document: int) -> None:
        annotating.redo(self.stores[station], annotator=self.ana, document=DOCUMENTS[document])

    def _trash(self, station: int, document: int) -> None:
        run(trash.remove(self.stores[station], annotator=self.ana, documents=[DOCUMENTS[document]]))

    def _restore(self, station: int, document: int) -> None:
        run(trash.restore(self.stores[station], annotator=self.ana, documents=[DOCUMENTS[document]]))

    def _pack(self, station: int) -> None:
        path = self._folder / f"package-{len(self.packages)}.annopack"
        self.packages.append(exchange.packed(self.stores[station], path))

    def _merge(self, station: int, package: int) -> None:
        exchange.merged(self.stores[station], self.packages[package % len(self.packages)])


def check_converges(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        team = Team(Path(folder), stack)
        for step in steps:
            team.do(step)
        everything = set[tuple[str, str]]().union(*map(exchange.known, team.stores))

        team.exchange_all()

        first, *others = map(exchange.records, team.stores)
        assert all(other == first for other in others)
        questions = [settling.conflicts(store) for store in team.stores]
        assert all(other == questions[0] for other in questions)
        for store in team.stores:
            assert exchange.known(store) == everything
            assert store.verify() == ()
            _check_nothing_is_lost(store, first)


def _check_nothing_is_lost(store: ProjectStore, present: dict[str, object]) -> None:
    """What nobody removed is there, or listed as in question."""
    ids = {record_id for _, record_id in exchange.known(store)}
    for record_id, entries in store.entries_of(sorted(ids)).items():
        was_removed = any(entry.after is None for entry in entries)
        assert record_id in present or was_removed or record_id in store.contested()


@given(st.lists(STEPS, max_size=12))
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
def test_any_interleaving_converges_and_loses_nothing(steps: list[tuple[object, ...]]) -> None:
    check_converges(steps)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(st.lists(STEPS, max_size=40))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_many_long_interleavings_converge(steps: list[tuple[object, ...]]) -> None:
    check_converges(steps)
