"""What is decided by rule: where all agree, and what a project opts into layer by layer. Pure.

An annotator who has finished and marked nothing votes for "no span". No rule touches what a person decided,
and none decides a span that only one annotator has.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, TypeAlias, get_args

from annotator.adjudication.decisions import AUTOMATIC, OutcomeKind, content_of, result_of
from annotator.adjudication.units import Candidate, Unit
from annotator.agreement.pairs import trimmed
from annotator.model import Fragment, Result

Rule: TypeAlias = Literal["unanimous", "trim", "majority", "boundary"]
RULES: tuple[Rule, ...] = get_args(Rule)
SPOT_CHECK_SHARE = 0.05
VERSION = 1
_NEEDED = 2 / 3
_MARGIN = 2
_SCALE = 1 << 32


@dataclass(frozen=True, slots=True)
class AutoRules:
    """Which rules decide: unanimity everywhere, others by layer (ids); and the share to be looked at."""

    opted: Mapping[str, frozenset[Rule]] = field(default_factory=dict)
    spot_check: float = SPOT_CHECK_SHARE

    def of(self, layer: str) -> tuple[Rule, ...]:
        """The rules of a layer, in the order in which they are tried."""
        return tuple(rule for rule in RULES if rule == "unanimous" or rule in self.opted.get(layer, ()))


@dataclass(frozen=True, slots=True)
class Settled:
    """What a rule makes of a unit."""

    rule: Rule
    outcome: OutcomeKind
    results: tuple[Result, ...]

    @property
    def decided_by(self) -> str:
        """The rule with its version, as decisions name who decided."""
        return f"{AUTOMATIC}{self.rule}@{VERSION}"


def settle(unit: Unit, rules: AutoRules) -> Settled | None:
    """What the first rule that applies makes of a unit, None if none does."""
    for rule in rules.of(unit.layer):
        found = _RULES[rule](unit)
        if found is not None:
            return found
    return None


def is_spot_check(unit: str, share: float) -> bool:
    """Whether a unit (its key) is in the sample that a person looks at; the same on every computer."""
    return int(sha256(unit.encode()).hexdigest()[:8], 16) < share * _SCALE


def _unanimous(unit: Unit) -> Settled | None:
    if unit.type != "agree" or len(unit.candidates) < 2:
        return None
    return Settled("unanimous", "accept", (result_of(unit.candidates[0].span),))


def _trim(unit: Unit) -> Settled | None:
    """All have the span, and it differs only in white space, punctuation, quotation marks and "the"."""
    if unit.type != "boundary" or unit.absent or "trim" not in unit.flags or not _agree_but_for_extent(unit):
        return None
    first = unit.candidates[0].span
    extent = trimmed(first.fragments, first.quote.exact)
    kept = Result("", first.label, extent, result_of(first).attributes)
    taken = content_of(kept) in {each.content for each in unit.candidates}
    return Settled("trim", "accept" if taken else "accept_modified", (kept,))


def _majority(unit: Unit) -> Settled | None:
    """Label and extent each of two thirds of all, two votes ahead; or "no span" is."""
    people = len(unit.candidates) + len(unit.absent)
    if people < 3 or len(unit.candidates) < 2 or unit.type in ("split_merge", "duplicate"):
        return None
    label = _winner((each.span.label for each in unit.candidates), len(unit.absent), people)
    if label == "":
        return Settled("majority", "reject_all", ())
    extent = _winner((each.span.fragments for each in unit.candidates), len(unit.absent), people)
    if label is None or not extent:
        return None
    having = [each for each in unit.candidates if (each.span.label, each.span.fragments) == (label, extent)]
    return _taken("majority", having)


def _boundary(unit: Unit) -> Settled | None:
    """All have the span with one label and the same attributes; more than half have the same extent."""
    if unit.type != "boundary" or unit.absent or len(unit.candidates) < 3 or not _agree_but_for_extent(unit):
        return None
    extent, count = Counter(each.span.fragments for each in unit.candidates).most_common(1)[0]
    if count * 2 <= len(unit.candidates):
        return None
    return _taken("boundary", [each for each in unit.candidates if each.span.fragments == extent])


def _winner(
    given: Iterable[str | tuple[Fragment, ...]], absent: int, people: int
) -> str | tuple[Fragment, ...] | None:
    """What has two thirds of the votes and is two ahead; "" for no span, None if nothing wins."""
    votes: Counter[str | tuple[Fragment, ...]] = Counter(given)
    votes[""] = absent
    (first, most), *others = votes.most_common()
    second = others[0][1] if others else 0
    return first if most >= _NEEDED * people and most - second >= _MARGIN else None


def _taken(rule: Rule, having: list[Candidate]) -> Settled | None:
    """The span that some have, unless they give it other attributes, which no rule decides."""
    if len({each.content for each in having}) != 1:
        return None
    return Settled(rule, "accept", (result_of(having[0].span),))


def _agree_but_for_extent(unit: Unit) -> bool:
    spans = [result_of(each.span) for each in unit.candidates]
    return all((each.label, each.attributes) == (spans[0].label, spans[0].attributes) for each in spans)


_RULES = {"unanimous": _unanimous, "trim": _trim, "majority": _majority, "boundary": _boundary}
