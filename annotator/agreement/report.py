"""What is reported of one layer, as values: `layers` computes it; window, files and CLI show it.

Names of measures are permanent, since people write scripts on them: exact, trimmed, overlap, iou50, iou,
unlabelled, exact_macro (span F1), label_alpha, u_alpha, u_alpha_binary, token_alpha, token_alpha_masi,
token_kappa, gamma, gamma_joint, link_exact, link_start, link_untyped (link F1), link_value, link_values; of
whole documents document_ac1 and document_fleiss.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.agreement.undefined import Value
from annotator.agreement.values import Figure
from annotator.geometry import Range

# What each measure is called where people read it; the version is part of the name.
TITLES: Mapping[str, str] = {
    "exact": "Span F1, exact",
    "trimmed": "Span F1, exact but for the ends",
    "overlap": "Span F1, relaxed (any overlap, 1:1)",
    "iou50": "Span F1, IoU ≥ 0.5, 1:1",
    "iou": "Span F1, weighted by IoU",
    "unlabelled": "Span F1, exact, whatever the label",
    "exact_macro": "Span F1, exact, mean over labels",
    "label_alpha": "Labels of overlapping spans, Krippendorff α nominal",
    "u_alpha": "Krippendorff u-α 2016",
    "u_alpha_binary": "Krippendorff |u-α 2016, span or no span",
    "token_alpha": "Tokens, Krippendorff α nominal on label sets",
    "token_alpha_masi": "Tokens, Krippendorff α with MASI 2004 on label sets",
    "token_kappa": "Tokens, Cohen κ on label sets, mean over pairs",
    "gamma": "γ 2015, statistical sampler, mean over pairs",
    "gamma_joint": "γ 2015, statistical sampler, all who finished a document at once",
    "link_exact": "Link F1, same ends and type",
    "link_start": "Link F1, same start and type, wherever it ends",
    "link_untyped": "Link F1, same ends, whatever the type",
    "link_value": "Value of links that both made, Krippendorff α nominal",
    "link_values": "Values of links that both made, Krippendorff α with MASI 2004",
    "document_ac1": "Value of whole documents, Gwet AC1 2008",
    "document_fleiss": "Value of whole documents, Fleiss κ 1971, votes may differ",
}
REASONS: Mapping[str, str] = {
    "no_common_documents": "no document that two annotators have finished",
    "no_spans": "nobody marked anything",
    "no_variation": "all values are the same, which chance alone would give",
    "too_few_units": "somebody marked nothing",
    "too_many_units": "too many spans to align all annotators at once; γ of pairs stands for it",
}
# What is said of a report on a part of the spans, by `Settings.places`.
PLACES: Mapping[str, str] = {
    "unassisted": "Only where nobody accepted a suggestion: spans that overlap an accepted one are left out.",
    "assisted": "Only where somebody accepted a suggestion: accepted spans, and those that overlap them.",
}
# Krippendorff's marks for orientation: above the first reliable, above the second tentatively so.
ORIENTATION = (0.8, 0.667)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over a whole layer; `low` and `high` are the least and greatest pair, where pairs have it.

    Of `gamma_joint` they are the least and greatest group of annotators.
    """

    name: str
    figure: Figure
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two annotators, by id, with what they agree on; figures by name of the measure."""

    first: str
    second: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A label, an attribute, a kind of link or a week, with its figures by name of the measure."""

    name: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that two or more have finished, by ids.

    `unlike` counts the spans that somebody else who finished it has not exactly; `first` is where the first
    stands and `owner` whose it is, None where there is none. With no span at all they agree on nothing there.
    """

    document: str
    annotators: tuple[str, ...]
    spans: int
    exact: Value
    overlap: Value
    unlike: int
    first: Range | None
    owner: str | None
    is_assisted: bool


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often spans that overlap have which labels, "" for no span. Each two annotators count both ways.

    `counts` has a row and a column for each of `labels`, in their order.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a layer's figures are of, and what was left out.

    `documents` were finished by two or more; `empty` of them hold no span, on which all agree. `alone` were
    finished by one annotator only, `unfinished` by none. `links_alone` are not compared, since an end is not
    finished by two annotators, or is of a span that is not compared. `discontinuous` spans have several
    fragments, and are units of their whole extent to gamma.
    """

    documents: int = 0
    empty: int = 0
    alone: int = 0
    unfinished: int = 0
    spans: int = 0
    pairs: int = 0
    pairs_apart: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    joined: int = 0
    discontinuous: int = 0
    suggested: int = 0
    untouched: int = 0
    assisted: int = 0
    links_alone: int = 0


@dataclass(frozen=True, slots=True)
class LayerReport:
    """Agreement in one layer. `links` start in it: a row for all, named "", and one for each type."""

    layer: str
    annotators: tuple[str, ...]
    counts: Counts
    measures: tuple[Measure, ...]
    pairs: tuple[PairRow, ...]
    labels: tuple[NamedRow, ...]
    attributes: tuple[NamedRow, ...]
    confusion: Confusion
    documents: tuple[DocumentRow, ...]
    weeks: tuple[NamedRow, ...]
    links: tuple[NamedRow, ...] = ()

    @property
    def has_gamma(self) -> bool:
        """Whether gamma was asked for."""
        return any(measure.name == "gamma" for measure in self.measures)

    def measure(self, name: str) -> Measure:
        """The measure of that name. Raises KeyError."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(name)
