"""A UIMA CAS as documents: its annotations, relations, slots and chains, whichever way it was written.

UIMA and INCEpTION know types with features, we know labels with attributes: the label is the feature
`label` or `value` where there is one, else the last part of the type's name. Tokens and sentences are left
out, since every document has its own. Offsets are UTF-16 units.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias, cast, get_args

from annotator.errors import UnreadableSource
from annotator.model import AttributeValue, Certainty, Metadata
from annotator.readers.claims import Claim, Claims, folded_name
from annotator.readers.document import ReadDocument, ReadRelation
from annotator.readers.offset_units import Unit, UnitVotes
from annotator.readers.source import checked_text, first_line_title

ANNOTATION = "uima.tcas.Annotation"
SOFA = "uima.cas.Sofa"

_UNIT: Unit = "UTF-16 units"  # by the specification; programs in Python have written code points
_STRUCTURE = {"Token", "Sentence", "Paragraph", "DocumentAnnotation", "DocumentMetaData"}
_TOOL = {"TagsetDescription", "TagDescription", "LayerDefinition", "FeatureDefinition", "CASMetadata"}
_LABELS = ("label", "value")
_ENDS = (("Governor", "Dependent"), ("source", "target"))
_PLACE = {"sofa", "begin", "end"}

Types: TypeAlias = Mapping[str, "TypeDescription"]


@dataclass(frozen=True, slots=True)
class TypeDescription:
    """A type of a type system: the type that it refines, and the range of each feature."""

    parent: str
    features: Mapping[str, str]


@dataclass(slots=True)
class Structure:
    """A feature structure: plain values apart from references to others by their ids."""

    id: int
    type: str
    values: dict[str, AttributeValue] = field(default_factory=dict)
    references: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def number(self, feature: str) -> int:
        """A whole number, -1 where it is none."""
        value = self.values.get(feature)
        try:
            return int(value) if isinstance(value, str | int) else -1
        except ValueError:
            return -1


def ancestors(type_name: str, types: Types) -> Iterator[str]:
    """A type and those that it refines, itself first; a type system that refers to itself ends."""
    seen: set[str] = set()
    while type_name and type_name not in seen:
        seen.add(type_name)
        yield type_name
        described = types.get(type_name)
        type_name = described.parent if described else ""


def documents(
    structures: Iterable[Structure], types: Types, *, source: Path, reader: str, version: str
) -> Iterator[ReadDocument]:
    """One document for each view that has a text; UnreadableSource if there is none."""
    cas = _Cas(structures, types)
    views = [one for one in cas.by_id.values() if one.type == SOFA and one.values.get("sofaString")]
    if not views:
        raise UnreadableSource(
            f"“{source.name}” holds no text: it is kept elsewhere or missing. Export the documents with it."
        )
    for number, sofa in enumerate(views):
        view = str(sofa.values.get("sofaID", number))
        is_first = number == 0
        yield _document(cas, sofa, source, view="" if is_first else view, reader=reader, version=version)


class _Cas:
    """The structures by their ids, and what their types say about them."""

    def __init__(self, structures: Iterable[Structure], types: Types) -> None:
        self.types = types
        self.by_id = {structure.id: structure for structure in structures}

    def is_structure(self, one: Structure) -> bool:
        """Whether it describes the text or the tool rather than what somebody marked."""
        names = {name.rpartition(".")[2] for name in ancestors(one.type, self.types)}
        return not names.isdisjoint(_STRUCTURE | _TOOL)

    def ends(self, one: Structure) -> tuple[int, int] | None:
        """The ids that a relation joins, None if it is no relation."""
        for source, target in _ENDS:
            if len(one.references.get(source, ())) == len(one.references.get(target, ())) == 1:
                return one.references[source][0], one.references[target][0]
        return None


def label_of(type_name: str, values: Mapping[str, AttributeValue]) -> tuple[str, str]:
    """The label, and the feature that it was taken from ("" for the name of the type)."""
    last = type_name.rpartition(".")[2]
    names = {name.casefold(): name for name in values}
    for feature in (*_LABELS, f"{last}Value", f"{last}Type", "referenceType"):
        name = names.get(feature.casefold())
        value = values.get(name) if name else None
        if name and isinstance(value, str) and folded_name(value):
            return value, name
    return last, ""


def _document(
    cas: _Cas, sofa: Structure, source: Path, *, view: str, reader: str, version: str
) -> ReadDocument:
    raw = str(sofa.values["sofaString"])
    text = checked_text(raw, source.name)
    members = [
        one
        for one in cas.by_id.values()
        if (sofa.id,) == one.references.get("sofa") and not cas.is_structure(one)
    ]
    joins = {one.id: ends for one in members if (ends := cas.ends(one)) is not None}
    spans = [one for one in members if one.id not in joins and {"begin", "end"} <= one.values.keys()]
    unit = _unit(cas, sofa, raw)
    claims = Claims(raw, unit)
    if unit != _UNIT:
        claims.warn(f"Offsets were counted as {unit}, where more begin and end at words, not as {_UNIT}.")
    relations = [*_joined(cas, joins), *_slots(cas, spans)]
    head = _head(cas, sofa)
    title = str(head.get("documentTitle", "")) or first_line_title(text, source.stem)
    part = claims.part(_annotator(head, source), map(_claim, spans), relations)
    return ReadDocument(
        title=f"{title} ({view})" if view else title,
        text=text,
        source=text.encode(),
        source_name=source.name,
        reader=reader,
        reader_version=version,
        key=view or "document",
        metadata=_metadata(head),
        sets=(part,),
        warnings=claims.warnings,
    )


def _unit(cas: _Cas, sofa: Structure, raw: str) -> Unit:
    """The unit under which more of a view, tokens included, begins and ends at words; UIMA's own at a tie."""
    votes = UnitVotes(otherwise=_UNIT)
    members = (one for one in cas.by_id.values() if one.references.get("sofa") == (sofa.id,))
    pairs = ((one.number("begin"), one.number("end")) for one in members if "begin" in one.values)
    votes.add_unquoted(raw, pairs)
    return votes.unit()


