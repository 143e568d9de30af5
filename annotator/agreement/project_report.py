"""Agreement in a whole project: a report for each layer, and the names of what they speak of by id."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.agreement.report import LayerReport


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """All layers of a project. `resamples` and `seed` are what the intervals were made with.

    `left_out` counts the documents of training rounds, on which agreement is not measured.

    `people`, `titles`, `labels`, `attributes` and `layer_names` name annotators, documents and parts of the
    schema by id.
    """

    project: str
    resamples: int
    seed: int
    people: Mapping[str, str]
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    attributes: Mapping[str, str]
    layer_names: Mapping[str, str]
    layers: tuple[LayerReport, ...]
    left_out: int = 0

    def layer(self, layer: str) -> LayerReport:
        """The report of a layer. Raises KeyError."""
        for report in self.layers:
            if report.layer == layer:
                return report
        raise KeyError(layer)
