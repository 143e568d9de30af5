"""What of a court's decisions the articles of a case report, and which claims of theirs the record bears out.

Pure: it is given the spans and links of one set. Spans that are joined by `restates` are one statement, told
by its first mention, so a claim that an article repeats counts once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.model import Annotation, Relation
from annotator.schema import LabelSchema

Side = Literal["decision", "claim"]
Status = Literal["reported", "unmentioned", "supported", "contradicted", "absent", "not_in_corpus", "open"]

STATUSES: tuple[Status, ...] = (
    "reported",
    "unmentioned",
    "supported",
    "contradicted",
    "absent",
    "not_in_corpus",
    "open",
)
RESTATES = "restates"
_CONTRADICTS = "contradicts"
_SAID: Mapping[object, Status] = {"searched_absent": "absent", "not_in_corpus": "not_in_corpus"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision of a filing, or a claim of an article, with all its mentions in text order.

    `links` are those across documents that lead to it or start at it; `others` the spans (ids) at their
    other ends, and `verdicts` what the links say, each once.
    """

    side: Side
    mentions: tuple[Annotation, ...]
    status: Status
    links: tuple[Relation, ...] = ()
    others: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()

    @property
    def first(self) -> Annotation:
        """The first mention, which stands for all."""
        return self.mentions[0]


def coverage(
    schema: LabelSchema, spans: Iterable[Annotation], links: Iterable[Relation], *, articles: Sequence[str]
) -> tuple[Statement, ...]:
    """The statements of a case: decisions of its filings, then claims of its `articles` (ids), in text order.

    A decision or claim is a span whose label may report one of another document, or be reported: by the
    shipped schema claims, holdings, orders, findings and reasoning. What a filing has of claims is the
    parties', no decision. Links of which an end is not among the spans are passed over.
    """
    known = {span.id: span for span in spans}
    across = {kind.id: kind for kind in schema.relations if kind.across}
    sources = {label for kind in across.values() for label in kind.sources}
    used = [link for link in links if {link.source, link.target} <= known.keys()]
    chains = _chains(known, (link for link in used if link.type == RESTATES))
    home = set(articles)
    statements = []
    for mentions in chains:
        label = schema.in_force(mentions[0].label)
        is_article = mentions[0].document in home
        if label not in sources or (not is_article and label in _parties(schema)):
            continue
        ids = {span.id for span in mentions}
        if is_article:
            mine = [link for link in used if link.type in across and link.source in ids]
            statements.append(_claim(mentions, mine))
        else:
            mine = [link for link in used if link.type in across and link.target in ids]
            mine = [link for link in mine if known[link.source].document in home]
            statements.append(_decision(mentions, mine))
    return tuple(sorted(statements, key=lambda each: each.side == "claim"))


def _parties(schema: LabelSchema) -> frozenset[str]:
    """The labels of what parties say: those of layers that filings have on demand alone."""
    return frozenset(
        label.id
        for label in schema.labels()
        if schema.offer(label.id, "opinion") == "on_demand"
        and (layer := schema.layer_of(label.id)) is not None
        and layer.offer("opinion") == "on_demand"
    )


def _claim(mentions: tuple[Annotation, ...], links: Sequence[Relation]) -> Statement:
    verdicts = _verdicts(links)
    if _CONTRADICTS in verdicts:
        status: Status = "contradicted"
    elif links:
        status = "supported"
    else:
        said = [_SAID[value] for span in mentions if (value := span.attributes.get("record")) in _SAID]
        status = said[0] if said else "open"
    return Statement("claim", mentions, status, tuple(links), _ends(links, "target"), verdicts)


def _decision(mentions: tuple[Annotation, ...], links: Sequence[Relation]) -> Statement:
    status: Status = "reported" if links else "unmentioned"
    return Statement("decision", mentions, status, tuple(links), _ends(links, "source"), _verdicts(links))


def _ends(links: Iterable[Relation], end: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(getattr(link, end) for link in links))


def _verdicts(links: Iterable[Relation]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in links:
        for name in ("value", "values"):
            said = link.attributes.get(name, ())
            found.update(dict.fromkeys(map(str, said if isinstance(said, tuple) else (said,))))
    return tuple(found)


def _chains(known: Mapping[str, Annotation], links: Iterable[Relation]) -> list[tuple[Annotation, ...]]:
    """The spans that restate each other, each chain in text order; one that stands alone is a chain."""
    chain = {span: {span} for span in known}
    for link in links:
        joined = chain[link.source] | chain[link.target]
        if joined is not chain[link.source]:
            for span in joined:
                chain[span] = joined
    place = {span_id: number for number, span_id in enumerate(known)}
    found = {min(ids, key=place.__getitem__): ids for ids in chain.values()}
    return [
        tuple(known[span] for span in sorted(found[first], key=place.__getitem__))
        for first in sorted(found, key=place.__getitem__)
    ]
