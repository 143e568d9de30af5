"""What other tools and other people wrote, imported whole: read, or refused for a reason that is known."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from annotator.label_mapping import LabelMapping, read_mapping
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.checking import check
from annotator.services.importing import ImportReport, import_paths
from storage.store import ProjectStore
from tests import projects

# Why a file of these collections is not read; each of them says what it is or what is missing.
REASONS = (
    r"its format is not one of",  # licences without a suffix, configuration, scripts
    r"its contents are none of what such files may hold",  # tables and XML about something else
    r"holds no text: it is kept elsewhere or missing",
    r"is a type system: it is read together with",
    r"It has no “text”",
    r"It is about a picture or a recording",
    r"is no WebAnno TSV of version 3",
    r"has no \.txt files for its \.ann files",
    r"There is no \.txt file that it annotates",
    r"holds no annotated documents",
    r"is empty",
    r"protected with a password|has no text on any of its|no text layer",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        yield store


def bring_in(
    store: ProjectStore, *paths: Path, mapping: LabelMapping | None = None, owner: str | None = None
) -> ImportReport:
    with ReaderProcess() as process:
        job = import_paths(
            store,
            paths,
            annotator=projects.lead(store).id,
            process=process,
            mapping=mapping,
            owner=owner,
        )
        return run(job)


def untold(report: ImportReport) -> list[str]:
    """The refusals that have no known reason."""
    return [
        f"{row.source}: {row.reason}"
        for row in report.rows
        if row.outcome == "refused" and not re.search("|".join(REASONS), row.reason)
    ]


def labels(store: ProjectStore) -> Counter[str]:
    return Counter(span.label for row in store.documents() for span in store.annotations(row.id))


def test_brat_of_four_annotators_is_four_annotators_on_each_document(
    store: ProjectStore, corpus: Path
) -> None:
    report = bring_in(store, corpus / "annotated" / "brat-multi-annotator")

    assert {row.outcome for row in report.rows} == {"read"}
    names = {person.id: person.name for person in store.annotators()}
    owners = {row.id: names[row.owner] for row in store.sets() if row.owner is not None}
    for document in store.documents():
        who = {owners[span.set] for span in store.annotations(document.id)}
        assert who == {"Lisa", "Maria", "Max", "Peter"}
    assert len(store.documents()) == 7
    assert run(check(store)) == ()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "folder",
    [
        "annotated",
        *(f"peers/{tool}" for tool in ("brat", "inception", "dkpro-cassis", "doccano")),
        "peers/label-studio-converter",
    ],
)
def test_collections_come_in_whole_or_say_why_not(store: ProjectStore, corpus: Path, folder: str) -> None:
    report = bring_in(store, corpus / folder)

    assert untold(report) == []
    assert report.count("read") > 0
    assert run(check(store)) == ()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_attributions_become_claims_with_their_sources_and_cues(store: ProjectStore, corpus: Path) -> None:
    mapping = read_mapping(resources.mapping_text("polnear"), "polnear")

    report = bring_in(store, corpus / "annotated" / "polnear", mapping=mapping)

    assert untold(report) == []
    assert labels(store) == {"claim": 2848, "cue": 2838, "source": 2502, "discuss": 77, "discard": 46}
    links = Counter(link.type for row in store.documents() for link in store.relations(row.id))
    assert links == {"cue": 2848, "source": 2658}
    assert store.schema_number() == 1
    assert len(store.annotators()) == 1 + 6  # the lead, and those whose codes stand in the names of files


def disagreeing(path: Path) -> int:
    """How many regions of a Label Studio export have other words at their offsets than they say."""
    found = 0
    for task in json.loads(path.read_text("utf-8")):
        wide = task["data"]["text"].encode("utf-16-le")
        for annotation in task["annotations"]:
            values = (row["value"] for row in annotation["result"])
            found += sum(
                wide[2 * value["start"] : 2 * value["end"]].decode("utf-16-le", "replace") != value["text"]
                for value in values
            )
    return found


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_span_whose_words_disagree_with_its_offsets_is_listed(
    store: ProjectStore, corpus: Path
) -> None:
    folders = corpus / "annotated" / "legalner_bc" / "src" / "data" / "annotations"
    expected = listed = 0
    for folder in sorted(folders.iterdir()):
        report = bring_in(store, folder, owner=folder.name)
        warnings = [warning for row in report.rows for warning in row.warnings]
        listed += sum(len(re.findall(r"[A-Z_]+ \d+-\d+ “", one)) for one in warnings if "Kept, though" in one)
        listed += sum("left out" in one and " reads “" in one for one in warnings)
        expected += sum(map(disagreeing, folder.glob("*.json")))

    assert listed == expected
    assert 300 < expected < 3000
    assert {person.name for person in store.annotators()} >= {"badr", "oksana", "sneha", "utkarsh"}
