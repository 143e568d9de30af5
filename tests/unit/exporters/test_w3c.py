"""W3C Web Annotation: selectors re-anchor, and the shipped context makes JSON-LD of it without a network."""

import dataclasses
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyld import jsonld

from annotator.geometry import Page, Range
from annotator.model import Quote
from annotator.progress import run
from annotator.services.exporting import Selection, snapshot
from annotator.text import reanchor, text_sha256
from exporters import EXPORTERS
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export
from tests.unit.exporters.rich_project import rich_project

OA = "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("w3c")
    with rich_project(made) as store:
        report = export(store, "w3c", made / "out")
    assert (report.documents, report.spans, report.relations, len(report.losses)) == (2, 7, 3, 0)
    return made / "out"


def pages_of(folder: Path) -> list[dict]:
    return [
        json.loads(path.read_bytes())
        for path in sorted(folder.glob("*.jsonld"))
        if "context" not in path.name
    ]


def targets_of(page: dict) -> list[dict]:
    targets = [item["target"] for item in page["items"] if item["motivation"] == "tagging"]
    return [one for target in targets for one in (target if isinstance(target, list) else [target])]


def test_both_selectors_lead_to_the_same_words(folder: Path) -> None:
    found = 0
    for page in pages_of(folder):
        text = (folder / unquote(page["about"]["id"])).read_bytes().decode()
        assert text_sha256(text) == page["about"]["text_sha256"]
        for target in targets_of(page):
            position, quote = target["selector"]
            place = (position["start"], position["end"])
            assert text[slice(*place)] == quote["exact"]
            assert reanchor(text, Quote(quote["prefix"], quote["exact"], quote["suffix"])) == place
            assert target["source"] == page["about"]["id"]
            found += 1
    # Seven spans, one of them in two pieces.
    assert found == 8


def test_quote_finds_the_words_in_a_text_that_changed_before_them(folder: Path) -> None:
    page = next(page for page in pages_of(folder) if page["about"]["title"] == "Article")
    text = "A new opening line 😀.\n" + (folder / page["about"]["id"]).read_text("utf-8")

    for target in targets_of(page):
        position, quote = target["selector"]
        place = reanchor(text, Quote(quote["prefix"], quote["exact"], quote["suffix"]))
        assert place is not None
        assert place[0] == position["start"] + 22


def test_context_that_is_shipped_names_every_term_without_a_network(folder: Path) -> None:
    shipped = json.loads((folder / "context.jsonld").read_bytes())

    def load(url: str, _options: object) -> dict:
        assert url == "http://www.w3.org/ns/anno.jsonld" or url.endswith("/context.jsonld"), url
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": shipped,
            "contentType": "application/ld+json",
        }

    for page in pages_of(folder):
        (expanded,) = jsonld.expand(page, {"documentLoader": load, "base": "https://example.org/export/"})
        items = expanded["https://www.w3.org/ns/activitystreams#items"][0]["@list"]
        assert len(items) == len(page["items"])
        for item, plain in zip(items, page["items"], strict=True):
            assert item["@type"] == [OA + "Annotation"]
            assert item[OA + "motivatedBy"] == [{"@id": OA + plain["motivation"]}]
            assert OA + "hasTarget" in item
            assert OA + "hasBody" in item
            # A term that no context has would be dropped without a word.
            assert len(item) == len(plain) == len(set(plain) - {"id", "type"}) + 2


def test_links_labels_of_documents_and_attributes_are_there(folder: Path) -> None:
    pages = {page["about"]["title"]: page for page in pages_of(folder)}
    items = {item["id"]: item for page in pages.values() for item in page["items"]}

    links = [item for item in items.values() if item["motivation"] == "linking"]
    assert {item["body"][1]["value"] for item in links} == {"issued_by", "reports"}
    assert all(item["target"] in items and item["body"][0]["source"] in items for item in links)
    reports = next(item for item in links if item["body"][1]["value"] == "reports")
    assert reports["attributes"] == {"values": ["accurate", "overstates"]}
    topics = [item for item in items.values() if item["motivation"] == "classifying"]
    assert [[body["value"] for body in item["body"]] for item in topics] in (
        [["topic: privacy"], ["topic: antitrust", "topic: contracts"]],
        [["topic: antitrust", "topic: contracts"], ["topic: privacy"]],
    )
    assert {item["creator"]["nickname"] for item in items.values()} == {"Ana", "Bo Č.", "gold"}
    held = next(item for item in items.values() if item["attributes"].get("issue"))
    assert held["body"][1] == {
        "type": "TextualBody",
        "value": "R4,\n“see” below",
        "format": "text/plain",
        "purpose": "commenting",
    }


def test_span_on_a_page_has_the_page_as_a_fragment(tmp_path: Path) -> None:

    with rich_project(tmp_path) as store:
        whole = snapshot(store, Selection())
        pages = (Page(1, 600, 800, (Range(0, 40),)), Page(2, 600, 800, (Range(40, 500),)))
        paged = dataclasses.replace(
            whole, documents=lambda: (dataclasses.replace(one, pages=pages) for one in whole.documents())
        )
        run(EXPORTERS["w3c"].export(paged, tmp_path / "out"))

    page = next(page for page in pages_of(tmp_path / "out") if page["about"]["title"] == "Article")
    for target in targets_of(page):
        position, quote, fragment = target["selector"]
        number = 1 if position["start"] < 40 else 2
        assert fragment["value"] == f"page={number}"
        assert fragment["refinedBy"] == quote
        assert target["cite"].startswith("p")


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "w3c", tmp_path)
