"""Selectors of Web Annotations: where in a text an annotation is, by position, by quoted words, or by both.

A position counts, and the words verify it; words alone are looked for, and stand where only they can.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model import JsonValue, Quote
from annotator.readers.json_fields import Fields
from annotator.readers.offset_units import Pair, Unit
from annotator.text import reanchor

_CHARACTERS = "char="  # of RFC 5147, in fragments of plain text


@dataclass(frozen=True, slots=True)
class Target:
    """A piece of a text: its position, () where it has none, and the words there with what is around them."""

    pairs: tuple[Pair, ...]
    words: str = ""
    prefix: str = ""
    suffix: str = ""


def listed(value: JsonValue) -> list[JsonValue]:
    """The value as JSON-LD means it: a list as it is, anything else as a list of one, nothing as none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def targets_of(annotation: Fields) -> Iterator[tuple[str, Target | None]]:
    """The source of each target with its piece of the text, None for all of it. Raises Fault."""
    for value in listed(annotation.values.get("target")):
        if isinstance(value, str):
            yield _split(value)
        elif isinstance(value, dict):
            yield _specific(Fields(value, "target"))
        else:
            raise annotation.fault("has a target that is none")


def _split(source: str) -> tuple[str, Target | None]:
    """A source with a position behind its `#`."""
    address, _, fragment = source.partition("#")
    pair = _characters(fragment)
    return address, None if pair is None else Target((pair,))


def _specific(value: Fields) -> tuple[str, Target | None]:
    source = value.values.get("source") or value.values.get("id")
    address = Fields(source).text("id") if isinstance(source, dict) else source
    if not isinstance(address, str):
        raise value.fault("has no source")
    selectors = [one for one in listed(value.values.get("selector")) if isinstance(one, dict)]
    if not selectors:
        return _split(address)
    found = Target(())
    for selector in selectors:
        found = _added(found, Fields(selector, "selector"))
    if not found.pairs and not found.words:
        raise value.fault("has no selector of a position or of words")
    return address.partition("#")[0], found


def _added(found: Target, selector: Fields) -> Target:
    """What is known of a place and what one more selector tells; the first of a kind counts."""
    kind = selector.text("type").removeprefix("oa:")
    if kind == "TextPositionSelector" and not found.pairs:
        pair = (selector.number("start", -1), selector.number("end", -1))
        found = Target((pair,), found.words, found.prefix, found.suffix)
    elif kind == "TextQuoteSelector" and not found.words:
        found = Target(found.pairs, selector.text("exact"), selector.text("prefix"), selector.text("suffix"))
    elif kind == "FragmentSelector" and not found.pairs:
        pair_of_fragment = _characters(selector.text("value"))
        if pair_of_fragment is not None:
            found = Target((pair_of_fragment,), found.words, found.prefix, found.suffix)
    elif kind == "RangeSelector" and not found.pairs:
        start, end = (selector.fields(name) for name in ("startSelector", "endSelector"))
        if "start" in start.values and "start" in end.values:
            pair = (start.number("start"), end.number("start"))
            found = Target((pair,), found.words, found.prefix, found.suffix)
    inner = selector.values.get("refinedBy")
    return _added(found, Fields(inner, "selector")) if isinstance(inner, dict) else found


def _characters(fragment: str) -> Pair | None:
    """The position that a fragment of plain text names, `char=10,20`; None if it names none."""
    start, _, end = fragment.removeprefix(_CHARACTERS).partition(";")[0].partition(",")
    is_position = fragment.startswith(_CHARACTERS) and start.isdecimal() and end.isdecimal()
    return (int(start), int(end)) if is_position else None


def anchored(target: Target, raw: str, unit: Unit) -> tuple[Pair, ...]:
    """The position in the file's unit; for words alone by what is around them, () if that tells none."""
    if target.pairs:
        return target.pairs
    found = reanchor(raw, Quote(target.prefix, target.words, target.suffix))
    return () if found is None else (_counted(raw, found, unit),)


def _counted(raw: str, place: Pair, unit: Unit) -> Pair:
    """A place in code points, in another unit."""
    if unit == "code points":
        return place
    encoding, width = ("utf-16-le", 2) if unit == "UTF-16 units" else ("utf-8", 1)
    start, end = (len(raw[:at].encode(encoding, "surrogatepass")) // width for at in place)
    return start, end
