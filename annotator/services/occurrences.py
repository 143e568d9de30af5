"""Mark all occurrences: find where the same words stand, here or in the corpus, and mark those chosen.

Both are jobs: nothing is written before the last moment, so both can be cancelled until then. What is
marked is one Change, of one document or of several, and one step to undo.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator import editing, occurrences
from annotator.change import Change, make_change
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.geometry import Range
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Attributes,
    Document,
    Record,
    annotator_set_id,
)
from annotator.occurrences import PlaceState, Template
from annotator.progress import Job, Progress, run
from annotator.schema import LabelSchema
from annotator.services.locking import assignment_of, refuse_done
from annotator.store import Store

# So many are listed at most: what is marked together is also taken back together, while somebody waits.
MOST = 5_000
CONTEXT = 60

_DOCUMENTS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of the words, with what stands around it on its line."""

    document: str
    place: Range
    before: str
    words: str
    after: str
    state: PlaceState


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The places found, by document in order of import.

    `is_cut` tells that there are more than the MOST that are listed, `not_offered` how many documents
    were left out because the label is none of theirs, or not for this annotator, or the work on them done.
    """

    rows: tuple[Occurrence, ...]
    titles: Mapping[str, str]
    is_cut: bool = False
    not_offered: int = 0


def template_of(
    store: Store,
    *,
    document: str,
    label: str,
    fragments: Sequence[tuple[int, int]],
    attributes: Attributes | None = None,
    exact: bool = False,
) -> Template:
    """The template that an extent of a document makes; `exact` keeps what the label's layer would trim.

    Raises InvalidEdit for an extent in several pieces, or without words.
    """
    schema, found = store.schema(), store.record(Document, document)
    if found is None:
        raise InvalidEdit("This document is not in the project any more.")
    layer = schema.layer_of(label)
    text = store.text(found.text_version)
    pieces = editing.extent(text, fragments, trim_end="" if exact or layer is None else layer.trim_end)
    return occurrences.template(
        schema, text=text, kind=found.kind, label=label, fragments=pieces, attributes=attributes
    )


def template_of_span(store: Store, *, span: Annotation) -> Template:
    """The template that a span makes."""
    return template_of(
        store,
        document=span.document,
        label=span.label,
        fragments=span.fragments,
        attributes=span.attributes,
        exact=True,
    )


def find(
    store: Store,
    *,
    annotator: str,
    template: Template,
    document: str | None,
    ignore_case: bool = False,
    most: int = MOST,
) -> Job[Occurrences]:
    """The places of the template's words in a document, or with None in the whole corpus."""
    yield Progress(0, 0)
    schema, set_id = store.schema(), annotator_set_id(annotator)
    wanted = _candidates(store, template) if document is None else (document,)
    documents = store.records(Document, wanted)
    rows: list[Occurrence] = []
    titles: dict[str, str] = {}
    not_offered = 0
    for number, each in enumerate(wanted):
        if number % _DOCUMENTS_AT_ONCE == 0:
            yield Progress(number, len(wanted), documents[each].title)
        text = store.text(documents[each].text_version)
        places = occurrences.find(text, template.words, ignore_case=ignore_case, is_whole=template.is_whole)
        if not places:
            continue
        if not _is_open(store, documents[each], template.label, annotator=annotator, schema=schema):
            not_offered += 1
            continue
        titles[each] = documents[each].title
        rows.extend(_rows(store, each, set_id, text, places, template.label))
        if len(rows) > most:
            return Occurrences(tuple(rows[:most]), titles, True, not_offered)
    return Occurrences(tuple(rows), titles, False, not_offered)


