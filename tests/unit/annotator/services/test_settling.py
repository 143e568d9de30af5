"""What a merge leaves in question, the choices there are, and that a choice travels."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.change import make_change
from annotator.conflicts import Conflict
from annotator.errors import InvalidEdit, StaleChange
from annotator.model import Document, SchemaVersion, TextVersion, now
from annotator.progress import run
from annotator.services import annotating, settling, trash
from annotator.store import Contents
from annotator.text import text_sha256
from storage.store import ProjectStore
from tests import exchange, projects
from tests.factories import TEXT, find


class Pair:
    """One project on two workstations."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._count = folder, 0
        self.here = stack.enter_context(projects.new_project(folder / "here.annotator"))
        projects.add_document(self.here)
        self.ana = projects.lead(self.here).id
        first = exchange.packed(self.here, folder / "first.annopack")
        self.there = stack.enter_context(exchange.adopted(first, folder / "there.annotator", "workstation-2"))

    def carry(self, source: ProjectStore, target: ProjectStore) -> None:
        self._count += 1
        exchange.merged(target, exchange.packed(source, self._folder / f"{self._count}.annopack"))

    def exchange(self) -> None:
        self.carry(self.here, self.there)
        self.carry(self.there, self.here)
        assert exchange.records(self.here) == exchange.records(self.there)
        assert settling.conflicts(self.here) == settling.conflicts(self.there)

    def mark(self, store: ProjectStore, words: str = "Ada Romero", label: str = "judge") -> str:
        change = annotating.highlight(
            store, annotator=self.ana, document="document-1", label=label, fragments=[find(words)]
        )
        return change.after[-1].id

    def settle(self, choice: str) -> None:
        """Settle the one conflict here, and carry that to the other workstation."""
        (conflict,) = settling.conflicts(self.here)
        settling.settle(self.here, annotator=self.ana, conflict=conflict.id, choice=choice)
        assert settling.conflicts(self.here) == ()
        self.exchange()
        assert settling.conflicts(self.there) == ()
        assert self.here.verify() == self.there.verify() == ()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        yield Pair(tmp_path, stack)


def only(pair: Pair) -> Conflict:
    (conflict,) = settling.conflicts(pair.here)
    return conflict


def choice_with(conflict: Conflict, words: str) -> str:
    return next(choice.key for choice in conflict.choices if words in choice.words)


def test_work_on_both_sides_comes_together_without_questions(pair: Pair) -> None:
    pair.mark(pair.here)
    pair.mark(pair.there, "Norvel", "organization")

    pair.exchange()

    assert settling.conflicts(pair.here) == ()
    assert exchange.spans(pair.there, "document-1") == [("judge", "Ada Romero"), ("organization", "Norvel")]


@pytest.mark.parametrize("wanted", ["from here", "from there"])
def test_a_span_that_was_edited_on_both_sides_is_chosen(pair: Pair, wanted: str) -> None:
    span = pair.mark(pair.here)
    pair.exchange()
    annotating.set_note(pair.here, annotator=pair.ana, annotation=span, note="from here")
    annotating.set_note(pair.there, annotator=pair.ana, annotation=span, note="from there")

    pair.exchange()
    conflict = only(pair)
    assert conflict.kind == "versions"
    assert conflict.sentence == "The span “Ada Romero” was changed on two computers."
    pair.settle(choice_with(conflict, wanted))

    assert [each.note for each in pair.there.annotations("document-1")] == [wanted]


@pytest.mark.parametrize(("key", "left"), [("remove", 0), ("1", 1)])
def test_a_span_removed_here_and_edited_there_stands_until_somebody_chooses(
    pair: Pair, key: str, left: int
) -> None:
    span = pair.mark(pair.here)
    pair.exchange()
    annotating.remove(pair.here, annotator=pair.ana, annotations=[span])
    annotating.set_note(pair.there, annotator=pair.ana, annotation=span, note="keep me")

    pair.exchange()
    assert len(pair.here.annotations("document-1")) == 1
    assert "removed on one computer and changed on another" in only(pair).sentence
    keys = [choice.key for choice in only(pair).choices]
    pair.settle("remove" if key == "remove" else next(each for each in keys if each != "remove"))

    assert len(pair.there.annotations("document-1")) == left


