"""The verbs of adjudication: deciding units of disagreement, by whom, why, and what gold gets of it.

Who decides reviews or leads. A decision and what it does to gold are one Change, taken back like any other;
the annotators' own sets are only read. `document`, `reviewer` and `unit` are ids and keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from annotator import editing
from annotator.adjudication.decisions import (
    AUTOMATIC,
    NO_OUTCOME,
    SECOND,
    OutcomeKind,
    heads,
    link_verdicts,
    proposers,
    verdicts,
    votes_of,
    withdrawn,
)
from annotator.adjudication.gold import Gold, GoldEdit, settle_links, settle_spans, to_replace
from annotator.adjudication.links import LinkUnit
from annotator.adjudication.units import Unit
from annotator.change import Change, make_change
from annotator.desk import checked_value, label_name
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Decision,
    Metadata,
    Record,
    Relation,
    Result,
    Vote,
    derived_id,
    gold_set_id,
    new_id,
    now,
)
from annotator.roles import has_role
from annotator.services.link_ends import as_made, check_link, joining, new_link
from annotator.services.reviewing import AnyUnit, Review, review
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reviewer says of a unit; `results` are spans, or links whose ends are gold spans.

    `taken` are the content keys of the links of annotators that are taken as they are; for spans the results
    tell it. `decided_by` is the rule that decides, "" for the reviewer.
    """

    outcome: OutcomeKind
    results: tuple[Result, ...] = ()
    taken: tuple[str, ...] = ()
    reason: str = ""
    rule_id: str = ""
    comment: str = ""
    flags: tuple[str, ...] = ()
    seed: int = 0
    suggestion: Metadata = field(default_factory=dict)
    active_ms: int = 0
    decided_by: str = ""


def decide(store: Store, *, reviewer: str, document: str, unit: str, ruling: Ruling) -> Change:
    """Write a decision on a unit and what it does to gold; earlier decisions on it are superseded.

    Raises InvalidEdit if who decides is no reviewer, if the unit is not there any more, or if what they
    decide cannot stand in gold.
    """
    return decide_all(store, reviewer=reviewer, rulings=[(document, unit, ruling)])


def decide_all(
    store: Store, *, reviewer: str, rulings: Sequence[tuple[str, str, Ruling]], title: str = ""
) -> Change:
    """Write several decisions, each by document and unit, as one Change."""
    check_reviewer(store, reviewer)
    if not rulings:
        raise InvalidEdit("There is nothing to decide.")
    reviews: dict[str, Review] = {}
    for document, _unit, _ruling in rulings:
        if document not in reviews:
            reviews[document] = review(store, document)
    return write(store, reviewer=reviewer, rulings=rulings, reviews=reviews, title=title)


def write(
    store: Store,
    *,
    reviewer: str,
    rulings: Sequence[tuple[str, str, Ruling]],
    reviews: Mapping[str, Review],
    title: str = "",
) -> Change:
    """As `decide_all`, on reviews that were just read."""
    writer = Writer(store, reviewer)
    for document, unit, ruling in rulings:
        writer.add(reviews[document], unit, ruling)
    return writer.apply(title or (writer.title if len(rulings) == 1 else f"Decide {len(rulings)} units"))


