"""What is suggested follows the annotator's own work; accepting marks, rejecting keeps it away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.change import Change
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Fragment, Rejection, annotator_set_id
from annotator.progress import run
from annotator.services import annotating, settling, suggesting
from annotator.services.suggesting import Learned
from annotator.suggest.rules import RULES
from annotator.suggest.suggester import Subject
from annotator.suggest.suggestion import Suggestion
from storage.store import ProjectStore
from tests import exchange, projects

TEXTS = {
    "one": "Norvel sued Acme. Acme won.\n",
    "two": "Acme and Norvel met. Norvel left.\n",
    "three": "Nobody was heard.\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        for id, text in TEXTS.items():
            projects.add_document(store, id, text=text)
        projects.add_document(store, "letter", text="Norvel wrote.\n", kind="letter")
        yield store


@pytest.fixture
def ana(store: ProjectStore) -> str:
    return projects.lead(store).id


def mark(
    store: ProjectStore, ana: str, words: str, label: str = "organization", document: str = "one"
) -> str:
    start = TEXTS[document].index(words)
    change = annotating.highlight(
        store, annotator=ana, document=document, label=label, fragments=[(start, start + len(words))]
    )
    return next(record.id for record in change.after if isinstance(record, Annotation))


def suggested(store: ProjectStore, learned: Learned, document: str = "two") -> list[tuple[int, str]]:
    found = run(suggesting.suggest(store, learned, document=document))
    return [(each.start, each.label) for each in found]


def made(change: Change) -> list[Annotation]:
    return [record for record in change.after if isinstance(record, Annotation)]


def norvel(store: ProjectStore, ana: str) -> Suggestion:
    found = run(suggesting.suggest(store, Learned(ana), document="two"))
    return next(each for each in found if each.start == TEXTS["two"].index("Norvel"))


def test_what_was_marked_elsewhere_and_here_is_suggested_where_it_is_not_marked(
    store: ProjectStore, ana: str
) -> None:
    mark(store, ana, "Norvel")
    mark(store, ana, "Acme")

    assert suggested(store, Learned(ana), "two") == [
        (0, "organization"),
        (9, "organization"),
        (21, "organization"),
    ]
    assert suggested(store, Learned(ana), "one") == [(18, "organization")]


def test_what_was_learned_is_kept_and_follows_every_edit(store: ProjectStore, ana: str) -> None:
    learned = Learned(ana)
    assert suggested(store, learned) == []

    span = mark(store, ana, "Norvel")
    assert suggested(store, learned) == [(9, "organization"), (21, "organization")]

    annotating.relabel(store, annotator=ana, annotation=span, label="person")
    learned.stale = {"one"}
    assert suggested(store, learned) == [(9, "person"), (21, "person")]

    annotating.remove(store, annotator=ana, annotations=[span])
    assert suggested(store, learned) == []


def test_words_that_are_new_are_counted_in_the_documents_that_were_learned_before(
    store: ProjectStore, ana: str
) -> None:
    learned = Learned(ana)
    mark(store, ana, "Acme", document="two")
    annotating.set_work_state(store, annotator=ana, document="two", state="done")
    assert suggested(store, learned, "one") == [(12, "organization"), (18, "organization")]

    mark(store, ana, "Norvel")

    run(suggesting.learn(store, learned))
    # Labelled 1 of 3 times, since the two of the document that is done count.
    assert learned.dictionary.suggestions("Norvel", store.schema()) == []


def test_nothing_is_suggested_from_another_annotator_nor_where_the_work_is_done(
    store: ProjectStore, ana: str
) -> None:
    change = annotating.add_annotator(store, annotator=ana, name="Ben")
    ben = next(record.id for record in change.after if not isinstance(record, Annotation))
    mark(store, ana, "Norvel")
    assert suggested(store, Learned(ben)) == []

    annotating.set_work_state(store, annotator=ana, document="two", state="done")
    assert suggested(store, Learned(ana)) == []


def test_a_label_that_the_document_does_not_have_is_not_suggested(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "Norvel", "claim")
    schema = store.schema()
    never = schema.offer("claim", "letter") == "never"

    assert suggested(store, Learned(ana), "two") == [(9, "claim"), (21, "claim")]
    assert (suggested(store, Learned(ana), "letter") == []) is never


def test_a_label_on_demand_is_suggested_once_its_layer_is_in_use(store: ProjectStore, ana: str) -> None:
    text = "Norvel said so. Acme did not.\n"
    projects.add_document(store, "order", text=text, kind="order")
    mark(store, ana, "Norvel", "source")
    assert store.schema().offer("source", "order") == "on_demand"
    assert suggested(store, Learned(ana), "order") == []

    annotating.highlight(store, annotator=ana, document="order", label="claim", fragments=[(16, 28)])

    assert suggested(store, Learned(ana), "order") == [(0, "source")]


def test_accepted_spans_say_that_they_were_suggested(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "Norvel")
    found = norvel(store, ana)

    [span] = made(suggesting.accept(store, annotator=ana, document="two", suggestions=(found,)))

    assert (span.label, span.fragments, span.origin) == ("organization", found.fragments, "suggestion")
    with pytest.raises(InvalidEdit, match="already marked Organization"):
        suggesting.accept(store, annotator=ana, document="two", suggestions=(found,))


def test_several_are_accepted_in_one_step_without_those_that_cannot_be(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "Norvel")
    learned = Learned(ana)
    found = run(suggesting.suggest(store, learned, document="two"))
    annotating.highlight(
        store, annotator=ana, document="two", label="organization", fragments=found[0].fragments
    )
    extra = Suggestion((Fragment(0, 4),), "organization", 1.0, "test", "")

    change = suggesting.accept(store, annotator=ana, document="two", suggestions=(*found, extra))

    assert change.title == "Accept 2 suggestions"
    assert [span.quote.exact for span in made(change)] == ["Norvel", "Acme"]
    annotating.undo(store, annotator=ana, document="two")
    assert len(store.annotations("two", annotator_set_id(ana))) == 1


def test_values_that_the_label_has_come_with_the_span(store: ProjectStore, ana: str) -> None:
    attributes = {"role": "plaintiff", "unknown": "x"}
    found = Suggestion((Fragment(9, 15),), "organization", 1.0, "test", "", attributes)

    [span] = made(suggesting.accept(store, annotator=ana, document="two", suggestions=(found,)))

    assert span.attributes["role"] == "plaintiff"
    assert "unknown" not in span.attributes


def test_an_accepted_citation_keeps_the_case_that_it_was_resolved_to(store: ProjectStore, ana: str) -> None:
    text = (
        "The court cited Hale v. Oakmere, 88 F.4th 102, 110 (3d Cir. 2023). Id. at 112. It read Hale, 88 "
        "F.4th at 114, as did others. Hale, supra, at 115. See Exhibit 4.\n"
    )
    projects.add_document(store, "brief", text=text, kind="brief")
    found = RULES.suggest(Subject(text, "brief", store.schema()))
    cites = tuple(each for each in found if each.label == "citation")

    spans = made(suggesting.accept(store, annotator=ana, document="brief", suggestions=cites))

    assert len(spans) == 4
    assert {span.attributes["case"] for span in spans} == {"Hale v. Oakmere, 88 F.4th 102"}


def test_rejected_words_do_not_come_back_by_that_label_until_that_is_undone(
    store: ProjectStore, ana: str
) -> None:
    mark(store, ana, "Norvel")
    found = norvel(store, ana)

    change = suggesting.reject(store, annotator=ana, document="two", suggestion=found)

    assert change.title == "Reject the suggestion Organization"
    assert suggested(store, Learned(ana)) == []
    [kept] = store.rejections(annotator_set_id(ana))
    assert (kept.label, kept.words, kept.document) == ("organization", "norvel", "two")
    with pytest.raises(InvalidEdit, match="rejected already"):
        suggesting.reject(store, annotator=ana, document="two", suggestion=found)

    annotating.undo(store, annotator=ana, document="two")
    assert suggested(store, Learned(ana)) == [(9, "organization"), (21, "organization")]
    annotating.redo(store, annotator=ana, document="two")
    assert suggested(store, Learned(ana)) == []


def test_a_known_name_is_suggested_within_a_longer_one_that_was_rejected(
    store: ProjectStore, ana: str
) -> None:
    projects.add_document(store, "four", text="Norvel lost.\nNorvel Inc. paid.\n")
    mark(store, ana, "Norvel")
    learned = suggesting.learned_by(ana, ("rules", "dictionary"))

    longer, *others = [each for each in found_in(store, learned) if each.start > 0]
    suggesting.reject(store, annotator=ana, document="four", suggestion=longer)
    [within] = [each for each in found_in(store, learned) if each.start > 0]
    learned.processes["rules"].close()

    assert (longer.start, longer.end, others) == (13, 24, [])
    assert (within.start, within.end) == (13, 19)


def found_in(store: ProjectStore, learned: Learned) -> tuple[Suggestion, ...]:
    return run(suggesting.suggest(store, learned, document="four"))


def test_another_label_may_be_suggested_for_rejected_words(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "Norvel")
    suggesting.reject(store, annotator=ana, document="two", suggestion=norvel(store, ana))
    span = store.annotations("one", annotator_set_id(ana))[0]

    annotating.relabel(store, annotator=ana, annotation=span.id, label="person")

    assert suggested(store, Learned(ana)) == [(9, "person"), (21, "person")]


def test_rejection_goes_and_comes_back_with_its_document(store: ProjectStore, ana: str) -> None:
    mark(store, ana, "Norvel")
    suggesting.reject(store, annotator=ana, document="two", suggestion=norvel(store, ana))

    assert any(isinstance(record, Rejection) for record in store.records_of("two"))


def test_rejected_and_accepted_suggestions_travel_in_packages_both_ways(
    store: ProjectStore, ana: str, tmp_path: Path
) -> None:
    mark(store, ana, "Norvel")
    first = exchange.packed(store, tmp_path / "first.annopack")
    with exchange.adopted(first, tmp_path / "other.annotator", "workstation-2") as other:
        suggesting.reject(store, annotator=ana, document="two", suggestion=norvel(store, ana))
        suggesting.reject(other, annotator=ana, document="two", suggestion=norvel(other, ana))
        extra = Suggestion((Fragment(0, 4),), "organization", 1.0, "test", "")
        suggesting.accept(store, annotator=ana, document="two", suggestions=(extra,))

        exchange.merged(other, exchange.packed(store, tmp_path / "there.annopack"))
        exchange.merged(store, exchange.packed(other, tmp_path / "back.annopack"))

        for station in (store, other):
            assert settling.conflicts(station) == ()
            assert [each.words for each in station.rejections(annotator_set_id(ana))] == ["norvel"]
            assert suggested(station, Learned(ana)) == []
            assert [span.origin for span in station.annotations("two")] == ["suggestion"]


def test_rules_are_as_sure_as_they_were_right_where_the_work_is_done(store: ProjectStore, ana: str) -> None:
    text = "Bolt was founded in 2019. It grew.\n"
    for number in range(2):
        projects.add_document(store, f"year-{number}", text=text)
        start = text.index("2019")
        annotating.highlight(
            store, annotator=ana, document=f"year-{number}", label="date", fragments=[(start, start + 4)]
        )
        annotating.set_work_state(store, annotator=ana, document=f"year-{number}", state="done")
    projects.add_document(store, "next", text="It ended in 2021.\n")
    learned = suggesting.learned_by(ana, ("rules", "dictionary"))

    [year] = run(suggesting.suggest(store, learned, document="next"))
    learned.processes["rules"].close()

    assert year.reason == "a year, right 2 of 2 times in documents done"
    assert year.confidence == pytest.approx((2 + 2 * 0.6) / 4)
