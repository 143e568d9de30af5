"""Label schemas as TOML: read and checked with a sentence for every fault, and printed to read back equal.

The file names groups of labels at the top level (`decided = ["holding", "order"]`); every list of labels
may use them. `on` lists kinds of document, `for` labels, `is` says in a few words what a label marks;
`document` lists the attributes of whole documents.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from annotator.errors import InvalidSchema
from annotator.schema import AttributeKind, AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_check import schema_faults

_TOP_LEVEL = ("name", "version", "attribute", "document", "relation", "layer")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read_schema(toml: str, *, name: str = "") -> LabelSchema:
    """The schema that a TOML text describes; `name` is what it is called if it cannot say so itself.

    Raises InvalidSchema with one sentence for each fault.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InvalidSchema(name or "in this file", (f"It is not valid TOML: {error}.",)) from error
    faults: list[str] = []
    schema = _schema(_Table("the schema", data, faults), name)
    if not faults:
        faults.extend(schema_faults(schema))
    if faults:
        raise InvalidSchema(schema.name or "in this file", tuple(faults))
    return schema


def print_schema(schema: LabelSchema) -> str:
    """The schema as TOML that reads back equal."""
    lines = [f"name = {_quoted(schema.name)}", f"version = {schema.version}"]
    lines += [f"{_key(name)} = {_list(labels)}" for name, labels in schema.groups.items()]
    lines += _array("attribute", (_attribute_row(row, schema) for row in schema.attributes))
    lines += _array("document", (_attribute_row(row, schema) for row in schema.document_attributes))
    lines += _array("relation", (_relation_row(row, schema) for row in schema.relations))
    for layer in schema.layers:
        lines += ["", "[[layer]]", *_layer_lines(layer)]
    return "\n".join(lines) + "\n"


# Reading


@dataclass(slots=True)
class _Table:
    """A TOML table while it is read: every value is asked for once, with its type, then `done`."""

    place: str
    values: Mapping[str, object]
    faults: list[str]
    asked: set[str] = field(default_factory=set)

    def _get(self, key: str, kind: type | tuple[type, ...], wanted: str) -> object | None:
        self.asked.add(key)
        value = self.values.get(key)
        fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if value is not None and not fits:
            self.fault(f"`{key}` must be {wanted}, not {json.dumps(value, default=str)}")
            return None
        return value

    def fault(self, what: str) -> None:
        self.faults.append(f"In {self.place}, {what}.")

    def text(self, key: str, default: str = "") -> str:
        value = self._get(key, str, "a text")
        return default if value is None else cast(str, value)

    def number(self, key: str, default: int) -> int:
        value = self._get(key, int, "a whole number")
        return default if value is None else cast(int, value)

    def flag(self, key: str) -> bool:
        return self._get(key, bool, "true or false") is True

    def scalar(self, key: str) -> str:
        """A text, number, true or false, as a text."""
        value = self._get(key, (str, int, float, bool), "a single value")
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, list, "a list of texts")
        items = cast("list[object]", value or [])
        if not all(isinstance(item, str) for item in items):
            self.fault(f"`{key}` must be a list of texts only")
            return ()
        return tuple(cast("list[str]", items))

    def tables(self, key: str, what: str) -> "Iterator[_Table]":
        """The tables of a list, each called by its id."""
        value = self._get(key, list, "a list of tables")
        for number, item in enumerate(cast("list[object]", value or []), start=1):
            if not isinstance(item, dict):
                self.fault(f"`{key}` must be a list of tables only")
                continue
            table = _Table(f"{what} {item.get('id') or number}", item, self.faults)
            if table.text("id") != table.text("id").strip() or not table.text("id"):
                table.fault("`id` must be a word")
            yield table

    def done(self) -> None:
        for key in self.values:
            if key not in self.asked:
                self.fault(f"`{key}` is not a known key")


def display_name(record_id: str) -> str:
    """The name of what the file gives no `name`: "refers_to" is called "Refers to"."""
    words = record_id.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _schema(table: _Table, name: str) -> LabelSchema:
    groups = {key: table.texts(key) for key, value in table.values.items() if _is_group(key, value)}
    schema = LabelSchema(
        name=table.text("name", name).strip(),
        version=table.number("version", 1),
        layers=tuple(_layer(row) for row in table.tables("layer", "layer")),
        attributes=tuple(_attribute(row, groups) for row in table.tables("attribute", "attribute")),
        relations=tuple(_relation(row, groups) for row in table.tables("relation", "relation type")),
        groups=groups,
        document_attributes=tuple(
            _attribute(row, {}) for row in table.tables("document", "attribute of documents")
        ),
    )
    table.done()
    return schema


def _is_group(key: str, value: object) -> bool:
    return key not in _TOP_LEVEL and isinstance(value, list) and all(isinstance(item, str) for item in value)


def _layer(table: _Table) -> Layer:
    layer_id = table.text("id")
    layer = Layer(
        id=layer_id,
        name=table.text("name") or display_name(layer_id),
        kinds=table.texts("on"),
        labels=tuple(_label(row, layer_id) for row in table.tables("label", "label")),
        on_demand=table.texts("on_demand"),
        trim_end=table.text("trim_end"),
    )
    table.done()
    return layer


