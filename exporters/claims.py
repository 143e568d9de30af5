"""Claims with the passages that they rest on, as JSON Lines in the layout of fact-checking sets.

One claim of an article a line, with its evidence in other documents and a verdict, as FEVER and SciFact have
them. See docs/formats/claims.md and claims.schema.json beside this module. Only claims and
the spans that they are linked to are held in memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import orjson

from annotator.cites import cites_of
from annotator.model import Annotation, Relation
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Loss, Losses

Row: TypeAlias = dict[str, object]

RESTATES = "restates"
_WHY = "only claims, decisions and the passages that they are linked to are written"
_FULL = frozenset({"accurate", "understates"})


@dataclass(frozen=True, slots=True)
class ClaimsExporter:
    """JSON Lines: a claim with its evidence a line."""

    unlinked: bool = True
    name: str = "claims"
    suffix: str = ".jsonl"
    summary: str = "Claims with evidence and verdict, in the layout of fact-checking sets such as FEVER"

    @property
    def holds(self) -> Holds:
        return Holds(document_labels=False)

    @property
    def options(self) -> tuple[Option, ...]:
        return (Option("unlinked", True, "Write claims without evidence too, as NOT ENOUGH INFO"),)

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Claims and decisions with their links into other documents, and what they restate."""
        held = fitted(document, self.holds)
        wanted, kinds = _ends(snapshot.schema), _across(snapshot.schema)
        spans = tuple(span for span in held.document.annotations if span.label in wanted)
        links = tuple(link for link in held.document.relations if link.type in {*kinds, RESTATES})
        lost = [
            *(
                Loss("no_place", span.document, span.id, _WHY)
                for span in held.document.annotations
                if span.label not in wanted
            ),
            *(
                Loss("relation", link.document, link.id, "it is left out")
                for link in held.document.relations
                if link.type not in {*kinds, RESTATES}
            ),
        ]
        kept = replace(held.document, annotations=spans, relations=links)
        return Fitted(kept, (*held.losses, *lost))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the claims to `target`; documents are read twice, since evidence may stand in any of them."""
        total = snapshot.document_count
        yield Progress(0, total)
        losses = Losses()
        known = _Known(snapshot)
        documents = claims = relations = 0
        with written_aside(target) as file:
            for whole in snapshot.documents():
                fit = self.fit(whole, snapshot)
                losses.add(fit.losses)
                known.note_links(fit.document)
            for whole in snapshot.documents():
                known.note_spans(self.fit(whole, snapshot).document)
                documents += 1
                yield Progress(documents, total, whole.document.title)
            for row in known.rows():
                evidence = row["evidence"]
                if not self.unlinked and not evidence:
                    continue
                file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
                claims += 1
                relations += len(evidence) if isinstance(evidence, list) else 0
        return ExportReport(target, documents, claims, relations, losses)


@dataclass(slots=True)
class _Known:
    """What is gathered of a snapshot: claims in order, their links, and the spans that these lead to."""

    snapshot: Snapshot
    claims: dict[str, Row] = field(default_factory=dict)
    links: dict[str, list[Relation]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Row] = field(default_factory=dict)
    _targets: set[str] = field(default_factory=set)

    def note_links(self, of: DocumentSnapshot) -> None:
        for link in sorted(of.relations, key=lambda each: each.id):
            if link.type == RESTATES:
                self.first[link.source] = link.target
            elif self.snapshot.document_of(link.target) != of.document.id:
                self.links.setdefault(link.source, []).append(link)
                self._targets.add(link.target)

    def note_spans(self, of: DocumentSnapshot) -> None:
        sources = {label for kind in self.snapshot.schema.relations if kind.across for label in kind.sources}
        cites = cites_of(of.document, of.pages) if of.pages else None
        for span in of.annotations:
            place: Row = {
                "document": of.document.id,
                "title": of.document.title,
                "source": of.document.source_name,
                "start": span.start,
                "end": span.end,
                "fragments": [list(piece) for piece in span.fragments],
                "label": span.label,
                "origin": span.origin,
            }
            if span.id in self._targets:
                cite = cites.cite(span.start, span.end) if cites else None
                page = cites.page(span.start) if cites else None
                self.evidence[span.id] = {"passage": self._words(span), **place, "cite": cite, "page": page}
            if of.document.kind == "article" and span.label in sources:
                self.claims[span.id] = self._claim(of, span, place)

    def _claim(self, of: DocumentSnapshot, span: Annotation, place: Row) -> Row:
        owner = self.snapshot.sets[span.set]
        is_gold = owner.kind == "gold"
        return {
            "id": span.id,
            "claim": self._words(span),
            **place,
            "date": _date(of),
            "case": of.document.case,
            "annotator": None if is_gold else self.snapshot.owner_name(span.set),
            "gold": is_gold,
            "record": str(span.attributes.get("record", "not_searched")),
            "certainty": span.certainty,
            "note": span.note,
        }

    def _words(self, span: Annotation) -> str | None:
        return span.quote.exact if self.snapshot.with_text else None

    def rows(self) -> Iterator[Row]:
        """The claims in order of documents and text, each with its verdict and evidence."""
        for claim, row in self.claims.items():
            found = [link for link in self.links.get(claim, ()) if link.target in self.evidence]
            evidence = [{**self.evidence[link.target], **_judged(link)} for link in found]
            said = [value for link in found for value in _values(link)]
            yield {
                **row,
                "restates": self.first.get(claim),
                "verdict": verdict(bool(found), said),
                "fidelity": list(dict.fromkeys(said)),
                "evidence": evidence,
            }


def verdict(has_evidence: bool, fidelity: Iterable[str]) -> str:
    """What a fact-checking set says of a claim, from what its links say: one of five words, see docs."""
    said = set(fidelity)
    if not has_evidence:
        return "NOT ENOUGH INFO"
    if "contradicts" in said:
        return "REFUTES"
    if not said:
        return "NOT JUDGED"
    return "SUPPORTS" if said <= _FULL else "PARTLY SUPPORTS"


def _judged(link: Relation) -> Row:
    return {
        "link": link.id,
        "type": link.type,
        "fidelity": _values(link),
        "link_certainty": link.certainty,
        "link_note": link.note,
    }


def _values(link: Relation) -> list[str]:
    found: list[str] = []
    for name in ("value", "values"):
        said = link.attributes.get(name, ())
        found += map(str, said if isinstance(said, tuple) else (said,))
    return found


def _date(of: DocumentSnapshot) -> str:
    metadata: Mapping[str, object] = of.document.metadata
    return str(metadata.get("date") or metadata.get("date_filed") or "")


def _across(schema: LabelSchema) -> frozenset[str]:
    return frozenset(kind.id for kind in schema.relations if kind.across)


def _ends(schema: LabelSchema) -> frozenset[str]:
    kinds = [kind for kind in schema.relations if kind.across]
    return frozenset(label for kind in kinds for label in (*kind.sources, *kind.targets))
