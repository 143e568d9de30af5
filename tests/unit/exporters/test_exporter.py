"""Options of exporters: read from words, and refused in a sentence where they are unknown."""

from dataclasses import dataclass

import pytest

from annotator.errors import ExportError
from annotator.progress import Job
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.exporter import ExportReport, Holds, Option, options_of, with_options
from exporters.losses import Fitted


@dataclass(frozen=True, slots=True)
class Sample:
    name: str = "sample"
    suffix: str = ".txt"
    summary: str = "for this test"
    holds: Holds = Holds()
    options: tuple[Option, ...] = (
        Option("scheme", "iob2", "which tags", ("iob2", "bilou")),
        Option("heads", False, "a line of heads"),
        Option("size", 3, "how many"),
        Option("priority", (), "labels in order"),
    )
    scheme: str = "iob2"
    heads: bool = False
    size: int = 3
    priority: tuple[str, ...] = ()

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        return Fitted(document, ())

    def export(self, snapshot: Snapshot, target: object) -> Job[ExportReport]:
        raise NotImplementedError


def test_options_are_read_from_words() -> None:
    chosen = with_options(
        Sample(), {"scheme": "bilou", "heads": "yes", "size": "12", "priority": "court, judge"}
    )

    assert options_of(chosen) == {
        "scheme": "bilou",
        "heads": True,
        "size": 12,
        "priority": ("court", "judge"),
    }
    assert with_options(Sample(), {"heads": True}).heads


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"schema": "x"}, "has no option schema; its options are scheme, heads, size, priority"),
        ({"scheme": "iob1"}, "“iob1” is no value of the option scheme; it takes iob2, bilou"),
        ({"heads": "maybe"}, "it takes yes or no"),
        ({"size": "-1"}, "it takes a whole number"),
        ({"size": True}, "it takes a whole number"),
    ],
)
def test_unknown_names_and_values_are_refused(given: dict, sentence: str) -> None:
    with pytest.raises(ExportError, match=sentence):
        with_options(Sample(), given)
