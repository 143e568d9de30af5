"""Deciding by rule over a whole project: what would be decided, deciding it, and how good the sample was.

Nothing that a person has touched is decided by a rule, not even what they took back. Running again changes
nothing: what stands is left, and only what has become stale since is decided anew.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.adjudication.auto import AutoRules, Settled, is_spot_check, settle
from annotator.adjudication.decisions import SPOT_CHECK, is_automatic, says
from annotator.adjudication.standing import State
from annotator.change import Change, make_change
from annotator.model import Decision, Result
from annotator.progress import Job, Progress
from annotator.services.deciding import Ruling, Writer, check_reviewer
from annotator.services.link_ends import gold_end
from annotator.services.reviewing import Review, followed, review
from annotator.store import Store

_MAY_DECIDE: frozenset[State] = frozenset(("open", "stale"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule decides: a unit (its key) of a document (its id), by which rule, in a few words."""

    document: str
    title: str
    unit: str
    layer: str
    rule: str
    words: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """The sample of what rules decided: how much a person has looked at, and decided otherwise."""

    drawn: int = 0
    checked: int = 0
    wrong: int = 0

    @property
    def error(self) -> float | None:
        """The share decided otherwise, None while nothing is checked."""
        return self.wrong / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class AutoReport:
    """What a run decided, or would decide, and how the units of the project stand after it."""

    proposals: tuple[Proposal, ...] = ()
    documents: int = 0
    units: int = 0
    states: Counter[State] = field(default_factory=Counter)
    spot_check: SpotCheck = SpotCheck()
    changes: tuple[Change, ...] = ()

    @property
    def by_rule(self) -> Counter[str]:
        """How many units each rule decides."""
        return Counter(each.rule for each in self.proposals)


def auto_resolve(
    store: Store, *, reviewer: str, rules: AutoRules | None = None, dry_run: bool = False
) -> Job[AutoReport]:
    """Decide what the rules decide in one Change: spans, then the links whose ends are in gold with them.

    A dry run only tells. Raises InvalidEdit if the reviewer neither reviews nor leads.
    """
    yield Progress(0, 0)
    check_reviewer(store, reviewer)
    chosen = rules or AutoRules()
    documents = store.documents()
    writer = Writer(store, reviewer)
    proposals: list[Proposal] = []
    known: dict[str, Review] = {}
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        of = review(store, document.id)
        found = list(_of_spans(of, chosen))
        after = _written(writer, of, found)
        proposals += found
        if of.links or found:
            known[document.id] = after
    for of in known.values():
        found = list(_of_links(store, of, chosen, known))
        _written(writer, of, found)
        proposals += found
    title = f"Decide {len(proposals)} {'unit' if len(proposals) == 1 else 'units'} by rule"
    changes = (writer.apply(title),) if proposals and not dry_run else ()
    states: Counter[State] = Counter()
    sample = SpotCheck()
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        of = review(store, document.id)
        states += of.counts
        sample = _added(sample, spot_check(of.decisions))
    return AutoReport(tuple(proposals), len(documents), states.total(), states, sample, changes)


def _written(writer: Writer, of: Review, proposals: Sequence[Proposal]) -> Review:
    """Add what is proposed in a document to what will be written, and read the document as it is after it."""
    before, after = len(writer.before), len(writer.after)
    for each in proposals:
        writer.add(of, each.unit, each.ruling)
    made = make_change(
        "", annotator="", document=of.document.id, before=writer.before[before:], after=writer.after[after:]
    )
    return followed(of, made) or of


def spot_check(decisions: tuple[Decision, ...]) -> SpotCheck:
    """How the sample among the decisions of a document came out."""
    drawn = [each for each in decisions if is_automatic(each) and SPOT_CHECK in each.flags]
    checks = {
        earlier: each
        for each in decisions
        if not is_automatic(each) and each.outcome not in ("withdrawn", "defer")
        for earlier in each.supersedes
    }
    checked = [each for each in drawn if each.id in checks]
    wrong = sum(says(checks[each.id]) != says(each) for each in checked)
    return SpotCheck(len(drawn), len(checked), wrong)


def _of_spans(of: Review, rules: AutoRules) -> Iterator[Proposal]:
    touched = _by_people(of)
    for unit in of.units:
        settled = None if _is_out(of, unit.key, touched) else settle(unit, rules)
        if settled is None:
            continue
        ruling = _ruling(settled, settled.results, unit.key, rules)
        words = " | ".join(dict.fromkeys(each.span.quote.exact for each in unit.candidates))
        yield Proposal(of.document.id, of.document.title, unit.key, unit.layer, settled.rule, words, ruling)


def _of_links(store: Store, of: Review, rules: AutoRules, known: Mapping[str, Review]) -> Iterator[Proposal]:
    """`known` are the documents as they are with what was just decided."""
    touched = _by_people(of)
    for unit in of.links:
        if unit.type != "agree" or _is_out(of, unit.key, touched):
            continue
        first = unit.candidates[0]
        ends = tuple(gold_end(store, of, end, known) for end in (first.source, first.target))
        if not all(ends):
            continue
        result = Result("", first.link.type, (), first.link.attributes, ends[0], ends[1])
        settled = Settled("unanimous", "accept", (result,))
        ruling = _ruling(settled, (result,), unit.key, rules, taken=(first.content,))
        yield Proposal(
            of.document.id, of.document.title, unit.key, unit.layer, "unanimous", first.link.type, ruling
        )


def _ruling(
    settled: Settled, results: tuple[Result, ...], unit: str, rules: AutoRules, *, taken: tuple[str, ...] = ()
) -> Ruling:
    flags = (SPOT_CHECK,) if is_spot_check(unit, rules.spot_check) else ()
    return Ruling(settled.outcome, results, taken, flags=flags, decided_by=settled.decided_by)


def _by_people(of: Review) -> frozenset[str]:
    """The units (keys) and decisions (ids) that a person has had to do with."""
    found: set[str] = set()
    for each in of.decisions:
        if not is_automatic(each):
            found |= {each.unit, each.id, *each.supersedes}
    return frozenset(found)


def _is_out(of: Review, unit: str, touched: frozenset[str]) -> bool:
    """Whether a unit is not for rules: it stands, or a person has touched it."""
    standing = of.standing(unit)
    return (
        standing.state not in _MAY_DECIDE
        or unit in touched
        or any(each.id in touched for each in standing.decisions)
    )


def _added(one: SpotCheck, other: SpotCheck) -> SpotCheck:
    return SpotCheck(one.drawn + other.drawn, one.checked + other.checked, one.wrong + other.wrong)
