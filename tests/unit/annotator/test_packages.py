"""Packages that cannot be used: each is a sentence, and the project is as it was."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.packages import InvalidPackage, open_package
from annotator.services import annotating
from storage.store import ProjectStore
from tests import exchange, projects


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def package(store: ProjectStore, tmp_path: Path) -> Path:
    return exchange.packed(store, tmp_path / "work.annopack")


def rewrite(package: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write the files of a package anew, changed."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def say(files: dict[str, bytes], **values: object) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | values).encode()


def newer(files: dict[str, bytes]) -> None:
    say(files, version=2)


def other_project(files: dict[str, bytes]) -> None:
    say(files, project="f" * 32, name="Another")


def other_format(files: dict[str, bytes]) -> None:
    say(files, format="something")


def incomplete(files: dict[str, bytes]) -> None:
    said = json.loads(files["manifest.json"])
    del said["project"]
    files["manifest.json"] = json.dumps(said).encode()


def without_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def outside(files: dict[str, bytes]) -> None:
    files["../../outside.txt"] = b"out"


def altered(files: dict[str, bytes]) -> None:
    files["history.jsonl"] = files["history.jsonl"][:-2] + b" \n"


def without_history(files: dict[str, bytes]) -> None:
    del files["history.jsonl"]


def bomb(files: dict[str, bytes]) -> None:
    said = json.loads(files["manifest.json"])
    data = bytes(80_000_000)
    name = f"sources/{'0' * 64}"
    files[name] = data
    said["files"][name] = {"bytes": len(data), "sha256": "0" * 64}
    files["manifest.json"] = json.dumps(said).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (newer, "was made by a newer version of Annotator. Install that version"),
        (other_project, "is of another project, “Another”"),
        (other_format, "is a zip, but no package of Annotator"),
        (incomplete, "is damaged: its manifest is not complete"),
        (without_manifest, "no package of Annotator: it has no manifest.json"),
        (outside, "has a file that no package has"),
        (altered, "is damaged: history.jsonl is not what its manifest says"),
        (without_history, "is damaged: history.jsonl is missing"),
        (bomb, "which no package does"),
    ],
)
def test_what_is_no_good_package_is_refused(
    store: ProjectStore, package: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    rewrite(package, change)
    before = exchange.records(store), exchange.known(store)

    with pytest.raises(InvalidPackage) as refused:
        exchange.merged(store, package)

    assert words in str(refused.value)
    assert (exchange.records(store), exchange.known(store)) == before
    assert store.verify() == ()


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.98])
def test_a_package_that_was_cut_off_is_refused(store: ProjectStore, package: Path, kept: float) -> None:
    data = package.read_bytes()
    package.write_bytes(data[: int(kept * len(data)) if kept < 1 else int(kept)])

    with pytest.raises(InvalidPackage, match="was cut off on its way"):
        exchange.merged(store, package)


def test_bytes_that_rot_are_noticed_or_harmless(store: ProjectStore, package: Path) -> None:
    data = package.read_bytes()
    before = exchange.records(store)
    for place in range(0, len(data), max(1, len(data) // 40)):
        rotten = bytearray(data)
        rotten[place] ^= 0x55
        package.write_bytes(rotten)
        with suppress(InvalidPackage):
            exchange.merged(store, package)
        assert exchange.records(store) == before


def test_a_file_that_is_not_there_is_told(store: ProjectStore, tmp_path: Path) -> None:
    with pytest.raises(InvalidPackage, match=r"There is no file lost\.annopack"):
        exchange.merged(store, tmp_path / "lost.annopack")


def test_two_annotators_of_one_name_are_told_apart_first(
    store: ProjectStore, package: Path, tmp_path: Path
) -> None:
    with exchange.adopted(package, tmp_path / "other.annotator", "workstation-2") as other:
        annotating.add_annotator(other, annotator=projects.lead(other).id, name="Bo")
        back = exchange.packed(other, tmp_path / "back.annopack")
    annotating.add_annotator(store, annotator=projects.lead(store).id, name="bo")
    before = exchange.records(store)

    with pytest.raises(InvalidPackage, match="another annotator called Bo than the project"):
        exchange.merged(store, back)

    assert exchange.records(store) == before


def test_documents_can_stay_at_home(store: ProjectStore, tmp_path: Path) -> None:
    light = exchange.packed(store, tmp_path / "light.annopack", with_contents=False)
    with open_package(light) as opened:
        assert opened.texts == frozenset()

    assert exchange.merged(store, light).backup == ""
    with pytest.raises(InvalidPackage, match="was packed without documents"):
        exchange.adopted(light, tmp_path / "other.annotator", "workstation-2")
    assert not (tmp_path / "other.annotator").exists()