def test_the_same_span_made_on_both_sides_is_listed_once(pair: Pair) -> None:
    pair.mark(pair.here)
    pair.mark(pair.there)

    pair.exchange()
    assert only(pair).kind == "twins"
    assert only(pair).sentence == "The span “Ada Romero” was made on two computers."
    pair.settle("1")

    assert len(pair.there.annotations("document-1")) == 1


@pytest.mark.parametrize(("choice", "spans"), [("restore", 1), ("drop", 0)])
def test_work_in_a_document_that_was_removed_is_kept_and_asked_about(
    pair: Pair, choice: str, spans: int
) -> None:
    run(trash.remove(pair.here, annotator=pair.ana, documents=["document-1"]))
    pair.mark(pair.there)

    pair.exchange()
    assert pair.there.documents() == ()
    assert only(pair).kind == "waiting"
    assert "was removed on one computer; 1 record of another need it" in only(pair).sentence
    pair.settle(choice)

    assert len(pair.there.documents()) == spans
    assert len(pair.there.annotations("document-1")) == spans


def test_a_document_that_comes_back_brings_what_waited_for_it(pair: Pair) -> None:
    run(trash.remove(pair.here, annotator=pair.ana, documents=["document-1"]))
    pair.mark(pair.there)
    pair.exchange()

    run(trash.restore(pair.here, annotator=pair.ana, documents=["document-1"]))

    assert exchange.spans(pair.here, "document-1") == [("judge", "Ada Romero")]
    assert settling.conflicts(pair.here) == ()
    pair.exchange()


def reread(pair: Pair, store: ProjectStore, text: str) -> None:
    """Turn the document to another text, as a better reading does."""
    before = store.record(Document, "document-1")
    assert before is not None
    version = TextVersion(
        "better", "document-1", "text", "2", text_sha256(text), len(text), now(), warnings=()
    )
    after = Document(
        **{name: getattr(before, name) for name in Document.__slots__} | {"text_version": "better"}
    )
    change = make_change(
        "Read again", annotator=pair.ana, document="document-1", before=(before,), after=(after, version)
    )
    store.apply(change, Contents(texts={version.text_sha256: text}))


def test_a_span_in_the_older_text_is_found_in_the_present_one(pair: Pair) -> None:
    reread(pair, pair.here, f"FILED\n{TEXT}")
    pair.mark(pair.there)

    pair.exchange()
    assert only(pair).kind == "text"
    pair.settle("move")

    (span,) = pair.there.annotations("document-1")
    assert (span.text_version, span.start) == ("better", find("Ada Romero").start + len("FILED\n"))


def test_two_label_schemas_are_chosen_from(pair: Pair) -> None:
    for store, words in ((pair.here, "here"), (pair.there, "there")):
        version = SchemaVersion(f"schema-{words}", 2, f"{store.schema_toml()}\n# {words}\n", now())
        store.apply(make_change("Change the schema", annotator=pair.ana, after=(version,)))

    pair.exchange()
    assert only(pair).kind == "schema"
    in_force = pair.here.schema_toml()
    pair.settle("2")

    assert pair.there.schema_toml() == pair.here.schema_toml() != in_force
    assert pair.there.schema_number() == 3


def test_choices_that_differ_are_asked_about_again(pair: Pair) -> None:
    span = pair.mark(pair.here)
    pair.exchange()
    annotating.set_note(pair.here, annotator=pair.ana, annotation=span, note="from here")
    annotating.set_note(pair.there, annotator=pair.ana, annotation=span, note="from there")
    pair.exchange()
    for store, words in ((pair.here, "from here"), (pair.there, "from there")):
        (conflict,) = settling.conflicts(store)
        settling.settle(store, annotator=pair.ana, conflict=conflict.id, choice=choice_with(conflict, words))

    pair.exchange()

    assert len(only(pair).choices) == 2


