"""Units that two reviewers decided on computers that did not know of each other: both are kept and listed.

The review screen shows the same units as contested; deciding there settles them as choosing here does.
"""

from collections.abc import Iterator
from dataclasses import replace

from annotator.adjudication.decisions import NO_OUTCOME, SECOND, heads, is_automatic, says
from annotator.conflicts import Choice, Conflict, Outcome, settled
from annotator.desk import type_name
from annotator.merging import heads as heads_of
from annotator.model import Annotation, Annotator, Decision, Document, Relation, Result, derived_id
from annotator.schema import LabelSchema
from annotator.store import Store

_SHOWN = 40


def disputed(store: Store) -> Iterator[Conflict]:
    """The units of the project that are decided differently; only merges and a hub make them."""
    if not store.merges() and store.hub_link() is None:
        return
    for document in store.documents():
        by_unit: dict[str, list[Decision]] = {}
        for each in heads(store.decisions(document.id)):
            if each.unit and each.outcome not in NO_OUTCOME and SECOND not in each.flags:
                by_unit.setdefault(each.unit, []).append(each)
        for unit, found in sorted(by_unit.items()):
            counted = [each for each in found if not is_automatic(each)] or found
            if len({says(each) for each in counted}) > 1:
                yield _conflict(store, document, unit, found, counted)


def _conflict(
    store: Store, document: Document, unit: str, found: list[Decision], counted: list[Decision]
) -> Conflict:
    ids = sorted(each.id for each in found)
    gold = store.records(Annotation, sorted({result.annotation for each in found for result in each.results}))
    choices = tuple(
        Choice(str(number), f"keep {_told(store, each)}", _outcomes(store, each, found, ids))
        for number, each in enumerate(counted, 1)
    )
    words = next((span.quote.exact for span in gold.values()), "")
    about = f"“{_short(words)}”" if words else "A unit of review"
    return Conflict(
        derived_id("conflict", "decisions", unit, *ids)[:12],
        "decisions",
        document.id,
        document.title,
        f"{about} was decided differently by {_people(store, counted)}.",
        choices,
    )


def _outcomes(store: Store, kept: Decision, found: list[Decision], ids: list[str]) -> tuple[Outcome, ...]:
    """The decision that is kept, said once more in place of all; what only the others put into gold goes."""
    restated = replace(kept, id=derived_id(*ids, "kept", kept.id), supersedes=tuple(ids))
    stays = {result.annotation for result in kept.results}
    gone = sorted({result.annotation for each in found for result in each.results} - stays)
    spans = list(store.records(Annotation, gone).values())
    own = {link.id: link for link in store.relations_at_any([span.id for span in spans])}
    own |= store.records(Relation, gone)
    entries = store.entries_of([*own, *(span.id for span in spans)])
    removed: list[Annotation | Relation] = [*own.values(), *spans]
    return (
        Outcome(None, restated),
        *(Outcome(record, None, settled(heads_of(entries[record.id]))) for record in removed),
    )


def _told(store: Store, decision: Decision) -> str:
    who = store.record(Annotator, decision.decided_by)
    name = decision.decided_by if who is None else who.name
    text = store.text_content(decision.text_sha256) or ""
    results = [_result(store.schema(), text, result) for result in decision.results]
    return f"what {name} decided: {'; '.join(results) or decision.outcome.replace('_', ' ')}"


def _result(schema: LabelSchema, text: str, result: Result) -> str:
    """What gold got: its label and words, of a link its type, and its values."""
    words = _short(" … ".join(text[start:end] for start, end in result.fragments))
    values = [
        ", ".join(value) if isinstance(value, tuple) else str(value) for value in result.attributes.values()
    ]
    parts = (
        type_name(schema, result.label),
        f"“{words}”" if words else "",
        f"({', '.join(values)})" if values else "",
    )
    return " ".join(part for part in parts if part)


def _people(store: Store, decisions: list[Decision]) -> str:
    names = []
    for each in decisions:
        who = store.record(Annotator, each.decided_by)
        names.append(each.decided_by if who is None else who.name)
    return " and ".join(dict.fromkeys(names))


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
