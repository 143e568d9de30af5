"""Reads saved web pages: the article's body as text, what the page says about it as metadata.

Nothing is fetched and no script runs: the bytes are decoded here and parsed as they are. The
headline is the title and not part of the text. A newcomer would use one extraction: the strict one
is the better on most pages, but on some it takes a fraction for the whole, so both are compared.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from annotator.errors import UnreadableSource
from annotator.model import JsonValue
from annotator.readers.document import ReadDocument
from annotator.readers.encoding import decode
from annotator.readers.html_blocks import Block, article_blocks, blocks_of, size, with_standfirst
from annotator.readers.source import checked_text, first_line_title, read_bytes, refuse_binary

VERSION = "1"

_MAX_BYTES = 40_000_000
_HEAD_BYTES = 4096
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_:.+-]+)""")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")

# Where the strict extraction has less than this share of the other one, it lost part of the article.
_MIN_SHARE = 0.6
# Only dates that the page states: a search of its text finds dates of other things.
# trafilatura before 2.1 wants a latest date.
_STATED_DATES = {"extensive_search": False, "original_date": True, "max_date": None}
_NO_ARTICLE = "No article stands out on this page: look whether its text is what you want."
# The parser leaves out, without a word, what is nested deeper than 256 elements.
_MAX_DEPTH = 250


def read(source: Path) -> Iterator[ReadDocument]:
    """The article of a saved page; UnreadableSource when there is no text on it."""
    import trafilatura

    data = read_bytes(source, _MAX_BYTES)
    decoded = decode(_without_stray_zeros(data), _stated_encoding(data[:_HEAD_BYTES]))
    if decoded is None:
        raise refuse_binary(data, source.name)
    tree = _parse(decoded.text)
    if _depth(tree) >= _MAX_DEPTH:
        raise UnreadableSource(
            f"“{source.name}” cannot be read: its parts are nested too deeply for a web page. "
            "Copy the article from your browser and paste it instead."
        )
    page = trafilatura.metadata.extract_metadata(tree, date_config=_STATED_DATES)
    blocks = _article(tree, page) or blocks_of(trafilatura.baseline(tree)[0])
    has_article = any(block.is_prose for block in blocks)
    text = checked_text("\n".join(block.text for block in blocks), source.name)
    metadata = _metadata(page, tree)
    yield ReadDocument(
        title=str(metadata.get("title", "")) or first_line_title(text, source.stem),
        text=text,
        source=data,
        source_name=source.name,
        reader="html",
        reader_version=f"{VERSION}, trafilatura {trafilatura.__version__}",
        options={"encoding": decoded.encoding, "encoding_guessed": decoded.guessed},
        metadata=metadata,
        warnings=decoded.warnings if has_article else (*decoded.warnings, _NO_ARTICLE),
    )


def _without_stray_zeros(data: bytes) -> bytes:
    """The bytes without a few zero bytes, which browsers pass over too; with many it is no page."""
    return data.replace(b"\0", b"") if data.count(b"\0") * 1000 < len(data) else data


def _stated_encoding(head: bytes) -> str:
    stated = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return stated[1].decode("ascii") if stated else ""


def _parse(text: str) -> Any:
    """The page as a tree. What is no whole page is put into one: fragments, even plain text."""
    import trafilatura

    markup = _XML_DECLARATION.sub("", text)
    tree = trafilatura.load_html(markup)
    return (
        tree if tree is not None else trafilatura.load_html(f"<html><body><div>{markup}</div></body></html>")
    )


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _article(tree: Any, page: Any) -> list[Block]:
    """The article's blocks by the better of two extractions; none where neither finds any."""
    strict, lenient = (_extracted(tree, strict=strict) for strict in (True, False))
    is_whole = size(strict) >= _MIN_SHARE * size(lenient)
    blocks = with_standfirst(strict, lenient) if is_whole else lenient
    return article_blocks(blocks, title=page.title or "", date=page.date or "")


def _extracted(tree: Any, *, strict: bool) -> list[Block]:
    import trafilatura

    found = trafilatura.bare_extraction(
        tree, favor_precision=strict, include_comments=False, include_links=True, with_metadata=False
    )
    return [] if found is None or isinstance(found, dict) else blocks_of(found.body)


def _metadata(page: Any, tree: Any) -> dict[str, JsonValue]:
    """What the page states about itself, under the keys that documents have; what is missing is left out."""
    stated = {
        "title": page.title,
        "author": page.author,
        "date": page.date,
        "publisher": page.sitename,
        "url": page.url,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    }
    return {key: " ".join(value.split()) for key, value in stated.items() if value and value.strip()}
