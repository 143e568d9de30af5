"""Checking a project: what its records say about each other and about the texts, a sentence for each fault.

The file itself (rows, hashes of contents, indexes) is checked by the store's own `verify`. Values that the
label schema does not have are no faults: imports bring them along, and they are kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.errors import AnnotatorError
from annotator.flags import FLAG, NOTE
from annotator.model import Annotation, AttributeValue, Document, Relation, TextVersion, quote
from annotator.progress import Job, Progress
from annotator.schema import AttributeType, LabelSchema
from annotator.store import Store
from annotator.text import text_sha256


def check(store: Store) -> Job[tuple[str, ...]]:
    """Everything in the project that does not hold; () if all does."""
    yield Progress(0, 0, store.name)
    faults = list(store.verify())
    if not faults:
        yield from _check_records(store, faults)
        return tuple(faults)
    try:
        yield from _check_records(store, faults)
    except (AnnotatorError, ArithmeticError, LookupError, TypeError, ValueError):
        # A damaged record is anything, so what reading it raises is too.
        faults.append("More could not be checked, because what is damaged cannot be read.")
    return tuple(faults)


def _check_records(store: Store, faults: list[str]) -> Job[None]:
    """Add what is wrong with documents, spans and links."""
    schema = store.schema()
    documents = store.documents()
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        texts: dict[str, str] = {}
        faults += _text_faults(store, document, document.text_version, texts)
        for annotation in store.annotations(document.id):
            if annotation.text_version not in texts:
                faults += _text_faults(store, document, annotation.text_version, texts)
            faults += _annotation_faults(document, annotation, texts[annotation.text_version], schema)
        for relation in store.relations(document.id):
            faults += _relation_faults(store, document, relation, schema)


def outside_schema(store: Store) -> tuple[str, ...]:
    """The values that the label schema does not have, each with how often it occurs; () if there are none."""
    schema = store.schema()
    found: Counter[str] = Counter()
    for document in store.documents():
        for span in store.annotations(document.id):
            values = {name: value for name, value in span.attributes.items() if name != FLAG}
            known = schema.attributes_of(span.label, document.kind)
            found.update(f"{span.label}: {value}" for value in _strange(values.items(), known))
        for link in store.relations(document.id):
            of_type = schema.relation(link.type)
            known = () if of_type is None else of_type.attributes
            found.update(f"{link.type}: {value}" for value in _strange(link.attributes.items(), known))
        labels = [(label.name, label.value) for label in store.document_labels(document.id)]
        said = [label for label in labels if label[0] not in (FLAG, NOTE)]
        known = schema.attributes_of_document(document.kind)
        found.update(f"document: {value}" for value in _strange(said, known))
    return tuple(
        f"{what} is not in the label schema; kept ({count} {'place' if count == 1 else 'places'})."
        for what, count in sorted(found.items())
    )


def _strange(values: Iterable[tuple[str, AttributeValue]], known: Iterable[AttributeType]) -> Iterator[str]:
    types = {attribute.id: attribute for attribute in known}
    for name, value in values:
        if not (name in types and types[name].accepts(value)):
            yield f"{name} = {value}"


def _text_faults(store: Store, document: Document, version_id: str, texts: dict[str, str]) -> list[str]:
    """Read a text version into `texts`, and what is wrong with it."""
    version = store.record(TextVersion, version_id)
    try:
        text = store.text(version_id)
    except KeyError:
        texts[version_id] = ""
        return [f"The text of “{document.title}” is not in the project."]
    texts[version_id] = text
    if version is None or version.document != document.id:
        return [f"The text of “{document.title}” belongs to another document."]
    if text_sha256(text) != version.text_sha256 or len(text) != version.length:
        return [f"The text of “{document.title}” is not the text that was imported."]
    return []


def _annotation_faults(
    document: Document, annotation: Annotation, text: str, schema: LabelSchema
) -> list[str]:
    what = f"The span “{annotation.quote.exact[:40]}” at {annotation.start} of “{document.title}”"
    faults = []
    if schema.label(annotation.label) is None:
        faults.append(f"{what} has the label {annotation.label}, which the label schema does not have.")
    place = -1
    for start, end in annotation.fragments:
        if not place < start < end:
            return [*faults, f"{what} has fragments that are empty, cross or touch."]
        place = end
    if place > len(text):
        return [*faults, f"{what} reaches outside the text."]
    if quote(text, annotation.fragments) != annotation.quote:
        faults.append(f"{what} does not quote the words that stand there.")
    return faults


def _relation_faults(store: Store, document: Document, relation: Relation, schema: LabelSchema) -> list[str]:
    what = f"The link {relation.type} in “{document.title}”"
    faults = []
    if schema.relation(relation.type) is None:
        faults.append(f"{what} is of a type that the label schema does not have.")
    ends = [store.record(Annotation, end) for end in (relation.source, relation.target)]
    if None in ends:
        faults.append(f"{what} starts or ends at a span that is not there.")
    elif ends[0] is not None and ends[0].document != relation.document:
        faults.append(f"{what} does not start in that document.")
    return faults