def mark(
    store: Store, *, annotator: str, template: Template, places: Mapping[str, Sequence[Range]]
) -> Job[Change]:
    """Mark the places, by document, like the template; those that are marked so by now are passed over.

    Raises InvalidEdit if all are, or if a document has no such label.
    """
    yield Progress(0, len(places))
    if store.record(Annotator, annotator) is None:
        raise InvalidEdit("This annotator is not in the project.")
    schema, set_id = store.schema(), annotator_set_id(annotator)
    has_set = store.record(AnnotationSet, set_id) is not None
    made: list[Annotation] = []
    for number, (document, some) in enumerate(places.items()):
        found = store.record(Document, document)
        if found is None:
            raise InvalidEdit("A document of these is not in the project any more; look again.")
        yield Progress(number, len(places), found.title)
        given = assignment_of(store, annotator=annotator, document=document)
        desk = Desk(schema, found, annotator, has_set, () if given is None else given.layers)
        text = store.text(found.text_version)
        present = store.annotations(document, set_id)
        made += occurrences.new_spans(desk, text=text, template=template, places=some, present=present)
    label = schema.label(template.label)
    name = template.label if label is None else label.name
    if not made:
        raise InvalidEdit(f"All of these places are marked {name} by now.")
    yield Progress(len(places), len(places))
    new_set: tuple[Record, ...] = () if has_set else (AnnotationSet(set_id, "annotator", annotator),)
    touched = {span.document for span in made}
    change = make_change(
        _title(name, len(made), len(touched)),
        annotator=annotator,
        document=touched.pop() if len(touched) == 1 else None,
        after=(*new_set, *made),
    )
    refuse_done(store, change)
    store.apply(change)
    return change


def mark_here(
    store: Store,
    *,
    annotator: str,
    document: str,
    label: str,
    place: tuple[int, int],
    exact: bool = False,
) -> Change:
    """Mark a place, and in the same Change all others of the same words in the document that are free.

    Raises InvalidEdit if the label is none for the document, or if all of them are marked so already.
    """
    template = template_of(store, document=document, label=label, fragments=[place], exact=exact)
    found = run(find(store, annotator=annotator, template=template, document=document))
    free = [row.place for row in found.rows if row.state == "free"]
    start = place[0] + len(_leading_white(store, document, place))
    own = Range(start, start + len(template.words))
    places = sorted({*free, own})
    return run(mark(store, annotator=annotator, template=template, places={document: places}))


def _is_open(store: Store, document: Document, label: str, *, annotator: str, schema: LabelSchema) -> bool:
    """Whether the annotator may mark the label in a document now."""
    given = assignment_of(store, annotator=annotator, document=document.id)
    layers = () if given is None else given.layers
    layer = schema.layer_of(label)
    if given is not None and given.state == "done":
        return False
    is_theirs = not layers or (layer is not None and layer.id in layers)
    return is_theirs and schema.offer(label, document.kind) != "never"


def _leading_white(store: Store, document: str, place: tuple[int, int]) -> str:
    """The white space that a span does not begin with."""
    found = store.record(Document, document)
    words = "" if found is None else store.text(found.text_version)[place[0] : place[1]]
    return words[: len(words) - len(words.lstrip())]


def _title(label: str, spans: int, documents: int) -> str:
    if spans == 1:
        return f"Mark {label}"
    where = "" if documents == 1 else f" in {documents} documents"
    return f"Mark {spans} times {label}{where}"


def _candidates(store: Store, template: Template) -> tuple[str, ...]:
    """The documents that may have the words: by the index, which knows whole words only."""
    known = [word for word in template.words.split() if any(letter.isalnum() for letter in word)]
    if template.is_whole and known:
        return store.documents_with_words(known)
    return tuple(document.id for document in store.documents())


def _rows(
    store: Store, document: str, set_id: str, text: str, places: Sequence[Range], label: str
) -> Iterator[Occurrence]:
    states = occurrences.place_states(places, label, store.annotations(document, set_id))
    for place, state in zip(places, states, strict=True):
        line_start = max(text.rfind("\n", 0, place.start) + 1, place.start - CONTEXT)
        line_end = text.find("\n", place.end)
        line_end = min(len(text) if line_end < 0 else line_end, place.end + CONTEXT)
        yield Occurrence(
            document,
            place,
            text[line_start : place.start],
            text[place.start : place.end],
            text[place.end : line_end],
            state,
        )
