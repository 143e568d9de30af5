"""The coverage of cases in a project, for each set of annotations in which a case has spans."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.coverage import STATUSES, Statement, coverage
from annotator.model import Annotation, CourtCase, Document
from annotator.progress import Job, Progress
from annotator.services import cases
from annotator.services.cases import CaseView
from annotator.store import Store

COLUMNS = (
    *("case", "annotator", "side", "document", "label", "words", "mentions", "status", "verdicts"),
    *("linked_to", "linked_words", "start", "end"),
)


@dataclass(frozen=True, slots=True)
class CaseCoverage:
    """The statements of a case as one annotator, or gold, has them; `owner` is their name."""

    case: CourtCase
    owner: str
    statements: tuple[Statement, ...]
    documents: Mapping[str, Document]
    spans: Mapping[str, Annotation]

    def counts(self) -> dict[str, int]:
        """How many statements have each status that one of them has."""
        found = Counter(statement.status for statement in self.statements)
        return {status: found[status] for status in STATUSES if found[status]}


def case_coverage(store: Store, view: CaseView, set_id: str, *, owner: str = "") -> CaseCoverage:
    """The coverage of one case in one set."""
    spans = {span.id: span for each in view.documents for span in store.annotations(each.id, set_id)}
    links = [link for each in view.documents for link in store.relations(each.id, set_id)]
    found = coverage(
        store.schema(), spans.values(), links, articles=[document.id for document in view.articles]
    )
    return CaseCoverage(view.case, owner, found, {each.id: each for each in view.documents}, spans)


def project_coverage(
    store: Store, *, case: str = "", sets: Iterable[str] = ()
) -> Job[tuple[CaseCoverage, ...]]:
    """The coverage of all cases, or of one (an id), in all sets or in some (ids), where they have any."""
    views = [view for view in cases.views(store) if case in ("", view.case.id)]
    people = {person.id: person.name for person in store.annotators()}
    wanted = set(sets)
    chosen = [each for each in store.sets() if each.kind != "review" and (not wanted or each.id in wanted)]
    found = []
    for number, view in enumerate(views):
        yield Progress(number, len(views), view.case.name)
        for each in chosen:
            owner = people.get(each.owner or "", each.kind)
            covered = case_coverage(store, view, each.id, owner=owner)
            if covered.statements:
                found.append(covered)
    return tuple(found)


def table(covered: CaseCoverage) -> list[dict[str, object]]:
    """The statements as rows of `COLUMNS`, as CSV and JSON have them."""
    return [_row(covered, statement) for statement in covered.statements]


def _row(covered: CaseCoverage, statement: Statement) -> dict[str, object]:
    first = statement.first
    others = [covered.spans[each] for each in statement.others]
    return {
        "case": covered.case.docket_number or covered.case.caption,
        "annotator": covered.owner,
        "side": statement.side,
        "document": covered.documents[first.document].title,
        "label": first.label,
        "words": first.quote.exact,
        "mentions": len(statement.mentions),
        "status": statement.status,
        "verdicts": list(statement.verdicts),
        "linked_to": list(dict.fromkeys(covered.documents[each.document].title for each in others)),
        "linked_words": [each.quote.exact for each in others],
        "start": first.start,
        "end": first.end,
    }