def test_who_neither_leads_nor_reviews_settles_nothing(pair: Pair) -> None:
    pair.mark(pair.here)
    pair.mark(pair.there)
    annotating.add_annotator(pair.here, annotator=pair.ana, name="Bo")
    bo = next(who.id for who in pair.here.annotators() if who.name == "Bo")
    pair.exchange()

    with pytest.raises(InvalidEdit, match="by who leads or reviews"):
        settling.settle(pair.here, annotator=bo, conflict=only(pair).id, choice="1")
    with pytest.raises(InvalidEdit, match="There is no choice 7"):
        settling.settle(pair.here, annotator=pair.ana, conflict=only(pair).id, choice="7")
    with pytest.raises(InvalidEdit, match="settled already"):
        settling.settle(pair.here, annotator=pair.ana, conflict="none", choice="1")


def test_a_merge_is_taken_back_and_can_be_made_again(pair: Pair) -> None:
    pair.mark(pair.here)
    pair.mark(pair.there, "Norvel", "organization")
    before = exchange.records(pair.here), exchange.known(pair.here)
    pair.carry(pair.there, pair.here)
    after = exchange.records(pair.here)

    (note,) = pair.here.merges()
    pair.here.take_back_merge(note.id)

    assert (exchange.records(pair.here), exchange.known(pair.here)) == before
    assert pair.here.merges() == ()
    assert pair.here.verify() == ()
    pair.carry(pair.there, pair.here)
    assert exchange.records(pair.here) == after


def test_a_merge_that_something_builds_on_is_not_taken_back(pair: Pair) -> None:
    span = pair.mark(pair.there)
    pair.carry(pair.there, pair.here)
    annotating.set_note(pair.here, annotator=pair.ana, annotation=span, note="built on it")
    before = exchange.records(pair.here)

    with pytest.raises(StaleChange, match="because “Write note on Judge” builds on what it brought"):
        pair.here.take_back_merge(pair.here.merges()[0].id)

    assert exchange.records(pair.here) == before


def test_clocks_that_differ_by_years_change_nothing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    span = pair.mark(pair.here)
    pair.exchange()
    with monkeypatch.context() as past:
        past.setattr("storage.history.now", lambda: "1999-01-01T00:00:00.000Z")
        annotating.set_note(pair.there, annotator=pair.ana, annotation=span, note="newer all the same")
    pair.exchange()

    assert settling.conflicts(pair.here) == ()
    assert [each.note for each in pair.here.annotations("document-1")] == ["newer all the same"]


def test_two_copies_of_one_file_come_together(pair: Pair, tmp_path: Path) -> None:
    """Both were worked on under the same workstation, so their changes have the same numbers."""
    pair.here.save_copy(tmp_path / "copy.annotator")
    from storage.store import open_project

    with open_project(tmp_path / "copy.annotator", workstation=pair.here.workstation) as copy:
        pair.mark(pair.here)
        pair.mark(copy, "Norvel", "organization")
        pair.carry(copy, pair.here)
        pair.carry(pair.here, copy)

        assert exchange.records(copy) == exchange.records(pair.here)
        assert len(exchange.spans(copy, "document-1")) == 2
        assert copy.verify() == ()


def test_a_package_for_an_annotator_has_nobody_elses_work(pair: Pair, tmp_path: Path) -> None:
    annotating.add_annotator(pair.here, annotator=pair.ana, name="Bo")
    bo = next(who.id for who in pair.here.annotators() if who.name == "Bo")
    pair.mark(pair.here)
    annotating.set_work_state(pair.here, annotator=pair.ana, document="document-1", state="done")
    package = exchange.packed(pair.here, tmp_path / "bo.annopack", annotator=bo)

    with exchange.adopted(package, tmp_path / "bo.annotator", "workstation-3") as laptop:
        assert laptop.annotations("document-1") == ()
        assert laptop.assignments("document-1") == ()
        annotating.highlight(
            laptop, annotator=bo, document="document-1", label="judge", fragments=[find("Ada Romero")]
        )
        back = exchange.packed(laptop, tmp_path / "back.annopack", annotator=bo, with_contents=False)
        assert laptop.verify() == ()
    merged = exchange.merged(pair.here, back)
    again = exchange.merged(pair.here, back)

    assert (merged.taken.changes, again.taken.changes) == (1, 0)
    assert len(pair.here.annotations("document-1")) == 2
    assert settling.conflicts(pair.here) == ()
