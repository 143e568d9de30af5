"""One `.ann` file of brat: spans, links, events, attributes, notes and normalisations of one annotator.

brat has events, we have links: an event is its trigger's span with one link for each role. What a line
says that cannot be kept is listed in the warnings with its line number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.model import AttributeValue, Origin
from annotator.readers.claims import short
from annotator.readers.document import ReadAnnotation, ReadRelation
from annotator.readers.offset_units import Pair, Unit, UnitVotes, converter, merged, placed, quotes

# Kinds of notes by which our own export tells how a span came about, and values that brat cannot hold.
ORIGIN = "Origin"
VALUE = "Attribute"
_OFFSETS = re.compile(r"-?\d+ -?\d+(?:;-?\d+ -?\d+)*")
_QUOTING = re.compile(rf"^T[^\t\n]*\t\S+ (?P<offsets>{_OFFSETS.pattern})\t(?P<words>.+)$", re.MULTILINE)
# Stored texts have no other characters at which brat ends a line.
_LINE_BREAKS = frozenset("\n\x85")
_NUMBERED_ROLE = re.compile(r"(?<=\D)\d+$")


@dataclass(slots=True)
class _Span:
    label: str
    fragments: tuple[Pair, ...]
    origin: Origin = "import"
    attributes: dict[str, AttributeValue] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Link:
    type: str
    source: str
    target: str
    attributes: dict[str, AttributeValue] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _Fault(Exception):
    """Why a line cannot be kept."""


class Standoff:
    """The annotations that a `.ann` file has on a text; `warnings` names each line that was left out.

    `shift` is taken from every offset: 1 where the file counts a byte order mark that the text has not.
    Offsets count in the unit under which most of the quoted words agree; brat's own are code points.
    """

    def __init__(self, content: str, text: str, *, name: str, shift: int = 0) -> None:
        self.warnings: list[str] = []
        self._text = text
        self._shift = shift
        self._convert = converter(text, _unit_of(content, text, shift))
        self._spans: dict[str, _Span] = {}
        self._links: dict[str, _Link] = {}
        self._triggers: dict[str, str] = {}  # event -> span
        rows = [(number, line) for number, line in enumerate(content.split("\n"), start=1) if line.strip()]
        # Spans first, then triggers, so that the order of the lines does not matter.
        steps: tuple[tuple[str, Callable[[str], None]], ...] = (
            ("T", self._span),
            ("E", self._trigger),
            ("E", self._roles),
            ("R", self._relation),
            ("*", self._equivalence),
            ("AM", self._attribute),
            ("N", self._normalisation),
            ("#", self._note),
        )
        for first_letters, take in steps:
            for number, line in rows:
                if line[0] in first_letters:
                    self._try(take, line, f"{name}, line {number}")
        known = "".join(letters for letters, _ in steps)
        self.warnings += [
            f"{name}, line {number} is left out: it is no kind of line that brat has."
            for number, line in rows
            if line[0] not in known
        ]

    def annotations(self, prefix: str = "") -> Iterator[ReadAnnotation]:
        """The spans in the order of the file; `prefix` tells their keys from another annotator's."""
        for key, span in self._spans.items():
            yield ReadAnnotation(
                prefix + key,
                span.label,
                merged(over_line_breaks(self._text, span.fragments)),
                attributes=span.attributes,
                note="\n".join(span.notes),
                origin=span.origin,
            )

    def relations(self, prefix: str = "") -> Iterator[ReadRelation]:
        """The links in the order of the file, roles of events first."""
        for key, link in self._links.items():
            yield ReadRelation(
                link.type,
                prefix + link.source,
                prefix + link.target,
                key=prefix + key,
                attributes=link.attributes,
                note="\n".join(link.notes),
            )

    def _try(self, take: Callable[[str], None], line: str, place: str) -> None:
        try:
            take(line)
        except _Fault as fault:
            self.warnings.append(f"{place} is left out: {fault}.")

    def _span(self, line: str) -> None:
        key, head, words = _columns(line, 3)
        label, _, offsets = head.partition(" ")
        if not label or not _OFFSETS.fullmatch(offsets):
            raise _Fault("it has no label and offsets")
        if key in self._spans:
            raise _Fault(f"the id {key} is used twice")
        found = placed(_pairs(offsets, self._shift), self._convert)
        if found is None:
            raise _Fault(f"{offsets} is no place in the text")
        if words and not quotes(self._text, found, words):
            here = " ".join(self._text[start:end] for start, end in found)
            raise _Fault(f"it quotes “{short(words)}”, but {offsets} reads “{short(here)}”")
        self._spans[key] = _Span(label, found)

    def _trigger(self, line: str) -> None:
        key, head = _columns(line, 2)
        trigger = head.split(" ")[0].rpartition(":")[2]
        if trigger not in self._spans:
            raise _Fault(f"its trigger {trigger} is not there")
        self._triggers[key] = trigger

    def _roles(self, line: str) -> None:
        key, head = _columns(line, 2)
        source = self._triggers.get(key)
        if source is None:
            return  # told when its trigger was looked for
        for place, argument in enumerate(head.split()[1:], start=1):
            role, _, target = argument.partition(":")
            self._link(f"{key}.{place}", _NUMBERED_ROLE.sub("", role), source, self._span_of(target))

    def _relation(self, line: str) -> None:
        key, head = _columns(line, 2)
        link_type, *arguments = head.split()
        if len(arguments) != 2:
            raise _Fault("it does not join two spans")
        source, target = (self._span_of(argument.rpartition(":")[2]) for argument in arguments)
        self._link(key, link_type, source, target)

    def _equivalence(self, line: str) -> None:
        _, head = _columns(line, 2)
        link_type, *members = head.split()
        spans = [self._span_of(member) for member in members]
        for source, target in pairwise(spans):
            self._link(f"*{link_type} {source} {target}", link_type, source, target)

    def _attribute(self, line: str) -> None:
        _, head = _columns(line, 2)
        name, _, rest = head.strip().partition(" ")
        target, _, value = rest.partition(" ")
        attributes = self._owner(target).attributes
        before = attributes.get(name)
        if before is None or not value:
            attributes[name] = value or True
        else:
            earlier = before if isinstance(before, tuple) else (str(before),)
            attributes[name] = (*earlier, value)

    def _normalisation(self, line: str) -> None:
        _, head, *words = line.split("\t")
        name, _, rest = head.partition(" ")
        target, _, entry = rest.partition(" ")
        self._owner(target).notes.append(" ".join([f"{name}:", entry, *words]).strip())

    def _note(self, line: str) -> None:
        _, head, words = _columns(line, 3)
        name, _, target = head.partition(" ")
        span = self._spans.get(target.strip())
        if name == ORIGIN and words == "suggestion" and span is not None:
            span.origin = "suggestion"
            return
        attribute, is_value, value = words.partition(": ")
        if name == VALUE and is_value and " " not in attribute:
            self._owner(target.strip()).attributes.setdefault(attribute, _written_out(value))
            return
        shown = words if name == "AnnotatorNotes" else f"{name}: {words}"
        self._owner(target.strip()).notes.append(shown)

    def _link(self, key: str, link_type: str, source: str, target: str) -> None:
        if key in self._links:
            raise _Fault(f"the id {key} is used twice")
        self._links[key] = _Link(link_type, source, target)

    def _span_of(self, name: str) -> str:
        """The span that a name means: a span itself, or the trigger of an event."""
        span = self._triggers.get(name, name)
        if span not in self._spans:
            raise _Fault(f"{name} is not there")
        return span

    def _owner(self, name: str) -> _Span | _Link:
        link = self._links.get(name)
        return link if link is not None else self._spans[self._span_of(name)]


