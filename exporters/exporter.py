"""What an exporter is, what a format can hold, which options it has, and what an export reports.

Exporters are frozen dataclasses whose fields are their options, so that a choice of options is another
exporter: `with_options` makes it. `fit` is the one place that says what a format drops: the exporter
writes what it returns, and preflight counts what it lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from annotator.errors import ExportError
from annotator.progress import Job
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.losses import Fitted, Losses

OptionValue: TypeAlias = str | bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a format can hold; the rest is dropped or changed, and counted.

    A format without `nested` or without `overlapping` (spans that cross) gets neither. Without
    `any_characters` spans must begin and end at the edges of tokens. `several_annotators`: a record says
    whose each span is. `origin`: it tells the spans that were accepted from a suggestion. `text_free`:
    it can be written without the text.
    """

    nested: bool = True
    overlapping: bool = True
    discontinuous: bool = True
    any_characters: bool = True
    relations: bool = True
    relations_across_documents: bool = True
    relation_attributes: bool = True
    attributes: bool = True
    notes: bool = True
    document_labels: bool = True
    several_annotators: bool = True
    certainty: bool = True
    origin: bool = True
    text_free: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that an exporter offers: the name of its field, and its values where they are few.

    A default that is a tuple takes several words, which a command line gives with commas between.
    """

    name: str
    default: OptionValue
    summary: str
    choices: tuple[str, ...] = ()

    def value_of(self, given: OptionValue) -> OptionValue:
        """The value that was given, read from words where it is not text. Raises ExportError."""
        value = self._read(given) if isinstance(given, str) else given
        chosen = value if isinstance(value, tuple) else (value,)
        unknown = [str(one) for one in chosen if self.choices and one not in self.choices]
        if unknown or type(value) is not type(self.default):
            raise ExportError(
                f"“{given}” is no value of the option {self.name}; it takes {self._what_it_takes()}."
            )
        return value

    def _read(self, words: str) -> OptionValue:
        if isinstance(self.default, bool):
            return {"true": True, "yes": True, "false": False, "no": False}.get(words.lower(), words)
        if isinstance(self.default, int):
            return int(words) if words.isdecimal() else words
        if isinstance(self.default, tuple):
            return tuple(word.strip() for word in words.split(",") if word.strip())
        return words

    def _what_it_takes(self) -> str:
        if self.choices:
            return ", ".join(self.choices)
        if isinstance(self.default, bool):
            return "yes or no"
        return "a whole number" if isinstance(self.default, int) else "words"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where, and what was not."""

    target: Path
    documents: int
    spans: int
    relations: int
    losses: Losses = field(default_factory=Losses)


class Exporter(Protocol):
    """A format: `name` is what scripts and the command line call it and never changes.

    `suffix` is that of its file; "" means that it writes a folder.
    """

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def options(self) -> tuple[Option, ...]: ...

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """What the format, with its options, holds of a document, and what it does not."""

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write what fits to `target`, which is only replaced when all is written. Raises ExportError."""


ExporterT = TypeVar("ExporterT", bound=Exporter)


def with_options(exporter: ExporterT, chosen: Mapping[str, OptionValue]) -> ExporterT:
    """The exporter with other options. Raises ExportError for a name or value that it does not have."""
    known = {option.name: option for option in exporter.options}
    for name in chosen:
        if name not in known:
            offered = f"its options are {', '.join(known)}" if known else "it has no options"
            raise ExportError(f"The format {exporter.name} has no option {name}; {offered}.")
    values = {name: known[name].value_of(value) for name, value in chosen.items()}
    return cast(ExporterT, replace(cast(Any, exporter), **values))


def options_of(exporter: Exporter) -> dict[str, OptionValue]:
    """The options as they are chosen, by name."""
    return {option.name: getattr(exporter, option.name) for option in exporter.options}
