"""CoNLL columns, scored by seqeval and read back by our reader: tags, sentences, and what has no place."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics import classification_report, f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import BILOU, IOB2

from annotator.model import Annotation, Fragment
from annotator.progress import run
from annotator.readers.conll import read
from annotator.readers.document import ReadAnnotation, ReadDocument
from annotator.services.exporting import Selection, snapshot
from annotator.text import normalise
from exporters import EXPORTERS
from exporters.exporter import with_options
from exporters.tokens import tokens
from storage.store import ProjectStore
from tests import projects
from tests.factories import annotation
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project

TEXT = "A 😀 judge of the Fourth District Court ruled.\n\nDr. Ada Romero #1 won."
SCHEMES = {"iob2": IOB2, "bilou": BILOU}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def mark(words: str, label: str) -> ReadAnnotation:
    start = TEXT.index(words)
    return ReadAnnotation(f"{label} {words}", label, (Fragment(start, start + len(words)),))


def written(tmp_path: Path, *spans: ReadAnnotation, **options: str) -> tuple[str, list[tuple[str, str]]]:
    """The file that is written of the text, and the losses that were told."""
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, *spans)
        report = export(store, "conll", tmp_path / "out.conll", **options)
    told = [(loss.kind, loss.detail) for loss in report.losses.all]
    return (tmp_path / "out.conll").read_text("utf-8"), told


def tagged(content: str) -> list[list[tuple[str, str]]]:
    """Words with their tags, by sentence, as any script would take them out of the columns."""
    blocks = [block.splitlines() for block in content.split("\n\n") if block]
    rows = [[line.split(" ") for line in block] for block in blocks if not block[0].startswith("-DOCSTART-")]
    assert {len(row) for block in rows for row in block} <= {4}
    return [[(row[0], row[3]) for row in block] for block in rows]


def words_of(document: ReadDocument) -> list[tuple[str, list[str]]]:
    """Each span of a document that was read: its label and its tokens."""
    (part,) = document.sets
    return [
        (span.label, document.text[span.fragments[0].start : span.fragments[0].end].split())
        for span in part.annotations
    ]


def test_columns_sentences_and_documents_are_those_of_2003(tmp_path: Path) -> None:
    content, losses = written(tmp_path, mark("Fourth District Court", "court"), mark("Ada", "person"))

    assert content == (
        "-DOCSTART- -X- -X- O\n\n"
        "A _ _ O\n😀 _ _ O\njudge _ _ O\nof _ _ O\nthe _ _ O\n"
        "Fourth _ _ B-court\nDistrict _ _ I-court\nCourt _ _ I-court\nruled _ _ O\n. _ _ O\n\n"
        "Dr _ _ O\n. _ _ O\nAda _ _ B-person\nRomero _ _ O\n# _ _ O\n1 _ _ O\nwon _ _ O\n. _ _ O\n\n"
    )
    assert losses == []


def test_bilou_tells_last_and_only_tokens(tmp_path: Path) -> None:
    content, _ = written(
        tmp_path, mark("Fourth District Court", "court"), mark("Ada Romero", "person"), scheme="bilou"
    )

    assert [tag for sentence in tagged(content) for _, tag in sentence if tag != "O"] == [
        "B-court",
        "I-court",
        "L-court",
        "B-person",
        "L-person",
    ]
    (tmp_path / "one").mkdir()
    assert "Ada _ _ U-person" in written(tmp_path / "one", mark("Ada", "person"), scheme="bilou")[0]


@pytest.mark.parametrize("scheme", ["iob2", "bilou"])
def test_seqeval_in_strict_mode_finds_every_span_that_was_written(
    rich: ProjectStore, tmp_path: Path, scheme: str
) -> None:
    report = export(rich, "conll", tmp_path / "out.conll", scheme=scheme)

    tags = [[tag for _, tag in sentence] for sentence in tagged((tmp_path / "out.conll").read_text("utf-8"))]

    assert f1_score(tags, tags, mode="strict", scheme=SCHEMES[scheme]) == 1.0
    scored = classification_report(tags, tags, mode="strict", scheme=SCHEMES[scheme], output_dict=True)
    assert scored["micro avg"]["support"] == report.spans > 0
    if scheme == "iob2":
        assert sum(len(get_entities(sentence)) for sentence in tags) == report.spans


def test_span_over_the_edge_of_a_sentence_holds_it_together(tmp_path: Path) -> None:
    content, losses = written(tmp_path, mark("ruled.\n\nDr. Ada", "holding"))

    (sentence,) = tagged(content)
    assert [word for word, tag in sentence if tag != "O"] == ["ruled", ".", "Dr", ".", "Ada"]
    assert losses == []


@pytest.mark.parametrize(
    ("options", "stays", "kind"),
    [
        ({}, "judge", "nested"),
        ({"overlap": "priority", "priority": "court,judge"}, "court", "nested"),
        ({"overlap": "priority"}, "judge", "nested"),
    ],
)
def test_policy_chooses_among_nested_spans_and_each_that_makes_room_is_told(
    tmp_path: Path, options: dict[str, str], stays: str, kind: str
) -> None:
    spans = (mark("judge of the Fourth District Court", "judge"), mark("Fourth District Court", "court"))

    content, losses = written(tmp_path, *spans, **options)

    assert {tag[2:] for sentence in tagged(content) for _, tag in sentence if tag != "O"} == {stays}
    other = {"judge": "court", "court": "judge"}[stays]
    assert losses == [(kind, f"it shares letters with {stays} and is left out")]
    assert other not in {tag[2:] for sentence in tagged(content) for _, tag in sentence}


def test_layers_have_a_file_each_and_the_policy_stands_in_the_folder(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        holding, court = mark("judge of the Fourth District Court ruled", "holding"), mark("Court", "court")
        marked(store, "Ruling", TEXT, holding, court)
        report = export(store, "conll", tmp_path / "out", overlap="layer")

    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {
        "entity.iob2.conll",
        "claim.iob2.conll",
        "holding.iob2.conll",
        "text.iob2.conll",
        "preflight.json",
        "MANIFEST.json",
    }
    for layer, label in (("entity", "court"), ("holding", "holding")):
        (document,) = read(tmp_path / "out" / f"{layer}.iob2.conll")
        assert isinstance(document, ReadDocument)
        assert [name for name, _ in words_of(document)] == [label]
    assert report.losses.all == ()
    told = json.loads((tmp_path / "out" / "preflight.json").read_bytes())
    assert (told["options"]["overlap"], told["options"]["scheme"]) == ("layer", "iob2")


def test_label_of_no_layer_is_told_where_layers_have_files(rich: ProjectStore, tmp_path: Path) -> None:
    whole = snapshot(rich, Selection())
    stray = annotation("s", start=0, end=1, label="stray", text=TEXT)
    document = dataclasses.replace(next(whole.documents()), text=TEXT, annotations=(stray,), relations=())
    by_layer = with_options(EXPORTERS["conll"], {"overlap": "layer"})

    held = by_layer.fit(document, whole)

    assert held.document.annotations == ()
    assert ("no_place", "its label stray is in no layer") in [(one.kind, one.detail) for one in held.losses]


def test_all_that_columns_cannot_hold_is_told(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "conll", tmp_path / "out.conll")

    counts = report.losses.counts
    assert {"discontinuous", "relation", "attribute", "note", "document_label", "certainty"} <= set(counts)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("scheme", ["iob2", "bilou"])
def test_spans_on_tokens_come_back_from_our_reader(
    data: st.DataObject, rich: ProjectStore, scheme: str
) -> None:
    text = normalise("x" + data.draw(st.text(st.sampled_from("abC. \n\t😀é\u00a0'’-#_"), max_size=40)))
    own = tokens(text)
    places = st.tuples(st.integers(0, len(own) - 1), st.integers(0, len(own) - 1)).map(sorted)
    labels = st.sampled_from(["court", "B-x", "o", "deux mots"])
    drawn = data.draw(st.lists(st.tuples(places, labels), max_size=5))
    spans = [
        annotation(str(number), start=own[first].start, end=own[last].end, label=label, text=text)
        for number, ((first, last), label) in enumerate(drawn)
    ]
    whole = snapshot(rich, Selection())
    document = dataclasses.replace(
        next(whole.documents()), text=text, annotations=tuple(sorted(spans, key=place)), relations=()
    )
    exporter = with_options(EXPORTERS["conll"], {"scheme": scheme})

    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.conll"
        run(exporter.export(dataclasses.replace(whole, documents=lambda: iter([document])), path))
        parts = list(read(path)) if spans else []

    kept = exporter.fit(document, whole).document.annotations
    expected = [
        (
            span.label.replace(" ", "_"),
            [text[t.start : t.end] for t in own if span.start <= t.start < span.end],
        )
        for span in kept
    ]
    found = [pair for part in parts if isinstance(part, ReadDocument) for pair in words_of(part)]
    assert found == expected


def place(span: Annotation) -> tuple[int, int, str]:
    return span.start, span.end, span.id


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "conll", tmp_path)
