"""The sample project: every document read, every mark and link of the file made, nothing wrong with it."""

import tomllib
from pathlib import Path

import pytest

from annotator.model import Annotation, annotator_set_id
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import sample
from annotator.services.cases import views
from annotator.services.checking import check
from tests.projects import lead, new_project

FOLDER = Path(__file__).resolve().parents[4] / "resources" / "sample"


@pytest.mark.timeout(300)
def test_sample_has_all_documents_marks_and_links_and_no_fault(tmp_path: Path) -> None:
    wanted = tomllib.loads((FOLDER / "annotations.toml").read_text("utf-8"))

    with new_project(tmp_path) as store, ReaderProcess() as process:
        run(sample.fill(store, lead=lead(store).id, folder=FOLDER, process=process))

        documents = {document.source_name: document for document in store.documents()}
        assert set(documents) == set(sample.DOCUMENTS)
        for name in wanted["annotators"]:
            person = next(annotator for annotator in store.annotators() if annotator.name == name)
            own = annotator_set_id(person.id)
            marks = [mark for mark in wanted["mark"] if mark["by"] == name]
            links = [link for link in wanted["link"] if link["by"] == name]
            assert sum(len(store.annotations(each.id, own)) for each in documents.values()) == len(marks)
            assert sum(len(store.relations(each.id, own)) for each in documents.values()) == len(links)
        assert run(check(store)) == ()


@pytest.mark.timeout(300)
def test_both_articles_of_the_sample_case_report_its_order(tmp_path: Path) -> None:
    with new_project(tmp_path) as store, ReaderProcess() as process:
        run(sample.fill(store, lead=lead(store).id, folder=FOLDER, process=process))

        (view,) = views(store)
        assert [len(view.articles), len(view.filings)] == [2, 1]
        (order,) = view.filings
        for article in view.articles:
            reports = [link for link in store.relations(article.id) if link.type == "reports"]
            ends = store.records(Annotation, [link.target for link in reports])
            assert len(reports) >= 8
            assert {end.document for end in ends.values()} == {order.id}
            assert all(link.attributes["values"] for link in reports)
