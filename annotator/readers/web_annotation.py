"""Reads W3C Web Annotations (https://www.w3.org/TR/annotation-model/): JSON-LD beside the text it is on.

The text is a file of the name that the source has, in the same folder; nothing is fetched. Positions are code
points by the model, UTF-16 units where a browser wrote them: the quoted words of the whole source tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import cast, get_args
from urllib.parse import unquote, urlsplit

from annotator.errors import UnreadableSource
from annotator.model import Attributes, AttributeValue, Certainty, JsonValue, Origin
from annotator.readers.claims import Claim, Claims, short
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet, RefusedSource
from annotator.readers.encoding import decode
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import rows
from annotator.readers.offset_units import Unit, UnitVotes
from annotator.readers.sniffing import WEB_SUFFIX
from annotator.readers.source import (
    MAX_CHARACTERS,
    checked_text,
    first_line_title,
    read_bytes,
    refuse_binary,
)
from annotator.readers.web_selectors import Target, anchored, listed, targets_of

VERSION = "1"
CONTEXT = "context.jsonld"

_URN = "urn:uuid:"
_TEXT_SUFFIXES = ("", ".txt")
_LINKING, _CLASSIFYING = "linking", "classifying"
_LABELLING = ("tagging", "classifying", "identifying")
_HOLDERS = ("items", "first", "@graph")


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents that the annotations of a file, or of the files of a folder, are on.

    Raises UnreadableSource if there is no annotation on a text that is there.
    """
    files = _files(source) if source.is_dir() else [source]
    pages: dict[Path, _Page] = {}
    refused: list[RefusedSource] = []
    for file in files:
        _take(file, pages, refused)
    if not pages:
        first = f" {refused[0].name}: {refused[0].reason}" if refused else ""
        raise UnreadableSource(f"“{source.name}” holds no annotations on a text that is there.{first}")
    yield from refused
    keys = {name: page.key for page in pages.values() for name in page.names()}
    votes = UnitVotes()
    for page in pages.values():
        votes.add(page.raw, [(target.pairs, target.words) for target in page.targets() if target.words])
    for page in pages.values():
        yield _document(page, votes.unit(), keys)


def claimed(folder: Path) -> frozenset[Path]:
    """The files that reading the folder takes in: annotations, and the texts that they are on."""
    files = _files(folder)
    pages: dict[Path, _Page] = {}
    for file in files:
        _take(file, pages, [])
    return frozenset({*files, *pages, folder / CONTEXT})


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"*{WEB_SUFFIX}") if path.name != CONTEXT)


@dataclass(frozen=True, slots=True)
class _Item:
    """An annotation, and what it is on in one text; `targets` is () for what is on all of it."""

    fields: Fields
    targets: tuple[Target, ...]

    @property
    def name(self) -> str:
        return self.fields.text("id") or self.fields.place

    def bodies(self) -> Iterator[Fields]:
        for body in listed(self.fields.values.get("body") or self.fields.values.get("bodyValue")):
            if isinstance(body, str):
                yield Fields({"value": body, "purpose": ""}, "body")
            elif isinstance(body, dict):
                yield Fields(body, "body")

    def is_for(self, motivation: str) -> bool:
        return motivation in listed(self.fields.values.get("motivation"))


@dataclass(slots=True)
class _Page:
    """A text, and the annotations on it while they come in; `about` is what a page says of its document."""

    path: Path
    raw: str
    about: Fields
    notes: tuple[str, ...]
    items: list[_Item] = field(default_factory=list)
    links: list[Fields] = field(default_factory=list)

    @property
    def key(self) -> str:
        return _plain_id(self.about.text("document")) or self.path.name

    def names(self) -> Iterator[str]:
        return (item.name for item in self.items)

    def targets(self) -> Iterator[Target]:
        return (target for item in self.items for target in item.targets)


def _take(file: Path, pages: dict[Path, _Page], refused: list[RefusedSource]) -> None:
    """Add what a file holds to the pages of the texts that it is on."""
    links: list[Fields] = []
    here: dict[str, _Page] = {}
    try:
        for row in rows(file):
            top = row.fields()
            about = top.fields("about")
            for number, values in enumerate(_annotations(top.values), start=1):
                one = Fields(values, f"annotation {number}")
                if _is_link(one):
                    links.append(one)
                    continue
                try:
                    _place(one, file, about, pages, here)
                except (Fault, UnreadableSource) as error:
                    place = one.place if row.place == "the file" else f"{row.place}, {one.place}"
                    refused.append(RefusedSource(f"{file.name}, {place}", str(error)))
    except (Fault, UnreadableSource) as error:
        refused.append(RefusedSource(file.name, str(error)))
    for link in links:
        page = here.get(link.text("target")) or next(iter(here.values()), None)
        if page is not None:
            page.links.append(link)


