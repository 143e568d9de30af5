"""The sample project: every document read, every mark and link of the file made, nothing wrong with it."""

import tomllib
from pathlib import Path

import pytest

from annotator.model import annotator_set_id
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import sample
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
        marked = documents[wanted["document"]]
        for name in wanted["annotators"]:
            person = next(annotator for annotator in store.annotators() if annotator.name == name)
            own = annotator_set_id(person.id)
            marks = [mark for mark in wanted["mark"] if mark["by"] == name]
            links = [link for link in wanted["link"] if link["by"] == name]
            assert len(store.annotations(marked.id, own)) == len(marks)
            assert len(store.relations(marked.id, own)) == len(links)
        assert run(check(store)) == ()
