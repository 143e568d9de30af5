"""What an imported document asks of the label schema: labels found, labels taken over, values in doubt.

A project without documents takes over the schema and guidelines of a project's own export as they are;
any other project only gains what the document uses and it lacks. Values outside the schema are kept.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.errors import InvalidSchema
from annotator.flags import FLAG, NOTE
from annotator.model import AttributeValue, GuidelineVersion, Record, SchemaVersion, new_id, now
from annotator.readers.document import ReadDocument
from annotator.schema import LabelSchema
from annotator.schema_merge import additions, adopt, matching_label
from annotator.schema_toml import print_schema, read_schema
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Adoption:
    """The records that bring the schema up to a document, and the id for each label that it names."""

    before: tuple[Record, ...]
    after: tuple[Record, ...]
    labels: Mapping[str, str]
    warnings: tuple[str, ...]


def adopted(store: Store, read: ReadDocument, *, is_first: bool) -> Adoption:
    """What the import of this document adds to the project's schema, as records not yet written.

    `is_first` says that the project has no documents yet.
    """
    if not read.sets and not (is_first and read.schema_number):
        return Adoption((), (), {}, ())
    schema, toml, number = store.schema(), store.schema_toml(), store.schema_number()
    before: list[Record] = []
    after: list[Record] = []
    warnings: list[str] = []
    if is_first and read.schema_number:
        taken = _taken_over(store, read)
        before, after, warnings = taken.before, taken.after, taken.warnings
        if taken.schema is not None:
            schema, toml, number = taken.schema, read.schema_toml, taken.number
    labels = _matched(schema, read)
    grown = _grown(schema, read, labels, warnings)
    if grown is not schema:
        labels = _matched(grown, read)
        warnings.append(additions(schema, grown))
        after = [record for record in after if not isinstance(record, SchemaVersion)]
        replaced = next((record for record in before if isinstance(record, SchemaVersion)), None)
        toml = print_schema(grown)
        after.append(
            SchemaVersion(new_id(), number + 1, toml, now())
            if replaced is None
            else replace(replaced, number=number, toml=toml)
        )
    warnings += _doubts(grown, read, labels)
    return Adoption(tuple(before), tuple(after), labels, tuple(filter(None, warnings)))


@dataclass(slots=True)
class _TakenOver:
    before: list[Record]
    after: list[Record]
    warnings: list[str]
    schema: LabelSchema | None = None
    number: int = 0


def _taken_over(store: Store, read: ReadDocument) -> _TakenOver:
    """The schema and guidelines of the file in the place of those that an empty project began with."""
    taken = _TakenOver([], [], [])
    if (read.schema_toml, read.schema_number) != (store.schema_toml(), store.schema_number()):
        taken.schema = _their_schema(read, taken.warnings)
    if taken.schema is not None:
        old = store.versions(SchemaVersion)[0]
        taken.number = read.schema_number
        taken.before.append(old)
        taken.after.append(replace(old, number=read.schema_number, toml=read.schema_toml))
        taken.warnings.append(
            f"The project had no documents yet and took the label schema {taken.schema.name}."
        )
    given = (read.guidelines, read.guideline_number)
    if read.guideline_number and given != (store.guidelines(), store.guideline_number()):
        guidelines = store.versions(GuidelineVersion)[0]
        taken.before.append(guidelines)
        taken.after.append(replace(guidelines, number=read.guideline_number, markdown=read.guidelines))
        taken.warnings.append("The project had no documents yet and took the guidelines of the file.")
    return taken


def _their_schema(read: ReadDocument, warnings: list[str]) -> LabelSchema | None:
    """The schema that came along, None with a warning if it cannot be used."""
    if not read.schema_toml:
        return None
    try:
        return read_schema(read.schema_toml)
    except InvalidSchema as error:
        warnings.append(f"The label schema of the file is not taken over. {error}")
        return None


def _matched(schema: LabelSchema, read: ReadDocument) -> dict[str, str]:
    """The id for each label that the document names and the schema has.

    A project's own export means its labels by their exact ids; other files spell them as they like.
    """
    found = {}
    for name in {span.label for part in read.sets for span in part.annotations}:
        label = matched_label(schema, name, is_exact=bool(read.schema_number))
        if label is not None:
            found[name] = label
    return found


def matched_label(schema: LabelSchema, name: str, *, is_exact: bool) -> str | None:
    """The id of the label that a file means; `is_exact` if it names labels by their ids and nothing else."""
    if not is_exact:
        return matching_label(schema, name)
    label = schema.label(name)
    return None if label is None else label.id


def _grown(
    schema: LabelSchema, read: ReadDocument, labels: Mapping[str, str], warnings: list[str]
) -> LabelSchema:
    """The schema with what the document uses and it lacks."""
    missing: dict[str, dict[str, None]] = defaultdict(dict)
    label_of: dict[str, str] = {}
    attributes: set[str] = set()
    for part in read.sets:
        for span in part.annotations:
            label_of[span.key] = labels.get(span.label, span.label)
            attributes |= span.attributes.keys()
            if span.label not in labels:
                missing[span.layer][span.label] = None
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for part in read.sets:
        for relation in part.relations:
            if relation.source in label_of and relation.target in label_of:
                links[relation.type].add((label_of[relation.source], label_of[relation.target]))
    unknown_links = {name: pairs for name, pairs in links.items() if schema.relation(name) is None}
    unknown_attributes = {name for name in attributes if schema.attribute(name) is None}
    of_documents = {
        name
        for part in read.sets
        for name in part.labels
        if name not in (FLAG, NOTE) and schema.document_attribute(name) is None
    }
    if not missing and not unknown_links and not unknown_attributes and not of_documents:
        return schema
    theirs = _their_schema(read, warnings)
    return adopt(
        schema,
        theirs,
        labels=missing,
        attributes=unknown_attributes,
        relations=links,
        document_attributes=of_documents,
    )


def _doubts(schema: LabelSchema, read: ReadDocument, labels: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each attribute with values that the schema does not have; they are kept all the same."""
    unknown: dict[str, None] = {}
    odd: dict[str, dict[str, None]] = defaultdict(dict)
    for part in read.sets:
        for span in part.annotations:
            for name, value in span.attributes.items():
                attribute = schema.attribute(name)
                if attribute is None or labels.get(span.label) not in attribute.labels:
                    unknown[f"{name} of {span.label}"] = None
                elif not attribute.accepts(value):
                    odd[name][_written(value)] = None
        for name, value in part.labels.items():
            of_document = schema.document_attribute(name)
            if name in (FLAG, NOTE):
                continue
            if of_document is None:
                unknown[f"{name} of the document"] = None
            elif not of_document.accepts(value):
                odd[name][_written(value)] = None
    if unknown:
        yield f"Kept, though the label schema does not have them: {', '.join(unknown)}."
    for name, values in odd.items():
        yield f"Kept, though the label schema does not have these values of {name}: {', '.join(values)}."


def _written(value: AttributeValue) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
