"""The lines of a `.ann` file: T for spans, R for links, A for attributes, # for notes.

Layout: https://brat.nlplab.org/standoff.html. Offsets are code points. A fragment may hold no line break,
so that a span over several lines has a fragment for each. brat parts lines as Python's `splitlines` does,
at more characters than `\\n`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.model import Annotation, Attributes, AttributeValue, Fragment, Relation
from annotator.readers.brat_standoff import ORIGIN, VALUE, over_line_breaks
from exporters.brat.names import Names, can_be_value


def pieces(text: str, span: Annotation) -> tuple[Fragment, ...]:
    """The span's fragments without line breaks; those of white space alone are left out."""
    return tuple(piece for fragment in span.fragments for piece in _lines(text, fragment))


def _lines(text: str, fragment: Fragment) -> Iterator[Fragment]:
    start = fragment.start
    for line in text[start : fragment.end].splitlines(keepends=True):
        (words,) = line.splitlines()
        if words.strip():
            yield Fragment(start, start + len(words))
        start += len(line)


def reads_back(text: str, span: Annotation) -> bool:
    """Whether a reader of the pieces, who joins those that only a line break parts, gets the span."""
    return tuple(over_line_breaks(text, pieces(text, span))) == span.fragments


def in_values(value: AttributeValue) -> tuple[str, ...] | None:
    """The values that A lines have for an attribute, "" for the one of a flag; None if brat has no such."""
    if value is True:
        return ("",)
    if isinstance(value, bool):
        return None
    values = value if isinstance(value, tuple) else (str(value),)
    return values if values and all(map(can_be_value, values)) else None


def in_one_line(note: str) -> str:
    """A note as brat can hold it."""
    return " ".join(part for part in note.replace("\t", "\n").splitlines() if part)


def standoff(text: str, spans: Sequence[Annotation], links: Sequence[Relation], names: Names) -> str:
    """The whole file. Every span must have pieces, and links must join the spans."""
    lines = _Lines(names)
    for span in spans:
        lines.span(text, span)
    for link in links:
        lines.link(link)
    return "".join(f"{line}\n" for line in (*lines.spans, *lines.links, *lines.attributes, *lines.notes))


@dataclass(slots=True)
class _Lines:
    names: Names
    spans: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _keys: dict[str, str] = field(default_factory=dict)

    def span(self, text: str, span: Annotation) -> None:
        key = self._keys[span.id] = f"T{len(self.spans) + 1}"
        fragments = pieces(text, span)
        offsets = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(text[start:end] for start, end in fragments)
        self.spans.append(f"{key}\t{self.names.label(span.label)} {offsets}\t{words}")
        self._about(key, span.attributes, span.note)
        if span.origin == "suggestion":
            self._note(ORIGIN, key, span.origin)

    def link(self, link: Relation) -> None:
        key = f"R{len(self.links) + 1}"
        source, target = self._keys[link.source], self._keys[link.target]
        self.links.append(f"{key}\t{self.names.relation(link.type)} Arg1:{source} Arg2:{target}")
        self._about(key, link.attributes, link.note)

    def _about(self, key: str, attributes: Attributes, note: str) -> None:
        for attribute in sorted(attributes):
            name, values = self.names.attribute(attribute), in_values(attributes[attribute])
            for value in values or ():
                ending = f" {value}" if value else ""
                self.attributes.append(f"A{len(self.attributes) + 1}\t{name} {key}{ending}")
            if values is None:
                self._note(VALUE, key, f"{name}: {_shown(attributes[attribute])}")
        if note:
            self._note("AnnotatorNotes", key, note)

    def _note(self, kind: str, key: str, words: str) -> None:
        self.notes.append(f"#{len(self.notes) + 1}\t{kind} {key}\t{in_one_line(words)}")


def _shown(value: AttributeValue) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