class Writer:
    """Collects what decisions add to a project, following gold along, where one may meet another's span."""

    def __init__(self, store: Store, reviewer: str) -> None:
        self._store = store
        self._schema = store.schema()
        self._reviewer = reviewer
        self._numbers = store.schema_number(), store.guideline_number()
        self._app = app_version()
        self._gold: dict[str, Gold] = {}
        self._lost: set[str] = set()  # links (ids) that left gold with a span of another document
        self.before: list[Record] = []
        self.after: list[Record] = []
        self.title = ""
        gold = gold_set_id(store.project_id)
        has_set = store.record(AnnotationSet, gold) is not None
        self.new_set = () if has_set else (AnnotationSet(gold, "gold", None),)

    def apply(self, title: str) -> Change:
        """Write all that was added as one Change."""
        decided = [each for each in self.after if isinstance(each, Decision) and each.outcome != "withdrawn"]
        documents = {each.document for each in decided}
        change = make_change(
            title,
            annotator=self._reviewer,
            document=documents.pop() if len(documents) == 1 else None,
            before=self.before,
            after=(*self.new_set, *self.after),
        )
        self._store.apply(change)
        return change

    def add(self, of: Review, key: str, ruling: Ruling) -> None:
        """A decision on a unit of a document, on what is left of one, or on a link that nobody has."""
        unit, earlier = self._asked(of, key, ruling)
        _check_outcome(unit, ruling)
        is_second = SECOND in ruling.flags
        if is_second:
            earlier = tuple(
                each for each in earlier if SECOND in each.flags and each.decided_by == self._reviewer
            )
        elif all(SECOND in each.flags for each in earlier):
            earlier = ()  # a second reviewer came first; theirs stays, so that the two are compared
        if isinstance(unit, LinkUnit) and ruling.outcome in ("accept_modified", "new"):
            check_link(self._store, self._schema, ruling.results[0])
            same_ends = joining(self._store, of, unit, ruling.results[0])
            ruling = replace(ruling, taken=as_made(unit, ruling.results[0], same_ends))
        else:
            same_ends = frozenset()
        decision_id = _decision_id(unit, earlier, ruling)
        results = tuple(self._checked(of, unit, each) for each in ruling.results)
        edit = GoldEdit(results=list(results)) if is_second else self._settled(of, unit, results, earlier)
        said = tuple(edit.results)
        is_link = isinstance(unit, LinkUnit)
        decision = Decision(
            id=decision_id,
            document=of.document.id,
            annotation=None if is_link or is_second or not said else said[0].annotation,
            outcome=ruling.outcome,
            proposers=_proposers(unit, ruling, said),
            decided_by=ruling.decided_by or self._reviewer,
            decided=now(),
            rule_id=ruling.rule_id,
            reason=ruling.reason,
            comment=ruling.comment.strip(),
            unit=key,
            layer=unit.layer,
            text_sha256=of.text_sha256,
            schema_number=self._numbers[0],
            guideline_number=self._numbers[1],
            candidates=_votes(unit),
            absent=unit.absent,
            results=said,
            verdicts=_verdicts(unit, ruling, said, same_ends),
            flags=ruling.flags,
            seed=ruling.seed,
            suggestion=ruling.suggestion,
            active_ms=ruling.active_ms,
            supersedes=tuple(sorted(each.id for each in earlier)),
            app_version=self._app,
        )
        self.title = self.title or self._title(unit, ruling)
        lost = self._lost_links(edit)
        edit.before[:0] = lost
        self._lost.update(link.id for link in lost)
        self._follow(of, edit)
        self.before += edit.before
        self.after += [*edit.after, decision, *self._withdrawn(edit)]

    def _lost_links(self, edit: GoldEdit) -> list[Relation]:
        """The gold links of other documents that lead to spans which leave gold."""
        gone, known = edit.spans_gone, {record.id for record in (*self.before, *edit.before)}
        links = self._store.relations_at_any(sorted(gone)) if gone else ()
        gold = gold_set_id(self._store.project_id)
        return [link for link in links if link.set == gold and link.id not in known]

    def _withdrawn(self, edit: GoldEdit) -> list[Decision]:
        """Takes back what was decided of links that leave gold with a span: they are to be decided again."""
        lost = [each for each in edit.before if isinstance(each, Relation)] if edit.spans_gone else []
        return [
            withdrawn(each, self._reviewer)
            for document in dict.fromkeys(link.document for link in lost)
            for each in heads(self._store.decisions(document))
            if any(link.id == result.annotation for link in lost for result in each.results)
        ]

    def _asked(self, of: Review, key: str, ruling: Ruling) -> tuple[AnyUnit, tuple[Decision, ...]]:
        """The unit of a key with the decisions on it that nothing supersedes."""
        unit = of.unit(key)
        if unit is not None:
            return unit, of.standings.of[key].decisions
        gone = tuple(each for each in of.standings.left_over if each.unit == key)
        if gone:
            return of.left_of(gone[0]), gone
        if ruling.outcome == "new" and ruling.results and ruling.results[0].source:
            made = new_link(self._store, of, ruling.results[0])
            if made.key == key:
                return made, ()
        raise InvalidEdit("This disagreement is not there any more; look at the list again.")

    def _settled(
        self,
        of: Review,
        unit: AnyUnit,
        results: tuple[Result, ...],
        earlier: Sequence[Decision],
    ) -> GoldEdit:
        gold = self._gold_of(of)
        ids = {each.id for each in earlier}
        kept = [each.results for one in of.standings.all for each in one.decisions if each.id not in ids]
        replaced = to_replace([each.results for each in earlier], kept)
        records: tuple[Annotation | Relation, ...] = (*gold.spans, *gold.links)
        own = frozenset(record.id for record in records if record.origin == "adjudication")
        if isinstance(unit, LinkUnit):
            return settle_links(
                gold,
                document=of.document.id,
                unit=unit.key,
                results=results,
                replaced=replaced & own,
            )
        return settle_spans(
            gold,
            document=of.document,
            text=of.text,
            unit=unit.key,
            results=results,
            replaced=replaced & own,
        )

    def _gold_of(self, of: Review) -> Gold:
        """Gold of a document after what was added so far."""
        gold = self._gold.get(of.document.id, of.gold)
        return replace(gold, links=[link for link in gold.links if link.id not in self._lost])

    def _follow(self, of: Review, edit: GoldEdit) -> None:
        gold = self._gold_of(of)
        gone = {record.id for record in edit.before}
        made = edit.after
        self._gold[of.document.id] = Gold(
            gold.set,
            [
                *(span for span in gold.spans if span.id not in gone),
                *(record for record in made if isinstance(record, Annotation)),
            ],
            [
                *(link for link in gold.links if link.id not in gone),
                *(record for record in made if isinstance(record, Relation)),
            ],
        )

    def _checked(self, of: Review, unit: AnyUnit, result: Result) -> Result:
        """The result as gold can have it. Raises InvalidEdit with what is wrong."""
        if isinstance(unit, LinkUnit):
            return self._checked_link(of, result)
        label = self._schema.label(result.label)
        if label is None or label.layer != unit.layer:
            raise InvalidEdit(f"{label_name(self._schema, result.label)} is not a label of this layer.")
        if result.annotation and not result.fragments:
            raise InvalidEdit("A span in gold needs an extent.")
        known = {each.id: each for each in self._schema.attributes_of(label.id, of.document.kind)}
        proposed = [each.span.attributes for each in unit.candidates]
        attributes = {
            name: value
            if any(some.get(name) == value for some in proposed) or name not in known
            else checked_value(known[name], value)
            for name, value in result.attributes.items()
        }
        is_proposed = any(each.span.fragments == result.fragments for each in unit.candidates)
        pieces = result.fragments if is_proposed else editing.extent(of.text, result.fragments)
        return replace(result, label=label.id, fragments=pieces, attributes=attributes)

    def _checked_link(self, of: Review, result: Result) -> Result:
        ends = self._store.records(Annotation, sorted({result.source, result.target}))
        gold = self._gold_of(of)
        there = {span.id for some in (gold, *self._gold.values()) for span in some.spans}
        there |= {span.id for span in ends.values() if span.set == gold.set}
        if result.source not in there or result.target not in there:
            raise InvalidEdit(
                "A link in gold joins gold spans only; decide the spans at both its ends first."
            )
        return result

    def _title(self, unit: AnyUnit, ruling: Ruling) -> str:
        name = (ruling.results[0].label if ruling.results else "") or _first_label(unit)
        known = self._schema.relation(name) if isinstance(unit, LinkUnit) else None
        shown = known.name if known is not None else label_name(self._schema, name)
        return f"{_TITLES[ruling.outcome]} {shown}".strip()


