"""The dataset card: its front matter, its figures, and the picture beside it."""

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from annotator.progress import run
from annotator.recipes import Recipe
from annotator.services import annotating
from annotator.services.datasets import dataset
from annotator.services.exporting import Selection
from annotator.services.splitting import SplitPlan, split_documents
from annotator.splitting import read_shares
from exporters import EXPORTERS
from exporters.card import LOADED_BY_DATASETS
from exporters.dataset import deliver_dataset
from exporters.running import run_export, understood
from storage.store import ProjectStore
from tests import projects
from tests.factories import find
from tests.unit.exporters.exporting import bring_in, written
from tests.unit.exporters.news_project import JUDGE, news_project, story
from tests.unit.exporters.rich_project import read_document, rich_project


def files(
    store: ProjectStore,
    target: Path,
    *,
    name: str = "jsonl",
    shares: str = "",
    selection: Selection | None = None,
) -> dict[str, bytes]:
    chosen = selection or Selection()
    plan = SplitPlan(read_shares(shares), seed=3) if shares else None
    split = run(split_documents(store, chosen, plan)) if plan else None
    run(deliver_dataset(dataset(store, chosen, split), EXPORTERS[name], target))
    return written(target)


def front_matter(card: str) -> dict[str, object]:
    _, matter, _ = card.split("---\n", 2)
    return yaml.safe_load(matter)


def table(card: str, head: str) -> list[list[str]]:
    """The rows of the first table under a head, without its own."""
    lines = card.partition(f"## {head}\n")[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines if line.startswith("|")]
    return rows[2:]


def test_card_tells_parts_labels_annotators_and_split(tmp_path: Path) -> None:
    with news_project(tmp_path) as store:
        found = files(store, tmp_path / "out", shares="60/20/20")

    card = found["README.md"].decode()
    lines = {name: len(found[f"{name}.jsonl"].splitlines()) for name in ("train", "validation", "test")}
    assert table(card, "Parts")[:-1] == [[name, str(n), str(n), "0"] for name, n in lines.items()]
    assert table(card, "Parts")[-1] == ["all", "12", "12", "0"]
    assert table(card, "Labels") == [["judge", "entity", *map(str, lines.values()), "12"]]
    assert table(card, "Annotators") == [["Ana", "12", "12"]]
    assert [row[:3] for row in table(card, "Split")] == [
        [name, share, str(lines[name])]
        for name, share in {"train": "60%", "validation": "20%", "test": "20%"}.items()
    ]
    assert "Seed 3." in card
    assert "**Not chosen yet.**" in card


def test_front_matter_is_yaml_that_hugging_face_knows(tmp_path: Path) -> None:
    with news_project(tmp_path, name='Spy: "ware" #1') as store:
        bring_in(store, read_document("Juge", "Un juge.", key="1", metadata={"language": "fr"}))
        matter = front_matter(files(store, tmp_path / "out")["README.md"].decode())

    assert matter == {
        "license": "unknown",
        "pretty_name": 'Spy: "ware" #1',
        "language": ["fr"],
        "task_categories": ["token-classification"],
        "tags": ["legal"],
        "size_categories": ["n<1K"],
    }


def test_card_tells_versions_sources_and_what_is_left_out(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        sealed = read_document("Sealed", "A sealed order.", key="s", metadata={"sealed": True})
        bring_in(store, sealed)
        guidelines = hashlib.sha256(store.guidelines().encode()).hexdigest()
        card = files(store, tmp_path / "out", name="chat")["README.md"].decode()

    assert f"Guidelines: version 1, SHA-256 `{guidelines}`" in card
    assert "Label schema: ours 1, version 2" in card
    assert ["article", "1"] in table(card, "Sources")
    assert ["document, sealed", "1"] in table(card, "What is left out or changed")
    assert {"note", "relation"} <= {row[0] for row in table(card, "What is left out or changed")}


def test_agreement_is_about_documents_that_both_finished(tmp_path: Path) -> None:
    with news_project(tmp_path, count=2) as store:
        ana = projects.lead(store).id
        annotating.add_annotator(store, annotator=ana, name="Bo")
        bo = next(person.id for person in store.annotators() if person.id != ana)
        unfinished = files(store, tmp_path / "one")["README.md"].decode()
        for number, document in enumerate(store.documents()):
            spot = find(JUDGE if number else "Story", story(number))
            annotating.highlight(store, annotator=bo, document=document.id, label="judge", fragments=(spot,))
            for who in (ana, bo):
                annotating.set_work_state(store, annotator=who, document=document.id, state="done")
        gold = Selection("gold")
        finished = files(store, tmp_path / "two", selection=gold)["README.md"].decode()

    assert "It is not known: no document was finished by two annotators." in unfinished
    pair, mean = table(finished, "Agreement")[:2]
    assert pair == ["entity", "Ana", "Bo", "2", "2", "2", "1", "0.500"]
    assert mean[0] == "entity"
    assert mean[-1] == "0.500"


def test_picture_is_of_the_labels_that_are_there(tmp_path: Path) -> None:
    with news_project(tmp_path) as store:
        svg = ElementTree.fromstring(files(store, tmp_path / "out", shares="60/20/20")["labels.svg"])

    words = ["".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Spans by label", "train", "validation", "test", "judge", "12"]


@pytest.mark.parametrize("name", ["jsonl", "brat"])
def test_manifest_has_the_hash_of_every_file_and_bytes_are_the_same_again(tmp_path: Path, name: str) -> None:
    with news_project(tmp_path) as store:
        one = files(store, tmp_path / "one", name=name, shares="60/20/20")
        two = files(store, tmp_path / "two", name=name, shares="60/20/20")

    assert one == two
    listed = {row["path"]: row["sha256"] for row in json.loads(one["MANIFEST.json"])["files"]}
    assert listed == {
        path: hashlib.sha256(data).hexdigest() for path, data in one.items() if path != "MANIFEST.json"
    }
    assert {"README.md", "labels.svg"} <= listed.keys()


def test_names_do_not_break_tables(tmp_path: Path) -> None:
    with news_project(tmp_path, count=1) as store:
        odd = {"publisher": "A | B\n<script>"}
        bring_in(store, read_document("Odd", "Odd.", key="1", metadata=odd))
        card = files(store, tmp_path / "out")["README.md"].decode()

    assert r"| A \| B &lt;script> | 1 |" in card


def test_empty_project_has_a_card(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        card = files(store, tmp_path / "out")["README.md"].decode()

    assert "0 documents with 0 spans of 0 labels" in card
    assert "Nothing is marked." in card


@pytest.mark.parametrize(
    ("shares", "splits"), [("60/20/20", ["train", "validation", "test"]), ("", ["test"])]
)
def test_hugging_face_loads_the_folder_by_its_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shares: str, splits: list[str]
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    options = {} if shares else {"split": "test"}
    recipe = Recipe(format="huggingface", split=shares, options=options)
    with news_project(tmp_path) as store:
        run(run_export(store, understood(store, recipe), tmp_path / "out"))

    for configuration in LOADED_BY_DATASETS["huggingface"]:
        loaded = datasets.load_dataset(
            str(tmp_path / "out"), configuration, cache_dir=str(tmp_path / "cache")
        )
        assert sum(loaded.num_rows.values()) == 12
        assert list(loaded) == splits
    assert (tmp_path / "out" / "tokens" / "test-00000.parquet").is_file() == (not shares)
