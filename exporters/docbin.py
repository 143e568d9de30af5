"""spaCy's DocBin: entities for NER, span groups for spancat, on the tokens that spaCy itself makes.

`doc.ents` holds no two spans on one token, `doc.spans` does. spaCy gives None for a span off its tokens and
would learn those words as no entity: here such spans are counted, and their tokens told to be unknown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from annotator.model import Annotation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.flat import Policy, collision, flatten, in_the_way
from exporters.flattening import PRIORITY, fitting_spans, rest
from exporters.losses import Fitted, Losses
from exporters.spacy_tokens import ALIGNMENT, own_tokens, tokenizer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class SpacyExporter:
    """A DocBin. `write`: entities, spans or both; `alignment`: what becomes of a span off the tokens.

    `overlap` and `priority` choose the entities among spans that share a token, as `flatten` has it.
    """

    name: str = "spacy"
    suffix: str = ".spacy"
    summary: str = "spaCy's binary training format, entities and overlapping spans on spaCy's tokens"
    options: tuple[Option, ...] = (
        Option("language", "en", "the code of the language whose tokenizer spaCy takes"),
        Option("write", "both", "entities for ner, spans for spancat, or both", ("both", "ents", "spans")),
        ALIGNMENT,
        Option(
            "overlap",
            "longest",
            "which of the spans that share a token is the entity",
            ("longest", "priority"),
        ),
        PRIORITY,
        Option("spans_key", "sc", "the name of the span group"),
    )
    language: str = "en"
    write: str = "both"
    alignment: str = "strict"
    overlap: str = "longest"
    priority: tuple[str, ...] = ()
    spans_key: str = "sc"

    @property
    def holds(self) -> Holds:
        """Nesting and overlap only in span groups; links, attributes and notes have no place."""
        has_groups = self.write != "ents"
        return Holds(
            nested=has_groups,
            overlapping=has_groups,
            discontinuous=False,
            any_characters=False,
            relations=False,
            relations_across_documents=False,
            relation_attributes=False,
            attributes=False,
            notes=False,
            document_labels=False,
            several_annotators=False,
            certainty=False,
            text_free=False,
        )

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """The spans on spaCy's tokens; with `ents` alone also none that share a token."""
        return self._fit(document, tokenizer(self.language).make_doc(document.text))

    def _fit(self, document: DocumentSnapshot, doc: "Doc") -> Fitted:
        own = own_tokens(doc)
        spans, losses = fitting_spans(document, self.holds, tokens=own, alignment=self.alignment)
        if self.write != "spans":
            entities, dropped = self._entities(spans)
            losses += [self._shared(span, entities) for span in dropped]
            spans = list(entities) if self.write == "ents" else spans
        return rest(document, self.holds, spans, losses)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the file. All tokens are held until then, some 60 bytes each."""
        nlp = tokenizer(self.language)
        from spacy.tokens import DocBin

        total, spans = snapshot.document_count, 0
        losses = Losses()
        yield Progress(0, total)
        packed = DocBin(attrs=("ENT_IOB", "ENT_TYPE", "ENT_ID"), store_user_data=True)
        with written_aside(target) as file:
            for number, document in enumerate(snapshot.documents(), start=1):
                doc = nlp.make_doc(document.text)
                held = self._fit(document, doc)
                losses.add(held.losses)
                spans += len(held.document.annotations)
                self._mark(doc, document, held.document.annotations)
                doc.user_data.update(_about(document, snapshot))
                doc.user_data["suggested"] = _suggested(held.document.annotations)
                packed.add(doc)
                yield Progress(number, total, document.document.title)
            file.write(packed.to_bytes())
        return ExportReport(target, len(packed), spans, 0, losses)

    def _entities(self, spans: Iterable[Annotation]) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
        return flatten(spans, policy=cast(Policy, self.overlap), priority=self.priority)

    def _shared(self, span: Annotation, entities: Sequence[Annotation]) -> Loss:
        """The loss of a span that is no entity since another has its tokens."""
        other = in_the_way(span, entities)
        kind = "overlapping" if other is None else collision(span, other)
        where = "left out" if self.write == "ents" else f"only in spans[“{self.spans_key}”], not in ents"
        return Loss(kind, span.document, span.id, f"it shares tokens with another and is {where}")

    def _mark(self, doc: "Doc", document: DocumentSnapshot, spans: Sequence[Annotation]) -> None:
        """Put the spans on the tokens; entities leave the tokens of spans that are no entity unknown."""
        if self.write != "ents":
            doc.spans[self.spans_key] = [_span(doc, span) for span in spans]
        if self.write != "spans":
            entities = [_span(doc, span) for span in self._entities(spans)[0]]
            doc.set_ents(entities, missing=list(_unknown(doc, document, entities)), default="outside")


def _span(doc: "Doc", span: Annotation) -> "Span":
    """A span that lies on tokens, as spaCy has it."""
    found = doc.char_span(span.start, span.end, label=span.label, span_id=span.id)
    if found is None:
        raise ValueError(f"the span {span.id} is not on token edges")
    return found


def _suggested(spans: Iterable[Annotation]) -> list[str]:
    """The ids of the spans that were accepted from a suggestion."""
    return [span.id for span in spans if span.origin == "suggestion"]


def _unknown(doc: "Doc", document: DocumentSnapshot, entities: Iterable["Span"]) -> Iterator["Span"]:
    """Each token that some span covers in part or whole, and no entity does."""
    taken = {token.i for entity in entities for token in entity}
    touched = {
        token.i
        for span in document.annotations
        for start, end in span.fragments
        for token in doc.char_span(start, end, alignment_mode="expand") or ()
    }
    for place in sorted(touched - taken):
        yield doc[place : place + 1]


def _about(of: DocumentSnapshot, snapshot: Snapshot) -> dict[str, str]:
    """What tells a reader where a doc comes from."""
    document = of.document
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "case": document.case,
        "source": document.source_name,
        "project": snapshot.project_name,
    }
