"""Reading CoNLL files: schemes of tags, documents, a text made of tokens."""

from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.readers.conll import read
from annotator.readers.document import ReadDocument


def documents(tmp_path: Path, content: str | bytes) -> list[ReadDocument]:
    path = tmp_path / "tokens.conll"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [part for part in read(path) if isinstance(part, ReadDocument)]


def spans(document: ReadDocument) -> list[tuple[str, str]]:
    return [
        (span.label, document.text[span.fragments[0].start : span.fragments[0].end])
        for part in document.sets
        for span in part.annotations
    ]


@pytest.mark.parametrize(
    "tags",
    [
        "B-PER I-PER O B-ORG B-ORG",
        "B-PER L-PER O U-ORG U-ORG",
        "B-PER E-PER O S-ORG S-ORG",
        "I-PER I-PER O I-ORG B-ORG",
    ],
    ids=["IOB2", "BILOU", "BIOES", "IOB1"],
)
def test_every_scheme_of_tags_gives_the_same_spans(tmp_path: Path, tags: str) -> None:
    words = ["Ada", "Romero", "joined", "Norvel", "Lantern"]
    lines = [f"{word} X {tag}" for word, tag in zip(words, tags.split(), strict=True)]

    (document,) = documents(tmp_path, "\n".join(lines))

    assert document.text == "Ada Romero joined Norvel Lantern"
    assert spans(document) == [("PER", "Ada Romero"), ("ORG", "Norvel"), ("ORG", "Lantern")]


def test_text_is_rebuilt_a_sentence_a_line_and_said_so(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "Ada\tB-PER\nruled\tO\n.\tO\n\nShe\tB-PER\nleft\tO\n")

    assert document.text == "Ada ruled .\nShe left"
    assert spans(document) == [("PER", "Ada"), ("PER", "She")]
    assert "rebuilt" in document.warnings[0]


def test_span_ends_with_its_sentence(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "Ada\tB-PER\n\nRomero\tI-PER\n")

    assert spans(document) == [("PER", "Ada"), ("PER", "Romero")]


@pytest.mark.parametrize("boundary", ["-DOCSTART- -X- -X- O", "# newdoc id = second"])
def test_documents_end_where_the_next_begins(tmp_path: Path, boundary: str) -> None:
    found = documents(tmp_path, f"-DOCSTART- O\n\nAda B-PER\n\n{boundary}\n\nNorvel B-ORG\n")

    assert [(document.text, document.key) for document in found] == [
        ("Ada", "document 1"),
        ("Norvel", "document 2"),
    ]


def test_numbers_of_tokens_are_not_the_words(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "# text = Ada ruled\n1 Ada B-PER\n2 ruled O\n")

    assert (document.text, spans(document)) == ("Ada ruled", [("PER", "Ada")])


def test_line_without_a_tag_is_kept_as_text_and_listed_by_its_number(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "Ada B-PER\nruled\nagain X\nNorvel B-ORG\n")

    assert spans(document) == [("PER", "Ada"), ("ORG", "Norvel")]
    assert "line 2 has nothing" in document.warnings[1]
    assert "line 3 has “X”" in document.warnings[1]


@pytest.mark.parametrize("content", ["\n\n", "-DOCSTART- O\n\n"])
def test_file_without_tokens_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableSource, match="no tokens"):
        documents(tmp_path, content)


def test_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="binary"):
        documents(tmp_path, bytes(range(256)) * 4)