def _annotations(values: Mapping[str, JsonValue]) -> Iterator[Mapping[str, JsonValue]]:
    """The annotations of a page, of a collection with its pages, or the one that it is."""
    if "target" in values:
        yield values
    for holder in _HOLDERS:
        for item in listed(values.get(holder)):
            if isinstance(item, dict):
                yield from _annotations(item)


def _is_link(one: Fields) -> bool:
    """Whether it joins two annotations, as ours are: its target is the name of one, and none of a text."""
    return _LINKING in listed(one.values.get("motivation")) and isinstance(one.values.get("target"), str)


def _place(one: Fields, file: Path, about: Fields, pages: dict[Path, _Page], here: dict[str, _Page]) -> None:
    """Put an annotation on each text that it is on."""
    by_source: dict[str, list[Target]] = defaultdict(list)
    for source, target in targets_of(one):
        by_source[source].extend([target] if target is not None else [])
    for source, targets in by_source.items():
        path = _text_beside(source, file)
        if path not in pages:
            pages[path] = _opened(path, about)
        item = _Item(one, tuple(targets))
        pages[path].items.append(item)
        here[item.name] = pages[path]


def _text_beside(source: str, file: Path) -> Path:
    """The text of the name that a source has, in the folder of the annotations and nowhere else."""
    name = PurePosixPath(unquote(urlsplit(source).path)).name
    for suffix in _TEXT_SUFFIXES:
        path = file.parent / f"{name}{suffix}"
        if name and "\\" not in name and path.suffix == ".txt" and path.is_file():
            return path
    raise Fault(f"Its text “{source}” is not there: save it as {name or 'a text'}.txt beside the file.")


def _opened(path: Path, about: Fields) -> _Page:
    data = read_bytes(path, 4 * MAX_CHARACTERS)
    decoded = decode(data)
    if decoded is None:
        raise refuse_binary(data, path.name)
    checked_text(decoded.text, path.name)
    is_about = unquote(about.text("id")) == path.name
    return _Page(path, decoded.text, about if is_about else Fields({}), decoded.warnings)


def _document(page: _Page, unit: Unit, keys: Mapping[str, str]) -> ReadDocument:
    text = checked_text(page.raw, page.path.name)
    about, claims = page.about, Claims(page.raw, unit)
    return ReadDocument(
        title=about.text("title") or first_line_title(text, page.path.stem),
        text=text,
        source=text.encode(),
        source_name=about.text("source_name", page.path.name) or page.path.name,
        reader="w3c",
        reader_version=VERSION,
        kind=about.text("kind", "article") or "article",
        key=page.key,
        case=about.text("case"),
        sets=tuple(_sets(page, claims, keys, unit)),
        warnings=(*page.notes, *claims.warnings),
    )


def _sets(page: _Page, claims: Claims, keys: Mapping[str, str], unit: Unit) -> Iterator[ReadSet]:
    """A set for each annotator, and one for the gold layer."""
    spans: dict[tuple[str, bool], list[_Item]] = defaultdict(list)
    labels: dict[tuple[str, bool], dict[str, AttributeValue]] = defaultdict(dict)
    links: dict[tuple[str, bool], list[ReadRelation]] = defaultdict(list)
    for item in page.items:
        if item.targets:
            spans[_owner(item.fields)].append(item)
        else:
            labels[_owner(item.fields)].update(_document_labels(item))
    for link in page.links:
        links[_owner(link)].append(_relation(link, keys, own=page.key))
    for owner in dict.fromkeys([*spans, *labels, *links]):
        name, is_gold = owner
        within = [link for link in links[owner] if not link.target_document]
        found = (_claim(item, page, claims, unit) for item in spans[owner])
        part = claims.part(name, [claim for claim in found if claim is not None], within)
        extra = {_plain_id(item.name): item.fields for item in spans[owner]}
        kept = {span.key for span in part.annotations}
        beyond = [link for link in links[owner] if link.target_document and link.source in kept]
        yield replace(
            part,
            kind="gold" if is_gold else "annotator",
            annotations=tuple(_dated(span, extra[span.key]) for span in part.annotations),
            relations=(*part.relations, *beyond),
            labels=labels[owner],
        )


