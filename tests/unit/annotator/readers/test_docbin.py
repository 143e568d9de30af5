"""Reading spaCy's DocBin: entities, span groups, user data, and files that are none."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from annotator.errors import UnreadableSource
from annotator.model import Fragment
from annotator.readers.docbin import read
from annotator.readers.document import ReadDocument, RefusedSource

TEXT = "Ada 😀 sued the port."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def written(path: Path, *docs: Doc) -> Path:
    DocBin(store_user_data=True, docs=docs, attrs=["ENT_IOB", "ENT_TYPE", "ENT_ID"]).to_disk(path)
    return path


def test_entities_and_groups_come_in_once_over_code_points(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(TEXT)
    doc.ents = [Span(doc, 0, 1, "PER"), Span(doc, 3, 5, "ORG")]
    doc.spans["sc"] = [Span(doc, 0, 1, "PER"), Span(doc, 0, 5, "CLAIM", span_id="abc")]

    (document,) = read(written(tmp_path / "train.spacy", doc))

    assert isinstance(document, ReadDocument)
    assert (document.text, document.warnings) == (TEXT, ())
    found = [(span.label, span.fragments) for span in document.sets[0].annotations]
    assert found == [
        ("PER", (Fragment(0, 3),)),
        ("ORG", (Fragment(11, 19),)),
        ("CLAIM", (Fragment(0, 19),)),
    ]
    assert document.sets[0].annotations[2].key == "abc"


def test_user_data_names_the_document(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(TEXT)
    doc.user_data.update(title="Port sued", kind="ruling", source="port.html")

    (document,) = read(written(tmp_path / "train.spacy", doc))

    assert isinstance(document, ReadDocument)
    assert (document.title, document.kind, document.source_name) == ("Port sued", "ruling", "port.html")


def test_a_document_without_text_costs_only_itself(nlp: Language, tmp_path: Path) -> None:
    blank, whole = read(written(tmp_path / "train.spacy", nlp(" "), nlp(TEXT)))

    assert isinstance(blank, RefusedSource)
    assert (blank.name, isinstance(whole, ReadDocument)) == ("document 1", True)


@pytest.mark.parametrize("data", [b"no DocBin", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_no_docbin_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "train.spacy"
    path.write_bytes(data)

    with pytest.raises(UnreadableSource, match=r"“train\.spacy” is no DocBin"):
        list(read(path))
