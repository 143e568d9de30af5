"""What annotators are called in what leaves the project: by their names, or as Ann1, Ann2 and so on.

The one place that decides it. The numbers are shuffled by the project, since ids tell who joined first; they
are the same in every export until somebody joins. A reviewer works blind, so gets no names unasked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from annotator.adjudication.blind import blind_order, seed_of
from annotator.model import Annotator, Role

Names: TypeAlias = Literal["", "shown", "hidden"]
NAMES: tuple[Names, ...] = ("shown", "hidden")  # "" is what is usual for who asks
_COLOUR = "#777777"  # everybody's: own colours tell people apart as names do


def is_blind(role: Role) -> bool:
    """Whether who has the role is told no names of annotators unless they ask."""
    return role == "reviewer"


def shown_people(people: Iterable[Annotator], project: str, *, with_names: bool) -> Mapping[str, Annotator]:
    """The people by id, as they are shown: as they are, or with a number for a name and without colours."""
    known = {person.id: person for person in people}
    if with_names:
        return known
    order = blind_order(known, seed_of(project, "names"))
    return {who: replace(known[who], name=f"Ann{at}", colour=_COLOUR) for at, who in enumerate(order, 1)}
