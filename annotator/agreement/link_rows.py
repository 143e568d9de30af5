"""From the sums of links to the rows of a report: all links of a layer together, then each type."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from annotator.agreement.attributes import Met
from annotator.agreement.document_sums import Pair
from annotator.agreement.figures import Asked, Key, Settings, computed, row
from annotator.agreement.links import LinkSums
from annotator.agreement.masi import masi_distances
from annotator.agreement.met_values import met_alpha
from annotator.agreement.report import NamedRow
from annotator.agreement.values import Numbers, mean_f1
from annotator.progress import Job

ALL = ""
"""The name of the row of all types together."""


def link_rows(documents: Sequence[LinkSums], settings: Settings) -> Job[tuple[NamedRow, ...]]:
    """The rows of the links of these documents; none where nobody linked anything."""
    types = sorted({kind for each in documents for kind in each.links})
    if not types:
        return ()
    pairs = sorted({pair for each in documents for pair in each.pairs})
    asked: dict[Key, Asked] = {}
    for kind in (ALL, *types):
        chosen = types if kind == ALL else [kind]
        links = sum(each.links[one] for each in documents for one in chosen)
        made = [_counted(documents, pairs, chosen, name) for name in ("first", "second", "exact", "start")]
        both = made[0] + made[1]
        measures = {"link_exact": made[2], "link_start": made[3]}
        if kind == ALL:
            untyped = np.array([[float(each.untyped[pair]) for pair in pairs] for each in documents])
            measures["link_untyped"] = untyped.reshape(len(documents), len(pairs))
        for name, alike in measures.items():
            asked["link", kind, name] = Asked(
                mean_f1(alike, both), "no_spans", len(documents), len(pairs), links
            )
    for kind, name in sorted({key for each in documents for key in each.values}):
        met: list[Met] = [each.values.get((kind, name), Counter()) for each in documents]
        compared = 2 * sum(count for own in met for count in own.values())
        asked["link", kind, f"link_{name}"] = Asked(
            met_alpha([own.items() for own in met], distances=masi_distances),
            "no_variation",
            len(documents),
            len(pairs),
            compared,
        )
    found = yield from computed(asked, settings)
    return tuple(NamedRow(kind, row("link", kind, found)) for kind in (ALL, *types))


def _counted(
    documents: Sequence[LinkSums], pairs: Sequence[Pair], types: Sequence[str], name: str
) -> Numbers:
    """How many links of these types, documents x pairs."""
    counts = np.zeros((len(documents), len(pairs)))
    for at, each in enumerate(documents):
        for column, pair in enumerate(pairs):
            of = each.pairs.get(pair, {})
            counts[at, column] = sum(getattr(of[kind], name) for kind in types if kind in of)
    return counts
