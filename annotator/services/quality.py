"""How near annotators' work comes to gold, read from the decisions of a project as a Job.

Only what was decided and still holds counts: a unit that is open, put off, stale or contested between
reviewers is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from annotator.adjudication.quality import SCOPES, Judged, Marked, Quality, consistency, nearness
from annotator.adjudication.units import Unit
from annotator.agreement.bootstrap import RESAMPLES, SEED
from annotator.agreement.span_f1 import Marks, marks
from annotator.model import Annotation, Assignment
from annotator.progress import Job, Progress
from annotator.services.agreement import week_finished
from annotator.services.reviewing import Review, review
from annotator.store import Store


def quality(
    store: Store, *, people: Sequence[str] = (), resamples: int = RESAMPLES, seed: int = SEED
) -> Job[tuple[Quality, ...]]:
    """The quality of these annotators (ids), or of all of whose work something was decided."""
    yield Progress(0, 0)
    work = _Work()
    documents = store.documents()
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        assignments = store.assignments(document.id)
        if any(row.state == "done" for row in assignments):
            work.add(store, review(store, document.id), assignments)
    found = []
    for annotator in sorted(work.judged):
        if people and annotator not in people:
            continue
        judged = work.judged[annotator]
        scopes = {}
        for scope in SCOPES:
            scopes[scope] = yield from nearness(judged, scope, resamples=resamples, seed=seed)
        seconds = sum(
            store.work_on(document, annotator).seconds for document in {each.document for each in judged}
        )
        speed = len(judged) * 3600 / seconds if seconds else None
        found.append(Quality(annotator, scopes, speed, consistency(work.copies(annotator))))
    return tuple(found)


class _Work:
    """Adds up documents: what was decided of each annotator, and what each marked in which text."""

    def __init__(self) -> None:
        self.judged: dict[str, list[Judged]] = defaultdict(list)
        self._marked: dict[str, dict[str, list[Marks]]] = defaultdict(lambda: defaultdict(list))

    def add(self, store: Store, of: Review, assignments: Sequence[Assignment]) -> None:
        """Add a document that was read for review, with all its assignments."""
        weeks = {
            who: week_finished(store, [row for row in assignments if row.annotator == who])
            for who in of.people
        }
        for unit in of.units:
            for who, judged in _judged(of, unit, weeks):
                self.judged[who].append(judged)
        for who, spans in _own(of.units, of.people).items():
            self._marked[who][of.text_sha256].append(marks(spans))

    def copies(self, annotator: str) -> list[list[Marks]]:
        """What an annotator marked in each document of the same text, for each text."""
        return list(self._marked[annotator].values())


def _judged(of: Review, unit: Unit, weeks: dict[str, str]) -> Iterable[tuple[str, Judged]]:
    standing = of.standing(unit.key)
    decision = standing.decision
    if decision is None or not standing.is_settled:
        return
    gold = tuple(Marked(result.label, result.fragments) for result in decision.results)
    own = {each.annotator: Marked(each.span.label, each.span.fragments) for each in unit.candidates}
    for who, verdict in decision.verdicts.items():
        if who in weeks and (who in own or who in unit.absent):
            yield (
                who,
                Judged(
                    of.document.id, weeks[who], own.get(who), gold, verdict, is_contested=unit.type != "agree"
                ),
            )


def _own(units: Iterable[Unit], people: Iterable[str]) -> dict[str, list[Annotation]]:
    """All spans of each annotator; the units hold each of them once."""
    found: dict[str, list[Annotation]] = {who: [] for who in people}
    for unit in units:
        for each in unit.candidates:
            found[each.annotator].append(each.span)
    return found