def over_line_breaks(text: str, pairs: Iterable[Pair]) -> list[Pair]:
    """The fragments in order, those joined that only line breaks part: brat has none over two lines."""
    found: list[Pair] = []
    for start, end in sorted(pairs):
        between = text[found[-1][1] : start] if found else ""
        if not between.strip() and not _LINE_BREAKS.isdisjoint(between):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _unit_of(content: str, text: str, shift: int) -> Unit:
    """The unit of the file's offsets, by the words that it quotes."""
    votes = UnitVotes()
    if not text.isascii():
        claims = [(found["offsets"], found["words"]) for found in _QUOTING.finditer(content)]
        votes.add(text, [(_pairs(offsets, shift), words) for offsets, words in claims])
    return votes.unit()


def _pairs(offsets: str, shift: int) -> list[Pair]:
    """The pairs that a text such as `0 5;8 12` lists."""
    ends = (pair.split(" ") for pair in offsets.split(";"))
    return [(int(start) - shift, int(end) - shift) for start, end in ends]


def _written_out(value: str) -> AttributeValue:
    """A value out of the words for it; several are parted by "; "."""
    if value == "false":
        return False
    return tuple(value.split("; ")) if "; " in value else value


def _columns(line: str, count: int) -> list[str]:
    """The columns of a line, the last one whole."""
    parts = line.split("\t", count - 1)
    if len(parts) < count:
        raise _Fault(f"it has {len(parts)} columns instead of {count}")
    return parts
