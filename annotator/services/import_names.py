"""What the labels of imported files mean in this project: by a mapping, by an answer, or by their own names.

An answer holds for the whole import, so that nobody is asked about a label twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from annotator.label_mapping import LabelMapping, mapped
from annotator.progress import Job
from annotator.readers.document import ReadDocument
from annotator.schema import LabelSchema
from annotator.services.adoption import matched_label
from annotator.store import Store


class LeftOut(Exception):
    """Whoever was asked about the labels of a source left it out."""


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A label that a source uses and the project lacks: how often, and the words of the first such span."""

    name: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class UnknownLabels:
    """What has to be chosen: the labels that a source uses and the project lacks, in order of appearance."""

    source: str
    labels: tuple[UnknownLabel, ...]


# The answer has, for each name, the id of a label, the name itself to add it, or "" to leave its spans
# out; None leaves the source out. The job yields progress while it waits.
Choose: TypeAlias = Callable[[UnknownLabels], Job[Mapping[str, str] | None]]


class Names:
    """The names of one import, over all its sources."""

    def __init__(self, mapping: LabelMapping, choose: Choose | None) -> None:
        self._mapping = mapping
        self._choose = choose
        self._answered: dict[str, str] = {}

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask."""
        return self._choose is not None

    def mapped(self, read: ReadDocument) -> ReadDocument:
        """The document with the names that the mapping and the answers give."""
        read = mapped(read, self._mapping)
        return mapped(read, LabelMapping(labels=self._answered)) if self._answered else read

    def settle(self, store: Store, documents: Iterable[ReadDocument], *, shown: str) -> Job[None]:
        """Ask about the labels of a source that are still unknown. Raises LeftOut."""
        if self._choose is None:
            return
        unknown = unknown_labels(store, (self.mapped(read) for read in documents), set(self._answered))
        if not unknown:
            return
        answer = yield from self._choose(UnknownLabels(shown, unknown))
        if answer is None:
            raise LeftOut
        self._answered.update(answer)


def unknown_labels(
    store: Store, documents: Iterable[ReadDocument], settled: Iterable[str] = ()
) -> tuple[UnknownLabel, ...]:
    """The labels that documents use and the project lacks, but for those that are settled.

    A project without documents takes the label schema of an export of ours, so that it will lack nothing.
    """
    schema, is_empty, known = store.schema(), not store.documents(), set(settled)
    found: dict[str, UnknownLabel] = {}
    for read in documents:
        if is_empty and read.schema_number and read.schema_toml:
            continue
        for part in read.sets:
            for span in part.annotations:
                name = span.label
                if name in known or _is_known(schema, name, read):
                    continue
                start, end = span.fragments[0]
                before = found.get(name) or UnknownLabel(name, 0, read.text[start:end])
                found[name] = UnknownLabel(name, before.count + 1, before.words)
    return tuple(found.values())


def _is_known(schema: LabelSchema, name: str, read: ReadDocument) -> bool:
    return matched_label(schema, name, is_exact=bool(read.schema_number)) is not None
