"""Claims with their evidence: the lines, the verdicts, what is left out, and that `datasets` loads them."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from annotator.model import Annotation, Relation
from annotator.progress import run
from annotator.services import annotating, pairing
from annotator.services.exporting import Selection, snapshot
from exporters.claims import verdict
from storage.store import ProjectStore
from tests import projects
from tests.factories import ANA
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, exporter

NEWS = "Harrow said that Norvel 😀 sent 40. It lost, Harrow said.\n"
ORDER = "Norvel sent 40 messages. The motion is denied.\n"
SCHEMA = json.loads((files("exporters") / "claims.schema.json").read_text("utf-8"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=NEWS, title="News", metadata={"date": "2025-10-18"})
        projects.add_document(store, "order", text=ORDER, title="Order", kind="order", case="19-cv-42")
        first = mark(store, "news", "claim", "that Norvel 😀 sent 40", NEWS)
        second = mark(store, "news", "claim", "It lost", NEWS)
        mark(store, "news", "person", "Harrow", NEWS)
        finding = mark(store, "order", "finding", "Norvel sent 40 messages", ORDER)
        change = pairing.link_span(store, annotator=ANA, source=first, type="reports", target=finding)
        link = next(record.id for record in change.after if isinstance(record, Relation))
        values = ("overstates", "omits_condition")
        annotating.set_relation_attribute(
            store, annotator=ANA, relation=link, attribute="values", value=values
        )
        annotating.set_relation_certainty(store, annotator=ANA, relation=link, certainty="likely")
        annotating.link(store, annotator=ANA, type="restates", source=second, target=first)
        yield store


def mark(store: ProjectStore, document: str, label: str, words: str, text: str) -> str:
    start = text.index(words)
    change = annotating.highlight(
        store, annotator=ANA, document=document, label=label, fragments=[(start, start + len(words))]
    )
    return next(record.id for record in change.after if isinstance(record, Annotation))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_claim_has_its_passages_with_offsets_and_verdict(store: ProjectStore, tmp_path: Path) -> None:
    report = export(store, "claims", tmp_path / "claims.jsonl")

    first, second = lines(tmp_path / "claims.jsonl")
    assert NEWS[first["start"] : first["end"]] == first["claim"] == "that Norvel 😀 sent 40"  # type: ignore[misc]
    (passage,) = first["evidence"]  # type: ignore[misc]
    assert ORDER[passage["start"] : passage["end"]] == passage["passage"] == "Norvel sent 40 messages"
    assert (first["verdict"], first["record"], first["date"]) == ("PARTLY SUPPORTS", "found", "2025-10-18")
    assert passage["fidelity"] == ["overstates", "omits_condition"]
    assert passage["link_certainty"] == "likely"
    assert (second["verdict"], second["restates"], second["evidence"]) == ("NOT ENOUGH INFO", first["id"], [])
    assert (report.spans, report.relations) == (2, 1)
    assert dict(report.losses.counts)["no_place"] == 1
    for line in (first, second):
        jsonschema.validate(line, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_claims_without_evidence_and_words_can_be_left_out(store: ProjectStore, tmp_path: Path) -> None:
    export(store, "claims", tmp_path / "linked.jsonl", unlinked=False)
    whole = snapshot(store, Selection(with_text=False))
    run(exporter("claims").export(whole, tmp_path / "bare.jsonl"))

    assert [line["verdict"] for line in lines(tmp_path / "linked.jsonl")] == ["PARTLY SUPPORTS"]
    assert [line["claim"] for line in lines(tmp_path / "bare.jsonl")] == [None, None]
    assert "messages" not in (tmp_path / "bare.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("has_evidence", "fidelity", "said"),
    [
        (False, [], "NOT ENOUGH INFO"),
        (True, [], "NOT JUDGED"),
        (True, ["accurate"], "SUPPORTS"),
        (True, ["understates", "accurate"], "SUPPORTS"),
        (True, ["accurate", "omits_condition"], "PARTLY SUPPORTS"),
        (True, ["misattributes"], "PARTLY SUPPORTS"),
        (True, ["accurate", "contradicts"], "REFUTES"),
    ],
)
def test_verdict_follows_from_what_the_links_say(has_evidence: bool, fidelity: list[str], said: str) -> None:
    assert verdict(has_evidence, fidelity) == said


def test_datasets_loads_the_lines(
    store: ProjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    export(store, "claims", tmp_path / "claims.jsonl")

    loaded = datasets.load_dataset(
        "json", data_files=str(tmp_path / "claims.jsonl"), split="train", cache_dir=str(tmp_path / "cache")
    )

    assert loaded.num_rows == 2
    assert loaded[0]["evidence"][0]["passage"] == "Norvel sent 40 messages"


def test_same_project_gives_the_same_bytes_and_a_full_disk_nothing(
    store: ProjectStore, tmp_path: Path
) -> None:
    check_same_bytes_and_nothing_half_written(store, "claims", tmp_path)


def test_brat_tells_the_link_in_a_note(store: ProjectStore, tmp_path: Path) -> None:
    export(store, "brat", tmp_path / "out")

    notes = (tmp_path / "out" / "Ana" / "News.ann").read_text("utf-8")
    assert "reports (overstates, omits_condition) → Order: “Norvel sent 40 messages”" in notes