def _claim(one: Structure) -> Claim:
    label, feature = label_of(one.type, one.values)
    note, certainty = one.values.get("note"), one.values.get("certainty")
    # Our own export has these three as features of every span.
    own = {"note"} if isinstance(note, str) else set()
    own |= _own_certainty(one)
    own |= {"origin"} if one.values.get("origin") == "suggestion" else set()
    return Claim(
        str(one.id),
        label,
        ((one.number("begin"), one.number("end")),),
        attributes=_attributes(one, _PLACE | own | {feature}),
        note=str(note) if "note" in own else "",
        certainty=cast(Certainty, certainty) if "certainty" in own else "sure",
        origin="suggestion" if "origin" in own else "import",
    )


def _attributes(one: Structure, without: set[str]) -> dict[str, AttributeValue]:
    return {name: value for name, value in one.values.items() if name not in without}


def _own_certainty(one: Structure) -> set[str]:
    """The name of our own feature for how sure somebody is, where a structure has it."""
    return {"certainty"} if one.values.get("certainty") in get_args(Certainty) else set()


def _joined(cas: _Cas, joins: Mapping[int, tuple[int, int]]) -> Iterator[ReadRelation]:
    """The relations that are structures of their own."""
    for identity, (source, target) in joins.items():
        one = cas.by_id[identity]
        label, feature = label_of(one.type, one.values)
        yield ReadRelation(
            folded_name(label),
            str(source),
            str(target),
            key=str(identity),
            attributes=_attributes(one, _PLACE | {feature, "note"} | _own_certainty(one)),
            note=str(one.values.get("note", "")),
            certainty=cast(Certainty, one.values["certainty"]) if _own_certainty(one) else "sure",
        )


def _slots(cas: _Cas, spans: Iterable[Structure]) -> Iterator[ReadRelation]:
    """What spans refer to: slots by their role, the next link of a chain, other spans by the feature."""
    for host in spans:
        for feature, ids in host.references.items():
            for place, target in enumerate(ids):
                if feature == "sofa":
                    continue
                link = cas.by_id.get(target)
                if link is None:
                    continue
                slot = link.references.get("target")
                is_slot = slot is not None and "begin" not in link.values
                role = str(link.values.get("role") or feature) if is_slot else feature
                role = str(host.values.get("referenceRelation", role)) if feature == "next" else role
                if is_slot or "begin" in link.values:
                    end = slot[0] if slot and is_slot else target
                    yield ReadRelation(
                        folded_name(role), str(host.id), str(end), key=f"{host.id} {feature} {place}"
                    )


def _head(cas: _Cas, sofa: Structure) -> dict[str, AttributeValue]:
    """What the file says about the document of a view."""
    head: dict[str, AttributeValue] = {}
    for one in cas.by_id.values():
        if one.type.rpartition(".")[2] in ("DocumentAnnotation", "DocumentMetaData") and one.references.get(
            "sofa"
        ) == (sofa.id,):
            head |= one.values
    return head


def _metadata(head: Mapping[str, AttributeValue]) -> Metadata:
    language = head.get("language")
    is_known = isinstance(language, str) and bool(language) and not language.startswith("x-")
    return {"language": str(language)} if is_known else {}


def _annotator(head: Mapping[str, AttributeValue], source: Path) -> str:
    """The name under which INCEpTION exported the document: its id, or that of the file in its folder."""
    identity = str(head.get("documentId", ""))
    uri = PurePosixPath(str(head.get("documentUri", "")))
    if identity and uri.name == identity and head.get("documentTitle", identity) != identity:
        return identity
    return annotator_of_path(source)


def annotator_of_path(source: Path) -> str:
    """The annotator whose file this is where it lies as in INCEpTION's project export, else ""."""
    folders = source.parent.parent.name
    return source.stem if folders in ("annotation", "curation") else ""
