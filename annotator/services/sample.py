"""The sample project: imports what ships in resources/sample and marks it as two annotators would.

The marks go through the same verbs as an annotator's keys, so history and undo are real.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Required, TypedDict

from annotator.errors import ProjectError
from annotator.model import Annotation, AttributeValue, Certainty, Document, Fragment, Relation
from annotator.progress import Job, Progress
from annotator.readers.isolated import ReaderProcess
from annotator.services import annotating, cases
from annotator.services.importing import import_paths
from annotator.store import Store

DOCUMENTS = (
    "whatsapp-nso-injunction.txt",
    "google-search-remedies.html",
    "sample-order.pdf",
    "harbor-lantern-order.txt",
    "harbor-lantern-analysis.txt",
)


_Mark = TypedDict(
    "_Mark",
    # "in" is a word of Python, so it cannot be written as a field of a class.
    {
        "by": Required[str],
        "label": Required[str],
        "text": Required[str],
        "in": str,
        "attributes": dict[str, AttributeValue],
        "id": str,
    },
    total=False,
)


class _Link(TypedDict, total=False):
    by: Required[str]
    type: Required[str]
    source: Required[str]
    target: Required[str]
    attributes: dict[str, list[str]]
    note: str
    certainty: Certainty


class _Case(TypedDict):
    docket_number: str
    court: str
    caption: str
    documents: list[str]


class _Sample(TypedDict):
    document: str
    annotators: list[str]
    mark: list[_Mark]
    link: list[_Link]
    case: list[_Case]


def fill(store: Store, *, lead: str, folder: Path, process: ReaderProcess) -> Job[None]:
    """Import the sample documents of `folder` and mark them; `lead` is the id of who does it."""
    sources = [folder / name for name in DOCUMENTS]
    yield from import_paths(store, sources, annotator=lead, process=process)
    sample: _Sample = tomllib.loads((folder / "annotations.toml").read_text("utf-8"))  # type: ignore[assignment]
    documents = {document.source_name: document for document in store.documents()}
    if missing := [name for name in DOCUMENTS if name not in documents]:
        raise ProjectError(f"The sample {missing[0]} could not be read; reinstall the program.")
    ids = _annotator_ids(store, sample["annotators"], lead)
    yield from _mark(store, documents, sample, ids)
    for case in sample["case"]:
        cases.add(
            store,
            annotator=lead,
            docket_number=case["docket_number"],
            court=case["court"],
            caption=case["caption"],
            documents=[documents[name].id for name in case["documents"]],
        )


def _annotator_ids(store: Store, names: list[str], lead: str) -> dict[str, str]:
    """The ids of the sample's annotators by name; those who are not in the project yet join it."""
    known = {annotator.name for annotator in store.annotators()}
    for name in names:
        if name not in known:
            annotating.add_annotator(store, annotator=lead, name=name)
    return {annotator.name: annotator.id for annotator in store.annotators()}


def _mark(
    store: Store, documents: Mapping[str, Document], sample: _Sample, ids: Mapping[str, str]
) -> Job[None]:
    spans: dict[str, str] = {}
    total = len(sample["mark"]) + len(sample["link"])
    for done, mark in enumerate(sample["mark"]):
        document = documents[mark.get("in", sample["document"])]
        yield Progress(done, total, document.title)
        change = annotating.highlight(
            store,
            annotator=ids[mark["by"]],
            document=document.id,
            label=mark["label"],
            fragments=(_find(store.text(document.text_version), mark["text"]),),
        )
        span = next(record.id for record in change.after if isinstance(record, Annotation))
        spans[mark.get("id", "")] = span
        for name, value in mark.get("attributes", {}).items():
            annotating.set_attribute(
                store, annotator=ids[mark["by"]], annotation=span, attribute=name, value=value
            )
    for done, link in enumerate(sample["link"], start=len(sample["mark"])):
        yield Progress(done, total)
        _link(store, link, spans, ids[link["by"]])


def _link(store: Store, link: _Link, spans: Mapping[str, str], annotator: str) -> None:
    change = annotating.link(
        store,
        annotator=annotator,
        type=link["type"],
        source=spans[link["source"]],
        target=spans[link["target"]],
        attributes={name: tuple(values) for name, values in link.get("attributes", {}).items()},
    )
    relation = next(record.id for record in change.after if isinstance(record, Relation))
    if "note" in link:
        annotating.set_relation_note(store, annotator=annotator, relation=relation, note=link["note"])
    if "certainty" in link:
        annotating.set_relation_certainty(
            store, annotator=annotator, relation=relation, certainty=link["certainty"]
        )


def _find(text: str, words: str) -> Fragment:
    """Where the words stand first, or those of them in brackets."""
    before, opened, rest = words.partition("[")
    marked, _, after = rest.partition("]") if opened else (words, "", "")
    start = text.index((before if opened else "") + marked + after) + (len(before) if opened else 0)
    return Fragment(start, start + len(marked))
