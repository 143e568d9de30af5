"""The session: every edit is in the file when it returns, and the live values have it already."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.change import make_change
from annotator.errors import ProjectError
from annotator.model import Annotation, Document, TextVersion, annotator_set_id
from annotator.progress import Job, Progress, run
from annotator.services import annotating
from annotator.store import Contents, Store
from annotator.text import text_sha256
from storage.store import open_project
from tests.factories import TEXT, find
from tests.ui.sessions import make_project, me, open_session, store_of
from ui.jobs import on_sibling
from ui.session import Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", {"one": TEXT, "two": "The court denied the motion.\n"})


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    session = open_session(path)
    yield session
    session.close_project()


def stored(path: Path, document: str = "one") -> tuple[Annotation, ...]:
    """What another connection reads."""
    with open_project(path, workstation="elsewhere", read_only=True) as store:
        return store.annotations(document, annotator_set_id(store.annotators()[0].id))


def mark(session: Session, label: str, words: str) -> str:
    place = find(words, session.text)
    assert session.highlight(label, place.start, place.end) is not None
    return next(a.id for a in session.annotations.values() if a.quote.exact == words)


def test_highlight_is_in_the_file_when_it_returns(session: Session, path: Path) -> None:
    mark(session, "court", "District Court")

    assert [(span.label, span.quote.exact) for span in stored(path)] == [("court", "District Court")]


def test_listener_finds_the_live_values_changed_already(session: Session) -> None:
    seen: list[int] = []
    session.changed.connect(lambda _change: seen.append(len(session.annotations)))

    mark(session, "court", "District Court")

    assert seen == [1]


def test_new_span_is_selected(session: Session) -> None:
    span = mark(session, "court", "District Court")

    assert session.selected == span


def test_refused_edit_tells_why_and_changes_nothing(session: Session, path: Path, qtbot: QtBot) -> None:
    mark(session, "court", "District Court")
    place = find("District Court")

    with qtbot.waitSignal(session.refused) as refused:
        change = session.highlight("court", place.start, place.end)

    assert change is None
    assert "already" in str(refused.args)
    assert len(session.annotations) == len(stored(path)) == 1


def test_source_of_the_selected_claim_is_linked_in_one_step_and_the_claim_stays_selected(
    session: Session,
) -> None:
    claim = mark(session, "claim", "the company will appeal")

    source = mark(session, "source", "Norvel’s lawyer")

    assert [(r.type, r.source, r.target) for r in session.relations.values()] == [("source", claim, source)]
    assert session.selected == claim
    session.undo()
    assert (source in session.annotations, len(session.relations)) == (False, 0)


def test_source_without_a_claim_selected_is_not_linked(session: Session) -> None:
    mark(session, "court", "District Court")

    mark(session, "source", "Norvel’s lawyer")

    assert session.relations == {}


def test_removed_span_takes_its_links_and_the_selection_with_it(session: Session, qtbot: QtBot) -> None:
    claim = mark(session, "claim", "the company will appeal")
    mark(session, "source", "Norvel’s lawyer")

    with qtbot.waitSignal(session.span_selected):
        session.remove(claim)

    assert (session.selected, len(session.annotations), session.relations) == (None, 1, {})


def test_undo_and_redo_bring_back_the_same_span_and_select_it(session: Session) -> None:
    span = mark(session, "court", "District Court")
    session.select_span(None)

    session.undo()
    assert session.annotations == {}
    session.redo()

    assert list(session.annotations) == [span]
    assert session.selected == span


def test_undo_goes_on_after_the_project_was_closed(session: Session, path: Path) -> None:
    mark(session, "court", "District Court")
    mark(session, "organization", "Norvel")
    session.close_project()

    again = open_session(path)
    again.undo()

    assert [span.label for span in again.annotations.values()] == ["court"]
    again.close_project()


def test_nothing_to_undo_is_said(session: Session, qtbot: QtBot) -> None:
    session.open_document("two")
    session.undo()

    with qtbot.waitSignal(session.refused):
        session.undo()


def test_edits_without_a_project_are_refused(qtbot: QtBot) -> None:
    session = Session(open_project, workstation="here")

    with qtbot.waitSignal(session.refused) as refused:
        assert session.highlight("court", 0, 5) is None

    assert "No project is open" in str(refused.args)


def test_attributes_notes_certainty_and_links_reach_the_file(session: Session, path: Path) -> None:
    holding = mark(session, "holding", "that Norvel cannot claim immunity")
    court = mark(session, "court", "District Court")

    session.set_attribute(holding, "issue", "immunity")
    session.set_note(holding, "see page 4")
    session.set_certainty(holding, "likely")
    session.link("issued_by", holding, court)

    span = next(span for span in stored(path) if span.id == holding)
    assert (span.attributes["issue"], span.note, span.certainty) == ("immunity", "see page 4", "likely")
    relation = next(iter(session.relations.values()))
    session.unlink(relation.id)
    assert session.relations == {}


def test_work_state_and_document_label_are_live(session: Session) -> None:
    session.set_document_label("topic", ("privacy",))
    assert session.document_labels["topic"].value == ("privacy",)
    session.set_document_label("topic", None)
    assert session.document_labels == {}
    session.set_work_state("done")
    assert session.work_state == "done"
    session.undo()
    session.undo()
    session.undo()
    assert session.work_state == "todo"


def test_other_document_has_its_own_values(session: Session) -> None:
    mark(session, "court", "District Court")

    session.open_document("two")
    assert (session.annotations, session.selected, session.text[:9]) == ({}, None, "The court")
    session.open_document("one")

    assert len(session.annotations) == 1


def test_other_annotator_sees_only_their_own_spans(session: Session, qtbot: QtBot) -> None:
    lee = me(session)
    mark(session, "court", "District Court")
    session.edit(lambda store: annotating.add_annotator(store, annotator=lee, name="Kim"))
    kim = next(a.id for a in store_of(session).annotators() if a.name == "Kim")

    with qtbot.waitSignal(session.annotator_changed):
        session.switch_annotator(kim)
    assert session.annotations == {}
    mark(session, "judge", "Judge Ada Romero")

    session.switch_annotator(lee)
    assert [span.label for span in session.annotations.values()] == ["court"]


def test_what_others_write_passes_by_the_live_values(session: Session) -> None:
    lee = me(session)
    session.edit(lambda store: annotating.add_annotator(store, annotator=lee, name="Kim"))
    kim = next(a.id for a in store_of(session).annotators() if a.name == "Kim")
    place = find("District Court")

    session.edit(
        lambda store: annotating.highlight(
            store, annotator=kim, document="one", label="court", fragments=(place,)
        )
    )

    assert session.annotations == {}


def test_project_is_opened_as_the_annotator_asked_for_or_else_the_lead(path: Path, session: Session) -> None:
    lee = me(session)
    session.edit(lambda store: annotating.add_annotator(store, annotator=lee, name="Aaron"))
    session.close_project()

    for wanted, name in (("Aaron", "Aaron"), (None, "Lee"), ("nobody", "Lee")):
        session.open_project(path, annotator=wanted)
        assert session.annotator is not None
        assert session.annotator.name == name
        session.close_project()


def test_file_that_is_no_project_leaves_the_open_one_open(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "notes.annotator"
    other.write_text("not a project", "utf-8")

    with pytest.raises(ProjectError):
        session.open_project(other)

    assert session.store is not None
    assert session.document is not None


def test_job_works_on_a_store_of_its_own(session: Session, qtbot: QtBot) -> None:
    own: list[Store] = []

    def job(store: Store) -> Job[int]:
        own.append(store)
        yield Progress(0, 1)
        return len(store.documents())

    assert run(on_sibling(store_of(session), job)()) == 2
    assert own[0] is not session.store


def test_refresh_shows_what_a_job_wrote_beside_the_session(session: Session, qtbot: QtBot) -> None:
    lee = me(session)
    place = find("District Court")

    def job(store: Store) -> Job[None]:
        yield Progress(0, 1)
        annotating.highlight(store, annotator=lee, document="one", label="court", fragments=(place,))

    run(on_sibling(store_of(session), job)())
    with qtbot.waitSignals([session.documents_changed, session.document_changed]):
        session.refresh()

    assert len(session.annotations) == 1


def test_closing_leaves_nothing_behind(session: Session) -> None:
    mark(session, "court", "District Court")
    session.arm("court")

    session.close_project()

    assert (session.store, session.document, session.annotator, session.selected, session.armed) == (
        None,
    ) * 5
    assert (session.text, session.annotations, session.rows()) == ("", {}, ())


def read_otherwise(store: Store, text: str) -> None:
    """Give document one another text, as reading it again does."""
    before = store.record(Document, "one")
    assert before is not None
    old = store.record(TextVersion, before.text_version)
    assert old is not None
    version = replace(old, id="other", text_sha256=text_sha256(text), length=len(text))
    me = store.annotators()[0].id
    after = replace(before, text_version="other")
    change = make_change("Read again", annotator=me, document="one", before=(before,), after=(after, version))
    store.apply(change, Contents(texts={version.text_sha256: text}))


def test_text_that_a_job_put_in_place_is_shown(session: Session) -> None:
    told: list[str] = []
    session.document_changed.connect(lambda: told.append(session.text))

    with store_of(session).sibling() as other:
        read_otherwise(other, "A better reading.")
    session.refresh()

    assert told == ["A better reading."]


def test_undo_of_another_text_shows_the_one_before(session: Session) -> None:
    with store_of(session).sibling() as other:
        read_otherwise(other, "A better reading.")
    session.refresh()
    told: list[str] = []
    session.changed.connect(lambda _change: told.append(session.text))

    session.undo()

    assert told == [TEXT]
