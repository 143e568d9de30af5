"""Label Studio's labelling interface as XML, out of the label schema and what the exported tasks have.

Label Studio shows a result only if the interface has a control of its name, and a value only if that control
offers it: so labels, values and names that the schema does not have are gathered while tasks are written.
Tags: https://labelstud.io/tags
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree

from annotator.schema import AttributeType, LabelSchema

TEXT = "text"
_TRUTHS = ("true", "false")
_KINDS = {"choice": "choices", "choices": "choices", "bool": "choices", "number": "number"}


@dataclass(slots=True)
class Interface:
    """The controls of one export; `values` has what was met beside the schema, by the name of the control."""

    schema: LabelSchema
    values: dict[str, set[str]] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    document_labels: set[str] = field(default_factory=set)

    @property
    def label_control(self) -> str:
        """The name of the control for labels: "label", or another if an attribute is called that."""
        return _free("label", self._attributes())

    def control(self, attribute: str) -> str:
        """The name of the control for an attribute of spans; the text has its own name."""
        return _free(attribute, {TEXT})

    def document_control(self, name: str) -> str:
        """The name of the control for a label of whole documents, never that of one of the schema."""
        return _free(name, {TEXT, self.label_control, *self._attributes()})

    def kind(self, attribute: str) -> str:
        """How the values of an attribute are given: "choices", "number" or "textarea"."""
        found = self._attributes().get(attribute)
        return _KINDS.get(found.kind, "textarea") if found is not None else "textarea"

    def xml(self) -> bytes:
        """The interface, indented."""
        view = ElementTree.Element("View")
        _labels(view, self.label_control, self._shown_labels())
        ElementTree.SubElement(view, "Text", name=TEXT, value="$text")
        for attribute in self.schema.attributes:
            if attribute.kind != "link" and (not attribute.retired or attribute.id in self.values):
                self._attribute(view, attribute)
        of_documents = {self.document_control(name) for name in self.document_labels}
        for name in sorted(of_documents):
            _control(view, "TextArea", name, {"editable": "true"})
        unknown = {self.control(name) for name in self.values.keys() - self._attributes().keys()}
        for name in sorted(unknown - of_documents):
            _control(view, "TextArea", name, {"perRegion": "true", "editable": "true"})
        types = [row.id for row in self.schema.relations]
        relations = ElementTree.SubElement(view, "Relations")
        for name in [*types, *sorted(self.relations - set(types))]:
            ElementTree.SubElement(relations, "Relation", value=name)
        ElementTree.indent(view)
        return f"{ElementTree.tostring(view, encoding='unicode')}\n".encode()

    def _attributes(self) -> dict[str, AttributeType]:
        return {attribute.id: attribute for attribute in self.schema.attributes}

    def _shown_labels(self) -> Iterable[tuple[str, str, str]]:
        """Id, colour and key of each label that is offered or was met."""
        known = {label.id for label in self.schema.labels()}
        for label in self.schema.labels():
            is_offered = not label.retired and not label.merged_into
            if is_offered or label.id in self.labels:
                yield label.id, label.colour, label.key
        for name in sorted(self.labels - known):
            yield name, "", ""

    def _attribute(self, view: ElementTree.Element, attribute: AttributeType) -> None:
        where = {"perRegion": "true", "whenTagName": self.label_control}
        if attribute.labels:
            where["whenLabelValue"] = ",".join(attribute.labels)
        name = self.control(attribute.id)
        kind = self.kind(attribute.id)
        if kind == "number":
            _control(view, "Number", name, where)
        elif kind == "textarea":
            _control(view, "TextArea", name, {"editable": "true", **where})
        else:
            choice = "multiple" if attribute.kind == "choices" else "single"
            control = _control(view, "Choices", name, {"choice": choice, **where})
            offered = _TRUTHS if attribute.kind == "bool" else attribute.values
            met = self.values.get(attribute.id, set())
            for value in dict.fromkeys([*offered, *sorted(met)]):
                ElementTree.SubElement(control, "Choice", value=value)


def _labels(view: ElementTree.Element, name: str, labels: Iterable[tuple[str, str, str]]) -> None:
    control = _control(view, "Labels", name, {})
    for value, colour, key in labels:
        label = ElementTree.SubElement(control, "Label", value=value)
        if colour:
            label.set("background", colour)
        # Keys of two strokes are written otherwise there.
        if len(key) == 1 and key.isalnum():
            label.set("hotkey", key)


def _control(view: ElementTree.Element, tag: str, name: str, settings: dict[str, str]) -> ElementTree.Element:
    return ElementTree.SubElement(view, tag, {"name": name, "toName": TEXT, **settings})


def _free(name: str, taken: Iterable[str]) -> str:
    """The name, with a line under it for each time that it is taken."""
    others = set(taken)
    while name in others:
        name += "_"
    return name
