"""spaCy's DocBin, opened by spaCy: entities, span groups, what is off its tokens, and a training step."""

import dataclasses
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.util import fix_random_seed
from spacy.vocab import Vocab

from annotator.errors import ExportError, MissingExtra
from annotator.model import Fragment
from annotator.progress import run
from annotator.readers.document import ReadAnnotation
from annotator.services.exporting import Selection, snapshot
from annotator.text import normalise
from exporters import EXPORTERS
from exporters.spacy_tokens import tokenizer
from storage.store import ProjectStore
from tests import projects
from tests.factories import annotation
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project

TEXT = "A 😀 judge of the Fourth District Court ruled.\n\nIt’s Acme-owned."


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(Vocab()))


def facts(spans: object) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in spans]  # type: ignore[attr-defined]


def find(words: str, label: str, *, text: str = TEXT) -> ReadAnnotation:
    start = text.index(words)
    return ReadAnnotation(f"{label} {words}", label, (Fragment(start, start + len(words)),))


def written(tmp_path: Path, *spans: ReadAnnotation, **options: str) -> tuple[Doc, list[tuple[str, str]]]:
    """The one doc that is written of the text, and the losses that were told."""
    with projects.new_project(tmp_path) as store:
        marked(store, "Ruling", TEXT, *spans)
        report = export(store, "spacy", tmp_path / "out.spacy", **options)
    (doc,) = docs(tmp_path / "out.spacy")
    return doc, [(loss.kind, loss.detail) for loss in report.losses.all]


def test_text_entities_and_nested_spans_are_there(tmp_path: Path) -> None:
    doc, losses = written(
        tmp_path,
        find("judge of the Fourth District Court", "judge"),
        find("Fourth District Court", "court"),
        find("Acme", "organization"),
    )

    assert doc.text == TEXT
    assert facts(doc.ents) == [("judge", "judge of the Fourth District Court"), ("organization", "Acme")]
    assert facts(doc.spans["sc"]) == [
        ("judge", "judge of the Fourth District Court"),
        ("court", "Fourth District Court"),
        ("organization", "Acme"),
    ]
    assert losses == [
        ("nested", "it shares tokens with another and is only in spans[“sc”], not in ents"),
    ]


def test_priority_of_labels_chooses_the_entity(tmp_path: Path) -> None:
    spans = (find("judge of the Fourth District Court", "judge"), find("Fourth District Court", "court"))

    doc, _ = written(tmp_path, *spans, overlap="priority", priority="court", write="ents")

    assert facts(doc.ents) == [("court", "Fourth District Court")]
    assert "sc" not in doc.spans
    # What the judge's span covers besides is not told to be no entity.
    assert [token.text for token in doc if token.ent_iob_ == ""] == ["judge", "of", "the"]


@pytest.mark.parametrize(
    ("alignment", "entity", "losses"),
    [
        ("strict", [], [("misaligned", "it is not on token edges and left out")]),
        ("expand", [("court", "Fourth District")], [("misaligned", "it becomes “Fourth District”")]),
        ("contract", [("court", "Fourth")], [("misaligned", "it becomes “Fourth”")]),
    ],
)
def test_span_off_the_tokens_is_told(
    tmp_path: Path, alignment: str, entity: list[tuple[str, str]], losses: list[tuple[str, str]]
) -> None:
    doc, told = written(tmp_path, find("Fourth Dist", "court"), alignment=alignment)

    assert facts(doc.ents) == facts(doc.spans["sc"]) == entity
    assert told == losses
    if alignment == "strict":
        # Training must not learn these words to be no entity.
        assert [token.text for token in doc if token.ent_iob_ == ""] == ["Fourth", "District"]


