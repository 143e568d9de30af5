"""annotation.conf and visual.conf: what brat needs to open the folder, out of the label schema.

Layout: https://brat.nlplab.org/configuration.html. brat looks for them in the folders above a document too.
"""

from collections.abc import Iterable, Iterator

from annotator.schema import AttributeType, LabelSchema, RelationType
from exporters.brat.names import Names, can_be_value

_SEPARATOR = "-" * 20
# The first lets spans cross and nest, which brat forbids unless it is told.
_OVERLAP = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"


def annotation_conf(schema: LabelSchema, names: Names) -> str:
    """Labels by layer, links with the labels they may join, attributes with their values."""
    lines = ["[entities]", *_entities(schema, names), "", "[relations]", _OVERLAP]
    lines += [_relation(relation, names) for relation in schema.relations]
    lines += ["", "[events]", "", "[attributes]", *_attributes(schema, names)]
    return "\n".join(lines) + "\n"


def visual_conf(schema: LabelSchema, names: Names) -> str:
    """How labels are called and coloured."""
    shown = {names.label(label.id): label.name for label in schema.labels() if not label.merged_into}
    for relation in schema.relations:
        shown.setdefault(names.relation(relation.id), relation.name)
    lines = ["[labels]", *(f"{name} | {_display(title)}" for name, title in shown.items()), "", "[drawing]"]
    lines.append("SPAN_DEFAULT\tfgColor:black, bgColor:#DDDDDD, borderColor:darken")
    lines.append("ARC_DEFAULT\tcolor:black, arrowHead:triangle-5")
    lines += [
        f"{names.label(label.id)}\tbgColor:{label.colour}"
        for label in schema.labels()
        if not label.merged_into
    ]
    return "\n".join(lines) + "\n"


def _entities(schema: LabelSchema, names: Names) -> Iterator[str]:
    for place, layer in enumerate(schema.layers):
        if place:
            yield _SEPARATOR
        yield from (names.label(label.id) for label in layer.labels if not label.merged_into)


def _relation(relation: RelationType, names: Names) -> str:
    sources, targets = _any_of(relation.sources, names), _any_of(relation.targets, names)
    return f"{names.relation(relation.id)}\tArg1:{sources}, Arg2:{targets}"


def _attributes(schema: LabelSchema, names: Names) -> Iterator[str]:
    """Attributes of labels, then those of links; brat has one list, so a name is there once."""
    seen = set()
    for attribute in schema.attributes:
        seen.add(attribute.id)
        yield from _attribute(attribute, _any_of(attribute.labels, names), attribute.values, names)
    qualifying: dict[str, tuple[AttributeType, dict[str, None]]] = {}
    for relation in schema.relations:
        for attribute in relation.attributes:
            _, values = qualifying.setdefault(attribute.id, (attribute, {}))
            values.update(dict.fromkeys(attribute.values))
    for attribute, found in qualifying.values():
        if attribute.id not in seen:
            yield from _attribute(attribute, "<RELATION>", found, names)


def _attribute(attribute: AttributeType, owners: str, values: Iterable[str], names: Names) -> Iterator[str]:
    """The line of an attribute that has no values, or a list of them; of others, such as texts, none."""
    listed = "|".join(value for value in values if can_be_value(value))
    if listed:
        yield f"{names.attribute(attribute.id)}\tArg:{owners}, Value:{listed}"
    elif attribute.kind == "bool":
        yield f"{names.attribute(attribute.id)}\tArg:{owners}"


def _any_of(labels: Iterable[str], names: Names) -> str:
    return "|".join(dict.fromkeys(names.label(label) for label in labels))


def _display(name: str) -> str:
    """A display name; the bar parts names in visual.conf."""
    return " ".join(name.replace("|", "/").split())
