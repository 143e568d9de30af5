"""Reading a document for review: what its annotators differ in, how each unit stands, and gold as it is.

Only annotators who have finished a layer take part in it. Nothing is written here; `deciding` writes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.adjudication.decisions import heads
from annotator.adjudication.gold import Gold
from annotator.adjudication.keys import content_key
from annotator.adjudication.links import End, LinkUnit, link_units
from annotator.adjudication.standing import Standing, Standings, State, gone_unit, standing, standings
from annotator.adjudication.told import messages_of
from annotator.adjudication.units import Unit, units
from annotator.adjudication.whole_document import Differing, differing
from annotator.agreement.span_f1 import finished
from annotator.agreement.work import layer_work
from annotator.change import Change
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    AnnotationSet,
    Assignment,
    Decision,
    Document,
    Relation,
    Result,
    TextVersion,
    WorkInterval,
    gold_set_id,
)
from annotator.schema import LabelSchema
from annotator.services.schema_lag import Behind, behind
from annotator.store import Store

AnyUnit = Unit | LinkUnit


@dataclass(frozen=True, slots=True)
class Review:
    """A document as it is reviewed: units of spans and of links in order of the text, and how they stand.

    `people` are the annotators (ids) who have finished some layer of it. `elsewhere` tells, by the id of a
    span in another document that a link leads to, its document and words. `older_text` counts the spans of
    these people that stand on an earlier text of the document, `no_label` those of each label that the
    schema does not have; both are kept and cannot be compared. `behind` tells who finished under an earlier
    schema, `gone` are those (ids) who voted on what is decided and are not in the project any more.
    `messages` are those that are pinned to spans of annotators, `of_whole` what they say otherwise of the
    whole document.
    """

    document: Document
    text: str
    text_sha256: str
    people: tuple[str, ...]
    units: tuple[Unit, ...]
    links: tuple[LinkUnit, ...]
    standings: Standings
    decisions: tuple[Decision, ...]
    gold: Gold
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    older_text: int = 0
    no_label: Counter[str] = field(default_factory=Counter)
    behind: tuple[Behind, ...] = ()
    gone: tuple[str, ...] = ()
    messages: tuple[Decision, ...] = ()
    of_whole: tuple[Differing, ...] = ()

    def standing(self, unit: str) -> Standing:
        """How a unit (its key) stands, also one whose spans are gone. Raises KeyError."""
        found = self.standings.about(unit)
        if found is None:
            raise KeyError(unit)
        return found

    @property
    def all_units(self) -> tuple[AnyUnit, ...]:
        """Units of spans and links, and what is left of those whose spans are gone, in order of the text.

        A span comes before the links that start at it, since these wait for it.
        """
        left = {each.unit: self.left_of(each) for each in self.standings.left_over}
        known: tuple[AnyUnit, ...] = (*left.values(), *self.units, *self.links)
        return tuple(sorted(known, key=_in_text))

    def left_of(self, decision: Decision) -> AnyUnit:
        """The unit of a decision that no annotator has anything of: it is all gone, or was made in review."""
        unit = gone_unit(decision, self.people)
        source = next((result.source for result in self.made(decision.unit) if result.source), "")
        return link_without_votes(self, unit.key, unit.layer, source) if source else unit

    def made(self, unit: str) -> tuple[Result, ...]:
        """What gold got of a unit, by its newest decision on the text as it is that put anything there."""
        about = (each for each in reversed(self.decisions) if each.unit == unit and each.results)
        return next((each.results for each in about if each.text_sha256 in ("", self.text_sha256)), ())

    def unit(self, key: str) -> AnyUnit | None:
        """The unit of a key."""
        known: tuple[AnyUnit, ...] = (*self.units, *self.links)
        return next((each for each in known if each.key == key), None)

    @property
    def made_of(self) -> tuple[object, ...]:
        """What is equal as long as the document is marked and decided as it is."""
        return (
            self.document,
            self.people,
            self.units,
            self.links,
            {each.id for each in self.decisions},
            self.of_whole,
        )

    @property
    def counts(self) -> Counter[State]:
        """How many units stand how."""
        return Counter(each.state for each in self.standings.of.values())

    @property
    def is_finished(self) -> bool:
        """Whether every unit has an outcome that still holds."""
        return not self.standings.to_do

    def gold_of(self, unit: str) -> str:
        """The gold span that the decision on a unit of spans made, "" if there is none or are several."""
        decision = self.standings.of[unit].decision if unit in self.standings.of else None
        made = () if decision is None else decision.results
        return made[0].annotation if len(made) == 1 else ""


def link_without_votes(of: Review, key: str, layer: str, source: str) -> LinkUnit:
    """The unit of a link that no annotator has, beginning at a gold span (an id)."""
    span = next((each for each in of.gold.spans if each.id == source), None)
    place = (0, 0) if span is None else (span.start, span.end)
    return LinkUnit(key, of.document.id, layer, "relation", ("gone",), (), of.people, *place)


def _in_text(unit: AnyUnit) -> tuple[int, int, bool, str]:
    return unit.start, unit.end, isinstance(unit, LinkUnit), unit.key


def review(store: Store, document: str) -> Review:
    """Read a document for review. Raises InvalidEdit if it is not in the project any more."""
    found = store.record(Document, document)
    text_version = None if found is None else store.record(TextVersion, found.text_version)
    if found is None or text_version is None:
        raise InvalidEdit("This document is not in the project any more.")
    schema, marks = store.schema(), _marks(store, document)
    owners, done = marks.owners, frozenset(finished(marks.assignments))
    made, people = _span_units(schema, found, text_version, marks)
    relations = store.relations(document)
    away = _elsewhere(store, document, relations)
    titles = {
        row.id: row.title for row in store.records(Document, sorted({s.document for s in away})).values()
    }
    mine = [span for span in marks.annotations if owners.get(span.set, "") in done]
    links = link_units(
        [(owners[link.set], link) for link in relations if owners.get(link.set, "") in done],
        ends=_ends(store, schema, away, made),
        people=people,
        text_sha256=text_version.text_sha256,
    )
    gold_set = gold_set_id(store.project_id)
    decisions = store.decisions(document)
    return Review(
        found,
        store.text(found.text_version),
        text_version.text_sha256,
        tuple(sorted({who for some in people.values() for who in some})),
        tuple(made),
        links,
        standings([*made, *links], decisions, people=people),
        decisions,
        Gold(
            gold_set,
            [span for span in marks.annotations if span.set == gold_set],
            [link for link in relations if link.set == gold_set],
        ),
        {span.id: f"{titles.get(span.document, '')}: “{span.quote.exact}”" for span in away},
        sum(span.text_version != found.text_version for span in mine),
        Counter(span.label for span in mine if schema.label(span.label) is None),
        behind(store, marks.assignments),
        _gone(store, decisions),
        messages_of(decisions),
        differing(
            schema.attributes_of_document(found.kind),
            store.document_labels(document),
            owners=owners,
            people=sorted(done),
        ),
    )


def _gone(store: Store, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Who voted on what is decided and is not in the project any more."""
    known = heads(each for each in decisions if each.unit)
    voted = {who for each in known for who in (*each.absent, *(vote.annotator for vote in each.candidates))}
    return tuple(sorted(voted - {person.id for person in store.annotators()})) if voted else ()


