"""What a suggester is: a name, and a function from a text to suggestions. Installed packages can add some.

A suggester sees one text at a time and knows nothing of the project. It runs in a process of its own, so it
and what it gives must be picklable by name: a module-level object, as an entry point names it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module, metadata
from itertools import pairwise
from typing import Protocol, runtime_checkable

from annotator.errors import AnnotatorError
from annotator.model import Metadata
from annotator.schema import DocumentKind, LabelSchema
from annotator.suggest.suggestion import Suggestion

ENTRY_POINTS = "annotator.suggesters"
# What `services.suggesting` asks beside these: what was marked before, and what was learned.
_TAKEN = ("dictionary", "learned")
BUILT_IN = {"rules": "annotator.suggest.rules:RULES"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Subject:
    """The text that something is suggested for; `metadata` is what its reader told of the document."""

    text: str
    kind: DocumentKind
    schema: LabelSchema
    metadata: Metadata = field(default_factory=dict)


@runtime_checkable
class Suggester(Protocol):
    """Suggests spans in a text.

    `name` is shown as the origin of its suggestions, and never changes. Labels that the document does not
    have, and values that a label does not have, are left out afterwards.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...

    def suggest(self, subject: Subject) -> Iterable[Suggestion]:
        """The suggestions, in any order; they may cross each other."""


class InvalidSuggestions(AnnotatorError):
    """A suggester raised, hung, or suggested what is not in the text; the sentence says which."""


class Unanswered(Exception):
    """What a suggester needs does not answer; the words go on from “was switched off: ”."""


def load(place: str, arguments: tuple[str, ...] = ()) -> Suggester:
    """The suggester at a place as entry points write it, or made there with arguments.

    Raises InvalidSuggestions if there is none.
    """
    module, _, name = place.partition(":")
    try:
        found = getattr(import_module(module), name)
        found = found(*arguments) if arguments else found
    except Exception as error:
        raise InvalidSuggestions(
            f"The suggester {place} cannot be loaded ({type(error).__name__})."
        ) from error
    if isinstance(found, type) or not isinstance(found, Suggester):
        raise InvalidSuggestions(f"{place} is no suggester.")
    return found


@cache
def places() -> dict[str, str]:
    """Where each suggester is, by its name: the built-in ones, then those of installed packages.

    Names of packages' suggesters are those of their entry points; one that is taken is left out.
    """
    found = dict(BUILT_IN)
    for point in sorted(metadata.entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        if point.name in found or point.name in _TAKEN:
            _log.warning("The suggester %s of %s has a name that is taken", point.name, point.value)
            continue
        found[point.name] = point.value
    return found


def checked(name: str, subject: Subject, given: Iterable[object]) -> tuple[Suggestion, ...]:
    """What a suggester gave, as its own. Raises InvalidSuggestions if it is no suggestion in the text."""
    kept = []
    for each in given:
        if not isinstance(each, Suggestion):
            raise _off(name, f"it gave {type(each).__name__} for a suggestion")
        edges = [offset for piece in each.fragments for offset in piece]
        if not edges or edges[0] < 0 or edges[-1] > len(subject.text):
            raise _off(name, "it suggested a place outside the text")
        if not all(one < other for one, other in pairwise(edges)) or not 0 <= each.confidence <= 1:
            raise _off(name, "it suggested a place without words, or a confidence that is none")
        kept.append(replace(each, origin=name))
    return tuple(kept)


def _off(name: str, why: str) -> InvalidSuggestions:
    return InvalidSuggestions(f"The suggester “{name}” was switched off: {why}.")
