"""Work of annotators that came in from files and that nobody has called finished: finding it, finishing it.

Files of other programs say what somebody marked, not that they were done; and only finished work is compared,
reviewed and decided by rule. Where somebody has marked in this project too, they say themselves when they are
done, so such documents are left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import Assignment, WorkState, annotator_set_id, assignment_id
from annotator.progress import Job, Progress
from annotator.services.versions import check_lead
from annotator.store import Store
from annotator.wording import counted

WHAT = "assignments"
_LEFT: frozenset[WorkState] = frozenset(("todo", "in_progress"))


@dataclass(frozen=True, slots=True)
class ImportedWork:
    """What files brought of an annotator (an id): documents (ids) that are not finished, and their spans."""

    annotator: str
    name: str
    documents: tuple[str, ...]
    spans: int


def imported_work(store: Store) -> Job[tuple[ImportedWork, ...]]:
    """The work that can be called finished, by the annotators' names."""
    names = {person.id: person.name for person in store.annotators()}
    owners = {annotator_set_id(person): person for person in names}
    states = {(given.document, given.annotator): given.state for given in store.all_assignments()}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    documents = store.documents()
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        spans: dict[str, int] = defaultdict(int)
        own: set[str] = set()  # who has marked something here themselves
        for span in store.annotations(document.id):
            who = owners.get(span.set)
            if who is not None and span.origin == "import":
                spans[who] += 1
            elif who is not None:
                own.add(who)
        for who, count in spans.items():
            if who not in own and states.get((document.id, who), "todo") in _LEFT:
                found[who][document.id] = count
    return tuple(
        ImportedWork(who, names[who], tuple(found[who]), sum(found[who].values()))
        for who in sorted(found, key=lambda who: (names[who].casefold(), who))
    )


def finish_imported(store: Store, *, lead: str, work: Sequence[ImportedWork]) -> Change:
    """Call this work finished, as one Change; what was said of it before comes back when that is undone.

    Raises InvalidEdit if who does it does not lead the project, or if there is nothing to finish.
    """
    check_lead(store, lead, WHAT)
    present = {(given.document, given.annotator): given for given in store.all_assignments()}
    before: list[Assignment] = []
    after: list[Assignment] = []
    for each in work:
        for document in each.documents:
            given = present.get((document, each.annotator))
            if given is None:
                made = assignment_id(each.annotator, document)
                after.append(Assignment(made, document, each.annotator, "done"))
            elif given.state in _LEFT:
                before.append(given)
                after.append(replace(given, state="done", message=""))
    if not after:
        raise InvalidEdit("There is no imported work to finish.")
    documents = len({given.document for given in after})
    title = f"Finish imported work in {counted(documents, 'document')}"
    change = make_change(title, annotator=lead, before=before, after=after)
    store.apply(change)
    return change
