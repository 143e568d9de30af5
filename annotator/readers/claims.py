"""Spans as a file claims them, held against its text: what agrees becomes annotations, the rest is listed.

Offsets come in the file's own unit and count in the text as the file has it; annotations count in the text
as documents store it, where each line break is one character.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model import AttributeValue, Certainty, Origin
from annotator.readers.document import ReadAnnotation, ReadRelation, ReadSet
from annotator.readers.offset_units import Pair, Unit, after_newlines, converter, merged, placed, quotes

MAX_LABEL = 200  # characters
_SHOWN = 60


def short(text: str) -> str:
    """The text on one line, cut to what a sentence has room for."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _SHOWN else f"{folded[: _SHOWN - 1]}…"


def left_out(label: str, pairs: Sequence[Pair], words: str, *, reads: str | None) -> str:
    """The sentence for a span that is not kept: its offsets read something else, None for no place at all."""
    places = ", ".join(f"{start}-{end}" for start, end in pairs)
    wanted = f" “{short(words)}”" if words else ""
    what = "is no place in the text" if reads is None else f"reads “{short(reads)}”"
    return f"Span {label}{wanted} left out: {places} {what}."


def folded_name(name: str) -> str:
    """A label, link type or annotator as we write it: on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


@dataclass(frozen=True, slots=True)
class Claim:
    """A span as a file has it: where it says that it stands, and the words that it says stand there.

    `key` is the file's name for it, `words` is "" where it quotes none.
    """

    key: str
    label: str
    pairs: tuple[Pair, ...]
    words: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    note: str = ""
    certainty: Certainty = "sure"
    origin: Origin = "import"


class Claims:
    """Turns the claims on one text into annotations; `warnings` has a sentence for each that is not kept.

    `place` says where in the file the text stands, such as "line 3"; sentences begin with it.
    """

    def __init__(self, raw: str, unit: Unit, *, place: str = "") -> None:
        self._raw = raw
        self._convert = converter(raw, unit)
        self._after_newlines = after_newlines(raw)
        self._place = f"{place[:1].upper()}{place[1:]}: " if place else ""
        self._folded: dict[str, None] = {}
        self._spaced: list[str] = []
        self._warnings: list[str] = []

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each fault in the order found, then what was kept though it is not quite so."""
        lists = (
            ("Kept, though their words are quoted with other white space", "; ".join(self._spaced)),
            ("Written on one line", ", ".join(map(repr, self._folded))),
        )
        return (*self._warnings, *(f"{self._place}{what}: {listed}." for what, listed in lists if listed))

    def warn(self, sentence: str) -> None:
        """List a sentence about this text."""
        self._warnings.append(f"{self._place}{sentence}")

    def name(self, name: str) -> str:
        """The name on one line; that it had to be changed is listed."""
        folded = folded_name(name)
        if folded != name:
            self._folded[name] = None
        return folded

    def part(
        self, annotator: str, claims: Iterable[Claim], relations: Iterable[ReadRelation] = ()
    ) -> ReadSet:
        """One annotator's set, out of the claims that hold and the relations that join them."""
        kept: dict[str, ReadAnnotation] = {}
        keys: dict[tuple[object, ...], str] = {}
        same: dict[str, str] = {}  # key of a repeated span -> that of the first
        lost: set[str] = set()
        for claim in claims:
            found = self._annotation(claim)
            if found is None:
                lost.add(claim.key)
                continue
            content = (found.label, found.fragments, tuple(sorted(found.attributes.items())))
            if claim.key in kept:
                self.warn(f"Span {found.label} left out: the id {claim.key} is used twice.")
            elif content in keys:
                same[claim.key] = keys[content]
                self.warn(f"Span {found.label} left out: the same span stands there already.")
            else:
                keys[content] = claim.key
                kept[claim.key] = found
        return ReadSet(
            folded_name(annotator),
            annotations=tuple(kept.values()),
            relations=tuple(self._relations(relations, kept, same, lost)),
        )

    def _annotation(self, claim: Claim) -> ReadAnnotation | None:
        label = self.name(claim.label)
        if not label:
            words = self._words(claim.pairs) or claim.words
            self.warn(f"Span “{short(words)}” left out: it has no label.")
            return None
        if len(label) > MAX_LABEL:
            self.warn(f"Span {short(label)} left out: its label has {len(label):,} characters.")
            return None
        found = placed(claim.pairs, self._convert)
        if found is None or (claim.words and not quotes(self._raw, found, claim.words)):
            reads = None if found is None else " ".join(self._raw[start:end] for start, end in found)
            self.warn(left_out(label, claim.pairs, claim.words, reads=reads))
            return None
        if claim.words and claim.words != " ".join(self._raw[start:end] for start, end in found):
            self._spaced.append(f"{label} {found[0][0]}-{found[-1][1]} “{short(claim.words)}”")
        return ReadAnnotation(
            key=claim.key,
            label=label,
            fragments=merged(
                (self._after_newlines(start), self._after_newlines(end)) for start, end in found
            ),
            attributes=claim.attributes,
            note=claim.note,
            certainty=claim.certainty,
            origin=claim.origin,
        )

    def _words(self, pairs: Sequence[Pair]) -> str | None:
        found = placed(pairs, self._convert)
        return None if found is None else " ".join(self._raw[start:end] for start, end in found)

    def _relations(
        self,
        relations: Iterable[ReadRelation],
        kept: Mapping[str, ReadAnnotation],
        same: Mapping[str, str],
        lost: set[str],
    ) -> Iterable[ReadRelation]:
        for relation in relations:
            source, target = (same.get(key, key) for key in (relation.source, relation.target))
            if source in kept and target in kept:
                yield replace(relation, source=source, target=target)
            elif source in lost or target in lost:
                self.warn(f"Link {relation.type} left out with a span that it joins.")
            else:
                self.warn(f"Link {relation.type} left out: a span that it joins is not there.")