class _Marks(NamedTuple):
    """What is in a document, read once; `owners` names the annotator of each set of an annotator."""

    assignments: tuple[Assignment, ...]
    owners: Mapping[str, str]
    annotations: tuple[Annotation, ...]


def _marks(store: Store, document: str) -> _Marks:
    owners = {row.id: row.owner or "" for row in store.sets() if row.kind == "annotator"}
    return _Marks(store.assignments(document), owners, store.annotations(document))


def _span_units(
    schema: LabelSchema, document: Document, text_version: TextVersion, marks: _Marks
) -> tuple[list[Unit], dict[str, tuple[str, ...]]]:
    """The units of spans of a document in order of the text, and by layer those who have finished it."""
    made: list[Unit] = []
    people: dict[str, tuple[str, ...]] = {}
    for layer in schema.layers:
        people[layer.id] = finished(marks.assignments, layer.id)
        if layer.offer(document.kind) == "never" or not people[layer.id]:
            continue
        work = layer_work(
            document,
            layer=layer.id,
            schema=schema,
            assignments=marks.assignments,
            owners=marks.owners,
            annotations=marks.annotations,
            length=text_version.length,
            with_on_demand=True,
        )
        people[layer.id] = tuple(work.spans)
        made += units(work, layer=layer.id, text_sha256=text_version.text_sha256)
    made.sort(key=lambda unit: (unit.start, unit.end, unit.key))
    return made, people


