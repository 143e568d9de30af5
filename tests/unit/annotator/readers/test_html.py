"""Saved web pages become the article and what the page says about it; nothing is fetched."""

import collections
import json
import re
import socket
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.html import read

PARAGRAPHS = (
    "A federal judge in Oakland ordered the company on Friday to stop using the software of its rival.",
    "The order bars it from selling the product, said Maria Lopez, and takes effect at the end of the month.",
    "The company claims that it never copied a line, and announced that it would appeal within the week.",
)
HEAD = (
    '<meta charset="utf-8"><title>Judge bars software | The Daily Docket</title>'
    '<meta property="og:title" content="Judge bars software">'
    '<meta property="og:site_name" content="The Daily Docket">'
    '<meta name="author" content="Ana Diaz">'
    '<meta property="article:published_time" content="2025-10-17T08:00:00Z">'
    '<link rel="canonical" href="https://docket.example/software">'
)
NAVIGATION = (
    '<header><nav><a href="/">Home</a> <a href="/courts">Courts</a></nav></header>'
    '<script src="https://tracker.example/t.js"></script><img src="https://tracker.example/p.gif">'
)
FOOTER = "<footer><p>Copyright The Daily Docket. All rights reserved.</p></footer>"


def _page(body: str, *, head: str = HEAD, language: str = ' lang="en-US"') -> str:
    return (
        f"<!DOCTYPE html><html{language}><head>{head}</head><body>{NAVIGATION}"
        f"<main><article>{body}</article></main>{FOOTER}</body></html>"
    )


def _paragraphs(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _read(folder: Path, page: str | bytes) -> ReadDocument:
    source = folder / "software.html"
    source.write_bytes(page.encode() if isinstance(page, str) else page)
    (document,) = read(source)
    assert not isinstance(document, RefusedSource)
    return document


def test_the_body_is_the_text_and_each_paragraph_a_line(tmp_path: Path) -> None:
    page = _page(f"<h1>Judge bars software</h1>{_paragraphs()}")

    document = _read(tmp_path, page)

    assert document.text == "\n".join(PARAGRAPHS)
    assert (document.source, document.kind, document.reader) == (page.encode(), "article", "html")
    assert document.warnings == ()


def test_what_the_page_states_becomes_metadata(tmp_path: Path) -> None:
    document = _read(tmp_path, _page(_paragraphs()))

    assert document.title == "Judge bars software"
    assert document.metadata == {
        "title": "Judge bars software",
        "author": "Ana Diaz",
        "date": "2025-10-17",
        "publisher": "The Daily Docket",
        "url": "https://docket.example/software",
        "language": "en-US",
    }


def test_what_the_page_does_not_state_is_left_out(tmp_path: Path) -> None:
    document = _read(tmp_path, _page(_paragraphs(), head="<title>Ruling</title>", language=""))

    assert document.metadata == {"title": "Ruling"}


def test_headings_lists_and_tables_stay_in_order(tmp_path: Path) -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p><h2>What is banned</h2><p>{PARAGRAPHS[1]}</p>"
        "<ul><li>new sales of the product to anyone</li><li>support beyond the end of the year</li></ul>"
        "<ol><li>pay the fine</li><li>report to the court</li></ol>"
        "<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2023</td><td>$5 million</td></tr></table>"
        f"<p>{PARAGRAPHS[2]}</p>"
    )

    assert _read(tmp_path, _page(body)).text.split("\n") == [
        PARAGRAPHS[0],
        "What is banned",
        PARAGRAPHS[1],
        "• new sales of the product to anyone",
        "• support beyond the end of the year",
        "1. pay the fine",
        "2. report to the court",
        "Year\tSales",
        "2023\t$5 million",
        PARAGRAPHS[2],
    ]


def test_the_standfirst_in_the_header_of_the_article_is_text(tmp_path: Path) -> None:
    standfirst = "The ruling ends a fight that has kept three courts and two companies busy since 2019."
    body = f"<header><h1>Judge bars software</h1><p>{standfirst}</p></header>{_paragraphs()}"

    assert _read(tmp_path, _page(body)).text == "\n".join((standfirst, *PARAGRAPHS))


