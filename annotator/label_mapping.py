"""What names in an imported file mean in a project: labels, links, attributes renamed, frames dissolved.

A mapping is a TOML file (docs/formats/importing.md). Names that it does not list stay as they are, and are
found or added as without it; nothing is left out but what the mapping says, and that is counted.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from annotator.errors import AnnotatorError
from annotator.model import Attributes, AttributeValue
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet

LEFT_OUT = ""  # what a name is mapped to that is left out


class InvalidMapping(AnnotatorError):
    """A mapping file that cannot be used, with the reason."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A label whose spans only tie others together, such as an attribution between its content and source.

    Spans of `label` are left out; the spans that they reach by links of the type `head` take their place
    at the ends of their other links, and take over their attributes and notes.
    """

    label: str
    head: str


@dataclass(frozen=True, slots=True)
class LabelMapping:
    """New names by the file's names, "" to leave out; `label_from` takes a label out of an attribute.

    A frame's label and head, and the labels that `label_from` lists, are the file's own names; `labels`
    then also renames what comes out of the attribute.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    label_from: Mapping[str, str] = field(default_factory=dict)
    frames: tuple[Frame, ...] = ()


def read_mapping(toml: str, name: str) -> LabelMapping:
    """The mapping that a TOML text writes down. Raises InvalidMapping, which calls it `name`."""
    try:
        values = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InvalidMapping(f"The mapping {name} cannot be used: it is no TOML: {error}.") from error
    tables = ("labels", "relations", "attributes", "label_from")
    unknown = sorted(values.keys() - {*tables, "frame"})
    if unknown:
        listed = ", ".join(unknown)
        raise InvalidMapping(f"The mapping {name} cannot be used: there is no part called {listed}.")
    named = {table: _table(values.get(table, {}), table, name) for table in tables}
    frames = values.get("frame", [])
    if not isinstance(frames, list) or not all(map(_is_frame, frames)):
        raise InvalidMapping(
            f"The mapping {name} cannot be used: each [[frame]] needs a label and a head and nothing else."
        )
    return LabelMapping(**named, frames=tuple(Frame(row["label"], row["head"]) for row in frames))


def _table(value: object, table: str, name: str) -> dict[str, str]:
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return value
    raise InvalidMapping(f"The mapping {name} cannot be used: [{table}] is not a table of texts.")


def _is_frame(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == {"label", "head"}
        and all(isinstance(value, str) and value for value in row.values())
    )


def mapped(read: ReadDocument, mapping: LabelMapping) -> ReadDocument:
    """The document with the names that the mapping gives; what is left out is counted in its warnings."""
    if mapping == LabelMapping():
        return read
    left_out: Counter[str] = Counter()
    sets = tuple(_mapped_set(part, mapping, left_out) for part in read.sets)
    if not left_out:
        return replace(read, sets=sets)
    counts = ", ".join(f"{count} {name}" for name, count in sorted(left_out.items()))
    return replace(read, sets=sets, warnings=(*read.warnings, f"Left out, as the mapping says: {counts}."))


def _mapped_set(part: ReadSet, mapping: LabelMapping, left_out: Counter[str]) -> ReadSet:
    for frame in mapping.frames:
        part = _dissolved(part, frame)
    spans: dict[str, ReadAnnotation] = {}
    for span in part.annotations:
        found = _mapped_span(span, mapping, left_out)
        if found.label == LEFT_OUT:
            left_out[f"spans {span.label}"] += 1
        else:
            spans[span.key] = found
    gone = {span.key for span in part.annotations} - spans.keys()
    links = []
    for link in part.relations:
        name = mapping.relations.get(link.type, link.type)
        if name == LEFT_OUT or not gone.isdisjoint((link.source, link.target)):
            left_out[f"links {link.type}"] += 1
        else:
            renamed = _renamed(link.attributes, mapping, left_out)
            links.append(replace(link, type=name, attributes=renamed))
    return replace(part, annotations=tuple(spans.values()), relations=tuple(links))


def _mapped_span(span: ReadAnnotation, mapping: LabelMapping, left_out: Counter[str]) -> ReadAnnotation:
    label, attributes = span.label, dict(span.attributes)
    source = mapping.label_from.get(label)
    value = attributes.get(source) if source is not None else None
    if source is not None and isinstance(value, str) and value.strip():
        del attributes[source]
        label = value.strip()
    renamed = _renamed(attributes, mapping, left_out)
    return replace(span, label=mapping.labels.get(label, label), attributes=renamed)


def _renamed(attributes: Attributes, mapping: LabelMapping, left_out: Counter[str]) -> Attributes:
    found: dict[str, AttributeValue] = {}
    for name, value in attributes.items():
        new = mapping.attributes.get(name, name)
        if new == LEFT_OUT:
            left_out[f"values of {name}"] += 1
        else:
            found[new] = value
    return found


def _dissolved(part: ReadSet, frame: Frame) -> ReadSet:
    """The set without the spans of a frame that have a head; those without one stay as they are."""
    frames = {span.key: span for span in part.annotations if span.label == frame.label}
    heads: dict[str, dict[str, None]] = defaultdict(dict)
    for link in part.relations:
        if link.source in frames and link.type == frame.head:
            heads[link.source][link.target] = None
    given: dict[str, list[ReadAnnotation]] = defaultdict(list)
    for key, targets in heads.items():
        for head in targets:
            given[head].append(frames[key])
    spans = [_enriched(span, given.get(span.key, ())) for span in part.annotations if span.key not in heads]
    links = chain.from_iterable(_joined(link, frame, heads) for link in part.relations)
    # Two frames may say the same of one head.
    once = {(link.type, link.source, link.target): link for link in links}
    return replace(part, annotations=tuple(spans), relations=tuple(once.values()))


def _enriched(span: ReadAnnotation, frames: Iterable[ReadAnnotation]) -> ReadAnnotation:
    """The span with the attributes and notes of the frames whose place it takes; its own values stay."""
    for frame in frames:
        note = "\n".join(filter(None, (span.note, frame.note)))
        span = replace(span, attributes={**frame.attributes, **span.attributes}, note=note)
    return span


def _joined(link: ReadRelation, frame: Frame, heads: Mapping[str, Iterable[str]]) -> Iterator[ReadRelation]:
    """The links that a link becomes: each head of a frame in its place, none for the one to the head."""
    if link.source in heads and link.type == frame.head:
        return
    for source in heads.get(link.source, (link.source,)):
        for target in heads.get(link.target, (link.target,)):
            if (source, target) == (link.source, link.target):
                yield link
            elif source != target:
                yield replace(link, source=source, target=target, key=f"{link.key} {source} {target}".strip())