def _elsewhere(store: Store, document: str, links: Iterable[Relation]) -> tuple[Annotation, ...]:
    """The spans in other documents that links of this one lead to."""
    targets = sorted({link.target for link in links})
    found = store.records(Annotation, targets).values()
    return tuple(span for span in found if span.document != document)


def _ends(
    store: Store, schema: LabelSchema, away: Iterable[Annotation], made: Iterable[Unit]
) -> Mapping[str, End]:
    """What links can start or end at: the spans of units here, and of units in other documents.

    A unit in another document is named with it; a span that is in no unit there, by what it says.
    """
    found = {
        each.span.id: End(unit.key, unit.layer, unit.start, unit.end)
        for unit in made
        for each in unit.candidates
    }
    by_document: dict[str, dict[str, str]] = {}
    for span in away:
        if span.document not in by_document:
            by_document[span.document] = _unit_keys(store, schema, span.document)
        layer = schema.layer_of(span.label)
        says = content_key(span.label, span.fragments, span.attributes)
        unit = by_document[span.document].get(span.id, says)
        found[span.id] = End(
            f"{span.document}/{unit}", "" if layer is None else layer.id, span.start, span.end
        )
    return found


def _unit_keys(store: Store, schema: LabelSchema, document: str) -> dict[str, str]:
    """By the id of a span of a document the key of its unit there."""
    found = store.record(Document, document)
    text_version = None if found is None else store.record(TextVersion, found.text_version)
    if found is None or text_version is None:
        return {}
    made, _people = _span_units(schema, found, text_version, _marks(store, document))
    return {each.span.id: unit.key for unit in made for each in unit.candidates}


def followed(of: Review, change: Change) -> Review | None:
    """The review after a change that only decides, without reading all anew; None where it has to be read.

    What annotators marked makes units, so a change to that, or to who has finished, is not followed.
    """
    added: dict[str, list[Decision]] = {}
    gone = {record.id for record in change.before}
    spans = [span for span in of.gold.spans if span.id not in gone]
    links = [link for link in of.gold.links if link.id not in gone]
    for record in (*change.before, *change.after):
        if isinstance(record, AnnotationSet | WorkInterval):
            continue
        if isinstance(record, Annotation | Relation) and record.set == of.gold.set:
            continue
        if not isinstance(record, Decision):
            return None
    for record in change.after:
        if isinstance(record, Decision) and record.document == of.document.id:
            added.setdefault(record.unit, []).append(record)
        elif isinstance(record, Annotation) and record.document == of.document.id:
            spans.append(record)
        elif isinstance(record, Relation) and record.document == of.document.id:
            links.append(record)
    if any(key not in of.standings.of for key in added):
        return None
    standings_of = dict(of.standings.of)
    for key, some in added.items():
        unit = of.unit(key)
        if unit is not None:
            standings_of[key] = standing(unit, heads((*standings_of[key].decisions, *some)))
    decided = tuple(each for some in added.values() for each in some)
    return replace(
        of,
        standings=replace(of.standings, of=standings_of),
        decisions=(*of.decisions, *decided),
        gold=Gold(of.gold.set, sorted(spans, key=lambda span: (span.start, span.end, span.id)), links),
    )
