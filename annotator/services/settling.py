"""Finding what merges have left in question, and settling it by a Change that travels.

Nothing is settled by itself: of two versions one stands until somebody chooses, and what waits for a removed
record is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.change import HistoryEntry
from annotator.conflicts import Choice, Conflict, Outcome, settled
from annotator.errors import InvalidEdit
from annotator.flags import without_flag
from annotator.merging import Entry, Travelled, content, disagree, heads, references, standing
from annotator.model import (
    Annotation,
    Annotator,
    Assignment,
    CourtCase,
    Document,
    DocumentLabel,
    Fragment,
    GuidelineVersion,
    Record,
    Relation,
    SchemaVersion,
    derived_id,
    new_id,
    now,
    quote,
)
from annotator.record_json import kind_of, record_type
from annotator.schema_toml import read_schema
from annotator.schema_uses import orphans
from annotator.services.disputed_decisions import disputed
from annotator.store import Store
from annotator.text import reanchor

_SHOWN = 40
_NAMES = {
    "annotation": "span",
    "relation": "link",
    "document_label": "value of the document",
    "court_case": "case",
    "case_document": "document of a case",
    "assignment": "state of the work",
    "work_interval": "time spent",
    "text_version": "text",
    "annotation_set": "set of annotations",
    "schema_version": "label schema",
    "guideline_version": "version of the guidelines",
    "export_recipe": "export recipe",
    "rejection": "rejected suggestion",
}


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """Everything in question now, in an order that is the same everywhere."""
    kinds = store.contested()
    found = {key: heads(some) for key, some in sorted(store.entries_of(sorted(kinds)).items())}
    listed = [
        *_versions(store, found),
        *_waiting(store, kinds, found),
        *_spans(store, kinds),
        *_numbered(store),
        *disputed(store),
    ]
    return tuple(sorted(listed, key=lambda each: (each.title, each.sentence, each.id)))


def settle(store: Store, *, annotator: str, conflict: str, choice: str) -> Travelled:
    """Settle a conflict by one of its choices (a key); the Change is in the history and travels.

    Raises InvalidEdit if there is no such conflict (any more) or choice, if somebody settles the work of
    others who neither leads nor reviews, or if spans would be left without a label.
    """
    found = next((each for each in conflicts(store) if each.id == conflict), None)
    if found is None:
        raise InvalidEdit("This conflict is settled already; look at the list again.")
    chosen = next((each for each in found.choices if each.key == choice), None)
    if chosen is None:
        keys = ", ".join(each.key for each in found.choices)
        raise InvalidEdit(f"There is no choice {choice} for this conflict; there are {keys}.")
    person = store.record(Annotator, annotator)
    if person is None or person.role == "annotator":
        raise InvalidEdit("Conflicts are settled by who leads or reviews.")
    _refuse_orphans(store, chosen)
    change_id = new_id()
    records = tuple(_entry(change_id, outcome) for outcome in chosen.outcomes)
    entry = HistoryEntry(
        change_id=change_id,
        annotator=annotator,
        workstation=store.workstation,
        n=store.next_number(),
        time=now(),
        title=f"Settle a conflict: {chosen.words}",
        document=found.document or None,
        undoes=None,
    )
    change = Travelled(entry, records)
    store.take_in([change])
    return change


def _entry(change_id: str, outcome: Outcome) -> Entry:
    after = None if outcome.after is None else replace(outcome.after, revision=change_id)
    return Entry(change_id, outcome.before, after, outcome.settles)


def _versions(store: Store, found: Mapping[str, tuple[Entry, ...]]) -> Iterator[Conflict]:
    """Records that were changed, or changed and removed, on computers that did not know of each other."""
    for record_id, some in found.items():
        if not disagree(some):
            continue
        present = store.record(type(some[0].record), record_id)
        different = {("" if each.after is None else content(each.after)): each for each in reversed(some)}
        choices = []
        for number, each in enumerate(sorted(different.values(), key=some.index), 1):
            outcomes = [Outcome(present, each.after, settled(some))]
            if each.after is None:
                outcomes += _without_ends(store, some[0].record)
                choices.append(Choice("remove", "leave it removed", tuple(outcomes)))
            else:
                choices.append(Choice(str(number), f"keep {_told(store, each.after)}", tuple(outcomes)))
        record = standing(some) or some[0].record
        is_removed = any(each.after is None for each in some)
        ways = "removed on one computer and changed on another" if is_removed else "changed on two computers"
        sentence = f"The {_name(record)} {_quoted(store, record)} was {ways}."
        yield _conflict(store, ("versions", record_id, *settled(some)), record, sentence, choices)


def _without_ends(store: Store, record: Record) -> list[Outcome]:
    """The links that go with a span."""
    if not isinstance(record, Annotation):
        return []
    links = sorted(store.relations_at(record.id), key=lambda link: link.id)
    entries = store.entries_of([link.id for link in links])
    return [Outcome(link, None, settled(heads(entries[link.id]))) for link in links]


def _waiting(
    store: Store, kinds: Mapping[str, str], found: Mapping[str, tuple[Entry, ...]]
) -> Iterator[Conflict]:
    """Records whose document or span was removed on another computer, by what was removed."""
    groups: dict[str, list[tuple[Record, tuple[Entry, ...]]]] = {}
    for record_id, some in found.items():
        record = standing(some)
        if record is None or store.record(record_type(kinds[record_id]), record_id) is not None:
            continue
        groups.setdefault(_root(store, record, found), []).append((record, some))
    for root, waiting in groups.items():
        drop = Choice(
            "drop", "leave all of it removed", tuple(Outcome(r, None, settled(some)) for r, some in waiting)
        )
        back = _restored(store, root)
        choices = ([Choice("restore", "bring back what was removed", back)] if back else []) + [drop]
        record = waiting[0][0]
        count = f"{len(waiting)} records" if len(waiting) > 1 else "1 record"
        sentence = f"{_gone_words(store, root)} was removed on one computer; {count} of another need it."
        key = ("waiting", root, *sorted(change for _, some in waiting for change in settled(some)))
        yield _conflict(store, key, record, sentence, choices)


def _root(store: Store, record: Record, found: Mapping[str, tuple[Entry, ...]]) -> str:
    """The id of the record that is missing in the end."""
    for kind, needed in references(record):
        if store.record(record_type(kind), needed) is not None:
            continue
        other = standing(found.get(needed, ()))
        return needed if other is None else _root_of_waiting(store, other, found, record.id)
    return record.id


def _root_of_waiting(store: Store, record: Record, found: Mapping[str, tuple[Entry, ...]], seen: str) -> str:
    """As `_root`, for a record that waits itself; a document and its text need each other."""
    for kind, needed in references(record):
        if needed == seen or store.record(record_type(kind), needed) is not None:
            continue
        other = standing(found.get(needed, ()))
        if other is None:
            return needed
    return record.id


def _restored(store: Store, root: str) -> tuple[Outcome, ...]:
    """What brings a removed record back, with all that went with it and is not there again."""
    own = heads(store.entries_of([root]).get(root, ()))
    removals = [head.change for head in own if head.after is None]
    if not removals:
        return ()
    try:
        removed = store.change(removals[0]).before
    except KeyError:
        return ()
    entries = store.entries_of([record.id for record in removed])
    outcomes = []
    for record in sorted(removed, key=lambda each: each.id):
        some = heads(entries[record.id])
        if standing(some) is None:
            outcomes.append(Outcome(None, record, settled(some)))
    return tuple(outcomes)


def _spans(store: Store, kinds: Mapping[str, str]) -> Iterator[Conflict]:
    """The same span made twice, and spans in a text that their document does not have any more."""
    spans = store.records(Annotation, sorted(key for key, kind in kinds.items() if kind == "annotation"))
    documents = store.records(Document, sorted({span.document for span in spans.values()}))
    seen: set[frozenset[str]] = set()
    for span in spans.values():
        if span.text_version != documents[span.document].text_version:
            yield _of_other_text(store, span, documents[span.document])
            continue
        for other in store.annotations_at(span.document, span.set, span.start, span.end):
            pair = frozenset((span.id, other.id))
            if other.id != span.id and pair not in seen and _are_twins(span, other):
                seen.add(pair)
                yield _twins(store, *sorted((span, other), key=lambda each: derived_id(each.id, "place")))


def _are_twins(one: Annotation, other: Annotation) -> bool:
    return (one.label, one.fragments, one.text_version) == (
        other.label,
        other.fragments,
        other.text_version,
    ) and without_flag(one.attributes) == without_flag(other.attributes)


def _twins(store: Store, one: Annotation, other: Annotation) -> Conflict:
    choices = [
        Choice(key, f"keep {_told(store, kept)}", _without_twin(store, kept, gone))
        for key, kept, gone in (("1", one, other), ("2", other, one))
    ]
    sentence = f"The span {_quoted(store, one)} was made on two computers."
    return _conflict(store, ("twins", one.id, other.id), one, sentence, choices)


def _without_twin(store: Store, kept: Annotation, gone: Annotation) -> tuple[Outcome, ...]:
    """The twin goes; its links lead to the one that is kept, but for those that it has already."""
    links = sorted(store.relations_at(gone.id), key=lambda link: link.id)
    entries = store.entries_of([gone.id, *(link.id for link in links)])
    has = {(link.type, link.source, link.target) for link in store.relations_at(kept.id)}
    outcomes = [Outcome(gone, None, settled(heads(entries[gone.id])))]
    for link in links:
        source = kept.id if link.source == gone.id else link.source
        target = kept.id if link.target == gone.id else link.target
        is_new = (link.type, source, target) not in has and source != target
        moved = replace(link, source=source, target=target) if is_new else None
        outcomes.append(Outcome(link, moved, settled(heads(entries[link.id]))))
    return tuple(outcomes)


def _of_other_text(store: Store, span: Annotation, document: Document) -> Conflict:
    some = settled(heads(store.entries_of([span.id])[span.id]))
    text = store.text(document.text_version)
    old = store.text(span.text_version)
    places = [reanchor(text, quote(old, (fragment,))) for fragment in span.fragments]
    fragments = tuple(Fragment(*place) for place in places if place is not None)
    choices = []
    if len(fragments) == len(span.fragments):
        moved = replace(
            span, text_version=document.text_version, fragments=fragments, quote=quote(text, fragments)
        )
        choices.append(Choice("move", "find it in the present text", (Outcome(span, moved, some),)))
    gone = (Outcome(span, None, some), *_without_ends(store, span))
    choices.append(Choice("remove", "remove it", gone))
    sentence = f"The span {_quoted(store, span)} was made in a text that the document has no more."
    return _conflict(store, ("text", span.id, document.text_version), span, sentence, choices)


def _numbered(store: Store) -> Iterator[Conflict]:
    """Two versions of the label schema, or of the guidelines, with the same number."""
    schemas = store.versions(SchemaVersion)
    same = [each for each in schemas if each.number == schemas[0].number]
    if len({each.toml for each in same}) > 1:
        sentence = "The label schema was changed on two computers."
        yield Conflict(_id("schema", *_ids(same)), "schema", "", "", sentence, _one_of(same))
    guidelines = store.versions(GuidelineVersion)
    alike = [each for each in guidelines if each.number == guidelines[0].number]
    if len({each.markdown for each in alike}) > 1:
        sentence = "The guidelines were changed on two computers."
        yield Conflict(_id("guidelines", *_ids(alike)), "guidelines", "", "", sentence, _one_of(alike))


def _one_of(versions: Sequence[SchemaVersion | GuidelineVersion]) -> tuple[Choice, ...]:
    """Each of the versions, to be written as the next one; the first is in force now."""
    choices = []
    for number, each in enumerate(versions, 1):
        following = replace(each, id=derived_id(each.id, "chosen"), number=each.number + 1)
        words = f"the one of {each.created}" + (", which is in force now" if number == 1 else "")
        choices.append(Choice(str(number), words, (Outcome(None, following),)))
    return tuple(choices)


def _ids(versions: Sequence[SchemaVersion | GuidelineVersion]) -> list[str]:
    return [each.id for each in versions]


def _refuse_orphans(store: Store, choice: Choice) -> None:
    for outcome in choice.outcomes:
        if isinstance(outcome.after, SchemaVersion):
            lost = orphans(store.schema(), read_schema(outcome.after.toml), store.schema_use())
            if lost:
                raise InvalidEdit(f"This label schema cannot be taken. {' '.join(lost)}")


def _conflict(
    store: Store, key: tuple[str, ...], record: Record, sentence: str, choices: Sequence[Choice]
) -> Conflict:
    document = record.id if isinstance(record, Document) else getattr(record, "document", "")
    found = store.record(Document, document) if document else None
    kind = key[0]
    return Conflict(
        _id(*key),
        kind,  # type: ignore[arg-type]
        "" if found is None else found.id,
        "" if found is None else found.title,
        sentence,
        tuple(choices),
    )


def _id(*parts: str) -> str:
    return derived_id("conflict", *parts)[:12]


def _gone_words(store: Store, root: str) -> str:
    entries = store.entries_of([root]).get(root, ())
    if not entries:
        return "Something that the package did not bring"
    record = entries[-1].record
    return f"The {_name(record)} {_quoted(store, record)}"


def _name(record: Record) -> str:
    return _NAMES.get(kind_of(record), kind_of(record))


def _quoted(store: Store, record: Record) -> str:
    """A record in a few words."""
    match record:
        case Annotation():
            return f"“{_short(record.quote.exact)}”"
        case Document():
            return f"“{_short(record.title)}”"
        case Relation():
            return record.type
        case DocumentLabel():
            return record.name
        case Assignment():
            person = store.record(Annotator, record.annotator)
            return "" if person is None else f"of {person.name}"
        case Annotator() | CourtCase():
            return record.name
    return ""


def _told(store: Store, record: Record) -> str:
    """What tells one version of a record from another."""
    match record:
        case Annotation():
            label = store.schema().label(record.label)
            name = record.label if label is None else label.name
            values = [f"{key}: {value}" for key, value in record.attributes.items()]
            facts = [name, f"“{_short(record.quote.exact)}”", *values, record.note, record.certainty]
            return ", ".join(fact for fact in facts if fact and fact != "sure")
        case DocumentLabel():
            return str(record.value)
        case Assignment():
            return f"{record.state.replace('_', ' ')}{': ' if record.message else ''}{record.message}"
        case Document():
            return f"“{_short(record.title)}”, {record.kind}"
        case CourtCase():
            return ", ".join(fact for fact in (record.caption, record.docket_number, record.court) if fact)
    return f"the version of {record.revision[:8]}"


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
