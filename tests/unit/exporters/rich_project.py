"""A small project with one of everything that JSONL holds, made through the verbs that users have."""

from pathlib import Path

import resources
from annotator.change import make_change
from annotator.model import (
    Annotation,
    Decision,
    Fragment,
    gold_set_id,
    new_id,
    now,
    quote,
)
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadSet
from annotator.services import annotating, importing
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT, find

OPINION = "The motion is DENIED. Norvel has no immunity here, and 😀 is no argument.\nIt is so ordered.\n"


def read_document(title: str, text: str, **more: object) -> ReadDocument:
    return ReadDocument(title, text, text.encode(), f"{title}.txt", "text", "1", **more)  # type: ignore[arg-type]


def rich_project(folder: Path) -> ProjectStore:
    """Article and opinion, marked by Ana and Bo and settled in gold, and a schema at its second version."""
    ours = resources.schema_text("legal-news").replace('name = "legal-news"', 'name = "ours"')
    store = projects.new_project(folder, name="Rich", schema_toml=ours, guidelines="# Our rules\n")
    ana = projects.lead(store).id
    annotating.add_annotator(store, annotator=ana, name="Bo Č.")
    bo = next(person.id for person in store.annotators() if person.id != ana)
    article = _import(
        store, ana, read_document("Article", TEXT, metadata={"z": [1, {"b": 2, "a": None}], "a": "é"})
    )
    opinion = _import(store, ana, read_document("Opinion", OPINION, kind="opinion", case="4:19-cv-07123"))

    figure = ReadAnnotation(
        "T1", "metaphor", (find("immunity", OPINION),), attributes={"odd": 2.5, "so": True}
    )
    _import(store, ana, read_document("Opinion", OPINION, sets=(ReadSet("Bo Č.", annotations=(figure,)),)))

    held = _mark(store, ana, article, "holding", "that Norvel cannot claim immunity")
    judge = _mark(store, ana, article, "judge", "Judge Ada Romero")
    court = _mark(store, ana, article, "court", "District Court")
    annotating.set_attribute(store, annotator=ana, annotation=held, attribute="issue", value="immunity")
    annotating.set_note(store, annotator=ana, annotation=held, note="R4,\n“see” below")
    annotating.set_certainty(store, annotator=ana, annotation=judge, certainty="likely")
    annotating.link(store, annotator=ana, type="issued_by", source=held, target=judge)
    annotating.link(store, annotator=ana, type="issued_by", source=held, target=court)
    decided = _mark(store, ana, opinion, "holding", "Norvel has no immunity here")
    annotating.link(
        store,
        annotator=ana,
        type="reports",
        source=held,
        target=decided,
        attributes={"values": ("accurate", "overstates")},
    )
    annotating.set_document_label(store, annotator=ana, document=article, name="topic", value=("privacy",))
    annotating.set_work_state(store, annotator=ana, document=article, state="done")

    apart = (find("We respect"), find("she said 😀"))
    annotating.highlight(store, annotator=bo, document=article, label="claim", fragments=apart)
    annotating.set_work_state(store, annotator=bo, document=opinion, state="skipped", message="not mine")
    annotating.set_document_label(
        store, annotator=bo, document=article, name="topic", value=("antitrust", "contracts")
    )
    _decide(store, ana, article, find("Judge Ada Romero"))
    return store


def _import(store: ProjectStore, annotator: str, read: ReadDocument) -> str:
    row = importing.import_document(store, read, annotator=annotator)
    assert row.outcome == "read"
    assert row.document is not None
    return row.document


def _mark(store: ProjectStore, who: str, document: str, label: str, words: str) -> str:
    text = TEXT if words in TEXT else OPINION
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=[find(words, text)]
    )
    return next(record.id for record in change.after if isinstance(record, Annotation))


def _decide(store: ProjectStore, reviewer: str, document: str, place: Fragment) -> None:
    """A gold span with its decision, one that was decided again, and a rejection without a span."""
    found = next(row for row in store.documents() if row.id == document)
    time = now()
    span = Annotation(
        new_id(),
        document,
        found.text_version,
        gold_set_id(store.project_id),
        "judge",
        (place,),
        quote(TEXT, (place,)),
        time,
        time,
        origin="adjudication",
    )
    first = Decision(new_id(), document, span.id, "accept", (reviewer,), reviewer, "2025-01-01T00:00:00.000Z")
    second = Decision(
        new_id(), document, span.id, "accept", (reviewer,), reviewer, time, "R4", "label", "see R4"
    )
    rejected = Decision(new_id(), document, None, "reject_all", (reviewer,), "auto:unanimous@1", time)
    store.apply(
        make_change("Decide", annotator=reviewer, document=document, after=(span, first, second, rejected))
    )


def bo_of(store: ProjectStore) -> str:
    return next(person.id for person in store.annotators() if person.name.startswith("Bo"))
