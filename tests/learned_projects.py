"""Projects with finished documents to learn from, made of `learned_texts`."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.change import make_change
from annotator.model import Annotation, Assignment, annotator_set_id, derived_id
from annotator.suggest.learned.examples import Example
from storage.store import ProjectStore
from tests import factories, projects


def name(example: Example) -> str:
    """The id that the document of an example gets."""
    return example.text_sha256[:12]


def add(store: ProjectStore, example: Example, *, title: str = "") -> str:
    """Import the text of an example, without its spans; gives the id of the document."""
    document = name(example)
    return projects.add_document(
        store, document, text=example.text, kind=example.kind, title=title or document
    )


def finish(
    store: ProjectStore, example: Example, *, annotator: str = factories.ANA, layers: tuple[str, ...] = ()
) -> str:
    """Let an annotator have marked the spans of an example, imported if need be, and be done with it."""
    document = name(example)
    if all(each.id != document for each in store.documents()):
        add(store, example)
    store.apply(
        make_change(
            "Mark it all",
            annotator=annotator,
            document=document,
            after=tuple(_annotations(example, document, annotator)),
        )
    )
    given = Assignment(derived_id(document, annotator), document, annotator, "done", layers)
    store.apply(make_change("Done", annotator=annotator, document=document, after=(given,)))
    return document


def reopen(store: ProjectStore, given: Assignment) -> None:
    """Let a document that is done be so no more."""
    store.apply(
        make_change(
            "Reopen",
            annotator=given.annotator,
            document=given.document,
            before=(given,),
            after=(replace(given, state="in_progress"),),
        )
    )


def finish_all(store: ProjectStore, examples: Iterable[Example]) -> None:
    """Finish each of the examples as Ana."""
    for example in examples:
        finish(store, example)


def _annotations(example: Example, document: str, annotator: str) -> Iterable[Annotation]:
    for spans in example.spans.values():
        for span in spans:
            yield factories.annotation(
                derived_id(document, annotator, *map(str, span)),
                start=span.start,
                end=span.end,
                label=span.label,
                text=example.text,
                document=document,
                text_version=f"{document}-text",
                set=annotator_set_id(annotator),
                origin="suggestion" if span.is_assisted else "manual",
            )
