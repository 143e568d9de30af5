"""Agreement in a whole project: a report for each layer, and the names of what they speak of by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from annotator.adjudication.blind import report_names
from annotator.agreement.assistance import Places
from annotator.agreement.report import LayerReport, NamedRow


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """All layers of a project. `resamples` and `seed` are what the intervals were made with.

    `left_out` counts the documents of training rounds, on which agreement is not measured.

    `document_labels` has a row for each attribute of whole documents, whose figures count values as `spans`;
    it is empty where only some layers were asked for, or only some places: nobody is suggested these.
    `places` says which spans were compared.

    `people`, `titles`, `labels`, `attributes`, `layer_names` and `link_types` name annotators, documents and
    parts of the schema by id.
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
    link_types: Mapping[str, str] = field(default_factory=dict)
    document_labels: tuple[NamedRow, ...] = ()
    places: Places = "all"

    def layer(self, layer: str) -> LayerReport:
        """The report of a layer. Raises KeyError."""
        for report in self.layers:
            if report.layer == layer:
                return report
        raise KeyError(layer)


def blinded(report: ProjectReport) -> ProjectReport:
    """The report without names: Annotator A, B and so on, the same ones each time for the same people."""
    return replace(report, people=report_names(report.people, report.project))
