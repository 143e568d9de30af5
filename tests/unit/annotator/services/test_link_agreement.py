"""Agreement on links in a real project: ends by slot, in one document and across two, and who counts."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.agreement.figures import Settings
from annotator.agreement.report import LayerReport
from annotator.agreement.undefined import Undefined, Value
from annotator.model import Fragment
from annotator.progress import run
from annotator.services import annotating
from annotator.services.agreement import agreement
from exporters.agreement_files import as_csv, values
from storage.store import ProjectStore
from tests import projects, reviews

ARTICLE = "The judge ruled that the port may close. The mayor said that the port must pay."
ORDER = "It is ordered that the port may close on Monday. It is ordered that nobody pays."


def made(store: ProjectStore, who: str, document: str, label: str, words: str) -> str:
    """The id of a span that an annotator marked at these words."""
    text = ARTICLE if document == "article" else ORDER
    start = text.index(words)
    change = annotating.highlight(
        store, annotator=who, document=document, label=label, fragments=(Fragment(start, start + len(words)),)
    )
    return change.after[-1].id


def pair(folder: Path) -> tuple[ProjectStore, str, str]:
    """A project of an article and an order, with Ana and Bo."""
    store = projects.new_project(folder)
    ana = projects.lead(store).id
    annotating.add_annotator(store, annotator=ana, name="Bo")
    projects.add_document(store, "article", title="Article", text=ARTICLE, kind="article")
    projects.add_document(store, "order", title="Order", text=ORDER, kind="order")
    return store, ana, reviews.person(store, "Bo")


def finish(store: ProjectStore, who: str, *documents: str) -> None:
    for document in documents:
        annotating.set_work_state(store, annotator=who, document=document, state="done")


def link(
    store: ProjectStore, who: str, source: str, target: str, *fidelity: str, type: str = "reports"
) -> None:
    change = annotating.link(store, annotator=who, type=type, source=source, target=target)
    if fidelity:
        annotating.set_relation_attribute(
            store, annotator=who, relation=change.after[-1].id, attribute="values", value=fidelity
        )


def claims(store: ProjectStore) -> LayerReport:
    report = run(agreement(store, settings=Settings(resamples=0)))
    return next(layer for layer in report.layers if layer.links or layer.counts.links_alone)


def figures(layer: LayerReport, kind: str = "") -> Mapping[str, Value]:
    of = next(row for row in layer.links if row.name == kind)
    return {name: figure.value for name, figure in of.figures.items()}


def test_links_across_documents_agree_by_the_slots_of_their_ends(tmp_path: Path) -> None:
    store, ana, bo = pair(tmp_path)
    with store:
        for who, passage in ((ana, "the port may close on Monday"), (bo, "the port may close")):
            claim = made(store, who, "article", "claim", "the port may close")
            holding = made(store, who, "order", "holding", passage)
            link(store, who, claim, holding)
        claim = made(store, ana, "article", "claim", "the port must pay")
        link(store, ana, claim, made(store, ana, "order", "holding", "nobody pays"))
        finish(store, ana, "article", "order")
        finish(store, bo, "article", "order")

        layer = claims(store)

    assert figures(layer)["link_exact"] == pytest.approx(2 / 3)
    assert figures(layer, "reports")["link_exact"] == pytest.approx(2 / 3)
    assert next(row for row in layer.links if row.name == "").figures["link_exact"].spans == 3


def test_another_passage_and_another_type_are_told_apart(tmp_path: Path) -> None:
    store, ana, bo = pair(tmp_path)
    with store:
        for who, passage in ((ana, "the port may close"), (bo, "nobody pays")):
            claim = made(store, who, "article", "claim", "the port may close")
            link(store, who, claim, made(store, who, "order", "holding", passage))
        finish(store, ana, "article", "order")
        finish(store, bo, "article", "order")

        told = figures(claims(store))

    assert (told["link_exact"], told["link_untyped"], told["link_start"]) == (0.0, 0.0, 1.0)


def test_only_links_with_both_ends_finished_by_two_are_compared(tmp_path: Path) -> None:
    store, ana, bo = pair(tmp_path)
    with store:
        for who in (ana, bo):
            claim = made(store, who, "article", "claim", "the port may close")
            link(store, who, claim, made(store, who, "order", "holding", "the port may close"))
        finish(store, ana, "article", "order")
        finish(store, bo, "article")

        layer = claims(store)

    assert layer.links == ()
    assert layer.counts.links_alone == 2


def test_several_values_of_a_link_agree_in_part(tmp_path: Path) -> None:
    store, ana, bo = pair(tmp_path)
    with store:
        for words, passage, first, second in (
            ("the port may close", "the port may close", ("overstates", "omits_condition"), ("overstates",)),
            ("the port must pay", "nobody pays", ("contradicts",), ("contradicts",)),
        ):
            for who, fidelity in ((ana, first), (bo, second)):
                claim = made(store, who, "article", "claim", words)
                link(store, who, claim, made(store, who, "order", "holding", passage), *fidelity)
        finish(store, ana, "article", "order")
        finish(store, bo, "article", "order")
        report = run(agreement(store, settings=Settings(resamples=0)))

    layer = next(layer for layer in report.layers if layer.links)
    value = figures(layer, "reports")["link_values"]
    assert not isinstance(value, Undefined)
    assert 0.5 < value < 1
    assert b"link_values" in as_csv(report)
    assert any(each["links"] for each in values(report)["layers"])  # type: ignore[attr-defined]