def _claim(item: _Item, page: _Page, claims: Claims, unit: Unit) -> Claim | None:
    """The span that an annotation is; one that quotes its words without a position is looked for."""
    label, notes = _label_and_notes(item)
    found = [anchored(target, page.raw, unit) for target in item.targets]
    for target, pairs in zip(item.targets, found, strict=True):
        if not pairs:
            claims.warn(
                f"Span {label} “{short(target.words)}” left out: the text has not these words in one place."
            )
            return None
    attributes = item.fields.attributes("attributes")
    words = [target.words for target in item.targets]
    return Claim(
        _plain_id(item.name),
        label,
        tuple(pair for pairs in found for pair in pairs),
        " ".join(words) if all(words) else "",
        attributes=attributes,
        note="\n".join(notes),
        certainty=_certainty(item.fields),
    )


def _label_and_notes(item: _Item) -> tuple[str, list[str]]:
    """The label out of the tag, else the motivation; other bodies are notes."""
    label, notes = "", []
    for body in item.bodies():
        value = body.text("value") or _last_part(body.text("source") or body.text("id"))
        purposes = listed(body.values.get("purpose"))
        is_label = any(purpose in _LABELLING for purpose in purposes)
        if is_label and not label:
            label = value
        elif value:
            notes.append(value)
    motivations = [name for name in listed(item.fields.values.get("motivation")) if isinstance(name, str)]
    return label or (motivations[0] if motivations else "annotation"), notes


def _document_labels(item: _Item) -> Attributes:
    """What an annotation on all of a text says of it."""
    own = item.fields.attributes("attributes")
    if own:
        return own
    label, notes = _label_and_notes(item)
    return {label: "; ".join(notes)} if notes else {_CLASSIFYING: label}


def _relation(link: Fields, keys: Mapping[str, str], *, own: str) -> ReadRelation:
    """A link; its target in another document is named with that."""
    item = _Item(link, ())
    bodies = list(item.bodies())
    target = next((body.text("source") for body in bodies if body.text("source")), "")
    kind, notes = _label_and_notes(_Item(Fields({**link.values, "body": _values(bodies)}), ()))
    home = keys.get(target, own)
    return ReadRelation(
        kind,
        _plain_id(link.text("target")),
        _plain_id(target),
        target_document="" if home == own else home,
        key=_plain_id(item.name),
        attributes=link.attributes("attributes"),
        note="\n".join(notes),
        certainty=_certainty(link),
        origin=_origin(link),
        created=link.text("created"),
        changed=link.text("modified"),
    )


def _certainty(fields: Fields) -> Certainty:
    said = fields.values.get("certainty")
    return cast(Certainty, said) if said in get_args(Certainty) else "sure"


def _values(bodies: Iterable[Fields]) -> list[JsonValue]:
    return [dict(body.values) for body in bodies if not body.text("source")]


def _dated(span: ReadAnnotation, fields: Fields) -> ReadAnnotation:
    return replace(
        span,
        layer=fields.text("layer"),
        origin=_origin(fields),
        created=fields.text("created"),
        changed=fields.text("modified"),
    )


def _origin(fields: Fields) -> Origin:
    origin = fields.values.get("origin")
    return origin if origin in get_args(Origin) else "import"  # type: ignore[return-value]


def _owner(one: Fields) -> tuple[str, bool]:
    """The annotator's name, "" for nobody, and whether it is the gold layer."""
    creator = next(iter(listed(one.values.get("creator"))), "")
    if isinstance(creator, dict):
        fields = Fields(creator, "creator")
        name = fields.text("nickname") or fields.text("name") or fields.text("id")
    else:
        name = creator if isinstance(creator, str) else ""
    return ("", True) if one.flag("gold") else (_last_part(name), False)


def _last_part(name: str) -> str:
    """The end of an address, or the name as it is where it is none."""
    return name.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] if "://" in name else name


def _plain_id(name: str) -> str:
    """A record's own id out of the URN that our export made of it; other names stay."""
    return name.removeprefix(_URN).replace("-", "") if name.startswith(_URN) else name
