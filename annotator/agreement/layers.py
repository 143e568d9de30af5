"""From what annotators marked in one layer to its report: every measure with its interval and its counts.

Documents are pooled by adding up before anything is divided, and the mean over pairs of annotators is
unweighted. The settings are printed with the report, so that the same project gives the same numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from annotator.agreement.columns import Columns
from annotator.agreement.document_sums import DocumentSums, Pair, document_sums
from annotator.agreement.figures import Asked, Key, Settings, computed, row
from annotator.agreement.label_sets import LabelSets
from annotator.agreement.link_rows import link_rows
from annotator.agreement.links import LinkSums
from annotator.agreement.pooled_gamma import gamma_measure, joint_gamma_measure
from annotator.agreement.report import Confusion, Counts, LayerReport, Measure, NamedRow, PairRow
from annotator.agreement.undefined import Reason
from annotator.agreement.values import Figure
from annotator.agreement.work import DocumentWork
from annotator.progress import Job, Progress
from annotator.schema import AttributeType

_OF_PAIRS = ("exact", "trimmed", "overlap", "iou50", "iou")
_SPANS = ("exact", "overlap", "iou50")


def layer_report(
    layer: str,
    works: Iterable[DocumentWork],
    *,
    attributes: Sequence[AttributeType],
    links: Mapping[str, LinkSums] | None = None,
    settings: Settings | None = None,
    total: int = 0,
) -> Job[LayerReport]:
    """The report of one layer over documents, with the links that start in them by document.

    `total` is how many documents there will be, for progress.
    """
    chosen = settings or Settings()
    sets, documents, counts = LabelSets(), list[DocumentSums](), Counts()
    left_out: Counter[str] = Counter()
    people: set[str] = set()
    for done, work in enumerate(works):
        yield Progress(done, total, layer)
        counts = _counted(counts, work)
        left_out.update(work.left_out)
        if len(work.spans) > 1:
            people |= work.spans.keys()
            documents.append(document_sums(work, attributes=attributes, sets=sets))
    columns = Columns(documents, sets)
    apart = len(list(combinations(people, 2))) - len(columns.pairs)
    joined = sum(each.units.joined for each in documents)
    counts = replace(
        counts, left_out=dict(left_out), pairs=len(columns.pairs), pairs_apart=apart, joined=joined
    )
    asked = _asked(columns, attributes)
    found = yield from computed(asked, chosen)
    weeks = yield from _weeks(documents, sets, chosen)
    linked = [(links or {}).get(each.work.document, LinkSums()) for each in documents]
    counts = replace(counts, links_alone=sum(each.alone for each in linked))
    of_links = yield from link_rows(linked, chosen)
    measures = _measures(columns, found)
    if chosen.has_gamma:
        measures = (*measures, (yield from gamma_measure(documents, columns.pairs)))
        joint = yield from joint_gamma_measure(documents)
        measures = measures if joint is None else (*measures, joint)
    return LayerReport(
        layer,
        tuple(sorted(people)),
        counts,
        measures,
        _pair_rows(columns, found),
        tuple(NamedRow(name, row("label", name, found)) for name in columns.labels),
        tuple(NamedRow(each.id, row("attribute", each.id, found)) for each in _met(documents, attributes)),
        _confusion(documents),
        tuple(each.row for each in documents),
        weeks,
        of_links,
    )


def _counted(counts: Counts, work: DocumentWork) -> Counts:
    people = len(work.spans)
    if people < 2:
        return replace(
            counts,
            alone=counts.alone + (people == 1),
            unfinished=counts.unfinished + (people == 0),
        )
    return replace(
        counts,
        documents=counts.documents + 1,
        empty=counts.empty + (work.total == 0),
        spans=counts.spans + work.total,
        suggested=counts.suggested + work.suggested,
        untouched=counts.untouched + work.untouched,
        assisted=counts.assisted + (work.suggested > 0),
        discontinuous=counts.discontinuous
        + sum(len(span.fragments) > 1 for spans in work.spans.values() for span in spans),
    )


def _asked(columns: Columns, attributes: Sequence[AttributeType]) -> dict[Key, Asked]:
    documents, pairs, spans = len(columns.documents), len(columns.pairs), columns.spans()
    nothing: Reason = "no_spans" if documents else "no_common_documents"
    flat: Reason = "no_variation" if spans else nothing
    asked = {("", "", name): (columns.f1(name), nothing) for name in _OF_PAIRS}
    asked["", "", "unlabelled"] = columns.unlabelled(), nothing
    asked["", "", "exact_macro"] = columns.macro("exact"), nothing
    asked["", "", "label_alpha"] = columns.label_alpha(), flat
    asked["", "", "u_alpha"] = columns.u_alpha(), flat
    asked["", "", "u_alpha_binary"] = columns.u_alpha(binary=True), flat
    asked["", "", "token_alpha"] = columns.token_alpha(), flat
    asked["", "", "token_alpha_masi"] = columns.token_alpha(by_masi=True), flat
    asked["", "", "token_kappa"] = columns.token_kappa(), flat
    figures = {key: Asked(*of, documents, pairs, spans) for key, of in asked.items()}
    for pair in columns.pairs:
        figures |= _asked_of_pair(columns, pair)
    for label in columns.labels:
        number = columns.spans(label=label)
        for name in _SPANS:
            figures["label", label, name] = Asked(
                columns.f1(name, label=label), "no_spans", documents, pairs, number
            )
        figures["label", label, "u_alpha"] = Asked(
            columns.label_u_alpha(label), "no_variation", documents, pairs, number
        )
    for each in _met(columns.documents, attributes):
        measure, compared = columns.attribute_alpha(each.id)
        figures["attribute", each.id, "alpha"] = Asked(
            measure, "no_variation", documents, pairs, 2 * compared
        )
    return figures


def _asked_of_pair(columns: Columns, pair: Pair) -> dict[Key, Asked]:
    documents, spans = columns.common(pair), columns.spans(pair)
    name = "/".join(pair)
    figures = {
        ("pair", name, each): Asked(columns.f1(each, pair=pair), "no_spans", documents, 1, spans)
        for each in _OF_PAIRS
    }
    figures["pair", name, "unlabelled"] = Asked(columns.unlabelled(pair), "no_spans", documents, 1, spans)
    flat: Reason = "no_variation" if spans else "no_spans"
    figures["pair", name, "token_kappa"] = Asked(columns.token_kappa(pair), flat, documents, 1, spans)
    return figures


def _met(documents: Iterable[DocumentSums], attributes: Sequence[AttributeType]) -> list[AttributeType]:
    """The attributes that a span which two people marked has."""
    named = {name for each in documents for name in each.attributes}
    return [each for each in attributes if each.id in named]


def _measures(columns: Columns, found: Mapping[Key, Figure]) -> tuple[Measure, ...]:
    measures = []
    for (of, _name, measure), figure in found.items():
        if of:
            continue
        of_pairs = [found.get(("pair", "/".join(pair), measure)) for pair in columns.pairs]
        values = [each.value for each in of_pairs if each is not None and isinstance(each.value, float)]
        measures.append(Measure(measure, figure, min(values, default=None), max(values, default=None)))
    return tuple(measures)


def _pair_rows(columns: Columns, found: Mapping[Key, Figure]) -> tuple[PairRow, ...]:
    return tuple(PairRow(*pair, row("pair", "/".join(pair), found)) for pair in columns.pairs)


def _confusion(documents: Iterable[DocumentSums]) -> Confusion:
    met: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for pair in document.pairs.values():
            for (one, other), count in pair.labels.items():
                met[one, other] += count
                met[other, one] += count
    labels = (*sorted({label for pair in met for label in pair} - {""}), "")
    return Confusion(labels, tuple(tuple(met[row, column] for column in labels) for row in labels))


def _weeks(
    documents: Sequence[DocumentSums], sets: LabelSets, settings: Settings
) -> Job[tuple[NamedRow, ...]]:
    """The span F1s of the documents that were finished in each week."""
    by_week: dict[str, list[DocumentSums]] = {}
    for document in documents:
        if document.work.week:
            by_week.setdefault(document.work.week, []).append(document)
    rows = []
    for week, own in sorted(by_week.items()):
        columns = Columns(own, sets)
        asked: dict[Key, Asked] = {
            ("week", week, name): Asked(
                columns.f1(name), "no_spans", len(own), len(columns.pairs), columns.spans()
            )
            for name in _SPANS
        }
        found = yield from computed(asked, settings)
        rows.append(NamedRow(week, row("week", week, found)))
    return tuple(rows)
