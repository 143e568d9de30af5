"""What an export holds comes back by an import: the same spans, of the same people, at the same places."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings

from annotator.model import Annotation, Fragment
from annotator.progress import run
from annotator.readers.document import ReadAnnotation, ReadDocument, ReadRelation, ReadSet
from annotator.readers.isolated import ReaderProcess
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import import_document, import_paths
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters import Exporter
from exporters.exporter import OptionValue
from storage.store import ProjectStore
from tests import projects
from tests.journeys.drawn import UNLISTED, marked_texts
from tests.unit.exporters.exporting import export, exporter
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


# Every format that is both written and read, for any spans, links and annotators on any text

BOTH_WAYS: dict[str, tuple[str, dict[str, OptionValue]]] = {
    "jsonl": ("jsonl", {}),
    "doccano": ("doccano", {}),
    "doccano with links": ("doccano", {"write": "relations"}),
    "prodigy": ("prodigy", {}),
    "label-studio": ("label-studio", {}),
    "spacy": ("spacy", {}),
    "conll": ("conll", {}),
    "conll in BILOU": ("conll", {"scheme": "bilou"}),
    "brat": ("brat", {}),
    "uima-xmi": ("uima-xmi", {}),
    "uima-json": ("uima-json", {}),
    "w3c": ("w3c", {}),
    "csv": ("csv", {}),
}
# Where values that the schema does not have become words, notes or nothing, each told as a loss.
CHANGES_UNLISTED = ("label-studio", "brat", "uima-xmi", "uima-json")
# Whose, label, attributes, note, words, and where they stand; places only where the format has the text.
Seen: TypeAlias = tuple[str, str, str, str, str, tuple[tuple[int, int], ...]]
SeenLink: TypeAlias = tuple[str, Seen, Seen]


def seen(
    document: DocumentSnapshot, of: Snapshot, exporter: Exporter
) -> tuple[Counter[Seen], Counter[SeenLink]]:
    """The spans and links of a document, as far as the format tells them apart."""
    places = {span.id: _seen_span(span, of, exporter) for span in document.annotations}
    links = [(link.type, places[link.source], places[link.target]) for link in document.relations]
    if not exporter.holds.several_annotators:  # What two people marked alike is one there.
        return Counter(set(places.values())), Counter(set(links))
    return Counter(places.values()), Counter(links)


def _seen_span(span: Annotation, of: Snapshot, exporter: Exporter) -> Seen:
    owner = of.owner_name(span.set) if exporter.holds.several_annotators else ""
    note = span.note
    if exporter.name == "brat":  # It joins lines of a note, adds values that it has no place for, says so.
        note = "" if span.label == "judge" else " ".join(note.split())
    unlisted = UNLISTED if exporter.name in CHANGES_UNLISTED else {}
    values = repr(sorted(item for item in span.attributes.items() if item[0] not in unlisted))
    if exporter.name == "conll":  # Tokens are all that it has of a text.
        return owner, span.label, values, note, "".join(span.quote.exact.split()), ()
    pieces = tuple((start, end) for start, end in span.fragments)
    return owner, span.label, values, note, span.quote.exact, pieces


def check_comes_back(case: str, read: ReadDocument, folder: Path, process: ReaderProcess) -> None:
    """An import of the export brings what the format says that it holds of the document, once each."""
    name, options = BOTH_WAYS[case]
    chosen = exporter(name, **options)
    target = folder / f"out{chosen.suffix}"
    with projects.new_project(folder, name="There") as store:
        import_document(store, read, annotator=projects.lead(store).id)
        whole = snapshot(store, Selection())
        held = [seen(chosen.fit(of, whole).document, whole, chosen) for of in whole.documents()]
        run(chosen.export(whole, target))
    with projects.new_project(folder, name="Back") as back:
        if name == "csv":
            import_document(back, replace(read, sets=()), annotator=projects.lead(back).id)
        report = run(import_paths(back, [target], annotator=projects.lead(back).id, process=process))
        found = snapshot(back, Selection())
        brought = [seen(of, found, chosen) for of in found.documents()]

    assert report.count("refused") == 0, report.rows
    assert _together(brought) == _together(held)


def _together(parts: list[tuple[Counter[Seen], Counter[SeenLink]]]) -> tuple[Counter, Counter]:
    """All of some documents: formats with a document for each annotator have several."""
    spans, links = Counter[Seen](), Counter[SeenLink]()
    for own_spans, own_links in parts:
        spans.update(own_spans)
        links.update(own_links)
    return spans, links


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


@pytest.mark.parametrize("case", BOTH_WAYS)
def test_an_export_that_is_imported_has_the_same_spans(
    case: str, tmp_path: Path, process: ReaderProcess
) -> None:
    text = "Judge Čapek ruled that 😀 is 5. May.\nIt ended."
    ana = (
        ReadAnnotation("a", "judge", (Fragment(0, 11),), note="first"),
        ReadAnnotation("b", "person", (Fragment(6, 11),)),
        ReadAnnotation("c", "claim", (Fragment(12, 17), Fragment(23, 28)), attributes={"act": "denies"}),
        ReadAnnotation("d", "date", (Fragment(18, 22),)),
    )
    bo = (ReadAnnotation("e", "judge", (Fragment(0, 11),)), ReadAnnotation("f", "date", (Fragment(28, 30),)))
    sets = (
        ReadSet("Ana", annotations=ana, relations=(ReadRelation("cue", "a", "d"),)),
        ReadSet("Bo", annotations=bo, relations=(ReadRelation("cue", "e", "f"),)),
    )

    check_comes_back(case, read_document("Drawn", text, sets=sets), tmp_path, process)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("case", BOTH_WAYS)
def test_any_spans_come_back_as_the_format_holds_them(
    case: str, process: ReaderProcess, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(marked_texts())
    def holds(read: ReadDocument) -> None:
        check_comes_back(case, read, tmp_path_factory.mktemp("trip"), process)

    holds()
