"""What review says of itself: how far two reviewers agree, and where the guidelines have gaps."""

from dataclasses import dataclass

from annotator.adjudication.decisions import GAP, NO_OUTCOME, SECOND, heads, is_automatic, says
from annotator.adjudication.told import BESIDE
from annotator.model import Annotation, Decision, Relation
from annotator.progress import Job, Progress
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class ReviewerAgreement:
    """Of `units` that two reviewers decided without seeing each other's, how many `alike`."""

    units: int = 0
    alike: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1, None if there is nothing to compare."""
        return self.alike / self.units if self.units else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a reviewer says that the guidelines do not decide: what stands there, and the comment."""

    document: str
    title: str
    decision: str
    start: int
    end: int
    words: str
    rule_id: str
    comment: str
    when: str


def reviewer_agreement(store: Store) -> ReviewerAgreement:
    """Compare second reviewers' decisions with those that others had made of the same units."""
    units = alike = 0
    for document in store.documents():
        by_unit: dict[str, list[Decision]] = {}
        for each in store.decisions(document.id):
            if each.unit and each.outcome not in NO_OUTCOME and not is_automatic(each):
                by_unit.setdefault(each.unit, []).append(each)
        for decisions in by_unit.values():
            for second in (each for each in decisions if SECOND in each.flags):
                first = _independent(second, decisions)
                if first is not None:
                    units += 1
                    alike += says(first) == says(second)
    return ReviewerAgreement(units, alike)


def _independent(second: Decision, decisions: list[Decision]) -> Decision | None:
    """The last decision of somebody else that was not made in view of the second one, nor of what was."""
    in_view, before = {second.id}, 0
    while len(in_view) > before:
        before = len(in_view)
        in_view |= {each.id for each in decisions if in_view & set(each.supersedes)}
    found = [
        each
        for each in decisions
        if SECOND not in each.flags and each.decided_by != second.decided_by and each.id not in in_view
    ]
    return max(found, key=lambda each: each.decided, default=None)


def guideline_gaps(store: Store) -> Job[tuple[Gap, ...]]:
    """The gaps that reviewers have found and that still stand, by document in order of the text."""
    found = []
    documents = store.documents()
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        gaps = [
            each
            for each in heads(store.decisions(document.id))
            if GAP in each.flags and each.outcome not in BESIDE
        ]
        if not gaps:
            continue
        text = store.text(document.text_version)
        for each in gaps:
            start, end = _place(store, each)
            found.append(
                Gap(
                    document.id,
                    document.title,
                    each.id,
                    start,
                    end,
                    text[start:end],
                    each.rule_id,
                    each.comment,
                    each.decided,
                )
            )
    return tuple(sorted(found, key=lambda gap: (gap.title, gap.document, gap.start, gap.decision)))


def _place(store: Store, decision: Decision) -> tuple[int, int]:
    """Where the spans stand that were decided about, of links those that they begin at.

    What gold got, if none of them is there any more.
    """
    votes = sorted(vote.annotation for vote in decision.candidates)
    begins = [link.source for link in store.records(Relation, votes).values()]
    begins += [result.source for result in decision.results if result.source]
    spans = store.records(Annotation, sorted({*votes, *begins})).values()
    pieces = [piece for span in spans for piece in span.fragments]
    pieces = pieces or [piece for result in decision.results for piece in result.fragments]
    return min((piece.start for piece in pieces), default=0), max((piece.end for piece in pieces), default=0)
