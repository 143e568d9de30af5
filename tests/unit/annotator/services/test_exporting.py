"""What of a project is exported: whose, which documents and spans, in which unit, with what left out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.change import make_change
from annotator.cutting import cut_text
from annotator.model import TextVersion, new_id, quote
from annotator.services import annotating
from annotator.services.exporting import Selection, flags_of, snapshot
from annotator.snapshot import DocumentSnapshot
from annotator.text import text_sha256
from exporters.fitting import verifies
from storage.store import ProjectStore
from tests import projects
from tests.factories import find
from tests.unit.exporters.rich_project import _import, bo_of, read_document, rich_project


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def chosen(store: ProjectStore, **values: object) -> list[DocumentSnapshot]:
    return list(snapshot(store, Selection(**values)).documents())  # type: ignore[arg-type]


def spans(documents: list[DocumentSnapshot]) -> list[tuple[str, str]]:
    return [(span.label, span.quote.exact) for row in documents for span in row.annotations]


def test_span_on_an_older_text_is_counted_as_lost(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        document = store.documents()[0]
        version = store.record(TextVersion, document.text_version)
        assert version is not None
        newer = replace(version, id=new_id())
        moved = replace(document, text_version=newer.id)
        lead = projects.lead(store).id
        store.apply(make_change("Read again", annotator=lead, before=(document,), after=(newer, moved)))

        article = chosen(store)[0]

    assert article.annotations == ()
    assert {(loss.kind, loss.detail) for loss in article.losses} == {
        ("unverified", "it stands on an older text of its document")
    }
    assert len(article.losses) == 5


def test_several_annotators_come_without_gold(rich: ProjectStore) -> None:
    both = (projects.lead(rich).id, bo_of(rich))

    found = chosen(rich, annotators=both)

    assert len(spans(found)) == 6
    assert all(row.decisions == () for row in found)


@pytest.mark.parametrize(
    ("values", "titles"),
    [
        ({"states": ("done",)}, ["Article"]),
        ({"states": ("skipped",)}, ["Opinion"]),
        ({"document_labels": {"topic": "privacy"}}, ["Article"]),
        ({"document_labels": {"topic": "antitrust"}}, ["Article"]),
        ({"document_labels": {"topic": "sports"}}, []),
        ({"metadata": {"a": "é"}}, ["Article"]),
        ({"metadata": {"a": "e"}}, []),
    ],
)
def test_documents_are_chosen_by_state_label_and_metadata(
    rich: ProjectStore, values: dict, titles: list[str]
) -> None:
    assert [row.document.title for row in chosen(rich, **values)] == titles


def test_spans_are_chosen_by_layer_and_label_and_links_with_them(rich: ProjectStore) -> None:
    entities = chosen(rich, layers=("entity",))

    assert {label for label, _ in spans(entities)} == {"judge", "court"}
    assert all(row.relations == () for row in entities)
    assert {label for label, _ in spans(chosen(rich, labels=("claim",)))} == {"claim"}
    holdings = chosen(rich, layers=("holding",))
    assert [(link.type, len(row.annotations)) for row in holdings for link in row.relations] == [
        ("reports", 1)
    ]


def test_each_annotator_has_a_record_that_names_them(rich: ProjectStore) -> None:
    found = chosen(rich, arrangement="per_annotator")

    owners = [(row.document.title, row.document.metadata["annotator"]) for row in found]
    assert owners == [
        ("Article", "Ana"),
        ("Article", "Bo Č."),
        ("Article", "gold"),
        ("Opinion", "Ana"),
        ("Opinion", "Bo Č."),
    ]
    assert len({row.document.id for row in found}) == 5
    assert all(span.document == row.document.id for row in found for span in row.annotations)


def test_soft_labels_say_which_share_marked_a_span(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        article = store.documents()[0].id
        judge = find("Judge Ada Romero")
        annotating.highlight(
            store, annotator=bo_of(store), document=article, label="judge", fragments=[judge]
        )
        whole = snapshot(store, Selection(arrangement="soft"))
        (first, _) = whole.documents()

    (agreed,) = [span for span in first.annotations if span.fragments == (judge,)]
    assert agreed.attributes == {"share": 1.0, "annotators": ("Ana", "Bo Č.")}
    assert {span.attributes["share"] for span in first.annotations} == {1.0, 0.5}
    assert whole.owner_name(agreed.set) == "soft labels"
    assert {loss.kind for loss in first.losses} == {"attribute", "certainty", "note", "relation"}


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_units_have_their_own_text_and_offsets_and_count_what_reaches_over_an_edge(
    rich: ProjectStore, unit: str
) -> None:
    whole, parts = chosen(rich), chosen(rich, unit=unit)

    lost = [loss for row in parts for loss in row.losses if loss.kind == "unit_edge"]
    assert len(spans(parts)) + len(lost) == len(spans(whole))
    texts = {row.document.id: row.text for row in whole}
    for row in parts:
        about = row.document.metadata
        assert cut_text(texts[about["document"]], about["cut"]["ranges"]) == row.text
        assert row.text_version.text_sha256 == text_sha256(row.text)
        assert all(verifies(span, row.text) for span in row.annotations)


def test_span_over_the_edge_of_a_sentence_is_lost_with_its_links(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        ana = projects.lead(store).id
        text = "The court ruled. It denied the motion."
        document = _import(store, ana, read_document("Order", text))
        for label, words in (("holding", "ruled. It denied"), ("court", "court"), ("holding", "denied")):
            place = [find(words, text)]
            annotating.highlight(store, annotator=ana, document=document, label=label, fragments=place)
        held, court = store.annotations(document)[2], store.annotations(document)[0]
        annotating.link(store, annotator=ana, type="issued_by", source=held.id, target=court.id)

        first, second = chosen(store, unit="sentence")

    assert [loss.kind for loss in first.losses] == ["unit_edge", "relation"]
    assert (spans([first]), spans([second])) == ([("court", "court")], [("holding", "denied")])
    assert second.annotations[0].fragments == ((3, 9),)


def test_discarded_text_is_cut_out_and_the_rest_still_reads_as_marked(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        ana = projects.lead(store).id
        text = "The court Read more here ruled for Norvel."
        document = _import(store, ana, read_document("News", text))
        apart = [find("court", text), find("ruled", text)]
        for label, places in (
            ("discard", [find("Read more here ", text)]),
            ("location", [find("here", text)]),
            ("organization", [find("Norvel", text)]),
            ("holding", apart),
        ):
            annotating.highlight(store, annotator=ana, document=document, label=label, fragments=places)

        (cut,) = chosen(store, discard="text")
        (without,) = chosen(store, discard="spans")
        (kept,) = chosen(store)
        (piece,) = chosen(store, discard="text", unit="sentence")

    assert cut.text == "The court ruled for Norvel."
    assert [span.quote for span in cut.annotations] == [quote(cut.text, s.fragments) for s in cut.annotations]
    assert spans([cut]) == [("holding", "court ruled"), ("organization", "Norvel")]
    assert [loss.kind for loss in cut.losses] == ["discarded"]
    assert piece.cut == cut.cut
    assert cut_text(text, piece.cut.ranges) == cut.text
    assert (len(kept.annotations), len(without.annotations), without.text) == (4, 3, text)


@pytest.mark.parametrize(
    ("metadata", "flags"),
    [
        ({"sealed": True}, ("sealed",)),
        ({"sealed": "no", "privileged": "yes"}, ("privileged",)),
        ({"licence": "none", "sealed": 1}, ("sealed", "unlicensed")),
        ({"license": False}, ("unlicensed",)),
        ({"license": "CC BY 4.0"}, ()),
        ({}, ()),
    ],
)
def test_flags_come_from_metadata(metadata: dict, flags: tuple[str, ...]) -> None:
    assert flags_of(metadata) == flags


def test_flagged_documents_stay_out_and_are_counted_unless_they_are_named(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        ana = projects.lead(store).id
        for title, flag in (("Open", {}), ("Shut", {"sealed": True}), ("Ours", {"privileged": True})):
            _import(store, ana, read_document(title, f"{title} text", metadata=flag))

        usual = snapshot(store, Selection())
        named = snapshot(store, Selection(flags=("sealed",)))

        assert [row.document.title for row in usual.documents()] == ["Open"]
        assert [(row.title, row.reason) for row in usual.left_out] == [
            ("Shut", "sealed"),
            ("Ours", "privileged"),
        ]
        assert [row.document.title for row in named.documents()] == ["Open", "Shut"]
