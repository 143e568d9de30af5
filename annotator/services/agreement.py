"""Agreement between the annotators of a project, read from a store as a Job.

Only what annotators have finished counts (see `agreement.work`); gold and working sets of reviewers do not.
"""

from collections.abc import Sequence
from datetime import datetime

from annotator.agreement.assistance import only
from annotator.agreement.attributes import Given, comparable, compared_attributes
from annotator.agreement.document_labels import DocumentAnswers, document_label_rows
from annotator.agreement.figures import Settings
from annotator.agreement.layers import layer_report
from annotator.agreement.links import link_sums
from annotator.agreement.project_report import ProjectReport
from annotator.agreement.span_f1 import finished
from annotator.agreement.work import DocumentWork, layer_work
from annotator.errors import InvalidEdit
from annotator.model import Assignment, Document, Relation, TextVersion
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.services.working import week_of
from annotator.store import Store
from annotator.text import words
from annotator.training import training_of


def agreement(
    store: Store,
    *,
    layers: Sequence[str] = (),
    settings: Settings | None = None,
    has_training: bool = False,
) -> Job[ProjectReport]:
    """The agreement in the layers of these ids, or in all and on whole documents.

    Documents of training rounds count only if asked for. Raises InvalidEdit for an unknown layer.
    """
    yield Progress(0, 0)
    schema, chosen = store.schema(), settings or Settings()
    known = [layer.id for layer in schema.layers]
    for asked in layers:
        if asked not in known:
            raise InvalidEdit(f"There is no layer {asked}; there are {', '.join(known)}.")
    asked_layers = [layer for layer in known if not layers or layer in layers]
    documents = store.documents()
    counted = documents if has_training else [each for each in documents if training_of(each) is None]
    read_layers = known if schema.relations else asked_layers  # a link may end in a layer that is not asked
    works: dict[str, list[DocumentWork]] = {layer: [] for layer in read_layers}
    links: list[tuple[str, Relation]] = []
    is_part = bool(layers) or chosen.places != "all"
    of_documents = () if is_part else compared_attributes(schema.document_attributes)
    answers: list[DocumentAnswers] = []
    reader = _Reader(store, schema)
    for done, document in enumerate(counted):
        yield Progress(done, len(counted), document.title)
        for layer, work in reader.works(document, read_layers).items():
            works[layer].append(only(work, chosen.places))
        links += reader.links(document)
        if of_documents:
            answers.append(reader.answers(document))
    sums = link_sums(works, links)
    reports = []
    compared = compared_attributes(schema.attributes)
    for layer in asked_layers:
        own = {label.id for label in schema.labels() if label.layer == layer}
        attributes = [each for each in compared if own & set(each.labels)]
        reports.append(
            (
                yield from layer_report(
                    layer,
                    works[layer],
                    attributes=attributes,
                    links=sums.get(layer),
                    settings=chosen,
                    total=len(counted),
                )
            )
        )
    document_labels = yield from document_label_rows(answers, of_documents, chosen)
    return ProjectReport(
        store.name,
        chosen.resamples,
        chosen.seed,
        {person.id: person.name for person in store.annotators()},
        {document.id: document.title for document in documents},
        {label.id: label.name for label in schema.labels()},
        {each.id: each.name for each in (*schema.attributes, *schema.document_attributes)},
        {layer.id: layer.name for layer in schema.layers},
        tuple(reports),
        len(documents) - len(counted),
        {each.id: each.name for each in schema.relations},
        document_labels,
        chosen.places,
    )


class _Reader:
    """Reads the finished work on one document after another."""

    def __init__(self, store: Store, schema: LabelSchema) -> None:
        self._store = store
        self._schema = schema
        self._owners = {row.id: row.owner or "" for row in store.sets() if row.kind == "annotator"}

    def works(self, document: Document, layers: Sequence[str]) -> dict[str, DocumentWork]:
        """The work on each of the layers that is offered in documents of that kind."""
        store = self._store
        assignments = store.assignments(document.id)
        offered = [
            layer.id
            for layer in self._schema.layers
            if layer.id in layers and layer.offer(document.kind) == "always"
        ]
        is_compared = any(len(finished(assignments, layer)) > 1 for layer in offered)
        version = store.record(TextVersion, document.text_version) if is_compared else None
        return {
            layer: layer_work(
                document,
                layer=layer,
                schema=self._schema,
                assignments=assignments,
                owners=self._owners,
                annotations=store.annotations(document.id) if is_compared else (),
                length=version.length if version else 0,
                tokens=tuple(words(store.text(document.text_version))) if is_compared else (),
                week=week_finished(store, assignments) if is_compared else "",
            )
            for layer in offered
        }

    def links(self, document: Document) -> list[tuple[str, Relation]]:
        """The links that start in a document, each with the annotator who made it."""
        if not self._schema.relations:
            return []
        return [
            (self._owners[link.set], link)
            for link in self._store.relations(document.id)
            if self._owners.get(link.set)
        ]

    def answers(self, document: Document) -> DocumentAnswers:
        """What those who finished a document, in whichever layers, say of all of it."""
        assignments = self._store.assignments(document.id)
        people = tuple(sorted({row.annotator for row in assignments if row.state == "done"}))
        given: dict[str, dict[str, Given]] = {}
        for label in self._store.document_labels(document.id) if people else ():
            owner = self._owners.get(label.set)
            if owner in people:
                given.setdefault(label.name, {})[owner] = comparable(label.value)
        return DocumentAnswers(document.kind, people, given)


def week_finished(store: Store, assignments: Sequence[Assignment]) -> str:
    """The week in which the last of those who are done said so, by the clock of their workstation.

    As ISO 8601 has it, such as "2026-W13"; "" if nobody is done or nobody knows when.
    """
    times = []
    for row in assignments:
        entry = store.last_change_of(row.id) if row.state == "done" else None
        if entry is not None:
            times.append(entry.time)
    return week_of(datetime.fromisoformat(max(times))) if times else ""