_TITLES: dict[OutcomeKind, str] = {
    "accept": "Decide for",
    "accept_modified": "Decide for a changed",
    "new": "Decide for a new",
    "reject_all": "Decide against",
    "keep_several": "Decide for several of",
    "ambiguous": "Call ambiguous:",
    "defer": "Postpone",
    "withdrawn": "Withdraw the decision on",
}


def _first_label(unit: AnyUnit) -> str:
    if not unit.candidates:
        return ""
    first = unit.candidates[0]
    return first.span.label if not hasattr(first, "link") else first.link.type


def _decision_id(unit: AnyUnit, earlier: Iterable[Decision], ruling: Ruling) -> str:
    """A fresh id; that of a rule's decision is the same wherever the rule comes upon the same votes."""
    if not ruling.decided_by.startswith(AUTOMATIC):
        return new_id()
    votes = [f"{who}:{content}" for who, content in sorted(unit.votes.items())]
    return derived_id(
        unit.document, unit.key, ruling.decided_by, *votes, *sorted(each.id for each in earlier)
    )


def _votes(unit: AnyUnit) -> tuple[Vote, ...]:
    if isinstance(unit, Unit):
        return votes_of(unit)
    return tuple(
        Vote(each.annotator, each.link.id, each.link.revision, each.content) for each in unit.candidates
    )


