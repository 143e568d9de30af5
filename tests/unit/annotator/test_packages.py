"""Packages that cannot be used: each is a sentence, and the project is as it was."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.model import WorkInterval, now
from annotator.packages import InvalidPackage, open_package
from annotator.progress import run
from annotator.services import annotating, settling, working
from annotator.services.standing import distribution, standing
from storage.store import ProjectStore
from tests import exchange, factories, projects, reviews


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        yield store


@pytest.fixture
def package(store: ProjectStore, tmp_path: Path) -> Path:
    return exchange.packed(store, tmp_path / "work.annopack")


def mark(store: ProjectStore, name: str, words: str) -> None:
    """Mark words of the document as an annotator, by name."""
    who = reviews.person(store, name)
    annotating.highlight(
        store, annotator=who, document=factories.DOCUMENT, label="judge", fragments=[factories.find(words)]
    )


def rewrite(package: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write the files of a package anew, changed."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def say(files: dict[str, bytes], /, **values: object) -> None:
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


def listed_outside(files: dict[str, bytes]) -> None:
    outside(files)
    listed = json.loads(files["manifest.json"])["files"]
    listed["../../outside.txt"] = {"bytes": 3, "sha256": hashlib.sha256(b"out").hexdigest()}
    say(files, files=listed)


@pytest.mark.parametrize("change", [newer, outside, listed_outside, altered, bomb])
def test_no_project_is_made_of_a_bad_package(
    package: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    rewrite(package, change)
    folder = tmp_path / "inner" / "laptop"
    folder.mkdir(parents=True)

    with pytest.raises(InvalidPackage):
        exchange.adopted(package, folder / "laptop.annotator", "workstation-2")

    assert [path for path in (tmp_path / "inner").rglob("*") if path.is_file()] == []
    assert list(tmp_path.rglob("outside.txt")) == []


def test_a_file_that_is_in_it_twice_is_refused(store: ProjectStore, package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("history.jsonl", b"")

    with pytest.raises(InvalidPackage, match="it has a file twice"):
        exchange.merged(store, package)


def test_work_that_is_packed_twice_is_merged_once(store: ProjectStore, package: Path, tmp_path: Path) -> None:
    with exchange.adopted(package, tmp_path / "laptop.annotator", "workstation-2") as laptop:
        mark(laptop, "Ana", "Ada Romero")
        both = [exchange.packed(laptop, tmp_path / name) for name in ("one.annopack", "two.annopack")]

    assert exchange.merged(store, both[0]).taken.changes == 1
    after = exchange.records(store), exchange.known(store)

    assert exchange.merged(store, both[1]).backup == ""
    assert (exchange.records(store), exchange.known(store)) == after


def in_the_year(year: int, package: Path, workstation: str) -> Path:
    """The package as it would be if the clock of a workstation had stood in another year."""

    def turn(files: dict[str, bytes]) -> None:
        mine = f'"workstation":"{workstation}"'.encode()
        lines = files["history.jsonl"].splitlines(keepends=True)
        turned = [re.sub(rb'"20\d\d-', b'"%d-' % year, line) if mine in line else line for line in lines]
        assert turned != lines
        files["history.jsonl"] = b"".join(turned)
        listed = json.loads(files["manifest.json"])["files"]
        digest = hashlib.sha256(files["history.jsonl"]).hexdigest()
        listed["history.jsonl"] = {"bytes": len(files["history.jsonl"]), "sha256": digest}
        say(files, files=listed)

    rewrite(package, turn)
    return package


def test_clocks_that_differ_by_years_change_nothing_of_a_merge(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as base:
        projects.add_document(base)
        out = exchange.packed(base, tmp_path / "out.annopack")
    backs = []
    for number, (name, words, year) in enumerate((("Bo", "District Court", 1998), ("Cy", "Norvel", 2099)), 2):
        with exchange.adopted(out, tmp_path / f"{name}.annotator", f"workstation-{number}") as laptop:
            mark(laptop, "Ana", "Ada Romero")  # on both: a conflict
            mark(laptop, name, words)
            who = reviews.person(laptop, name)
            working.keep(laptop, WorkInterval(f"sitting-{name}", factories.DOCUMENT, who, now(), 60, 3))
            annotating.set_work_state(laptop, annotator=who, document=factories.DOCUMENT, state="done")
            back = exchange.packed(laptop, tmp_path / f"{name}.annopack")
        backs.append(in_the_year(year, back, f"workstation-{number}"))

    found = []
    for number, order in enumerate((backs, backs[::-1])):
        with exchange.adopted(out, tmp_path / f"desk-{number}.annotator", "workstation-1") as desk:
            for back in order:
                exchange.merged(desk, back)
            assert desk.verify() == ()
            stands, shares = run(standing(desk)), run(distribution(desk))
            assert [person.states["done"] for person in stands.people if person.name != "Ana"] == [1, 1]
            assert {week[:4] for week, _who, _seconds, _finished in shares.weeks} == {"1998", "2099"}
            found.append((exchange.records(desk), settling.conflicts(desk)))

    assert found[0] == found[1]
    assert [conflict.kind for conflict in found[0][1]] == ["twins"]


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
