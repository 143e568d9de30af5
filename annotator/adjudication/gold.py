"""What a decision does to gold: the records that it adds, changes and removes there. Pure.

Gold is made only of decisions. A span that says the same before and after keeps its id, so that its links
stay; one that is there already is taken as it is and never made twice. Two computers that decide a unit alike
make the same span, by its id too. Originals are not touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from annotator.adjudication.decisions import content_of
from annotator.adjudication.keys import content_key
from annotator.model import (
    Annotation,
    Document,
    Record,
    Relation,
    Result,
    derived_id,
    new_id,
    now,
    quote,
)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold set of a document as it is: its id, spans and links."""

    set: str
    spans: Sequence[Annotation]
    links: Sequence[Relation]


@dataclass
class GoldEdit:
    """What changes in gold: the records before and after, and the results by the ids that they got."""

    before: list[Record] = field(default_factory=list)
    after: list[Record] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    @property
    def spans_gone(self) -> frozenset[str]:
        """The spans (ids) that are taken away."""
        stay = {record.id for record in self.after}
        return frozenset(
            record.id for record in self.before if isinstance(record, Annotation) and record.id not in stay
        )


def settle_spans(
    gold: Gold,
    *,
    document: Document,
    text: str,
    unit: str,
    results: Iterable[Result],
    replaced: Iterable[str],
) -> GoldEdit:
    """Put spans into gold for a decision on a unit (its key), in place of the `replaced` ones (ids)."""
    edit, time = GoldEdit(), now()
    old = {span.id: span for span in gold.spans if span.id in set(replaced)}
    present = {_says(span): span for span in gold.spans}
    taken = {span.id for span in gold.spans}
    fresh: list[Result] = []
    for result in results:
        same = present.get(content_of(result))
        if same is None:
            fresh.append(result)
        else:
            old.pop(same.id, None)
            edit.results.append(replace(result, annotation=same.id))
    reusable = sorted(old.values(), key=lambda span: (span.start, span.end, span.id))
    for result in fresh:
        was = reusable.pop(0) if reusable else None
        made = Annotation(
            id=_gold_id(document.id, unit, content_of(result), taken) if was is None else was.id,
            document=document.id,
            text_version=document.text_version,
            set=gold.set,
            label=result.label,
            fragments=result.fragments,
            quote=quote(text, result.fragments),
            created=time if was is None else was.created,
            changed=time,
            attributes=result.attributes,
            origin="adjudication",
        )
        if was is not None:
            edit.before.append(was)
        edit.after.append(made)
        edit.results.append(replace(result, annotation=made.id))
    gone = {span.id for span in reusable}
    edit.before += [link for link in gold.links if link.source in gone or link.target in gone]
    edit.before += reusable
    return edit


def settle_links(
    gold: Gold, *, document: str, unit: str, results: Iterable[Result], replaced: Iterable[str]
) -> GoldEdit:
    """Put links into gold for a decision on a unit, in place of the `replaced` ones; their ends are there."""
    edit, time = GoldEdit(), now()
    old = {link.id: link for link in gold.links if link.id in set(replaced)}
    present = {(link.type, link.source, link.target): link for link in gold.links}
    taken = {link.id for link in gold.links}
    for result in results:
        same = present.get((result.label, result.source, result.target))
        if same is not None:
            old.pop(same.id, None)
            edit.results.append(replace(result, annotation=same.id))
            if same.attributes != result.attributes:
                edit.before.append(same)
                edit.after.append(replace(same, attributes=result.attributes, changed=time))
            continue
        made = Relation(
            id=_gold_id(document, unit, f"{result.label} {result.source} {result.target}", taken),
            document=document,
            set=gold.set,
            type=result.label,
            source=result.source,
            target=result.target,
            created=time,
            changed=time,
            attributes=result.attributes,
            origin="adjudication",
        )
        edit.after.append(made)
        edit.results.append(replace(result, annotation=made.id))
    edit.before += old.values()
    return edit


def to_replace(decided: Iterable[Iterable[Result]], kept: Iterable[Iterable[Result]]) -> frozenset[str]:
    """The gold records (ids) of decisions whose place is taken, but for those that another one has too."""
    still = {result.annotation for results in kept for result in results}
    return frozenset(
        result.annotation
        for results in decided
        for result in results
        if result.annotation and result.annotation not in still
    )


def _gold_id(document: str, unit: str, content: str, taken: set[str]) -> str:
    """The id of a record of gold, the same wherever the unit is decided so; another where it is in use."""
    found = derived_id(document, "gold", unit, content)
    if found in taken:
        found = new_id()
    taken.add(found)
    return found


def _says(span: Annotation) -> str:
    return content_key(span.label, span.fragments, span.attributes)
