"""Train, validation and test: which document goes where, so that nothing leaks from one into another.

Documents are decided one after the other, in order of import. One that belongs to an earlier document
(same case, same source, nearly the same text, or a field that was asked for) goes where that one went;
any other is drawn by a hash of its source and the seed, with the odds on the side of the split that is
behind on documents and on the labels that this document has. So what is added later moves nothing that
was there before, except where a new document joins two groups that stood in different splits: then the
later of them moves to the earlier, and the report says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from annotator.errors import ExportError
from annotator.near_duplicates import NEAR_DUPLICATE, Index, Pair, Signature

NAMES = ("train", "validation", "test")

Shares: TypeAlias = Mapping[str, float]

_CLOSEST = 20  # pairs across splits that the report lists
_DOCKET = re.compile(r"(?:\d{1,2}:)?\d{2,4}-[a-z]{1,4}-\d{1,6}")
_SERIAL = re.compile(r"-0*(\d+)$")
_CASE_WORDS = re.compile(r"\b(?:case|docket|civil|action|criminal|nos?|number)\b|[^\w:,;&-]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides where a document goes. `labels` has the number of its spans by label.

    `sources` are what it was read from, such as the hash of a file or an address; `fields` are the values
    of metadata that must not fall apart, by name.
    """

    document: str
    title: str
    sources: tuple[str, ...]
    case: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)
    signature: Signature | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


class Link(NamedTuple):
    """Why two documents stay together: `reason` is case, source, near_duplicate or the name of a field."""

    earlier: str
    later: str
    reason: str
    detail: str


class Moved(NamedTuple):
    """A document that had to leave its split, since another joined its group to one that came before."""

    document: str
    before: str
    after: str
    because_of: str


@dataclass(frozen=True, slots=True)
class Split:
    """Where each document goes, by its id in order of import, and what is known of it.

    `labels` counts spans by split and label; `leaks` are links that reach over the edge of a split, found
    by looking anew, of which there must be none; `closest` the most similar texts in different splits.
    """

    shares: Shares
    seed: int
    places: Mapping[str, str]
    groups: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    moved: tuple[Moved, ...]
    labels: Mapping[str, Mapping[str, int]]
    leaks: tuple[Link, ...]
    closest: tuple[Pair, ...]

    def documents(self, name: str) -> tuple[str, ...]:
        """The documents of one split, in order of import."""
        return tuple(document for document, place in self.places.items() if place == name)


def read_shares(words: str) -> dict[str, float]:
    """The shares in words such as "80/10/10" or "80/20", by split, adding up to 1. Raises ExportError."""
    try:
        numbers = [float(word) for word in words.split("/")]
    except ValueError:
        numbers = []
    total = sum(numbers)
    is_whole = any(abs(total - whole) < 1e-6 for whole in (1, 100))
    if len(numbers) not in (2, 3) or min(numbers) < 0 or max(numbers) >= total or not is_whole:
        raise ExportError(
            f"“{words}” is no split. Give the shares of train, validation and test in percent, such as "
            "80/10/10, or of train and test, such as 80/20."
        )
    names = NAMES if len(numbers) == 3 else (NAMES[0], NAMES[-1])
    return {name: number / total for name, number in zip(names, numbers, strict=True) if number}


def docket_numbers(case: str) -> tuple[str, ...]:
    """The docket numbers in the words of a caption, in one spelling each, so that they can be compared.

    "No. 4:19-cv-07123-PJH" and "4:19-CV-7123" are one. What has no form of a docket number counts as a
    whole, without case, punctuation and the words Case and No.
    """
    folded = case.casefold()
    found = _DOCKET.findall(folded)
    if not found:
        words = " ".join(_CASE_WORDS.sub(" ", folded).split())
        parts = [part.strip() for part in re.split(r"[,;&]|\band\b", words)]
        # A list of numbers, and no name of a party that has an "and" in it.
        found = parts if all(re.search(r"\d", part) for part in parts) else [words]
    return tuple(dict.fromkeys(_SERIAL.sub(r"-\1", number) for number in found if number))


def split(
    documents: Iterable[Facts], shares: Shares, *, seed: int = 0, known: Mapping[str, str] | None = None
) -> Split:
    """Decide where documents, given in order of import, go. The same ones are decided alike anywhere.

    `known` has the split of documents that an earlier dataset had; they keep it.
    """
    listed = list(documents)
    deciding = _Deciding(shares, seed, known or {})
    pairs: list[Pair] = []
    links: list[Link] = []
    seen: dict[tuple[str, str], str] = {}
    index = Index()
    for facts in listed:
        near = list(index.add(facts.document, facts.signature)) if facts.signature is not None else []
        pairs += near
        own = _links(facts, near, seen)
        links += own
        deciding.place(facts, dict.fromkeys(link.earlier for link in own))
    places = {facts.document: deciding.places[facts.document] for facts in listed}
    return Split(
        shares=shares,
        seed=seed,
        places=places,
        groups=deciding.groups(),
        links=tuple(links),
        moved=tuple(deciding.moved),
        labels=_labels(listed, places, shares),
        leaks=tuple(_leaks(listed, places, pairs)),
        closest=_closest(pairs, places),
    )


def _keys(facts: Facts) -> Iterable[tuple[str, str]]:
    """What a document must have in common with no document of another split: a reason and a value."""
    yield from (("case", number) for number in docket_numbers(facts.case))
    yield from (("source", source) for source in facts.sources)
    yield from ((name, value) for name, value in facts.fields.items() if value)