def _label(table: _Table, layer_id: str) -> Label:
    label_id = table.text("id")
    label = Label(
        id=label_id,
        name=table.text("name") or display_name(label_id),
        layer=layer_id,
        key=table.text("key"),
        colour=table.text("colour", "#777777"),
        summary=table.text("is"),
        slot_of=table.text("slot_of"),
        on_demand=table.texts("on_demand"),
        merged_into=table.text("merged_into"),
        retired=table.flag("retired"),
        examples=table.texts("examples"),
    )
    table.done()
    return label


def _attribute(table: _Table, groups: Mapping[str, tuple[str, ...]]) -> AttributeType:
    attribute_id = table.text("id")
    values = table.texts("values")
    attribute = AttributeType(
        id=attribute_id,
        name=table.text("name") or display_name(attribute_id),
        labels=_labels(table.texts("for"), groups),
        kind=cast(AttributeKind, table.text("kind") or _assumed_kind(values)),
        values=values,
        default=table.scalar("default"),
        required=table.flag("required"),
        per=table.text("per"),
        kinds=table.texts("on"),
        retired=table.flag("retired"),
    )
    table.done()
    return attribute


def _assumed_kind(values: tuple[str, ...]) -> AttributeKind:
    return "choice" if values else "text"


def _relation(table: _Table, groups: Mapping[str, tuple[str, ...]]) -> RelationType:
    relation_id = table.text("id")
    relation = RelationType(
        id=relation_id,
        name=table.text("name") or display_name(relation_id),
        sources=_labels(table.texts("from"), groups),
        targets=_labels(table.texts("to"), groups),
        values=table.texts("values"),
        several=table.texts("several"),
        same_label=table.flag("same_label"),
        across=table.flag("across"),
        retired=table.flag("retired"),
    )
    table.done()
    return relation


def _labels(names: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The labels that a list names, groups spelt out, each once."""
    spelt_out = (label for name in names for label in groups.get(name, (name,)))
    return tuple(dict.fromkeys(spelt_out))


# Printing

_Row = dict[str, str | bool | tuple[str, ...]]


def _quoted(text: str) -> str:
    # JSON and TOML escape strings alike, but for DEL, which TOML forbids as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(item) for item in items)}]"


def _value(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) else _list(value)


def _written(row: _Row) -> list[str]:
    """The keys with what they hold, without those that hold what is taken for granted."""
    return [f"{key} = {_value(value)}" for key, value in row.items() if value]


def _array(key: str, rows: Iterable[_Row]) -> list[str]:
    """A key that holds a list of tables, one a line."""
    lines = [f"  {{ {', '.join(_written(row))} }}," for row in rows]
    return [f"{key} = [", *lines, "]"] if lines else []


def _name(name: str, record_id: str) -> str:
    return "" if name == display_name(record_id) else name


def _grouped(labels: tuple[str, ...], schema: LabelSchema) -> tuple[str, ...]:
    """The labels with the first group that stands in them unbroken named instead of spelt out."""
    for group, members in schema.groups.items():
        size = len(members)
        for start in range(len(labels) - size + 1):
            if size > 1 and labels[start : start + size] == members:
                return (*labels[:start], group, *labels[start + size :])
    return labels


def _attribute_row(attribute: AttributeType, schema: LabelSchema) -> _Row:
    assumed = _assumed_kind(attribute.values)
    return {
        "id": attribute.id,
        "name": _name(attribute.name, attribute.id),
        "for": _grouped(attribute.labels, schema),
        "on": attribute.kinds,
        "kind": "" if attribute.kind == assumed else attribute.kind,
        "values": attribute.values,
        "default": attribute.default,
        "per": attribute.per,
        "required": attribute.required,
        "retired": attribute.retired,
    }


def _relation_row(relation: RelationType, schema: LabelSchema) -> _Row:
    return {
        "id": relation.id,
        "name": _name(relation.name, relation.id),
        "from": _grouped(relation.sources, schema),
        "to": _grouped(relation.targets, schema),
        "same_label": relation.same_label,
        "across": relation.across,
        "values": relation.values,
        "several": relation.several,
        "retired": relation.retired,
    }


def _layer_lines(layer: Layer) -> list[str]:
    head: _Row = {
        "id": layer.id,
        "name": _name(layer.name, layer.id),
        "on": layer.kinds,
        "on_demand": layer.on_demand,
        "trim_end": layer.trim_end,
    }
    return _written(head) + _array("label", (_label_row(label) for label in layer.labels))


def _label_row(label: Label) -> _Row:
    return {
        "id": label.id,
        "name": _name(label.name, label.id),
        "key": label.key,
        "colour": label.colour,
        "slot_of": label.slot_of,
        "on_demand": label.on_demand,
        "merged_into": label.merged_into,
        "retired": label.retired,
        "is": label.summary,
        "examples": label.examples,
    }
