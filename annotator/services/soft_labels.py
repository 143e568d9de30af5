"""What each annotator said, for learning from disagreement: raw spans, units with soft labels, and tokens.

The keys of units are those of the Le-Wi-Di shared task of 2025, which knows items and not spans, so a unit is
an item; "∅" stands for who has finished the document and marked nothing there. Only finished work counts.
Annotators are Ann1, Ann2 and so on in the whole project unless their names are asked for. Every row of a kind
has the same keys of the same types, or those that differ by label and annotator, as Le-Wi-Di has them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from annotator.adjudication.units import Candidate, Unit
from annotator.agreement.span_f1 import finished
from annotator.flags import without_flag
from annotator.model import Attributes, Fragment, JsonValue
from annotator.progress import run
from annotator.services.likely import Likely, likelihoods
from annotator.services.reviewing import Review, review
from annotator.shown_names import shown_people
from annotator.store import Store
from annotator.text import words

ABSENT = "∅"
Row: TypeAlias = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class SoftRows:
    """The rows of one document: a span of an annotator, a unit, the tokens of a layer.

    `finished` are the annotators, as they are shown, who have finished it.
    """

    annotations: tuple[Row, ...]
    units: tuple[Row, ...]
    tokens: tuple[Row, ...]
    finished: tuple[str, ...]


def soft_labels(store: Store, *, with_names: bool = False, with_tokens: bool = False) -> Iterator[SoftRows]:
    """The rows of each document in order of import; in it spans and units are in order of the text."""
    people = shown_people(store.annotators(), store.project_id, with_names=with_names)
    names = {who: person.name for who, person in people.items()}
    layers = [layer.id for layer in store.schema().layers]
    likely = run(likelihoods(store))
    for document in store.documents():
        of = review(store, document.id)
        spans = sorted(
            ((unit.layer, each) for unit in of.units for each in unit.candidates),
            key=lambda pair: (pair[1].span.start, pair[1].span.end, pair[1].span.id),
        )
        done = {layer: finished(store.assignments(document.id), layer) for layer in layers}
        token_rows = (
            _tokens(
                of,
                layer,
                [each for its, each in spans if its == layer],
                [names[who] for who in done[layer]],
                names,
            )
            for layer in layers
            if done[layer]
        )
        yield SoftRows(
            tuple(_annotation(of, layer, each, names) for layer, each in spans),
            tuple(_row(of, unit, names, likely.get((of.document.id, unit.key))) for unit in of.units),
            tuple(token_rows) if with_tokens else (),
            tuple(sorted(names[who] for who in of.people)),
        )


def soft_units(store: Store, *, with_names: bool = False) -> Iterator[Row]:
    """The rows of all units."""
    for rows in soft_labels(store, with_names=with_names):
        yield from rows.units


def _annotation(of: Review, layer: str, candidate: Candidate, names: Mapping[str, str]) -> Row:
    span = candidate.span
    return {
        "id": span.id,
        "document": of.document.id,
        "annotator": names[candidate.annotator],
        "layer": layer,
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "fragments": [[start, end] for start, end in span.fragments],
        "text": span.quote.exact,
        "attributes": _values(without_flag(span.attributes)),
        "certainty": span.certainty,
        "origin": span.origin,
    }


def _values(attributes: Attributes) -> list[JsonValue]:
    """Attributes as a list of names with texts, the same columns whatever attributes a schema has."""
    found: list[JsonValue] = []
    for name in sorted(attributes):
        value = attributes[name]
        texts: list[JsonValue] = [*value] if isinstance(value, tuple) else [str(value)]
        found.append({"name": name, "values": texts})
    return found


def _tokens(
    of: Review, layer: str, spans: list[Candidate], people: list[str], names: Mapping[str, str]
) -> Row:
    """The tokens of a document with the share of annotators for each set of labels that one has there."""
    tokens = words(of.text)
    starts: list[JsonValue] = [start for start, _ in tokens]
    ends: list[JsonValue] = [end for _, end in tokens]
    said = [{who: set[str]() for who in people} for _ in tokens]
    at = 0
    for each in spans:  # in order of start
        while at < len(tokens) and tokens[at][1] <= each.span.start:
            at += 1
        for place in range(at, len(tokens)):
            start, end = tokens[place]
            if start >= each.span.end:
                break
            if any(start < piece.end and piece.start < end for piece in each.span.fragments):
                said[place][names[each.annotator]].add(each.span.label)
    return {
        "document": of.document.id,
        "layer": layer,
        "annotators": [*sorted(people)],
        "tokens": [of.text[start:end] for start, end in tokens],
        "starts": starts,
        "ends": ends,
        "soft_labels": [_shares(each.values(), len(people)) for each in said],
    }


def _shares(said: Iterable[set[str]], total: int) -> list[JsonValue]:
    votes = Counter(tuple(sorted(labels)) for labels in said)
    return [{"labels": [*labels], "share": round(votes[labels] / total, 4)} for labels in sorted(votes)]


def _row(of: Review, unit: Unit, names: Mapping[str, str], likely: Likely | None) -> Row:
    said = {names[who]: ABSENT for who in unit.absent}
    said |= {names[each.annotator]: each.span.label for each in unit.candidates}
    total = len(said)
    decision = of.standing(unit.key).decision
    language = of.document.metadata.get("language", "")
    return {
        "id": unit.key,
        "document": of.document.id,
        "annotation task": f"spans of the layer {unit.layer}",
        "text": of.text[unit.start : unit.end],
        "start": unit.start,
        "end": unit.end,
        "number of annotators": total,
        "annotators": ",".join(sorted(said)),
        "number of annotations": total,
        "annotations": dict(sorted(said.items())),
        "soft_label": {
            label: round(count / total, 4) for label, count in sorted(Counter(said.values()).items())
        },
        "split": "",
        "lang": language if isinstance(language, str) else "",
        "other_info": {"title": of.document.title, "flags": list(unit.flags)},
        "span_votes": _span_votes(unit, names),
        "gold": None
        if decision is None
        else [
            {"fragments": [[start, end] for start, end in result.fragments], "label": result.label}
            for result in decision.results
        ],
        "dawid_skene": None
        if likely is None
        else {label or ABSENT: round(share, 4) for label, share in likely.shares},
        "type": unit.type,
        "outcome": "" if decision is None else decision.outcome,
        "reason_code": "" if decision is None else decision.reason,
        "decision": "" if decision is None else decision.id,
    }


def _span_votes(unit: Unit, names: Mapping[str, str]) -> list[JsonValue]:
    """Each extent and label that somebody has, and who."""
    votes: dict[tuple[tuple[Fragment, ...], str], list[str]] = {}
    for each in unit.candidates:
        votes.setdefault((each.span.fragments, each.span.label), []).append(names[each.annotator])
    found: list[JsonValue] = []
    for (fragments, label), people in votes.items():
        who: list[JsonValue] = [*sorted(people)]
        found.append(
            {
                "fragments": [[start, end] for start, end in fragments],
                "label": label,
                "annotators": who,
            }
        )
    return found
