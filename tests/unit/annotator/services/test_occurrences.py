"""Marking all occurrences: what is found here and in the corpus, marked as one change, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.change import Change
from annotator.errors import InvalidEdit
from annotator.geometry import Range
from annotator.model import Annotation, annotator_set_id
from annotator.occurrences import Template
from annotator.progress import run
from annotator.services import annotating
from annotator.services.occurrences import Occurrences, find, mark, template_of, template_of_span
from storage.store import ProjectStore, open_project
from tests import projects

TEXTS = {
    "one": "Norvel sued. NORVEL won; Norvel’s rival left.\nNorvelon did not.\n",
    "two": "The court heard Norvel twice: Norvel.\n",
    "three": "Nobody was heard.\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        for id, text in TEXTS.items():
            projects.add_document(store, id, text=text, title=f"Title of {id}")
        projects.add_document(store, "letter", text="Norvel wrote.\n", kind="letter")
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def organization(store: ProjectStore, ana: str) -> Annotation:
    change = annotating.highlight(
        store, annotator=ana, document="one", label="organization", fragments=[(0, 6)]
    )
    span = next(record for record in change.after if isinstance(record, Annotation))
    annotating.set_attribute(store, annotator=ana, annotation=span.id, attribute="role", value="plaintiff")
    found = store.record(Annotation, span.id)
    assert found is not None
    return found


def found_in(store: ProjectStore, ana: str, template: Template, document: str | None = None) -> Occurrences:
    return run(find(store, annotator=ana, template=template, document=document))


def mark_free(store: ProjectStore, ana: str, template: Template, found: Occurrences) -> Change:
    places: dict[str, list[Range]] = {}
    for row in found.rows:
        if row.state == "free":
            places.setdefault(row.document, []).append(row.place)
    return run(mark(store, annotator=ana, template=template, places=places))


def own(store: ProjectStore, ana: str) -> set[Annotation | tuple[str, ...]]:
    return {
        (span.document, span.quote.exact, span.label, str(span.fragments), str(span.attributes), span.origin)
        for document in TEXTS
        for span in store.annotations(document, annotator_set_id(ana))
    }


def test_words_of_a_span_are_found_in_its_document(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))

    found = found_in(store, ana, template, "one")

    assert [(row.before, row.words, row.state) for row in found.rows] == [
        ("", "Norvel", "marked"),
        ("Norvel sued. NORVEL won; ", "Norvel", "free"),
    ]
    assert found.rows[1].after == "’s rival left."


def test_words_are_found_in_the_corpus_where_the_label_is_offered(store: ProjectStore, ana: str) -> None:
    claim = template_of(store, document="one", label="claim", fragments=[(0, 6)])
    court = template_of_span(store, span=organization(store, ana))

    assert [row.document for row in found_in(store, ana, court).rows] == ["one", "one", "two", "two"]
    assert found_in(store, ana, claim).not_offered == 1


def test_case_is_ignored_where_that_is_wanted(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))

    found = run(find(store, annotator=ana, template=template, document=None, ignore_case=True))

    assert [row.words for row in found.rows] == ["Norvel", "NORVEL", "Norvel", "Norvel", "Norvel"]


def test_words_that_an_index_of_words_does_not_know_are_found(store: ProjectStore, ana: str) -> None:
    cut = template_of(store, document="one", label="organization", fragments=[(0, 3)], exact=True)
    semicolon = template_of(store, document="one", label="organization", fragments=[(23, 24)], exact=True)

    assert len(found_in(store, ana, cut).rows) == 5
    assert [row.words for row in found_in(store, ana, semicolon).rows] == [";"]


def test_list_is_cut_where_there_is_too_much(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))

    found = run(find(store, annotator=ana, template=template, document=None, most=2))

    assert len(found.rows) == 2
    assert found.is_cut


def test_chosen_places_are_one_change_with_the_templates_values(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))

    change = mark_free(store, ana, template, found_in(store, ana, template))

    made = [record for record in change.after if isinstance(record, Annotation)]
    assert change.title == "Mark 3 times Organization in 2 documents"
    assert change.document is None
    assert {span.origin for span in made} == {"occurrence"}
    assert all(span.attributes == {"role": "plaintiff"} for span in made)


def test_places_of_one_document_are_a_change_of_that_document(store: ProjectStore, ana: str) -> None:
    template = template_of(store, document="two", label="organization", fragments=[(16, 22)])

    change = mark_free(store, ana, template, found_in(store, ana, template, "two"))

    assert change.document == "two"
    assert annotating.undo(store, annotator=ana, document="two").undoes == change.id


def test_marking_again_is_refused_in_words(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))
    found = found_in(store, ana, template)
    mark_free(store, ana, template, found)

    with pytest.raises(InvalidEdit, match="are marked Organization by now"):
        mark_free(store, ana, template, found)


def test_cancelled_marking_writes_nothing(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))
    before = own(store, ana)
    job = mark(store, annotator=ana, template=template, places={"two": [Range(16, 22)]})

    for _ in range(3):  # it begins, a document, and the last moment before it writes
        next(job)
    job.close()

    assert own(store, ana) == before


def test_marks_in_several_documents_are_taken_back_in_any_of_them_after_a_restart(
    store: ProjectStore, ana: str
) -> None:
    template = template_of_span(store, span=organization(store, ana))
    before = own(store, ana)
    change = mark_free(store, ana, template, found_in(store, ana, template))
    marked = own(store, ana)
    path = store.path
    store.close()

    with open_project(path, workstation=projects.WORKSTATION) as again:
        assert annotating.undo(again, annotator=ana, document="two").undoes == change.id
        assert own(again, ana) == before
        annotating.redo(again, annotator=ana, document="one")
        assert own(again, ana) == marked


def test_edit_after_marks_in_several_documents_is_taken_back_first(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))
    change = mark_free(store, ana, template, found_in(store, ana, template))
    annotating.highlight(store, annotator=ana, document="two", label="court", fragments=[(4, 9)])

    first = annotating.undo(store, annotator=ana, document="two")
    second = annotating.undo(store, annotator=ana, document="two")

    assert first.title == "Mark Court"
    assert second.undoes == change.id


def test_edit_ends_the_redo_of_marks_in_several_documents(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))
    mark_free(store, ana, template, found_in(store, ana, template))
    annotating.undo(store, annotator=ana, document="two")
    annotating.highlight(store, annotator=ana, document="two", label="court", fragments=[(4, 9)])

    with pytest.raises(InvalidEdit, match="Nothing to redo"):
        annotating.redo(store, annotator=ana, document="two")


def test_document_that_was_not_touched_offers_no_undo_of_it(store: ProjectStore, ana: str) -> None:
    template = template_of_span(store, span=organization(store, ana))
    change = mark_free(store, ana, template, found_in(store, ana, template))

    with pytest.raises(InvalidEdit):
        annotating.undo(store, annotator=ana, document="three")
    assert annotating.undo(store, annotator=ana, document=None).undoes == change.id


def test_marks_with_a_link_since_are_not_taken_back(store: ProjectStore, ana: str) -> None:
    template = template_of(store, document="two", label="claim", fragments=[(16, 22)])
    change = mark_free(store, ana, template, found_in(store, ana, template))
    claim = next(record for record in change.after if isinstance(record, Annotation))
    annotating.highlight(
        store,
        annotator=ana,
        document=claim.document,
        label="source",
        fragments=[(7, 11)],
        slot_owner=claim.id,
    )

    with pytest.raises(InvalidEdit, match="because “Mark Source” came after it"):
        annotating.undo(store, annotator=ana, document=None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["Norvel", "The", "heard", "."]), st.booleans(), st.booleans())
def test_marking_then_undoing_changes_nothing(
    store: ProjectStore, ana: str, words: str, is_here: bool, ignore_case: bool
) -> None:
    before = own(store, ana)
    start = TEXTS["two"].index(words)
    template = template_of(
        store, document="two", label="court", fragments=[(start, start + len(words))], exact=True
    )
    job = find(
        store, annotator=ana, template=template, document="two" if is_here else None, ignore_case=ignore_case
    )

    mark_free(store, ana, template, run(job))
    assert own(store, ana) != before
    annotating.undo(store, annotator=ana, document="two")

    assert own(store, ana) == before
