"""The verbs of a project's guidelines: saving a new version, and the spans to look at again after one."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator import guidelines
from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Decision, Document, GuidelineVersion, new_id, now
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.services.versions import check_lead
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Again:
    """A span to look at again: whose it is, where it stands, and why, such as ("R2", "Claim")."""

    annotation: Annotation
    title: str
    owner: str
    reasons: tuple[str, ...]


def save(store: Store, *, annotator: str, before: str, after: str) -> Change:
    """Write changed guidelines as a new version; `before` is the text that was edited.

    Raises InvalidEdit if the annotator does not lead the project, if the guidelines are others by now, if
    nothing is changed, if they are empty, or if two rules have one number.
    """
    check_lead(store, annotator, "guidelines")
    if store.guidelines() != before:
        raise InvalidEdit("The guidelines have been changed meanwhile; close this and change them anew.")
    text = guidelines.checked(after)
    if text.strip() == before.strip():
        raise InvalidEdit("Nothing in the guidelines is changed.")
    version = GuidelineVersion(new_id(), store.guideline_number() + 1, text, now())
    changed = [change.key for change in guidelines.changes(before, text)]
    title = (
        f"Change {', '.join(changed)} of the guidelines" if 0 < len(changed) < 4 else "Change the guidelines"
    )
    change = make_change(title, annotator=annotator, after=(version,))
    store.apply(change)
    return change


def look_again(store: Store, *, before: str, after: str) -> Job[tuple[Again, ...]]:
    """The spans of all annotators that a change of the guidelines concerns, by document and place.

    Those are spans whose note, or a decision about them, cites a changed rule, and spans of a label whose
    page changed or cites a changed rule.
    """
    changed = guidelines.changes(before, after)
    rules = frozenset(change.key for change in changed if change.kind == "rule")
    schema = store.schema()
    labels = _labels(schema, before, after, rules, {c.key for c in changed if c.kind == "page"})
    names = {person.id: person.name for person in store.annotators()}
    owners = {row.id: names.get(row.owner or "", row.kind) for row in store.sets()}
    documents = store.documents() if changed else ()
    found: list[Again] = []
    for number, document in enumerate(documents):
        yield Progress(number, len(documents), document.title)
        found += _in_document(store, document, rules, labels, owners)
    return tuple(found)


def _labels(
    schema: LabelSchema, before: str, after: str, rules: frozenset[str], pages: set[str]
) -> dict[str, tuple[str, ...]]:
    """Why the spans of each label concern the change, by label id; merged labels with what they became."""
    reasons: dict[str, tuple[str, ...]] = {}
    for label in schema.labels():
        old = guidelines.page_of(before, schema, label.id)
        new = guidelines.page_of(after, schema, label.id)
        cited: set[str] = set()
        is_changed = False
        for page in (old, new):
            if page is not None:
                cited |= guidelines.rules_cited(page.text) & rules
                is_changed = is_changed or page.key in pages
        shown = schema.label(label.id) or label
        why = (*((shown.name,) if is_changed else ()), *sorted(cited))
        if why:
            reasons[label.id] = why
    return reasons


def _in_document(
    store: Store,
    document: Document,
    rules: frozenset[str],
    labels: dict[str, tuple[str, ...]],
    owners: dict[str, str],
) -> Iterator[Again]:
    decided: dict[str, frozenset[str]] = {}
    for decision in store.decisions(document.id) if rules else ():
        if decision.annotation is not None:
            decided[decision.annotation] = decided.get(decision.annotation, frozenset()) | _cited(decision)
    for span in store.annotations(document.id):
        cited = (guidelines.rules_cited(span.note) | decided.get(span.id, frozenset())) & rules
        why = tuple(dict.fromkeys((*labels.get(span.label, ()), *sorted(cited))))
        if why:
            yield Again(span, document.title, owners.get(span.set, ""), why)


def _cited(decision: Decision) -> frozenset[str]:
    return guidelines.rules_cited(f"{decision.rule_id} {decision.reason} {decision.comment}")