def test_every_document_is_there_with_where_it_comes_from(rich: ProjectStore, tmp_path: Path) -> None:
    report = export(rich, "spacy", tmp_path / "out.spacy")

    article, opinion = docs(tmp_path / "out.spacy")
    assert article.user_data["title"] == "Article"
    assert opinion.user_data["case"] == "4:19-cv-07123"
    assert [span.id_ for span in article.spans["sc"]] == [
        span.id
        for span in rich.annotations(article.user_data["id"])
        if len(span.fragments) == 1 and any(span.id == found.id_ for found in article.spans["sc"])
    ]
    assert (report.documents, report.spans) == (2, len(article.spans["sc"]) + len(opinion.spans["sc"]))
    assert {"discontinuous", "relation", "attribute", "note", "annotator"} <= set(report.losses.counts)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_span_on_tokens_is_read_back_at_its_place(data: st.DataObject, rich: ProjectStore) -> None:
    text = normalise("x" + data.draw(st.text(st.sampled_from("ab .\n\t😀é\u00a0'’-$")))) + "\n"
    tokens = [token for token in tokenizer("en").make_doc(text) if not token.is_space]
    places = st.tuples(st.integers(0, len(tokens) - 1), st.integers(0, len(tokens) - 1)).map(sorted)
    extents = {
        (tokens[first].idx, tokens[last].idx + len(tokens[last]))
        for first, last in data.draw(st.lists(places, max_size=4))
    }
    spans = [
        annotation(str(number), start=start, end=end, text=text)
        for number, (start, end) in enumerate(sorted(extents))
    ]
    whole = snapshot(rich, Selection())
    document = dataclasses.replace(next(whole.documents()), text=text, annotations=tuple(spans), relations=())

    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.spacy"
        one = dataclasses.replace(whole, documents=lambda: iter([document]))
        report = run(EXPORTERS["spacy"].export(one, path))
        (doc,) = docs(path)

    assert doc.text == text
    assert {(span.start_char, span.end_char) for span in doc.spans["sc"]} == extents
    assert not {"misaligned", "unverified"} & set(report.losses.counts)


def test_blank_pipeline_trains_a_step_on_it(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "spacy", tmp_path / "out.spacy")
    fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    nlp.add_pipe("spancat", config={"spans_key": "sc"})
    gold = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(nlp.vocab))
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in gold]

    optimizer = nlp.initialize(lambda: examples)
    losses = nlp.update(examples, sgd=optimizer)

    assert losses["ner"] > 0
    assert losses["spancat"] > 0
    assert set(nlp.get_pipe("ner").labels) == {span.label_ for doc in gold for span in doc.ents}  # type: ignore[attr-defined]


def test_debug_data_of_spacy_finds_no_fault(
    rich: ProjectStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = snapshot(rich, Selection())
    # Under a hundred documents are a fault to it.
    many = dataclasses.replace(whole, documents=lambda: chain(*(whole.documents() for _ in range(50))))
    run(EXPORTERS["spacy"].export(many, tmp_path / "out.spacy"))
    config = init_config(lang="en", pipeline=["ner", "spancat"], optimize="efficiency", silent=True)
    config["paths"] |= dict.fromkeys(("train", "dev"), str(tmp_path / "out.spacy"))
    config.to_disk(tmp_path / "config.cfg")

    debug_data(tmp_path / "config.cfg", no_format=True, silent=False)  # exits where it finds a fault

    told = capsys.readouterr().out
    assert "Corpus is loadable" in told
    assert "100 training docs" in told


def test_unknown_language_is_refused(rich: ProjectStore, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no tokenizer for the language “qq”"):
        export(rich, "spacy", tmp_path / "out.spacy", language="qq")


def test_without_spacy_one_sentence_says_how_to_install_it(
    rich: ProjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)

    with pytest.raises(MissingExtra, match=r"pip install 'annotator\[spacy\]'"):
        export(rich, "spacy", tmp_path / "out.spacy")


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "spacy", tmp_path)


def test_span_groups_can_be_named_otherwise(tmp_path: Path) -> None:
    doc, _ = written(tmp_path, find("judge", "judge"), spans_key="marks", write="spans")

    assert [type(span) for span in doc.spans["marks"]] == [Span]
    assert doc.ents == ()