def _proposers(unit: AnyUnit, ruling: Ruling, results: Sequence[Result]) -> tuple[str, ...]:
    if isinstance(unit, Unit):
        return proposers(unit, results)
    return tuple(sorted(each.annotator for each in unit.candidates if each.content in ruling.taken))


def _verdicts(
    unit: AnyUnit, ruling: Ruling, results: Sequence[Result], same_ends: frozenset[str]
) -> Mapping[str, str]:
    if isinstance(unit, Unit):
        return verdicts(unit, ruling.outcome, results)
    made = results[0] if results and not ruling.taken else None
    return link_verdicts(unit, ruling.outcome, ruling.taken, made=made, same_ends=same_ends)


def _check_outcome(unit: AnyUnit, ruling: Ruling) -> None:
    """Raises InvalidEdit where an outcome has too few or too many results."""
    least, most = _RESULTS[ruling.outcome]
    if not least <= len(ruling.results) <= most:
        raise InvalidEdit(_COUNT_WORDS[ruling.outcome])
    if isinstance(unit, LinkUnit):
        joins = [(each.label, each.source, each.target) for each in ruling.results]
        if len(set(joins)) < len(joins):
            raise InvalidEdit("These links join the same spans under one type; edit one to say what both do.")
    if ruling.outcome == "accept" and not unit.candidates:
        raise InvalidEdit("There is no candidate to take any more; make a new span or decide for none.")


_RESULTS: dict[OutcomeKind, tuple[int, int]] = {
    "accept": (1, 1),
    "accept_modified": (1, 1),
    "new": (1, 1),
    "keep_several": (2, 99),
    **dict.fromkeys(("reject_all", "ambiguous", *NO_OUTCOME), (0, 0)),
}
_COUNT_WORDS: dict[OutcomeKind, str] = {
    **dict.fromkeys(("accept", "accept_modified", "new"), "This outcome has exactly one span."),
    "keep_several": "To keep several, choose two or more.",
    **dict.fromkeys(("reject_all", "ambiguous", *NO_OUTCOME), "This outcome puts nothing into gold."),
}


def check_reviewer(store: Store, person: str) -> None:
    """Raises InvalidEdit, with whom to ask, if somebody neither reviews nor leads."""
    found = store.record(Annotator, person)
    if found is None or not has_role(found.role, "reviewer"):
        raise InvalidEdit("Disagreements are decided by who reviews or leads; a lead gives these roles.")


def app_version() -> str:
    """The version of the program, as decisions keep it; "" where it runs without being installed."""
    try:
        return version("annotator")
    except PackageNotFoundError:
        return ""