def test_nothing_is_fetched_and_no_script_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the reader went to the network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    script = (
        "<script>document.write('<p>Written by a script that should never have been run here.</p>')</script>"
    )
    body = (
        f'<base href="https://docket.example/"><p>{PARAGRAPHS[0]}</p>{script}<iframe src="/x"></iframe>'
        f'<img src="https://tracker.example/x.png"><p>{PARAGRAPHS[1]}</p><object data="/y"></object>'
    )
    dtd = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.example/xhtml1.dtd">'

    document = _read(tmp_path, _page(body).replace("<!DOCTYPE html>", dtd))

    assert document.text == "\n".join(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>", "cp1252"),
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=windows-1252>", "utf-8"),
    ],
    ids=["meta", "http-equiv", "utf-8", "stale statement"],
)
def test_the_stated_encoding_is_used(tmp_path: Path, declaration: str, encoding: str) -> None:
    text = "The court’s order — it costs £500 a day — will hold until the café’s owner has paid in full."
    page = _page(_paragraphs((text, *PARAGRAPHS)), head=f"{declaration}<title>Order</title>")

    document = _read(tmp_path, page.encode(encoding))

    assert document.text.startswith(text)
    assert document.warnings == ()


def test_an_xhtml_page_states_its_encoding_in_the_first_line(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="koi8-r"?>\n' + _page(
        _paragraphs(("Суд постановил, что компания должна выплатить компенсацию истцам до конца года.",)),
        head="<title>Суд</title>",
    )

    assert _read(tmp_path, page.encode("koi8-r")).text.startswith("Суд постановил")


def test_a_few_stray_zero_bytes_do_no_harm(tmp_path: Path) -> None:
    page = _page(_paragraphs()).encode().replace(b"</article>", b"\0</article>")

    assert _read(tmp_path, page).text == "\n".join(PARAGRAPHS)


def test_a_page_without_an_article_is_read_and_says_so(tmp_path: Path) -> None:
    notice = ("Courthouse closed", "Call the clerk before noon.", "Filings are accepted by post.")

    document = _read(
        tmp_path, f"<html><head><title>Notice</title></head><body>{_paragraphs(notice)}</body></html>"
    )

    assert document.text.split("\n") == list(notice)
    assert "No article stands out" in document.warnings[0]


def test_a_fragment_and_plain_text_are_read(tmp_path: Path) -> None:
    assert _read(tmp_path, f"<p>{PARAGRAPHS[0]}</p>").text == PARAGRAPHS[0]
    assert _read(tmp_path, PARAGRAPHS[1]).text == PARAGRAPHS[1]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "is empty"),
        (b"<html><head><title>A</title></head><body><script>let a = 1;</script></body></html>", "no text"),
        (b"%PDF-1.7" + bytes(50), "not text but a PDF"),
        (b"\x89PNG" + bytes(range(256)) * 9, "binary data"),
    ],
)
def test_a_page_without_text_is_refused(tmp_path: Path, page: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=rf"“software\.html” .*{reason}"):
        _read(tmp_path, page)


@pytest.mark.parametrize("depth", [300, 10_000])
def test_a_page_nested_too_deeply_is_refused_not_cut_short(tmp_path: Path, depth: int) -> None:
    page = _page("<div>" * depth + _paragraphs() + "</div>" * depth)

    with pytest.raises(UnreadableSource, match="nested too deeply"):
        _read(tmp_path, page)


def test_a_page_nested_deeply_is_read(tmp_path: Path) -> None:
    page = _page("<div>" * 150 + _paragraphs() + "</div>" * 150)

    assert _read(tmp_path, page).text == "\n".join(PARAGRAPHS)


def test_reading_twice_gives_the_same_document(tmp_path: Path) -> None:
    page = _page(_paragraphs() + '<p><a href="/more">Read more on this</a></p>')

    assert _read(tmp_path, page) == _read(tmp_path, page)


def _shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return collections.Counter(tuple(tokens[start : start + 4]) for start in range(max(1, len(tokens) - 3)))


def test_article_bodies_of_real_pages_are_found(corpus: Path) -> None:
    """F1 over shingles of four tokens, precision and recall averaged over the pages."""
    truth = json.loads((corpus / "articles" / "ground-truth.json").read_text("utf-8"))
    precision = recall = 0.0
    for key, page in truth.items():
        (document,) = read(corpus / "articles" / f"{key}.html")
        assert not isinstance(document, RefusedSource)
        found, wanted = _shingles(document.text), _shingles(page["articleBody"])
        both = (found & wanted).total()
        precision += both / found.total() / len(truth)
        recall += both / wanted.total() / len(truth)

    assert 2 * precision * recall / (precision + recall) >= 0.97
