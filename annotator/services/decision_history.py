"""How a unit came to be decided: every decision on it with what annotators had then, as a memo tells it.

What they had is read from the history, at the revision that the decision names, since spans may have changed
or gone since. `names` say what annotators are called, so that a memo gives away nobody in blind review.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from annotator.adjudication.decisions import NO_OUTCOME, is_automatic
from annotator.adjudication.links import LinkUnit
from annotator.cites import cites_of
from annotator.desk import type_name
from annotator.flags import without_flag
from annotator.model import (
    Annotation,
    Annotator,
    Attributes,
    Decision,
    Document,
    Record,
    Relation,
    Result,
)
from annotator.schema import LabelSchema
from annotator.services.reviewing import AnyUnit, Review
from annotator.store import Store

CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody had, or what gold got: label and words, attributes in words, and the verdict on it.

    The words of a link are those at its ends.
    """

    who: str
    label: str
    words: str
    attributes: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A decision: when (UTC), by whom, what, why; what annotators had, who had nothing, what gold got.

    `is_of_link` tells that it is about a link, not a span.
    """

    when: str
    who: str
    outcome: str
    reason: str
    rule_id: str
    comment: str
    flags: tuple[str, ...]
    candidates: tuple[Said, ...]
    absent: tuple[Said, ...]
    results: tuple[Said, ...]
    is_of_link: bool = False


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """A unit (its key) with its place: title, cite ("" without pages), words with context; its decisions.

    `is_hidden` tells that what annotators have is not to be seen yet.
    """

    unit: str
    title: str
    cite: str
    before: str
    words: str
    after: str
    type: str
    state: str
    steps: tuple[Step, ...]
    is_hidden: bool = False


def unit_history(store: Store, of: Review, unit: AnyUnit, *, name: Callable[[str], str]) -> UnitHistory:
    """The history of a unit; `name` gives what an annotator (an id) is called."""
    return _Teller(store, of, name).history(unit)


def document_history(store: Store, of: Review, *, name: Callable[[str], str]) -> tuple[UnitHistory, ...]:
    """The histories of all units of a document that something was decided of, in order of the text."""
    teller = _Teller(store, of, name)
    told = (teller.history(unit) for unit in of.all_units)
    return tuple(each for each in told if each.steps)


def decisions_on(of: Review, unit: AnyUnit) -> tuple[Decision, ...]:
    """Every decision on a unit, those that were superseded too, in order of time."""
    by_id = {each.id: each for each in of.decisions}
    standing = of.standings.of.get(unit.key)
    start = [each.id for each in (standing.decisions if standing is not None else ())]
    start += [each.id for each in of.decisions if each.unit == unit.key]
    found: dict[str, Decision] = {}
    while start:
        decision = by_id.get(start.pop())
        if decision is not None and decision.id not in found:
            found[decision.id] = decision
            start += decision.supersedes
    return tuple(sorted(found.values(), key=lambda each: (each.decided, each.id)))


class _Teller:
    """Tells histories of one document; what it looks up, it looks up once."""

    def __init__(self, store: Store, of: Review, name: Callable[[str], str]) -> None:
        self._store, self._of, self._name = store, of, name
        self._schema: LabelSchema = store.schema()
        self._cites = cites_of(of.document, store.pages(of.document.text_version))
        self._titles: dict[str, str] = {}
        self._people: Mapping[str, Annotator] = {each.id: each for each in store.annotators()}

    def history(self, unit: AnyUnit) -> UnitHistory:
        """The history of a unit."""
        text, start, end = self._of.text, unit.start, unit.end
        decisions = decisions_on(self._of, unit)
        if start == end:
            here = (each for each in decisions if each.text_sha256 in ("", self._of.text_sha256))
            pieces = [piece for each in here for result in each.results for piece in result.fragments]
            start = min((piece.start for piece in pieces), default=0)
            end = max((piece.end for piece in pieces), default=0)
        had = self._had(decisions)
        return UnitHistory(
            unit.key,
            self._of.document.title,
            self._cites.cite(start, end) if end > start else "",
            text[max(0, start - CONTEXT) : start],
            text[start:end],
            text[end : end + CONTEXT],
            unit.type,
            self._of.standing(unit.key).state,
            tuple(self._step(each, had, is_of_link=isinstance(unit, LinkUnit)) for each in decisions),
        )

    def _had(self, decisions: Iterable[Decision]) -> Mapping[tuple[str, str], Record]:
        """What annotators had, by id and revision."""
        ids = sorted({vote.annotation for each in decisions for vote in each.candidates})
        return {
            (record_id, entry.change): entry.after
            for record_id, entries in self._store.entries_of(ids).items()
            for entry in entries
            if entry.after is not None
        }

    def _step(self, decision: Decision, had: Mapping[tuple[str, str], Record], *, is_of_link: bool) -> Step:
        decider = self._people.get(decision.decided_by)
        who = decision.decided_by if decider is None or is_automatic(decision) else decider.name
        candidates = [
            self._said(had.get((vote.annotation, vote.revision)), vote.annotator, decision)
            for vote in decision.candidates
        ]
        absent = [
            Said(self._name(who), "", "", "", decision.verdicts.get(who, "")) for who in decision.absent
        ]
        results = [
            Said(
                "", self._label(each.label), self._result_words(decision, each), self._values(each.attributes)
            )
            for each in decision.results
        ]
        return Step(
            decision.decided,
            who,
            decision.outcome,
            decision.reason,
            decision.rule_id,
            decision.comment,
            decision.flags,
            tuple(sorted(candidates, key=lambda said: said.who)),
            tuple(sorted(absent, key=lambda said: said.who)),
            tuple(results) if decision.outcome not in NO_OUTCOME else (),
            is_of_link,
        )

    def _said(self, record: Record | None, annotator: str, decision: Decision) -> Said:
        name, verdict = self._name(annotator), decision.verdicts.get(annotator, "")
        if isinstance(record, Annotation):
            values = self._values(without_flag(record.attributes))
            return Said(name, self._label(record.label), record.quote.exact, values, verdict)
        if isinstance(record, Relation):
            ends = self._ends(record.source, record.target)
            return Said(name, self._label(record.type), ends, self._values(record.attributes), verdict)
        return Said(name, "", "", "", verdict)

    def _label(self, label_id: str) -> str:
        return type_name(self._schema, label_id)

    def _result_words(self, decision: Decision, result: Result) -> str:
        """The words that gold got, in the text that it was decided on, which may be an earlier one."""
        if result.source or result.target:
            return self._ends(result.source, result.target)
        text = self._of.text
        if decision.text_sha256 not in ("", self._of.text_sha256):
            text = self._store.text_content(decision.text_sha256) or ""
        return " … ".join(text[start:end] for start, end in result.fragments)

    def _ends(self, source: str, target: str) -> str:
        """The words of the spans (ids) that a link joins, those in another document with its title."""
        return f"{self._end(source)} → {self._end(target)}"

    def _end(self, span_id: str) -> str:
        span = self._store.record(Annotation, span_id) or self._last(span_id)
        if span is None:
            return "?"
        words = f"“{' '.join(span.quote.exact.split())}”"
        return words if span.document == self._of.document.id else f"{self._title(span.document)}: {words}"

    def _last(self, span_id: str) -> Annotation | None:
        """A span that is gone, as it was last."""
        entries = self._store.entries_of([span_id]).get(span_id, ())
        known = [entry.after or entry.before for entry in entries]
        return next((each for each in reversed(known) if isinstance(each, Annotation)), None)

    def _title(self, document: str) -> str:
        if document not in self._titles:
            found = self._store.record(Document, document)
            self._titles[document] = "" if found is None else found.title
        return self._titles[document]

    def _values(self, attributes: Attributes) -> str:
        told = []
        for name, value in attributes.items():
            known = self._schema.attribute(name)
            said = ", ".join(value) if isinstance(value, tuple) else str(value)
            told.append(f"{name if known is None else known.name}: {said}")
        return "; ".join(told)