def _links(facts: Facts, near: Sequence[Pair], seen: dict[tuple[str, str], str]) -> list[Link]:
    """To which earlier documents it belongs; what it has is noted in `seen`."""
    links = [
        Link(seen[key], facts.document, key[0], key[1])
        for key in _keys(facts)
        if seen.setdefault(key, facts.document) != facts.document
    ]
    alike = (pair for pair in near if pair.similarity >= NEAR_DUPLICATE)
    return links + [
        Link(pair.earlier, pair.later, "near_duplicate", f"{pair.similarity:.2f}") for pair in alike
    ]


class _Deciding:
    """Documents decided one after the other, and what each split has got so far."""

    def __init__(self, shares: Shares, seed: int, known: Mapping[str, str]) -> None:
        self._shares = shares
        self._seed = seed
        self._known = known
        self._facts: dict[str, Facts] = {}
        self._group: dict[str, list[str]] = {}
        self._documents = dict.fromkeys(shares, 0)
        self._labels: dict[str, Counter[str]] = {name: Counter() for name in shares}
        self.places: dict[str, str] = {}
        self.moved: list[Moved] = []

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The documents that stay together, each group and all groups in order of import."""
        order = {document: number for number, document in enumerate(self.places)}
        whole = {id(group): sorted(group, key=order.__getitem__) for group in self._group.values()}
        return tuple(tuple(group) for group in sorted(whole.values(), key=lambda group: order[group[0]]))

    def place(self, facts: Facts, belongs_to: Iterable[str]) -> None:
        """Put a document where those went that it belongs to, or where it is wanted most."""
        joined: list[list[str]] = []
        for other in belongs_to:
            if all(self._group[other] is not group for group in joined):
                joined.append(self._group[other])
        order = {document: number for number, document in enumerate(self.places)} if joined else {}
        joined.sort(key=lambda group: min(order[one] for one in group))
        known = self._known.get(facts.document)
        place = (known if known in self._shares else None) or self._drawn(facts)
        if joined:
            first = self.places[joined[0][0]]
            if known is not None and known != first:
                self.moved.append(Moved(facts.document, known, first, facts.document))
            place = first
        whole = [one for group in joined for one in group]
        for one in whole:
            if self.places[one] != place:
                self.moved.append(Moved(one, self.places[one], place, facts.document))
                self._count(self._facts[one], -1)
                self.places[one] = place
                self._count(self._facts[one], 1)
        whole.append(facts.document)
        self._group.update(dict.fromkeys(whole, whole))
        self._facts[facts.document] = facts
        self.places[facts.document] = place
        self._count(facts, 1)

    def _count(self, facts: Facts, sign: int) -> None:
        place = self.places[facts.document]
        self._documents[place] += sign
        for label, count in _labelled(facts).items():
            self._labels[place][label] += sign * count

    def _drawn(self, facts: Facts) -> str:
        """A split drawn by hash; one that is a whole document behind is served first."""
        behind = {name: share * (len(self.places) + 1) for name, share in self._shares.items()}
        behind = {name: due - self._documents[name] for name, due in behind.items()}
        due = [name for name, count in behind.items() if count >= 1] or list(behind)
        wants = {name: max(0.0, behind[name] + self._wants(name, facts)) ** 2 for name in due}
        total = sum(wants.values())
        drawn = _chance(self._seed, facts) * total
        for name, want in wants.items():
            drawn -= want
            if drawn < 0:
                return name
        return max(behind, key=behind.__getitem__)

    def _wants(self, name: str, facts: Facts) -> float:
        """How far a split is behind on a document's labels, in documents like it; rare ones count more."""
        wanted = weights = 0.0
        for label, count in _labelled(facts).items():
            total = sum(have[label] for have in self._labels.values()) + count
            wanted += (self._shares[name] * total - self._labels[name][label]) / count / total
            weights += 1 / total
        return wanted / weights


def _labelled(facts: Facts) -> Mapping[str, int]:
    """The spans by label; a document without any is of a kind of its own, which is spread out as well."""
    return facts.labels or {"": 1}


def _chance(seed: int, facts: Facts) -> float:
    """A number in [0, 1) that follows from the seed and what the document was read from."""
    about = "\0".join((str(seed), *facts.sources[:1])) if facts.sources else f"{seed}\0{facts.document}"
    return int.from_bytes(sha256(about.encode()).digest()[:8], "big") / 2**64


def _labels(listed: Sequence[Facts], places: Mapping[str, str], shares: Shares) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in shares}
    for facts in listed:
        found[places[facts.document]].update(facts.labels)
    return {name: dict(sorted(counts.items())) for name, counts in found.items()}


def _leaks(listed: Sequence[Facts], places: Mapping[str, str], pairs: Sequence[Pair]) -> Iterable[Link]:
    """What two documents of different splits have in common, looked for without regard to the groups."""
    having: dict[tuple[str, str], list[str]] = {}
    for facts in listed:
        for key in _keys(facts):
            having.setdefault(key, []).append(facts.document)
    for (reason, detail), those in having.items():
        apart = [one for one in those if places[one] != places[those[0]]]
        yield from (Link(those[0], one, reason, detail) for one in apart)
    for pair in pairs:
        if pair.similarity >= NEAR_DUPLICATE and places[pair.earlier] != places[pair.later]:
            yield Link(pair.earlier, pair.later, "near_duplicate", f"{pair.similarity:.2f}")


def _closest(pairs: Iterable[Pair], places: Mapping[str, str]) -> tuple[Pair, ...]:
    apart = [pair for pair in pairs if places[pair.earlier] != places[pair.later]]
    return tuple(sorted(apart, key=lambda pair: (-pair.similarity, pair))[:_CLOSEST])
