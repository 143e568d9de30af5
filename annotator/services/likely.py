"""What each unit of spans most likely is, by how its annotators vote and err over the whole project.

It is a hint and an order of work, never a decision. It needs three annotators who have voted on enough units
together; with fewer it could tell no more than that they differ. Layers are never mixed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from annotator.adjudication.dawid_skene import FEWEST_OBSERVERS, Estimate, estimate
from annotator.adjudication.units import Unit
from annotator.model import JsonValue, Metadata
from annotator.progress import Job, Progress
from annotator.services.reviewing import review
from annotator.store import Store

METHOD = "dawid-skene@1"
FEWEST_UNITS = 20  # of a layer that three or more have voted on, for their errors to be told
_SMALLEST_SHARE = 0.005  # what would be shown as .00 is not told
_NO_SPAN = ""

Likelihoods = Mapping[tuple[str, str], "Likely"]  # by document (id) and unit (key)


@dataclass(frozen=True, slots=True)
class Likely:
    """What a unit may be: labels (ids) with their share from 0 to 1, likeliest first; "" is no span.

    `entropy` says in bits how open it is, 0 if nothing is.
    """

    shares: tuple[tuple[str, float], ...]
    entropy: float

    @property
    def record(self) -> Metadata:
        """As a decision keeps what was shown with it."""
        posterior: dict[str, JsonValue] = {label: round(share, 4) for label, share in self.shares}
        return {"method": METHOD, "posterior": posterior}


def likelihoods(store: Store) -> Job[Likelihoods]:
    """Estimate all units of spans that three or more have voted on, where a layer has enough of them."""
    yield Progress(0, 0)
    documents = store.documents()
    by_layer: dict[str, list[Unit]] = {}
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        for unit in review(store, document.id).units:
            if len(unit.votes) >= FEWEST_OBSERVERS:
                by_layer.setdefault(unit.layer, []).append(unit)
    found: dict[tuple[str, str], Likely] = {}
    for units in by_layer.values():
        if len(units) >= FEWEST_UNITS:
            found |= _likely(units)
    return found


def mean_entropy(likely: Likelihoods, document: str) -> float:
    """How open the units of a document (its id) are in the mean, in bits; 0 where nothing can be told."""
    found = [each.entropy for (where, _unit), each in likely.items() if where == document]
    return fmean(found) if found else 0.0


def _likely(units: Sequence[Unit]) -> dict[tuple[str, str], Likely]:
    votes = []
    for unit in units:
        said = {each.annotator: (each.span.label,) for each in unit.candidates}
        votes.append(said | dict.fromkeys(unit.absent, (_NO_SPAN,)))
    of = estimate(votes)
    return {(unit.document, unit.key): _of_item(of, item) for item, unit in enumerate(units)}


def _of_item(of: Estimate, item: int) -> Likely:
    shares = zip(of.classes, map(float, of.posteriors[item]), strict=True)
    told = sorted(((label, share) for label, share in shares if share >= _SMALLEST_SHARE), key=_likeliest)
    return Likely(tuple(told), of.entropy(item))


def _likeliest(entry: tuple[str, float]) -> tuple[float, str]:
    label, share = entry
    return -share, label
