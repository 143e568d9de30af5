"""The sample project: imports what ships in resources/sample and marks it as two annotators would.

The marks go through the same verbs as an annotator's keys, so history and undo are real.
"""

import tomllib
from pathlib import Path
from typing import TypedDict

from annotator.errors import ProjectError
from annotator.model import Annotation, AttributeValue, Document, Fragment
from annotator.progress import Job, Progress
from annotator.readers.isolated import ReaderProcess
from annotator.services import annotating
from annotator.services.importing import import_paths
from annotator.store import Store

DOCUMENTS = ("whatsapp-nso-injunction.txt", "google-search-remedies.html", "sample-order.pdf")


class _Mark(TypedDict, total=False):
    by: str
    label: str
    text: str
    attributes: dict[str, AttributeValue]
    id: str


class _Link(TypedDict):
    by: str
    type: str
    source: str
    target: str


class _Sample(TypedDict):
    document: str
    annotators: list[str]
    mark: list[_Mark]
    link: list[_Link]


def fill(store: Store, *, lead: str, folder: Path, process: ReaderProcess) -> Job[None]:
    """Import the sample documents of `folder` and mark them; `lead` is the id of who does it."""
    sources = [folder / name for name in DOCUMENTS]
    yield from import_paths(store, sources, annotator=lead, process=process)
    sample: _Sample = tomllib.loads((folder / "annotations.toml").read_text("utf-8"))  # type: ignore[assignment]
    document = next((d for d in store.documents() if d.source_name == sample["document"]), None)
    if document is None:
        raise ProjectError(
            f"The sample article {sample['document']} could not be read; reinstall the program."
        )
    ids = _annotator_ids(store, sample["annotators"], lead)
    yield from _mark(store, document, sample, ids)


def _annotator_ids(store: Store, names: list[str], lead: str) -> dict[str, str]:
    """The ids of the sample's annotators by name; those who are not in the project yet join it."""
    known = {annotator.name for annotator in store.annotators()}
    for name in names:
        if name not in known:
            annotating.add_annotator(store, annotator=lead, name=name)
    return {annotator.name: annotator.id for annotator in store.annotators()}


def _mark(store: Store, document: Document, sample: _Sample, ids: dict[str, str]) -> Job[None]:
    text = store.text(document.text_version)
    spans: dict[str, str] = {}
    total = len(sample["mark"]) + len(sample["link"])
    for done, mark in enumerate(sample["mark"]):
        yield Progress(done, total, document.title)
        change = annotating.highlight(
            store,
            annotator=ids[mark["by"]],
            document=document.id,
            label=mark["label"],
            fragments=(_find(text, mark["text"]),),
        )
        span = next(record.id for record in change.after if isinstance(record, Annotation))
        spans[mark.get("id", "")] = span
        for name, value in mark.get("attributes", {}).items():
            annotating.set_attribute(
                store, annotator=ids[mark["by"]], annotation=span, attribute=name, value=value
            )
    for done, link in enumerate(sample["link"], start=len(sample["mark"])):
        yield Progress(done, total, document.title)
        annotating.link(
            store,
            annotator=ids[link["by"]],
            type=link["type"],
            source=spans[link["source"]],
            target=spans[link["target"]],
        )


def _find(text: str, words: str) -> Fragment:
    """Where the words stand first, or those of them in brackets."""
    before, opened, rest = words.partition("[")
    marked, _, after = rest.partition("]") if opened else (words, "", "")
    start = text.index((before if opened else "") + marked + after) + (len(before) if opened else 0)
    return Fragment(start, start + len(marked))
