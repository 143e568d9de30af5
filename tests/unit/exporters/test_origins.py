"""That a span was accepted from a suggestion: formats with a place for it say so, and read it back."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pyarrow.parquet as parquet
import pytest

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import annotating, suggesting
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import import_paths
from annotator.services.soft_labels import soft_labels
from annotator.suggest.suggestion import Suggestion
from exporters import EXPORTERS
from exporters.card import card
from exporters.card_facts import card_facts
from storage.store import ProjectStore
from tests import pdf_pages, projects
from tests.factories import find
from tests.unit.exporters.exporting import export, written
from tests.unit.exporters.rich_exports import read_back

JUDGE, COURT, CLAIM = "Judge Ada Romero", "District Court", "the company will appeal"
READ_BACK = (
    "jsonl", "prodigy", "label-studio", "spacy", "brat", "uima-xmi", "uima-json", "w3c", "csv",
)  # fmt: skip
HELD = {*READ_BACK, "huggingface", "xlsx", "chat", "claims", "pdf", "refi-qda", "shards"}


@pytest.fixture
def assisted(tmp_path: Path) -> Iterator[ProjectStore]:
    with assisted_project(tmp_path) as store:
        yield store


def assisted_project(folder: Path) -> ProjectStore:
    """An article in which Ana has accepted a judge and a claim, and has marked a court by herself."""
    store = projects.new_project(folder)
    document = projects.add_document(store)
    ana = projects.lead(store).id
    annotating.highlight(store, annotator=ana, document=document, label="court", fragments=[find(COURT)])
    accept(store, document, judge=JUDGE, claim=CLAIM)
    return store


def accept(store: ProjectStore, document: str, **words: str) -> None:
    """Let Ana accept suggestions of words by label."""
    text = store.text(next(row for row in store.documents() if row.id == document).text_version)
    suggesting.accept(
        store,
        annotator=projects.lead(store).id,
        document=document,
        suggestions=[
            Suggestion((find(said, text),), label, 0.9, "rules", "") for label, said in words.items()
        ],
    )


def test_every_format_holds_the_origin_or_counts_that_it_does_not(assisted: ProjectStore) -> None:
    whole = snapshot(assisted, Selection())
    (of,) = whole.documents()
    lost = {
        name: [loss.detail for loss in each.fit(of, whole).losses if loss.kind == "origin"]
        for name, each in EXPORTERS.items()
    }

    left_out = ["that it was suggested is left out"] * 2
    assert lost == {name: [] if name in HELD else left_out for name in EXPORTERS}


@pytest.mark.parametrize("name", READ_BACK)
def test_origin_comes_back(assisted: ProjectStore, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{EXPORTERS[name].suffix}"
    export(assisted, name, target)
    (tmp_path / "back").mkdir()

    with read_back(_source(name, target, assisted), tmp_path / "back") as back:
        (document,) = back.documents()
        spans = back.annotations(document.id)

    assert {span.quote.exact: span.origin == "suggestion" for span in spans} == {
        COURT: False,
        JUDGE: True,
        CLAIM: True,
    }
    assert all("origin" not in span.attributes and not span.note for span in spans)


def _source(name: str, target: Path, store: ProjectStore) -> Path:
    """What is read back: a table of spans needs the text beside it."""
    if name == "csv":
        (document,) = store.documents()
        (target.parent / f"{document.title}.txt").write_text(store.text(document.text_version), "utf-8")
    return target


def test_spacy_tells_suggested_entities_by_their_ids(assisted: ProjectStore, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    export(assisted, "spacy", tmp_path / "out.spacy")

    packed = spacy.tokens.DocBin().from_disk(tmp_path / "out.spacy")
    (doc,) = packed.get_docs(spacy.blank("en").vocab)
    assert {span.text for span in doc.spans["sc"] if span.id_ in doc.user_data["suggested"]} == {JUDGE, CLAIM}


def test_brat_has_a_note_that_it_shows_on_the_span(assisted: ProjectStore, tmp_path: Path) -> None:
    export(assisted, "brat", tmp_path / "out")

    (lines,) = [data.decode() for name, data in written(tmp_path / "out").items() if name.endswith(".ann")]
    assert [line for line in lines.splitlines() if line.startswith("#")] == [
        "#1\tOrigin T1\tsuggestion",
        "#2\tOrigin T3\tsuggestion",
    ]


def test_label_studio_tells_a_prediction_from_one_that_was_changed(
    assisted: ProjectStore, tmp_path: Path
) -> None:
    (document,) = assisted.documents()
    claim = next(span for span in assisted.annotations(document.id) if span.label == "claim")
    annotating.set_note(assisted, annotator=projects.lead(assisted).id, annotation=claim.id, note="who?")
    export(assisted, "label-studio", tmp_path / "out")

    (task,) = json.loads((tmp_path / "out" / "tasks.json").read_bytes())
    regions = {row["value"]["text"]: row["origin"] for row in task["annotations"][0]["result"]}
    assert regions == {JUDGE: "prediction", COURT: "manual", CLAIM: "prediction-changed"}


def test_prodigy_sees_the_same_task_however_it_came_about(assisted: ProjectStore, tmp_path: Path) -> None:
    export(assisted, "prodigy", tmp_path / "out.jsonl")
    with projects.new_project(tmp_path, name="By hand") as store:
        document = projects.add_document(store)
        for label, words in (("court", COURT), ("judge", JUDGE), ("claim", CLAIM)):
            annotating.highlight(
                store,
                annotator=projects.lead(store).id,
                document=document,
                label=label,
                fragments=[find(words)],
            )
        export(store, "prodigy", tmp_path / "hand.jsonl")

    (assisted_line,), (own_line,) = (
        [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for name in ("out.jsonl", "hand.jsonl")
    )
    assert assisted_line["_task_hash"] == own_line["_task_hash"]
    assert [span.get("origin") for span in assisted_line["spans"]] == ["suggestion", None, "suggestion"]


def test_tables_and_lines_have_it_in_a_column(assisted: ProjectStore, tmp_path: Path) -> None:
    expected = {JUDGE: "suggestion", COURT: "manual", CLAIM: "suggestion"}
    export(assisted, "huggingface", tmp_path / "hf")
    (row,) = parquet.read_table(next((tmp_path / "hf" / "spans").glob("*.parquet"))).to_pylist()
    assert {span["text"]: span["origin"] for span in row["spans"]} == expected

    export(assisted, "shards", tmp_path / "shards")
    rows = parquet.read_table(next((tmp_path / "shards" / "spans").glob("*.parquet"))).to_pylist()
    assert {row["text"]: row["origin"] for row in rows} == expected

    export(assisted, "chat", tmp_path / "chat")
    sidecar = json.loads((tmp_path / "chat" / "offsets.jsonl").read_text("utf-8"))
    assert [span["origin"] for span in sidecar["spans"]] == ["suggestion", "manual", "suggestion"]

    export(assisted, "claims", tmp_path / "claims.jsonl")
    claim = json.loads((tmp_path / "claims.jsonl").read_text("utf-8"))
    assert (claim["claim"], claim["origin"]) == (CLAIM, "suggestion")

    export(assisted, "xlsx", tmp_path / "out.xlsx")
    with ZipFile(tmp_path / "out.xlsx") as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"suggestion") == 2


def test_memo_says_it_to_programs_for_qualitative_analysis(assisted: ProjectStore, tmp_path: Path) -> None:
    export(assisted, "refi-qda", tmp_path / "out.qdpx")

    with ZipFile(tmp_path / "out.qdpx") as archive:
        assert archive.read("project.qde").decode().count("Origin: accepted from a suggestion") == 2


def test_popup_says_it_in_a_pdf(tmp_path: Path) -> None:
    page = pdf_pages.Paper()
    page.put_lines(90, 120, ["Judge Ada Romero ruled on the motion in District Court today."])
    (tmp_path / "order.pdf").write_bytes(page.bytes())
    with projects.new_project(tmp_path) as store, ReaderProcess() as process:
        ana = projects.lead(store).id
        run(import_paths(store, [tmp_path / "order.pdf"], annotator=ana, process=process))
        (document,) = store.documents()
        accept(store, document.id, judge=JUDGE)
        export(store, "pdf", tmp_path / "out")

    with pikepdf.open(next((tmp_path / "out").glob("*.pdf"))) as pdf:
        (note,) = (each for each in pdf.pages[0].Annots if each.Subtype == "/Highlight")
        assert str(note.Contents).splitlines()[1:] == ["Origin: accepted from a suggestion"]


def test_soft_labels_tell_what_was_suggested(assisted: ProjectStore) -> None:
    (document,) = assisted.documents()
    annotating.set_work_state(
        assisted, annotator=projects.lead(assisted).id, document=document.id, state="done"
    )

    (rows,) = soft_labels(assisted)
    assert {row["text"]: row["origin"] for row in rows.annotations} == {
        JUDGE: "suggestion",
        COURT: "manual",
        CLAIM: "suggestion",
    }


def test_dataset_card_counts_what_was_suggested(assisted: ProjectStore, tmp_path: Path) -> None:
    whole = snapshot(assisted, Selection())
    facts = run(card_facts({"all": whole}, whole, EXPORTERS["jsonl"]))

    written_card = card(facts, whole, None).decode()

    assert "2 of 3 spans accepted from suggestions: agreement there is assisted." in written_card
