"""The gold spans that a link in gold joins, also where one of them stands in another document.

A link that annotators made names units of spans; gold has a link only between what was decided of these.
"""

from collections.abc import Mapping

from annotator.adjudication.links import LinkUnit
from annotator.services.reviewing import AnyUnit, Review, review
from annotator.store import Store


def gold_end(store: Store, of: Review, end: str, known: Mapping[str, Review] | None = None) -> str:
    """The id of the gold span at an end of a link (`LinkCandidate.source` or `target`), "" if there is none.

    `known` are documents (ids) as they are read already, with decisions that are not stored yet.
    """
    document, _, unit = end.rpartition("/")
    if not document or document == of.document.id:
        return of.gold_of(unit)
    other = (known or {}).get(document) or review(store, document)
    return other.gold_of(unit)


def links_at(of: Review, unit: AnyUnit) -> tuple[AnyUnit, ...]:
    """Where one can go along links: from a unit of spans to its links, from one of links to its ends here."""
    if not isinstance(unit, LinkUnit):
        return tuple(link for link in of.links if unit.key in _ends(link))
    ends = _ends(unit)
    return tuple(each for each in of.units if each.key in ends)


def far_ends(of: Review, unit: LinkUnit) -> tuple[tuple[str, str], ...]:
    """The ends of a link that stand in other documents: the document (id) and the key of the unit there."""
    split = sorted(end.rpartition("/") for end in _ends(unit))
    return tuple((document, key) for document, _, key in split if document not in ("", of.document.id))


def read_with(of: Review) -> frozenset[str]:
    """The documents (ids) whose spans make the units of a review: its own, and where its links lead."""
    return frozenset(document for link in of.links for document, _ in far_ends(of, link)) | {of.document.id}


def _ends(unit: LinkUnit) -> frozenset[str]:
    return frozenset(end for each in unit.candidates for end in (each.source, each.target))
