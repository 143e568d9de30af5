"""What an export holds comes back by an import: the same spans, of the same people, at the same places."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.importing import import_document, import_paths
from storage.store import ProjectStore
from tests import projects
from tests.unit.exporters.exporting import export
from tests.unit.exporters.rich_exports import EMPTY_SCHEMA, marks, read_back
from tests.unit.exporters.rich_project import read_document, rich_project


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectStore]:
    with rich_project(tmp_path_factory.mktemp("rich")) as store:
        yield store


def links(store: ProjectStore) -> set[tuple[str, str, str]]:
    """All links, by the words at their ends."""
    spans = {span.id: span for document in store.documents() for span in store.annotations(document.id)}
    return {
        (link.type, spans[link.source].quote.exact, spans[link.target].quote.exact)
        for document in store.documents()
        for link in store.relations(document.id)
    }


def attributes(store: ProjectStore) -> set[tuple[str, str]]:
    return {
        (span.quote.exact, repr(sorted(span.attributes.items())))
        for document in store.documents()
        for span in store.annotations(document.id)
    }


def test_web_annotations_bring_back_spans_links_and_attributes(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "w3c", tmp_path / "w3c")

    with read_back(tmp_path / "w3c", tmp_path) as back:
        assert marks(back) == marks(rich)
        assert links(back) == links(rich)
        assert attributes(back) == attributes(rich)
        assert {document.id for document in back.documents()} == {row.id for row in rich.documents()}


def test_a_table_brings_spans_back_to_a_project_that_has_the_texts(
    rich: ProjectStore, tmp_path: Path
) -> None:
    export(rich, "csv", tmp_path / "spans.csv")

    with projects.new_project(tmp_path, name="Texts", schema_toml=EMPTY_SCHEMA) as back:
        for document in rich.documents():
            read = read_document(document.title, rich.text(document.text_version))
            import_document(back, read, annotator=projects.lead(back).id)
        with ReaderProcess() as process:
            report = run(
                import_paths(
                    back, [tmp_path / "spans.csv"], annotator=projects.lead(back).id, process=process
                )
            )
            again = run(
                import_paths(
                    back, [tmp_path / "spans.csv"], annotator=projects.lead(back).id, process=process
                )
            )

        assert {row.outcome for row in report.rows} == {"read"}
        assert marks(back) == marks(rich)
        assert attributes(back) == attributes(rich)
        assert {row.outcome for row in again.rows} == {"already_here"}


def test_a_table_for_texts_that_the_project_has_not_is_refused(rich: ProjectStore, tmp_path: Path) -> None:
    export(rich, "csv", tmp_path / "spans.csv")

    with (
        projects.new_project(tmp_path, name="Bare", schema_toml=EMPTY_SCHEMA) as bare,
        ReaderProcess() as process,
    ):
        report = run(
            import_paths(bare, [tmp_path / "spans.csv"], annotator=projects.lead(bare).id, process=process)
        )

        assert {row.outcome for row in report.rows} == {"refused"}
        assert "is no document of the project" in report.rows[0].reason
        assert bare.documents() == ()
