"""What holds whatever happens: processes killed, threads side by side, any changes in any order."""

import random
import threading
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.change import Change
from annotator.model import Annotation, Record, new_id
from storage.store import ProjectStore, open_project
from tests import edits, factories, processes, projects

ROUNDS = 12


def test_killed_process_leaves_every_acknowledged_change(path: Path) -> None:
    """The process is killed at any moment of any change, and the project is opened as if nothing had been."""
    acknowledged: set[str] = set()

    for _ in range(ROUNDS):
        acknowledged |= _acknowledged_before_a_kill(path)
        with open_project(path, workstation=projects.WORKSTATION) as store:
            assert acknowledged <= {entry.change_id for entry in store.history()}
            assert store.verify() == ()

    assert len(acknowledged) >= ROUNDS


def _acknowledged_before_a_kill(path: Path) -> set[str]:
    with processes.running(processes.write_until_killed, path) as (process, pipe):
        changes = {pipe.recv()}
        deadline = time.monotonic() + random.uniform(0, 0.05)
        while (left := deadline - time.monotonic()) > 0 and pipe.poll(left):
            changes.add(pipe.recv())
        process.kill()
        process.join()
        try:
            while True:
                changes.add(pipe.recv())
        except (EOFError, OSError):
            return changes  # all that was sent is read


def test_edits_wait_for_an_import_in_another_thread_and_never_fail(store: ProjectStore) -> None:
    imported = 25
    failures: list[BaseException] = []

    def bring_in() -> None:
        try:
            with store.sibling() as sibling:
                for n in range(imported):
                    change, contents = factories.document_change(
                        id=f"import-{n}", text=f"{n}\n" + "A line of text.\n" * 300
                    )
                    spans = [
                        factories.annotation(
                            new_id(), document=f"import-{n}", text_version=f"import-{n}-text"
                        )
                        for _ in range(100)
                    ]
                    stamped = tuple(replace(span, revision=change.id) for span in spans)
                    sibling.apply(replace(change, after=(*change.after, *stamped)), contents)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=bring_in)
    thread.start()
    edits_made = 0
    while thread.is_alive():
        edits.mark(store, edits.span(f"edit-{edits_made}"))
        assert len(store.annotations(factories.DOCUMENT)) == edits_made + 1
        store.document_rows(factories.ANA)
        edits_made += 1
    thread.join()

    assert failures == []
    assert len(store.documents()) == 1 + imported
    assert edits_made > 1
    assert [entry.n for entry in store.history()] == list(range(2 + imported + edits_made, 0, -1))
    assert store.verify() == ()


_STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "relabel", "note", "move", "remove", "link")), st.integers(0, 9)),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(_STEPS)
def test_any_changes_and_then_their_inverses_restore_what_was(
    store: ProjectStore, steps: list[tuple[str, int]]
) -> None:
    before = _content(store)
    states = [before]
    made: list[Change] = []

    for kind, which in steps:
        change = _change(store, kind, which)
        if change is not None:
            store.apply(change)
            made.append(change)
            states.append(_content(store))

    for change in reversed(made):
        assert _content(store) == states.pop()
        edits.take_back(store, next(entry for entry in store.history() if entry.change_id == change.id))
    assert _content(store) == before


def _content(store: ProjectStore) -> dict[str, Record]:
    """All records of the document by id, but for the revision, which each change renews."""
    records: tuple[Record, ...] = (
        *store.annotations(factories.DOCUMENT),
        *store.relations(factories.DOCUMENT),
    )
    return {record.id: replace(record, revision="") for record in records}


def _change(store: ProjectStore, kind: str, which: int) -> Change | None:
    """An edit of one of the spans that there are, None where there is none to edit."""
    spans = store.annotations(factories.DOCUMENT)
    if kind == "add" or not spans:
        return (
            edits.change(after=(edits.span(new_id(), start=which, end=which + 4),)) if kind == "add" else None
        )
    span = spans[which % len(spans)]
    if kind == "link":
        return edits.change(after=(factories.relation(new_id(), source=span.id, target=spans[0].id),))
    if kind == "remove":
        return edits.change(before=(span, *store.relations_at(span.id)))
    new: dict[str, Annotation] = {
        "relabel": replace(span, label=f"label-{which}", attributes={"role": ("a", "b")[: which % 3]}),
        "note": replace(span, note=f"note {which}"),
        "move": replace(span, fragments=factories.fragments((which, which + 2), (which + 5, which + 9))),
    }
    return edits.change(before=(span,), after=(new[kind],))
