"""Plain text and Markdown become documents, and what is neither is refused in a sentence."""

import time
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.source import MAX_CHARACTERS
from annotator.readers.text import front_matter, read


def _read(folder: Path, name: str, content: bytes) -> ReadDocument:
    source = folder / name
    source.write_bytes(content)
    (document,) = read(source)
    assert not isinstance(document, RefusedSource)
    return document


def test_text_is_read_with_its_bytes_and_name(tmp_path: Path) -> None:
    content = "Judge rules for the union\n\nA judge ruled on Friday. 😀\n".encode()

    document = _read(tmp_path, "union.txt", content)

    assert document.text == content.decode()
    assert (document.source, document.source_name, document.reader) == (content, "union.txt", "text")
    assert document.options == {"encoding": "utf-8", "encoding_guessed": False}
    assert (document.kind, document.warnings) == ("article", ())


def test_line_breaks_become_one_kind_and_the_mark_goes(tmp_path: Path) -> None:
    document = _read(tmp_path, "a.txt", b"\xef\xbb\xbfone\r\ntwo\rthree\nfour")

    assert document.text == "one\ntwo\nthree\nfour"


def test_a_guessed_encoding_is_recorded_and_told(tmp_path: Path) -> None:
    document = _read(tmp_path, "a.txt", "The firm’s café — closed.".encode("cp1252"))

    assert document.text == "The firm’s café — closed."
    assert document.options == {"encoding": "cp1252", "encoding_guessed": True}
    assert "cp1252" in document.warnings[0]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("\n\n  Judge   rules for union \nText.", "Judge rules for union"),
        ("A first paragraph that goes on " * 10 + "\nText.", "strike-2025"),
        ("• Key points\nText", "Key points"),
    ],
    ids=["first line", "file name where the line is long", "bullet"],
)
def test_the_title_is_the_first_line_if_it_is_short(tmp_path: Path, content: str, title: str) -> None:
    assert _read(tmp_path, "strike-2025.txt", content.encode()).title == title


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Intro.\n\n## The **ruling** of [May](x.html) ##\n", "The ruling of May"),
        ("Ruling of May\n=====\nText\n# Later\n", "Ruling of May"),
        ("---\ntitle: 'From the front'\n---\n# Heading\n", "From the front"),
        ("---\ndate: 2025-05-01\n---\n# Heading\n", "Heading"),
        ("No heading here\nText", "No heading here"),
    ],
)
def test_the_title_of_markdown(tmp_path: Path, content: str, title: str) -> None:
    assert _read(tmp_path, "note.md", content.encode()).title == title


def test_markdown_stays_as_written_and_front_matter_becomes_metadata(tmp_path: Path) -> None:
    content = (
        '---\nTitle: "The ruling: a guide"\nauthor: Ana Diaz # staff\ndate: 2025-05-01\n---\n'
        "\n# Ruling\n*Text*\n"
    )

    document = _read(tmp_path, "note.md", content.encode())

    assert document.text == content
    assert document.metadata == {"title": "The ruling: a guide", "author": "Ana Diaz", "date": "2025-05-01"}


def test_front_matter_takes_only_plain_values_of_known_keys() -> None:
    text = (
        "---\ntitle: [a, b]\nauthor:\n  - Ana\nlayout: post\ndate: |\n  x\nurl: https://example.org/a\n---\n"
    )

    assert front_matter(text) == {"url": "https://example.org/a"}


def test_a_rule_inside_plain_text_is_not_front_matter(tmp_path: Path) -> None:
    document = _read(tmp_path, "note.txt", b"---\ntitle: Odd\n---\nText")

    assert document.metadata == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "“a.txt” is empty"),
        (b" \r\n\t \xc2\xa0\n", "“a.txt” holds no text"),
        (b"%PDF-1.7\n" + bytes(100), r"is not text but a PDF. Rename it to end in \.pdf"),
        (b"PK\x03\x04" + bytes(100), "is not text but a Word document or another zip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "“a.txt” is not text: it holds binary data"),
    ],
)
def test_a_file_without_text_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        _read(tmp_path, "a.txt", content)


def test_a_text_above_the_limit_is_refused_with_what_to_do(tmp_path: Path) -> None:
    content = b"word " * (MAX_CHARACTERS // 5) + b"more"

    with pytest.raises(UnreadableSource, match=r"10,000,004 characters.*10,000,000 .*Split it"):
        _read(tmp_path, "long.txt", content)


def test_a_text_at_the_limit_is_read(tmp_path: Path) -> None:
    assert len(_read(tmp_path, "long.txt", b"word " * (MAX_CHARACTERS // 5)).text) == MAX_CHARACTERS


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    source = tmp_path / "huge.txt"
    with source.open("wb") as file:
        file.truncate(50_000_000)
    started = time.thread_time()

    with pytest.raises(
        UnreadableSource, match=r"“huge\.txt” is too large: it has 50 MB, .* 10,000,000 characters.*Split it"
    ):
        next(read(source))

    assert time.thread_time() - started < 0.5


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"“folder\.txt” cannot be opened"):
        next(read(tmp_path / "folder.txt"))
