"""Importing files and folders: what each row of the report says, and what the project has afterwards."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from annotator.label_mapping import LabelMapping
from annotator.model import SchemaVersion, annotator_set_id
from annotator.progress import Job, Progress, run
from annotator.readers.isolated import ReaderProcess
from annotator.readers.pasted import read_pasted
from annotator.services import annotating
from annotator.services.import_names import Choose, UnknownLabel, UnknownLabels
from annotator.services.importing import ImportReport, ImportRow, import_document, import_paths
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path, name="Import") as store:
        yield store


def bring_in(
    store: ProjectStore, process: ReaderProcess, *paths: Path, owner: str | None = None
) -> ImportReport:
    return run(import_paths(store, paths, annotator=projects.lead(store).id, process=process, owner=owner))


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def summary(report: ImportReport) -> list[tuple[str, str]]:
    return [(row.source, row.outcome) for row in report.rows]


def test_every_file_of_a_folder_is_a_row(store: ProjectStore, process: ReaderProcess, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "inbox",
        {
            "b.txt": "Text b.",
            "A.md": "# Title of a\n\nText a.",
            "deep/er/c.txt": "Text c.",
            "empty.txt": "",
            "noise.txt": bytes(range(256)) * 4,
            "table.xlsx": b"PK",
            ".hidden.txt": "hidden",
            ".git/config.txt": "hidden",
            "Thumbs.db": "litter",
            "MANIFEST.json": "report",
            "preflight.json": "report",
            "a.jsonl.preflight.json": "report",
            "~$b.docx": "lock of a word processor",
        },
    )

    report = bring_in(store, process, folder)

    assert summary(report) == [
        ("inbox/A.md", "read"),
        ("inbox/b.txt", "read"),
        ("inbox/deep/er/c.txt", "read"),
        ("inbox/empty.txt", "refused"),
        ("inbox/noise.txt", "refused"),
        ("inbox/table.xlsx", "refused"),
    ]
    reasons = [row.reason for row in report.rows if row.outcome == "refused"]
    assert [("is empty" in reasons[0]), ("binary" in reasons[1]), ("format" in reasons[2])] == [True] * 3
    assert [document.title for document in store.documents()] == ["Title of a", "Text b.", "Text c."]
    assert (report.count("read"), report.count("refused")) == (3, 3)


def test_file_that_is_not_there_is_refused(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    report = bring_in(store, process, tmp_path / "missing.txt")

    assert summary(report) == [("missing.txt", "refused")]
    assert "no such file" in report.rows[0].reason


@pytest.mark.skipif(
    os.name == "nt", reason="names of files are text there, and there are no pipes in folders"
)
def test_file_with_a_name_that_is_no_text_and_a_pipe_do_no_harm(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(f"{'A line too long for a title. ' * 9}\n")
    os.mkfifo(folder / "pipe.txt")

    report = bring_in(store, process, folder)

    assert [row.outcome for row in report.rows] == ["read", "refused"]
    assert report.rows[1].reason == "“pipe.txt” is neither a file nor a folder."
    assert (store.documents()[0].title, store.documents()[0].source_name) == ("caf?", "caf?.txt")


def test_project_that_is_open_is_not_opened_by_an_import_of_its_folder(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    with projects.new_project(tmp_path / "other.txt") as other:
        report = bring_in(store, process, tmp_path)

        assert {row.outcome for row in report.rows} == {"refused"}
        assert projects.add_document(other)


def test_folder_without_files_is_told(store: ProjectStore, process: ReaderProcess, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()

    assert bring_in(store, process, tmp_path / "bare").rows == (
        ImportRow("bare", "refused", reason="The folder “bare” holds no files."),
    )


def test_same_bytes_are_already_here_whatever_the_name(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"one.txt": TEXT, "two.txt": TEXT})

    report = bring_in(store, process, tmp_path / "one.txt", tmp_path / "two.txt")
    again = bring_in(store, process, tmp_path / "one.txt")

    assert [row.outcome for row in report.rows] == ["read", "already_here"]
    assert again.rows[0].document == report.rows[0].document
    assert len(store.documents()) == 1


def test_same_text_in_other_bytes_is_read_and_told(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"unix.txt": "One\nTwo", "windows.txt": "One\r\nTwo"})

    report = bring_in(store, process, tmp_path / "unix.txt", tmp_path / "windows.txt")

    assert report.rows[1].warnings == ("It has the same text as “One”, which is in the project too.",)
    assert len(store.documents()) == 2


def test_each_document_is_one_change_of_its_own(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"a.txt": "Text a.", "b.txt": "Text b."})

    bring_in(store, process, tmp_path / "a.txt", tmp_path / "b.txt")

    entries = [(entry.title, entry.document) for entry in store.history()][:2]
    assert entries == [(f"Import {row.title}", row.id) for row in reversed(store.documents())]


def test_cancelled_import_keeps_the_documents_read_so_far(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(tmp_path / "inbox", {f"{number}.txt": f"Text {number}." for number in range(5)})
    job = import_paths(store, [folder], annotator=projects.lead(store).id, process=process)

    while len(store.documents()) < 2:
        next(job)
    job.close()

    assert [document.title for document in store.documents()] == ["Text 0.", "Text 1."]
    assert list(store.verify()) == []
    assert bring_in(store, process, folder).count("already_here") == 2


def test_progress_counts_the_files(store: ProjectStore, process: ReaderProcess, tmp_path: Path) -> None:
    folder = write(tmp_path / "inbox", {"a.txt": "Text a.", "b.txt": "Text b."})
    seen: list[Progress] = []

    run(import_paths(store, [folder], annotator=projects.lead(store).id, process=process), seen.append)

    assert (seen[0], seen[-1]) == (Progress(0, 0), Progress(2, 2))
    assert Progress(1, 2, "inbox/b.txt") in seen


def test_pasted_text_is_a_document(store: ProjectStore) -> None:
    row = import_document(store, read_pasted("Pasted words.", "A title"), annotator=projects.lead(store).id)

    assert (row.outcome, row.title, store.documents()[0].source_name) == ("read", "A title", "Pasted text")


# Folders of brat


STANDOFF = "T1\tCourt 20 38\tthe District Court\nT2\tPER 6 16\tAda Romero\nR1\tSits Arg1:T2 Arg2:T1\n"


def test_annotated_folder_brings_documents_annotators_and_labels(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(
        tmp_path / "corpus",
        {
            "Lisa/a.txt": TEXT,
            "Lisa/a.ann": STANDOFF,
            "Max/a.txt": TEXT,
            "Max/a.ann": "T1\tPER 10 16\tRomero\n",
        },
    )

    report = bring_in(store, process, folder)

    (row,) = report.rows
    assert (row.source, row.outcome, row.spans) == ("corpus/Lisa/a.txt", "read", 3)
    assert row.warnings == ("Added to the label schema: label PER; link Sits.",)
    people = {person.name: person for person in store.annotators()}
    assert {"Lisa", "Max"} <= people.keys()
    lisa = store.annotations(row.document, annotator_set_id(people["Lisa"].id))
    assert [(span.label, span.quote.exact, span.origin) for span in lisa] == [
        ("PER", "Ada Romero", "import"),
        ("court", "the District Court", "import"),
    ]
    assert [(link.type, link.source, link.target) for link in store.relations(row.document)] == [
        ("Sits", lisa[0].id, lisa[1].id)
    ]
    assert store.schema_number() == 2
    assert store.schema().layer_of("PER").id == "imported"


def test_labels_come_in_the_change_of_the_document_that_needs_them(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(
        tmp_path / "corpus", {"a.txt": TEXT, "a.ann": STANDOFF, "b.txt": f"{TEXT}B", "b.ann": STANDOFF}
    )

    bring_in(store, process, folder)

    second, first, *_ = [store.change(entry.change_id) for entry in store.history()]
    assert sum(isinstance(record, SchemaVersion) for record in first.after) == 1
    assert not any(isinstance(record, SchemaVersion) for record in second.after)


def test_annotations_without_a_name_are_the_owners_else_the_folders(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    first = write(tmp_path / "first round", {"a.txt": TEXT, "a.ann": STANDOFF})
    second = write(tmp_path / "second", {"b.txt": f"{TEXT}B", "b.ann": STANDOFF})

    bring_in(store, process, first)
    bring_in(store, process, second, owner="Mia")

    assert {person.name for person in store.annotators()} == {"Ana", "first round", "Mia"}


def test_annotations_join_the_document_with_their_text(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"plain.txt": TEXT})
    folder = write(tmp_path / "corpus", {"a.txt": TEXT.replace("\n", "\r\n"), "a.ann": STANDOFF})
    plain = bring_in(store, process, tmp_path / "plain.txt").rows[0]

    (row,) = bring_in(store, process, folder).rows

    assert (row.document, row.outcome, row.spans) == (plain.document, "read", 2)
    assert len(store.documents()) == 1


def test_annotations_that_are_here_are_not_added_twice_but_new_ones_are(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": STANDOFF})
    bring_in(store, process, folder)

    (same,) = bring_in(store, process, folder).rows
    write(folder, {"a.ann": f"{STANDOFF}T3\tPER 10 16\tRomero\n"})
    (more,) = bring_in(store, process, folder).rows

    assert (same.outcome, same.spans, same.warnings) == ("already_here", 0, ())
    assert (more.outcome, more.spans) == ("read", 1)
    assert len(store.annotations(more.document)) == 3


def test_imported_annotations_of_a_document_can_be_taken_back(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    who = projects.lead(store).id
    write(tmp_path, {"plain.txt": TEXT})
    document = bring_in(store, process, tmp_path / "plain.txt").rows[0].document
    folder = write(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": "T1\tCourt 20 38\tthe District Court\n"})

    bring_in(store, process, folder, owner="ana")
    assert len(store.annotations(document, annotator_set_id(who))) == 1
    annotating.undo(store, annotator=who, document=document)

    assert store.annotations(document) == ()


def test_other_files_in_an_annotated_folder_are_not_passed_over(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(
        tmp_path / "corpus",
        {
            "a.txt": TEXT,
            "a.ann": "",
            "lone.ann": "",
            "README": "about",
            "annotation.conf": "[entities]\nPER\n",
            "more.txt": "Not annotated.",
            "figure.png": b"\x89PNG",
            "sub/deeper/later.txt": "Deeper.",
        },
    )

    assert sorted(summary(bring_in(store, process, folder))) == [
        ("corpus/a.txt", "read"),
        ("corpus/figure.png", "refused"),
        ("corpus/more.txt", "read"),
        ("corpus/sub/deeper/later.txt", "read"),
        ("corpus: lone.ann", "refused"),
    ]


def test_spans_whose_words_are_elsewhere_are_told_in_the_row(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    folder = write(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": "T1\tcourt 21 38\tthe District Court\n"})

    (row,) = bring_in(store, process, folder).rows

    assert row.spans == 0
    assert row.warnings[0].startswith("a.ann, line 1 is left out: it quotes “the District Court”")


def test_corpus_of_four_annotators_comes_in_and_checks(
    store: ProjectStore, process: ReaderProcess, corpus: Path
) -> None:
    report = bring_in(store, process, corpus / "annotated" / "brat-multi-annotator")

    assert (report.count("read"), report.count("refused"), report.spans) == (7, 0, 1567)
    assert {person.name for person in store.annotators()} == {"Ana", "Lisa", "Maria", "Max", "Peter"}
    assert list(store.verify()) == []


# One source, one transaction


def doccano_lines(*labels: str) -> str:
    return "".join(
        json.dumps({"text": f"Judge Romero ruled in case {number}.", "label": [[6, 12, label]]}) + "\n"
        for number, label in enumerate(labels)
    )


def test_a_source_that_ends_in_an_error_leaves_nothing(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"data.jsonl": doccano_lines("PER", "PER", "PER")})
    job = import_paths(store, [tmp_path / "data.jsonl"], annotator=projects.lead(store).id, process=process)

    while len(store.documents()) < 2:
        next(job)
    job.close()

    assert store.documents() == ()
    assert list(store.verify()) == []


def test_a_half_written_file_brings_its_whole_lines_and_later_only_what_was_missing(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    whole = doccano_lines("PER", "PER", "PER")
    write(tmp_path, {"data.jsonl": whole[:-20]})

    first = bring_in(store, process, tmp_path / "data.jsonl")
    write(tmp_path, {"data.jsonl": whole})
    second = bring_in(store, process, tmp_path / "data.jsonl")
    third = bring_in(store, process, tmp_path / "data.jsonl")

    assert summary(first)[2] == ("data.jsonl: line 3", "refused")
    assert "not JSON" in first.rows[2].reason
    assert [row.outcome for row in second.rows] == ["already_here", "already_here", "read"]
    assert (third.count("already_here"), third.spans, len(store.documents())) == (3, 0, 3)


# Names


def chosen(answer: Mapping[str, str] | None, asked: list[UnknownLabels]) -> Choose:
    def choose(unknown: UnknownLabels) -> Job[Mapping[str, str] | None]:
        asked.append(unknown)
        yield Progress(0, 0)
        return answer

    return choose


def test_a_mapping_renames_labels_before_they_are_looked_up(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"data.jsonl": doccano_lines("PER", "NOISE", "Judge")})
    mapping = LabelMapping(labels={"PER": "person", "NOISE": ""})

    report = run(
        import_paths(
            store,
            [tmp_path / "data.jsonl"],
            annotator=projects.lead(store).id,
            process=process,
            mapping=mapping,
        )
    )

    labels = [span.label for row in store.documents() for span in store.annotations(row.id)]
    assert labels == ["person", "judge"]
    assert report.rows[1].warnings == ("Left out, as the mapping says: 1 spans NOISE.",)
    assert store.schema_number() == 1


def test_labels_that_are_unknown_are_asked_for_once_in_an_import(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"a.jsonl": doccano_lines("PER", "PER", "Judge"), "b.jsonl": doccano_lines("PER", "ORG")})
    asked: list[UnknownLabels] = []

    run(
        import_paths(
            store,
            [tmp_path / "a.jsonl", tmp_path / "b.jsonl"],
            annotator=projects.lead(store).id,
            process=process,
            choose=chosen({"PER": "person", "ORG": "ORG"}, asked),
        )
    )

    assert asked == [UnknownLabels("a.jsonl", (UnknownLabel("PER", 2, "Romero"),))]
    assert store.label_counts(annotator_set_id(projects.lead(store).id)) == {
        "person": 2,
        "judge": 1,
        "ORG": 1,
    }


def test_a_source_is_left_out_where_no_labels_were_chosen(
    store: ProjectStore, process: ReaderProcess, tmp_path: Path
) -> None:
    write(tmp_path, {"a.jsonl": doccano_lines("PER")})

    report = run(
        import_paths(
            store,
            [tmp_path / "a.jsonl"],
            annotator=projects.lead(store).id,
            process=process,
            choose=chosen(None, []),
        )
    )

    assert [row.outcome for row in report.rows] == ["refused"]
    assert store.documents() == ()
