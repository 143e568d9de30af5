"""Units as items with soft labels: what each annotator said, the share of each label, and what was decided.

The keys are those of the Le-Wi-Di shared task of 2025, which knows items and not spans, so a unit is an item;
"∅" stands for who has finished the document and marked nothing there. Annotators are Ann1, Ann2 and so on in
the whole project unless their names are asked for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from annotator.adjudication.units import Unit
from annotator.model import Fragment, JsonValue
from annotator.progress import run
from annotator.services.likely import Likely, likelihoods
from annotator.services.reviewing import Review, review
from annotator.store import Store

ABSENT = "∅"


def soft_units(store: Store, *, with_names: bool = False) -> Iterator[dict[str, JsonValue]]:
    """A row for each unit of spans, documents in order of import, units in order of the text."""
    people = sorted(store.annotators(), key=lambda each: each.id)
    names = {each.id: each.name if with_names else f"Ann{at}" for at, each in enumerate(people, 1)}
    likely = run(likelihoods(store))
    for document in store.documents():
        of = review(store, document.id)
        for unit in of.units:
            yield _row(of, unit, names, likely.get((document.id, unit.key)))


def _row(of: Review, unit: Unit, names: Mapping[str, str], likely: Likely | None) -> dict[str, JsonValue]:
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
