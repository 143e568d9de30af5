"""Where the same words stand in a text, and the spans that mark them like a template.

Words are the same if they are written alike; white space between them may differ, one line break
included. A place that would cut a word is none, unless the template itself cuts one.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal

from annotator import proposals
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.geometry import Range
from annotator.model import Annotation, Attributes, Fragment, new_id, now, quote
from annotator.schema import DocumentKind, LabelSchema
from annotator.stretches import crosses, joined
from annotator.text import snap
from annotator.text import words as words_of

# "free" is not marked; "inside" crosses a span of the label; "marked" is one.
PlaceState = Literal["free", "inside", "marked"]

_LETTERS = re.compile(r"\w+")
_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"


@dataclass(frozen=True, slots=True)
class Template:
    """The words to look for, and how a place of them is marked.

    `attributes` are the values that a new span takes over where its kind of document has them.
    """

    words: str
    label: str
    attributes: Attributes = field(default_factory=dict)
    is_whole: bool = True


def template(
    schema: LabelSchema,
    *,
    text: str,
    kind: DocumentKind,
    label: str,
    fragments: tuple[Fragment, ...],
    attributes: Attributes | None = None,
) -> Template:
    """The template that a marked or selected extent makes.

    A value that only follows from the place, as a rule of the schema proposes it, is not taken over.
    Raises InvalidEdit for an extent in several pieces.
    """
    if len(fragments) > 1:
        raise InvalidEdit("A span in several pieces has no occurrences; select one of its pieces.")
    start, end = fragments[0]
    types = {attribute.id: attribute for attribute in schema.attributes}
    taken = {
        name: value
        for name, value in (attributes or {}).items()
        if name in types
        and not (
            types[name].default in proposals.RULES
            and proposals.proposed_value(types[name], kind=kind, text=text, fragments=fragments) == value
        )
    }
    return Template(text[start:end], label, taken, snap(text, start, end) == (start, end))


def find(text: str, words: str, *, ignore_case: bool = False, is_whole: bool = True) -> list[Range]:
    """The places of the words in order, none crossing another; `is_whole` leaves out those that cut words."""
    return list(places_of(text, words, ignore_case=ignore_case, is_whole=is_whole))


def places_of(text: str, words: str, *, ignore_case: bool = False, is_whole: bool = True) -> Iterator[Range]:
    """The places of `find`, one after the other, for whoever needs only the first of them."""
    pattern = _pattern(words, ignore_case=ignore_case)
    if pattern is None:
        return iter(())
    if ignore_case:
        # Looking ahead, so that a place behind one that cuts a word is found too.
        matches = re.finditer(f"(?=({pattern.pattern}))", text, pattern.flags)
        places: Iterator[Range] = (Range(*match.span(1)) for match in matches)
    else:
        places = _literal_places(text, pattern, words.split()[0])
    return _apart(_whole(text, places) if is_whole else places)


def find_each(text: str, phrases: Iterable[str]) -> dict[str, list[Range]]:
    """The places of each of many phrases, as `find` has them for one; the text is read once for all."""
    wanted = tuple(phrases)
    starts: dict[str, list[int]] = {}
    for word in words_of(text) if wanted else ():
        starts.setdefault(_key(text[word.start : word.end]), []).append(word.start)
    return {phrase: _find_indexed(text, phrase, starts) for phrase in wanted}


def place_states(places: Iterable[Range], label: str, spans: Iterable[Annotation]) -> list[PlaceState]:
    """For each place, whether one of the spans marks it with the label, or only crosses it."""
    same = [span for span in spans if span.label == label]
    marked = {span.fragments for span in same}
    covered = joined(piece for span in same for piece in span.fragments)

    def state(place: Range) -> PlaceState:
        if (Fragment(*place),) in marked:
            return "marked"
        return "inside" if crosses(covered, place) else "free"

    return [state(place) for place in places]


def new_spans(
    desk: Desk, *, text: str, template: Template, places: Collection[Range], present: Sequence[Annotation]
) -> list[Annotation]:
    """Spans like the template at the places that are not marked so yet; `present` is the own set here.

    Raises InvalidEdit if the label is none for this document.
    """
    label = desk.label_to_mark(template.label)
    attributes = desk.schema.attributes_of(label.id, desk.document.kind)
    allowed = {attribute.id for attribute in attributes}
    taken = {name: value for name, value in template.attributes.items() if name in allowed}
    same = [span for span in present if desk.schema.in_force(span.label) == label.id]
    marked = {span.fragments for span in same}
    repeats = [span for span in same if span.quote.exact == template.words]
    time, set_id = now(), desk.set_id
    made = []
    for place in places:
        fragments = (Fragment(*place),)
        if fragments in marked:
            continue
        proposed = proposals.starting_values(
            attributes, kind=desk.document.kind, text=text, fragments=fragments, repeats=repeats
        )
        made.append(
            Annotation(
                id=new_id(),
                document=desk.document.id,
                text_version=desk.document.text_version,
                set=set_id,
                label=label.id,
                fragments=fragments,
                quote=quote(text, fragments),
                created=time,
                changed=time,
                attributes=proposed | taken,
                origin="occurrence",
            )
        )
    return made


def _pattern(words: str, *, ignore_case: bool = False) -> re.Pattern[str] | None:
    pieces = words.split()
    if not pieces:
        return None
    return re.compile(_GAP.join(map(re.escape, pieces)), re.IGNORECASE if ignore_case else 0)


def _literal_places(text: str, pattern: re.Pattern[str], first: str) -> Iterator[Range]:
    """Every match of a pattern that begins with just these letters, which are found faster than it."""
    start = text.find(first)
    while start >= 0:
        if match := pattern.match(text, start):
            yield Range(*match.span())
        start = text.find(first, start + 1)


def _find_indexed(text: str, phrase: str, starts: dict[str, list[int]]) -> list[Range]:
    pattern, inside = _pattern(phrase), words_of(phrase.strip())
    if pattern is None or not inside:
        return find(text, phrase)
    first = inside[0]
    key = _key(phrase.strip()[first.start : first.end])
    offsets = (start - first.start for start in starts.get(key, ()))
    matches = (pattern.match(text, offset) for offset in offsets if offset >= 0)
    return list(_apart(_whole(text, (Range(*match.span()) for match in matches if match))))


def _key(word: str) -> str:
    """A word as it is indexed: how far it goes beyond its first letters depends on what follows it."""
    letters = _LETTERS.match(word)
    return letters[0] if letters else word[:1]


def _whole(text: str, places: Iterable[Range]) -> Iterator[Range]:
    """The places that cut no word. Words are looked for once between two spaces."""
    run = Range(0, -1)
    run_words: list[Range] = []

    def cuts(offset: int) -> bool:
        nonlocal run, run_words
        if not run.start <= offset <= run.end:
            run = _run_at(text, offset)
            run_words = words_of(text[run.start : run.end])
        inside = offset - run.start
        at = bisect_left(run_words, inside, key=_start) - 1
        return at >= 0 and inside < run_words[at].end

    return (place for place in places if not cuts(place.start) and not cuts(place.end))


_start = itemgetter(0)


def _run_at(text: str, offset: int) -> Range:
    """The stretch between two spaces or line breaks around an offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line_end = len(text) if line_end < 0 else line_end
    end = text.find(" ", offset, line_end)
    return Range(max(line_start, text.rfind(" ", line_start, offset) + 1), line_end if end < 0 else end)


def _apart(places: Iterable[Range]) -> Iterator[Range]:
    end = 0
    for place in places:
        if place.start >= end:
            end = place.end
            yield place
